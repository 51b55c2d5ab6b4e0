"""Listings of one relation side by side: each drained page after page, as far as the window allows.

Where rows have rows of their own kind below them, those are asked for as soon as the rows above are known.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING

from asanaql.api import Page, Request
from asanaql.catalog.model import Paging
from asanaql.errors import ApiError
from asanaql.scan import parents
from asanaql.scan.listing import Listing, below, empty, read
from asanaql.scan.notes import Notes
from asanaql.scan.rows import Context, Row
from asanaql.scan.window import Window

if TYPE_CHECKING:
    from asanaql.scan.fetch import Fetch

Chunk = tuple[list[Row], Context]

#: Statuses by which Asana says that it does not know what a key or a filter names.
UNRECOGNIZED = (400, 404)
#: Listings of these kinds are of one length, or of another each time.
_SIZELESS = (Paging.ONE, Paging.COUNTS, Paging.SYNC, Paging.TOKEN)


class Flow:
    """The chunks of listings in the order in which they arrive; each takes a place in `window` until consumed."""

    def __init__(self, fetch: Fetch, window: Window) -> None:
        self._fetch = fetch
        self._window = window
        self._arrived: asyncio.Queue[Chunk | BaseException | None] = asyncio.Queue()
        self._running: set[asyncio.Task[None]] = set()
        self._followed: set[tuple[str, ...]] = set()

    async def chunks(self, listings: AsyncGenerator[Listing, None]) -> AsyncGenerator[Chunk, None]:
        """The chunks of all listings, and of those below them. Raises what reading them raises."""
        feeder = asyncio.create_task(self._feed(listings))
        try:
            while (item := await self._arrived.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            unfinished = [feeder, *self._running]
            for task in unfinished:
                # One that is on its way out must not be told twice: it would leave before it has cleaned up.
                if not task.cancelling():
                    task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)
            await listings.aclose()

    async def _feed(self, listings: AsyncGenerator[Listing, None]) -> None:
        """Start every listing as the window allows, and say when the last has ended."""
        try:
            async for each in listings:
                await self._start(each)
            while self._running:
                await asyncio.wait(set(self._running))
        except Exception as error:  # noqa: BLE001 - it is raised where the rows are awaited
            await self._arrived.put(error)
        await self._arrived.put(None)

    async def _start(self, each: Listing) -> None:
        """Begin to read a listing, unless it is one that was met below another."""
        if each.descent is not None:
            if each.identity in self._followed:
                return
            self._followed.add(each.identity)
        await self._window.take()
        task = asyncio.create_task(self._drain(each))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _drain(self, each: Listing) -> None:
        """Read one listing to its end; the caller has taken the window's place for its first page."""
        kept: list[Row] = []
        rows = 0
        lacks = Notes()
        fetch = self._fetch
        fetch.announce(each)
        parts, refused = partial(fetch.parts, lacks=lacks), partial(fetch.refused, lacks=lacks)
        page, say = self._weighed(fetch.pages_of(each)), lambda said: fetch.lack(f"{each.table.name}: {said}", lacks)
        reading = read(each, page, parts, refused, say)
        try:
            async with aclosing(reading):
                async for chunk in reading:
                    rows += len(chunk[0])
                    if each.table.trusted is not None or each.descent is not None:
                        kept += chunk[0]
                    await self._arrived.put(chunk)
                    self._say_of_end(each, chunk)
                    await self._window.take()
            self._window.unused()
            self._ended(each, kept, rows, lacks)
            for lower in below(each, kept):
                await self._start(lower)
        except ApiError as error:
            await self._refused(each, error, lacks, rows)
        except Exception as error:  # noqa: BLE001 - it is raised where the rows are awaited
            await self._arrived.put(error)
        finally:
            fetch.tally.read(each.identity)

    def _weighed(self, page: Callable[[Request], Awaitable[Page]]) -> Callable[[Request], Awaitable[Page]]:
        """The same, telling the window how large each page is."""

        async def weighed(request: Request) -> Page:
            found = await page(request)
            self._window.weigh(found.size)
            return found

        return weighed

    def _ended(self, each: Listing, kept: list[Row], rows: int, lacks: Notes) -> None:
        """Remember what a listing that was read to its end has told."""
        if each.path.most is not None and rows >= each.path.most:
            self._fetch.lack(
                f"{each.table.name}: Asana shows no more than {each.path.most:,} rows of {each.subject} here, "
                "so there can be others.",
                lacks,
            )
        if each.path.paging not in _SIZELESS and each.first is None:
            self._fetch.account.sizes.saw_listing(each.identity, rows, whole=not each.parameters)
        if each.path.counts is None:
            parents.refresh(self._fetch, each, kept, lacks)

    async def _refused(self, each: Listing, error: ApiError, lacks: Notes, rows: int) -> None:
        """Go on without a filter that Asana does not know, note a parent that may not be read, or pass the error on."""
        if each.without_filters is not None and not rows and error.status in UNRECOGNIZED:
            # The rows are filtered exactly without it too.
            await self._drain(each.without_filters)
            return
        self._window.unused()
        if empty(each, error, rows):
            return
        try:
            self._fetch.refused(each, error, lacks, rows)
        except ApiError:
            await self._arrived.put(error)

    def _say_of_end(self, each: Listing, chunk: Chunk) -> None:
        """Say where events begin when there are none that could say it themselves."""
        rows, context = chunk
        if each.path.paging is Paging.SYNC and not rows:
            watched = next(f"{key} {value}" for key, value in each.keys.items())
            begins = f"Asana tells what happens to {watched} from now on, and nothing of before"
            said = f"nothing has happened to {watched} since then" if "sync" in each.keys else begins
            later = f"For later events write sync = '{context[each.path.tells]}'"
            self._fetch.statement.notes.say(f"{each.table.name}: {said}. {later}.")
