"""A token bucket whose rate finds Asana's limit by itself: halved when refused, slowly raised when not.

The limits: https://developers.asana.com/docs/rate-limits. No answer tells the plan's, so it has to be found.
"""

from __future__ import annotations

FLOOR_PER_MINUTE = 60.0
# A minute of sending without a refusal raises the rate by a fifth: slow beside the halving, whatever the plan.
RECOVERY_PER_ANSWER = 0.2
BURST_MINUTES = 0.1


class Bucket:
    """Tokens that refill at `rate` a minute, up to a tenth of a minute's worth. Times are given, never read.

    An episode is the time between two halvings; its number tells whether a refused request was sent before the rate
    was last halved.
    """

    def __init__(self, per_minute: float) -> None:
        self.rate = float(per_minute)
        self.episode = 0
        self._top = self.rate
        self._floor = min(FLOOR_PER_MINUTE, self.rate)
        self._tokens = self.burst
        self._filled = 0.0

    @property
    def burst(self) -> float:
        """How many may go at once after a rest."""
        return max(1.0, self.rate * BURST_MINUTES)

    def wait(self, now: float) -> float:
        """Seconds until there is a token."""
        self._fill(now)
        return max(0.0, (1.0 - self._tokens) * 60.0 / self.rate)

    def take(self, now: float) -> None:
        """Use one token."""
        self._fill(now)
        self._tokens -= 1.0

    def answered(self, episode: int) -> None:
        """A request sent in `episode` was not refused: the rate recovers a little."""
        if episode == self.episode:
            self.rate = min(self._top, self.rate + RECOVERY_PER_ANSWER)

    def refused(self, episode: int, until: float) -> None:
        """A request sent in `episode` was refused; nothing is sent before `until`, and then one request goes first.

        The rate halves once for all the requests that were sent before the refusal was known.
        """
        if episode == self.episode:
            self.rate = max(self._floor, self.rate / 2)
            self.episode += 1
        self._tokens = 1.0
        self._filled = max(self._filled, until)

    def _fill(self, now: float) -> None:
        if now > self._filled:
            self._tokens = min(self.burst, self._tokens + (now - self._filled) * self.rate / 60.0)
            self._filled = now
