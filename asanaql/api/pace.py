"""Keeps one token within Asana's limits: so many in flight, so many a minute, and silence when Asana asks for it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from asanaql.api.bucket import Bucket
from asanaql.api.meter import Meter
from asanaql.api.request import Request

SEARCH_PER_MINUTE = 60
# Sums of floats miss a bound by a hair, and a sleep shorter than the clock's step would be repeated for ever.
_HAIR = 1e-6


class _Lane:
    """The requests that share a bucket, in the order they came; only the first of them looks at the limits."""

    def __init__(self, per_minute: float) -> None:
        self.bucket = Bucket(per_minute)
        self.first = asyncio.Lock()
        self.line: Counter[Meter] = Counter()
        self.held_until: float | None = None


@dataclass(frozen=True)
class Turn:
    """The permission to send one request, and in which episode of its bucket it was given."""

    bucket: Bucket
    episode: int


class Pace:
    """The limits of one token. Belongs to one event loop."""

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]],
        in_flight: int,
        per_minute: float,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._slots = asyncio.Semaphore(in_flight)
        self._lane = _Lane(per_minute)
        self._search = _Lane(SEARCH_PER_MINUTE)
        self._stopped_until = 0.0

    @property
    def per_minute(self) -> float:
        """How many requests a minute are sent at most, as far as the plan's limit is known by now."""
        return self._lane.bucket.rate

    @asynccontextmanager
    async def turn(self, request: Request, meter: Meter) -> AsyncIterator[Turn]:
        """Wait until the request may be sent, and hold its place in flight until the context ends."""
        lane = self._search if request.path.endswith("/search") else self._lane
        with self._in_line(lane, meter):
            await self._admitted(lane)
        try:
            yield Turn(lane.bucket, lane.bucket.episode)
        finally:
            self._slots.release()

    def answered(self, turn: Turn) -> None:
        """The request was answered for good, so the limit was not reached."""
        turn.bucket.answered(turn.episode)

    def refused(self, turn: Turn, seconds: float) -> None:
        """The request was answered by 429: everyone waits, and the rate falls."""
        self.stop(seconds)
        turn.bucket.refused(turn.episode, self._stopped_until)

    def stop(self, seconds: float) -> None:
        """Nobody sends for so many seconds."""
        self._stopped_until = max(self._stopped_until, self._clock() + seconds)

    async def _admitted(self, lane: _Lane) -> None:
        """Return with a slot and a token, both taken at one moment at which sending is allowed."""
        async with lane.first:
            while True:
                await self._rested(lane)
                await self._slots.acquire()
                now = self._clock()
                if not self._wait(lane, now):
                    lane.bucket.take(now)
                    return
                self._slots.release()

    async def _rested(self, lane: _Lane) -> None:
        while seconds := self._wait(lane, now := self._clock()):
            lane.held_until = now + seconds
            for meter in lane.line:
                meter.wait(now, lane.held_until)
            try:
                await self._sleep(seconds)
            finally:
                lane.held_until = None
                for meter in lane.line:
                    meter.resume(self._clock())

    def _wait(self, lane: _Lane, now: float) -> float:
        seconds = max(self._stopped_until - now, lane.bucket.wait(now))
        return seconds if seconds > _HAIR else 0.0

    @contextmanager
    def _in_line(self, lane: _Lane, meter: Meter) -> Iterator[None]:
        """Every statement with a request in the line waits while its first one sleeps, and its meter says so."""
        if meter not in lane.line and lane.held_until is not None:
            meter.wait(self._clock(), lane.held_until)
        lane.line[meter] += 1
        try:
            yield
        finally:
            lane.line[meter] -= 1
            if not lane.line[meter]:
                del lane.line[meter]
                if lane.held_until is not None:
                    meter.resume(self._clock())
