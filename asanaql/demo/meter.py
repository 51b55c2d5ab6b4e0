"""How many requests a token may send: so many in any minute, refused ones counted.

Source: https://developers.asana.com/docs/rate-limits
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Callable

from asanaql.demo.refusals import TOO_MANY, Refusal

WINDOW = 60.0


class RateLimit:
    """Counts each token's requests of the last minute; no limit where `per_minute` is None."""

    def __init__(self, per_minute: int | None, clock: Callable[[], float]) -> None:
        self._most = per_minute
        self._clock = clock
        self._sent: dict[str, deque[float]] = defaultdict(deque)

    def spend(self, token: str) -> None:
        """Counts one request; refuses it, with the seconds to wait, when the minute is full."""
        if self._most is None:
            return
        now, sent = self._clock(), self._sent[token]
        while sent and sent[0] <= now - WINDOW:
            sent.popleft()
        sent.append(now)
        if len(sent) > self._most:
            # When enough of these have left the window for one more to fit.
            wait = sent[len(sent) - self._most] + WINDOW - now if self._most else WINDOW
            raise Refusal(429, TOO_MANY, {"Retry-After": str(max(1, math.ceil(wait)))})
