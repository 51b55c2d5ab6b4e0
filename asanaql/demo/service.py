"""A simulated Asana: answers GET requests about a World as Asana would, with its rules, pages and refusals.

Nothing but GET has a route. Every request is kept in `log`, refused ones too.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode

from asanaql.demo import refusals
from asanaql.demo.ask import Ask, record_of
from asanaql.demo.fields import chosen, full, row, tree_of
from asanaql.demo.meter import RateLimit
from asanaql.demo.paging import LARGEST_WHOLE, limit_of, offset_at, position_of
from asanaql.demo.refusals import Refusal
from asanaql.demo.route import COUNTS, ENDLESS, WHOLE, Happened, Route
from asanaql.demo.routes import route_for
from asanaql.demo.shapes import PAID_FIELDS
from asanaql.demo.world import Record, World

BASE_PATH = "/api/1.0"
WHOLE_CUT = 2000
# What pages and shows, but does not say which rows there are.
NOT_FILTERS = frozenset({"limit", "offset", "opt_fields", "opt_pretty"})


@dataclass(frozen=True)
class Answer:
    """What goes back over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


class Service:
    """One Asana with one World in it.

    `plan` is paid or free; `per_minute` the requests a token may send in a minute, refused ones counted; `clock`
    gives seconds, for offsets and limits. To be set by tests: `forbidden`, gids that answer 403 when addressed,
    though listed; `broken`, paths that answer 500; `most`, the rows after which a listing ends in a 400.
    """

    def __init__(
        self,
        world: World,
        *,
        plan: str = "paid",
        per_minute: int | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.world = world
        self.log: list[tuple[str, str, dict[str, str]]] = []
        self.forbidden: set[str] = set()
        self.broken: set[str] = set()
        self.most: int | None = None
        self.largest_whole = LARGEST_WHOLE
        self._hidden = PAID_FIELDS if plan == "free" else frozenset()
        self._clock = clock
        self._rate = RateLimit(per_minute, clock)

    def answer(self, method: str, path: str, params: Sequence[tuple[str, str]], headers: Mapping[str, str]) -> Answer:
        """The answer to one request; path is relative to `/api/1.0`, header names may be in any case."""
        sent: dict[str, str] = {}
        for name, value in params:
            sent[name] = f"{sent[name]},{value}" if name in sent else value
        self.log.append((method, path, sent))
        named = {name.lower(): value for name, value in headers.items()}
        try:
            content = self._content(method, path, sent, named)
        except Refusal as refusal:
            return _encoded(refusal.status, refusal.content, sent, refusal.headers)
        return _encoded(200, content, sent)

    def _content(self, method: str, path: str, params: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
        self._rate.spend(_token(headers))
        found = route_for(path) if method == "GET" else None
        if found is None:
            raise Refusal(404, refusals.NO_ROUTE)
        if path in self.broken:
            raise Refusal(500, "Server Error")
        route, named = found
        if route.paid and self._hidden:
            raise Refusal(402, route.paid)
        records = route.records(self._ask(named, params))
        if isinstance(records, Happened):
            rows = self._rows(records.events, params)
            return {"data": rows, "sync": records.sync, "has_more": records.more}
        if isinstance(records, dict):
            return {"data": self._single(route, records, params)}
        return self._listing(route, records, path, params, headers)

    def _ask(self, named: dict[str, str], params: dict[str, str]) -> Ask:
        keys = {
            kind: record_of(self.world, kind, unquote(text), (kind,), self.forbidden)
            for kind, text in named.items()
            if kind != "custom_id"
        }
        if "custom_id" in named:
            params = {**params, ":custom_id": unquote(named["custom_id"])}
        return Ask(self.world, keys, params, self.forbidden, len(self.log))

    def _single(self, route: Route, record: Record, params: dict[str, str]) -> Record:
        if route.answer == COUNTS or params.get("opt_fields"):
            return chosen(record, tree_of(params.get("opt_fields", ""), self._hidden))
        return full(record, self._hidden)

    def _listing(
        self, route: Route, records: Sequence[Record], path: str, params: dict[str, str], headers: dict[str, str]
    ) -> dict[str, Any]:
        if route.answer == WHOLE:
            return {"data": self._rows(records[:WHOLE_CUT], params)}
        limit = limit_of(params.get("limit"))
        filters = {name: value for name, value in params.items() if name not in NOT_FILTERS}
        listing = f"{path}?{urlencode(sorted(filters.items()))}"
        start = position_of(params.get("offset"), listing, self._clock())
        self._refuse_length(records, start, limit, endless=route.answer == ENDLESS)
        stop = min(start + (limit or self.largest_whole), len(records), self.most or len(records))
        content: dict[str, Any] = {"data": self._rows(records[start:stop], params)}
        endless = route.answer == ENDLESS
        if limit or endless:
            more = bool(records) if endless else stop < len(records)
            content["next_page"] = self._next_page(stop, listing, path, params, headers) if more else None
        return content

    def _refuse_length(self, records: Sequence[Record], start: int, limit: int | None, *, endless: bool) -> None:
        if limit is None and not endless and len(records) - start > self.largest_whole:
            raise Refusal(400, refusals.TOO_LARGE)
        if self.most is not None and len(records) > self.most <= start:
            raise Refusal(400, refusals.END_OF_RANGE)

    def _next_page(
        self, position: int, listing: str, path: str, params: dict[str, str], headers: dict[str, str]
    ) -> dict[str, str]:
        offset = offset_at(position, listing, self._clock())
        target = f"{path}?{urlencode({**params, 'offset': offset})}"
        host = headers.get("host", "app.asana.com")
        scheme = "http" if ":" in host else "https"
        return {"offset": offset, "path": target, "uri": f"{scheme}://{host}{BASE_PATH}{target}"}

    def _rows(self, records: Sequence[Record], params: dict[str, str]) -> list[Record]:
        if params.get("opt_fields"):
            tree = tree_of(params["opt_fields"], self._hidden)
            return [chosen(record, tree) for record in records]
        # Audit log events have no compact form.
        shown = [full(record) if "resource_type" not in record else row(record) for record in records]
        return [{k: v for k, v in one.items() if k not in self._hidden} for one in shown] if self._hidden else shown


def _token(headers: Mapping[str, str]) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token or token.startswith("wrong"):
        raise Refusal(401, refusals.NOT_AUTHORIZED)
    return token


def _encoded(
    status: int, content: dict[str, Any], params: Mapping[str, str], headers: Mapping[str, str] | None = None
) -> Answer:
    indent = 2 if params.get("opt_pretty") == "true" else None
    separators = None if indent else (",", ":")
    body = json.dumps(content, ensure_ascii=False, indent=indent, separators=separators).encode()
    return Answer(status, {"content-type": "application/json; charset=UTF-8", **(headers or {})}, body)
