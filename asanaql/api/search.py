"""Reads a search whole, of which Asana shows a hundred rows and no page after them.

The rows are asked for in the order in which they were created, which no edit changes, each page from where the one
before it ended: a little earlier, as rows may share their moment, and in whatever order. Rows that were given are not
given again. A page that is not full is the last.
Source: https://developers.asana.com/reference/searchtasksforworkspace
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing

from asanaql.api.answer import Page, Row
from asanaql.api.request import Request
from asanaql.catalog.model import Search
from asanaql.errors import ApiError

MOST = 100
_STEP = dt.timedelta(milliseconds=1)

Fetch = Callable[[Request], Awaitable[Page]]
Cut = Callable[[str], None]
Shared = tuple[tuple[str, str], ...]


def sorted_by(request: Request, column: str, *, ascending: bool) -> Request:
    """The request for the first rows in the order of a column."""
    ordered = request.with_param("sort_by", column).with_param("sort_ascending", "true" if ascending else "false")
    return ordered.with_param("limit", str(MOST))


async def searched(
    fetch: Fetch, request: Request, search: Search, given: set[str], cut: Cut
) -> AsyncGenerator[list[Row], None]:
    """The rows of each answer in turn, without those whose gid is among `given`, to which all are added.

    Of a hundred rows or more that cannot be told apart a hundred are given, and `cut` is told what they share. Raises
    ApiError where a row does not say its moment, and whatever `fetch` raises.
    """
    async with aclosing(_Reading(fetch, request, search, given, cut).by_moment(search.moments, ())) as pages:
        async for rows in pages:
            yield rows


class _Reading:
    """One search that is read: what tells its rows apart, and those given so far."""

    def __init__(self, fetch: Fetch, request: Request, search: Search, given: set[str], cut: Cut) -> None:
        self._fetch = fetch
        self._whole = request
        self._search = search
        self._given = given
        self._cut = cut
        self._bounds = Bounds()

    async def by_moment(self, moments: Sequence[str], shared: Shared) -> AsyncGenerator[list[Row], None]:
        """The rows that share these moments, in the order of the first of `moments`; the others are for its ties."""
        moment, *others = moments
        first = _asking_for(sorted_by(self._around(self._whole, shared), moment, ascending=True), moment)
        place = _Place(first, moment, self._bounds)
        while True:
            page = await self._page(place.request)
            yield self._fresh(page)
            if len(page.rows) < MOST:
                return
            crowded = place.follow(page.rows)
            if crowded is not None:
                ties = (*shared, (moment, crowded))
                parts = self.by_moment(others, ties) if others else self._by_flags(self._free, ties, ())
                async with aclosing(parts) as pages:
                    async for rows in pages:
                        yield rows

    async def _by_flags(self, flags: Sequence[str], shared: Shared, flagged: Shared) -> AsyncGenerator[list[Row], None]:
        """The rows that share all moments, and what is `flagged`, by the first of `flags`: true, then false."""
        if not flags:
            async with aclosing(self._last(shared, flagged)) as pages:
                async for rows in pages:
                    yield rows
            return
        flag, *others = flags
        for value in ("true", "false"):
            part = (*flagged, (flag, value))
            page = await self._page(self._part(shared, part))
            yield self._fresh(page)
            if len(page.rows) >= MOST:
                async with aclosing(self._by_flags(others, shared, part)) as pages:
                    async for rows in pages:
                        yield rows

    async def _last(self, shared: Shared, flagged: Shared) -> AsyncGenerator[list[Row], None]:
        """The rows that nothing more tells apart, without their neighbours now that it is known what bounds mean."""
        page = await self._page(self._part(shared, flagged))
        yield self._fresh(page)
        if len(page.rows) >= MOST:
            self._cut(", ".join(f"{name} = {text}" for name, text in (*shared, *flagged)))

    @property
    def _free(self) -> list[str]:
        """The flags that the search is not asked for by itself."""
        return [flag for flag in self._search.flags if flag not in dict(self._whole.params)]

    def _part(self, shared: Shared, flagged: Shared) -> Request:
        request = sorted_by(self._around(self._whole, shared), self._search.moments[0], ascending=True)
        for flag, value in flagged:
            request = request.with_param(flag, value)
        return request

    def _around(self, request: Request, shared: Shared) -> Request:
        """The request for what shares these moments, perhaps with what is a millisecond before or after."""
        for moment, at in shared:
            bounds = dict(self._whole.params)
            after, before = f"{moment}.after", f"{moment}.before"
            request = request.with_param(after, max(self._bounds.after(at), bounds.get(after, "")))
            request = request.with_param(before, min(self._bounds.before(at), bounds.get(before, "9999")))
        return request

    async def _page(self, request: Request) -> Page:
        page = await self._fetch(request)
        self._bounds.learn(request, page.rows)
        return page

    def _fresh(self, page: Page) -> list[Row]:
        """The rows that were not given yet."""
        fresh = [row for row in page.rows if row.get("gid") not in self._given]
        self._given.update(row["gid"] for row in fresh if "gid" in row)
        return fresh


class Bounds:
    """Whether Asana means by `after` and `before` the moment itself too, which is not stated, but shows in answers."""

    def __init__(self) -> None:
        self._including: set[str] = set()

    def learn(self, request: Request, rows: Sequence[Row]) -> None:
        """See what an answer tells."""
        for name, text in request.params:
            field, _, word = name.partition(".")
            if word in ("after", "before") and any(row.get(field) == text for row in rows):
                self._including.add(word)

    def after(self, moment: str) -> str:
        """The bound behind which the moment surely is."""
        return moment if "after" in self._including else _moved(moment, -_STEP)

    def before(self, moment: str) -> str:
        """The bound before which the moment surely is."""
        return moment if "before" in self._including else _moved(moment, _STEP)

    def past(self, moment: str) -> str:
        """The bound behind which what is later than the moment surely is."""
        return _moved(moment, _STEP) if "after" in self._including else moment


class _Place:
    """How far a search has been read in the order of a date-time, and what to ask for next."""

    def __init__(self, first: Request, moment: str, bounds: Bounds) -> None:
        self.request = first
        self._first = first
        self._moment = moment
        self._after = f"{moment}.after"
        self._bounds = bounds
        self._reached = ""
        self._passed = ""

    def follow(self, rows: Sequence[Row]) -> str | None:
        """Go on behind a full page; the moment whose rows are to be read apart, if there is one."""
        latest = max(_moments(rows, self._moment, self.request))
        if latest > self._reached:
            self._reached = latest
            if self._ask(max(self._bounds.after(latest), self._bounds.past(self._passed) if self._passed else "")):
                return None
        if self._passed != self._reached:
            self._passed = self._reached
            self._ask(self._bounds.past(self._passed))
            return self._passed
        # All rows of that moment were read, so `after` must have proved to mean the moment itself too.
        if not self._ask(self._bounds.past(self._passed)):
            said = f"{self._after} does not keep out what was before, so the search would never end."
            raise ApiError(200, "GET", self.request.target, said)
        return None

    def _ask(self, after: str) -> bool:
        """Ask from there on; whether that is another request."""
        before = self.request
        self.request = self._first.with_param(self._after, max(after, dict(self._first.params).get(self._after, "")))
        return dict(self.request.params) != dict(before.params)


def _moments(rows: Sequence[Row], moment: str, request: Request) -> list[str]:
    """When each of the rows was."""
    found = [row.get(moment) for row in rows]
    moments = [text for text in found if isinstance(text, str)]
    if len(moments) < len(found):
        said = f"a row has no {moment}, from which a search is read on behind its first {MOST} rows."
        raise ApiError(200, "GET", request.target, said)
    return moments


def _moved(moment: str, by: dt.timedelta) -> str:
    """A moment so much later, as Asana writes it: such texts sort as their moments do."""
    moved = dt.datetime.fromisoformat(moment).astimezone(dt.UTC) + by
    return f"{moved:%Y-%m-%dT%H:%M:%S}.{moved.microsecond // 1000:03d}Z"


def _asking_for(request: Request, field: str) -> Request:
    """The request with a field among those asked for."""
    fields = dict(request.params).get("opt_fields", "")
    names = [name for name in fields.split(",") if name]
    return request if field in names else request.with_param("opt_fields", ",".join(sorted([*names, field])))
