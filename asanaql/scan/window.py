"""How far a scan may read ahead of DuckDB.

A scan starts with one page, so that a LIMIT that is soon satisfied costs one request; every page that DuckDB consumes
widens the window eightfold, so that a scan that goes on reaches full width within two round trips.
"""

from __future__ import annotations

import asyncio

WIDEST = 64
_GROWTH = 8


class Window:
    """The number of pages that may be asked for and not yet consumed. Lives on the event loop."""

    def __init__(self, size: int = 1) -> None:
        self.size = size
        self._out = 0
        self._freed = asyncio.Event()

    async def take(self) -> None:
        """Wait until one more page may be asked for."""
        while self._out >= self.size:
            self._freed.clear()
            await self._freed.wait()
        self._out += 1

    def consumed(self) -> None:
        """A page was read by DuckDB, which evidently wants more."""
        self.size = min(WIDEST, self.size * _GROWTH)
        self.unused()

    def unused(self) -> None:
        """A page that was allowed was not needed."""
        self._out -= 1
        self._freed.set()
