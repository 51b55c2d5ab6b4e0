"""Requests on their way: whoever asks the same meanwhile, in whatever statement, gets the same answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from asanaql.api import Page, Request
from asanaql.errors import QueryError


class Flights:
    """What is being asked now, by request. Lives on the event loop."""

    def __init__(self) -> None:
        self._out: dict[Request, asyncio.Task[Page]] = {}

    async def page(self, request: Request, ask: Callable[[Request], Coroutine[Any, Any, Page]]) -> Page:
        """The answer to the request, sent by `ask` unless it is on its way already.

        Raises what `ask` raises; another statement's bound or end is no reason, as this one can send it itself.
        """
        flying = self._out.get(request)
        if flying is not None:
            try:
                return await asyncio.shield(flying)
            except QueryError:
                pass
            except asyncio.CancelledError:
                if not flying.cancelled():
                    raise  # It is this statement that is being given up.
        own = asyncio.create_task(ask(request))
        self._out[request] = own
        own.add_done_callback(lambda _: self._landed(request, own))
        try:
            return await own
        finally:
            if not own.done():
                own.cancel()

    def _landed(self, request: Request, own: asyncio.Task[Page]) -> None:
        if self._out.get(request) is own:
            del self._out[request]
