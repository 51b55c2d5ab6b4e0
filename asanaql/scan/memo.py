"""The answers that one statement may need again, each asked for once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from asanaql.api import Page, Request

#: Bytes of pages one statement keeps for its own further scans.
MOST_BYTES = 256 * 1024 * 1024


@dataclass(eq=False)
class _Asked:
    """A request on its way or answered, and how many wait for it."""

    answer: asyncio.Task[Page]
    waiting: int = 0


class Memo:
    """Answers by request, up to `most` bytes of them. Lives on the event loop; `clear` may be called from anywhere."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._bytes = 0
        self._asked: dict[Request, _Asked] = {}

    async def page(self, request: Request, ask: Callable[[Request], Coroutine[Any, Any, Page]]) -> Page:
        """The answer to the request, which `ask` is called for once however often it is needed."""
        asked = self._asked.get(request)
        if asked is None:
            asked = _Asked(asyncio.create_task(ask(request)))
            if self._bytes < self._most:
                self._asked[request] = asked
                asked.answer.add_done_callback(self._weigh)
        asked.waiting += 1
        try:
            return await asyncio.shield(asked.answer)
        finally:
            asked.waiting -= 1
            if not asked.waiting and not asked.answer.done():
                # Everyone who waited was cancelled; one who still waits must not be.
                asked.answer.cancel()
                self._asked.pop(request, None)

    def clear(self) -> None:
        """Let go of all answers; what is on its way still reaches those who wait for it."""
        self._asked.clear()

    def _weigh(self, answer: asyncio.Task[Page]) -> None:
        if not answer.cancelled() and answer.exception() is None:
            self._bytes += answer.result().size
