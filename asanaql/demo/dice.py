"""Chance with a memory: gids, moments and choices, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")

GID_LENGTHS = (16, 16, 16, 16, 16, 16, 13, 13, 10, 7, 17)


def stamp(moment: datetime) -> str:
    """A moment as Asana writes it: UTC, milliseconds, `Z`. Such strings sort as their moments do."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


class Dice:
    """One seeded source of chance. `taken` are the gids given out so far, shared by all dice of a world."""

    def __init__(self, seed: str, now: datetime, taken: set[str]) -> None:
        self.now = now
        self._random = Random(seed)
        self._taken = taken

    def gid(self) -> str:
        """A new gid: digits only, seven to seventeen of them."""
        while True:
            length = self.pick(GID_LENGTHS)
            gid = str(self._random.randrange(10 ** (length - 1), 10**length))
            if gid not in self._taken:
                self._taken.add(gid)
                return gid

    def pick(self, of: Sequence[T]) -> T:
        """One member, all alike likely."""
        return of[int(self._random.random() * len(of))]

    def some(self, of: Sequence[T], most: int) -> list[T]:
        """Up to `most` different members, perhaps none."""
        return self._random.sample(of, min(int(self._random.random() * (most + 1)), len(of)))

    def sample(self, of: Sequence[T], count: int) -> list[T]:
        """Exactly so many different members."""
        return self._random.sample(of, count)

    def shuffled(self, of: Sequence[T]) -> list[T]:
        """All members in another order."""
        return self._random.sample(of, len(of))

    def happens(self, chance: float) -> bool:
        """Whether something of this chance, from 0 to 1, happens."""
        return self._random.random() < chance

    def number(self, low: int, high: int) -> int:
        """An integer from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def fraction(self) -> float:
        """A number from 0 to 1."""
        return self._random.random()

    def ago(self, most_days: float, least_days: float = 0.01) -> datetime:
        """A moment in the past, to the millisecond, more often a recent one."""
        days = least_days + (most_days - least_days) * self._random.random() ** 2
        return self.now - timedelta(milliseconds=int(days * 86_400_000))

    def between(self, early: datetime, late: datetime) -> datetime:
        """A moment from early to late, to the millisecond."""
        span = max(int((late - early).total_seconds() * 1000), 0)
        return early + timedelta(milliseconds=int(self._random.random() * span))

    def day(self, low: int, high: int) -> datetime:
        """A day's start, counted in days from now."""
        return self.now + timedelta(days=self.number(low, high))
