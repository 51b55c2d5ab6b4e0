"""How far a scan may read ahead of DuckDB.

A scan starts with one page, so that a LIMIT that is soon satisfied costs one request; every page that DuckDB consumes
widens the window eightfold, so that a scan that goes on reaches full width within two round trips. Of large pages it
reads fewer ahead, as all of them are in memory together; how large they are it can tell from the fields that it asks
for, until the first of them are there.
"""

from __future__ import annotations

import asyncio
from collections import deque

WIDEST = 64
_GROWTH = 8
#: As many pages may be ahead however large they are, and so many bytes of those that are larger than most. Read, they
#: take ten times as much.
_FEWEST = 8
MOST_BYTES = 4 * 1024 * 1024
#: Bytes that a field takes in a full page, by the middle of many relations: fifty in each row.
A_FIELD = 5_000


class Window:
    """The number of pages that may be asked for and not yet consumed, of so many `fields`. Lives on the event loop.

    Who waits longest is next. A listing learns that it has ended, and lets go of its last page, in its turn: if
    listings that are to begin went before it, the pages of all that have ended would be held until the last begins.
    """

    def __init__(self, size: int = 1, fields: int = 0) -> None:
        self.size = size
        self._expected = fields * A_FIELD
        self._out = 0
        self._pages = 0
        self._bytes = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def take(self) -> None:
        """Wait until one more page may be asked for."""
        if self._out < self._width():
            self._out += 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self.unused()
            raise

    def weigh(self, size: int) -> None:
        """A page of so many bytes has come; others are expected to be as large as those before."""
        self._pages += 1
        self._bytes += size

    def consumed(self) -> None:
        """A page was read by DuckDB, which evidently wants more."""
        self.size = min(WIDEST, self.size * _GROWTH)
        self.unused()

    def unused(self) -> None:
        """A page that was allowed was not needed."""
        self._out -= 1
        while self._waiting and self._out < self._width():
            turn = self._waiting.popleft()
            if not turn.cancelled():
                self._out += 1
                turn.set_result(None)

    def _width(self) -> int:
        each = self._bytes / self._pages if self._pages else self._expected
        return min(self.size, max(_FEWEST, int(MOST_BYTES / each))) if each else self.size
