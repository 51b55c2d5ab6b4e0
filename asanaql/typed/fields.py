"""The custom fields of a project or portfolio, from its settings, kept for as long as a listing of projects is.

Nothing in a field's definition says whether its dates have a time. So one page of the relation is looked at, where
there is a date field, and asked for nothing else.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

import pyarrow as pa

from asanaql.api import pages
from asanaql.cache import CacheFault
from asanaql.errors import ApiError
from asanaql.scan.days import times
from asanaql.scan.fetch import Fetch
from asanaql.scan.listing import Listing, request
from asanaql.scan.rows import Row
from asanaql.typed.kinds import Kind

SECONDS = 300
_SETTINGS = "custom_field_settings"
_ASKED = ("name", "type", "resource_subtype", "description")
_KEPT = pa.schema(
    [
        ("gid", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),
        ("description", pa.string()),
        ("timed", pa.bool_()),
    ]
)
_PAID = 402


@dataclass(frozen=True)
class Field:
    """A custom field: `kind` in Asana's words, such as `multi_enum`; `timed` says that a date was seen with a time."""

    gid: str
    name: str
    kind: str
    description: str
    timed: bool = False


async def fields_of(fetch: Fetch, kind: Kind, gid: str, *, anew: bool) -> tuple[Field, ...]:
    """The fields in Asana's order, as they are kept unless `anew`. ApiError where Asana refuses them."""
    settings = _listing(fetch, _SETTINGS, kind, gid, "custom_field", _ASKED)
    kept = None if anew else _from_cache(fetch, kind, gid)
    if kept is not None:
        fetch.answered_from_cache(request(settings), len(kept), _SETTINGS)
        return kept
    rows = await _rows(fetch, settings, f"Without custom fields, read {kind.relation} with {kind.key} = '{gid}'.")
    found = tuple(_field(row["custom_field"]) for row in rows if row.get("custom_field"))
    if any(field.kind == "date" for field in found):
        timed = await _timed(fetch, kind, gid)
        found = tuple(replace(field, timed=field.gid in timed) for field in found)
    if len(found) < len(rows):
        fetch.statement.notes.absent(_SETTINGS, "custom_field", len(rows) - len(found), len(rows))
    else:
        _keep(fetch, kind, gid, found)
    return found


async def _timed(fetch: Fetch, kind: Kind, gid: str) -> set[str]:
    """The date fields that have a time in a value of the relation's first page."""
    listing = _listing(fetch, kind.relation, kind, gid, "custom_fields", ("date_value.date_time",))
    async with aclosing(_pages(fetch, listing)) as listed:
        async for rows in listed:
            return set(times(rows))
    return set()


async def _rows(fetch: Fetch, listing: Listing, advice: str) -> list[Row]:
    """The rows of a listing; where the plan refuses them, the error gives the advice."""
    try:
        async with aclosing(_pages(fetch, listing)) as listed:
            return [row async for rows in listed for row in rows]
    except ApiError as error:
        if error.status != _PAID:
            raise
        raise ApiError(error.status, error.method, error.path, error.said, advice) from None


async def _pages(fetch: Fetch, listing: Listing) -> AsyncGenerator[list[Row], None]:
    page = partial(fetch.page, subject=listing.table.name)
    async with aclosing(pages(page, request(listing), listing.path.paging)) as listed:
        async for rows in listed:
            yield rows


def _listing(fetch: Fetch, relation: str, kind: Kind, gid: str, column: str, members: Sequence[str]) -> Listing:
    """What a relation lists of the project or portfolio, asked for these members of one column."""
    table = fetch.account.catalog[relation]
    path = table.path(kind.word)
    keys = dict.fromkeys(path.keys, gid)
    asked = replace(table.column(column), fields=tuple(f"{column}.{member}" for member in members))
    return Listing(table, path, keys, {}, keys, (asked,))


def _field(shown: dict[str, Any]) -> Field:
    kind = shown.get("resource_subtype") or shown.get("type") or ""
    return Field(shown["gid"], shown.get("name") or "", kind, shown.get("description") or "")


def _from_cache(fetch: Fetch, kind: Kind, gid: str) -> tuple[Field, ...] | None:
    if fetch.cache is None:
        return None
    try:
        kept = fetch.cache.table(_key(kind, gid))
    except CacheFault as fault:
        fetch.leave_cache(fault)
        return None
    if kept is None or kept.schema != _KEPT:
        return None
    return tuple(Field(**row) for row in kept.to_pylist())


def _keep(fetch: Fetch, kind: Kind, gid: str, found: Sequence[Field]) -> None:
    if fetch.cache is None:
        return
    try:
        fetch.cache.keep(
            _key(kind, gid), pa.Table.from_pylist(list(map(asdict, found)), schema=_KEPT), SECONDS, "custom_fields"
        )
    except CacheFault as fault:
        fetch.leave_cache(fault)


def _key(kind: Kind, gid: str) -> str:
    return repr(("typed", kind.word, gid))
