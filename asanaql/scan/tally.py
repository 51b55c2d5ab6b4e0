"""How far the scans of a statement have come, for whoever watches it run."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

#: Sums of floats miss a whole number by a hair.
_DIGITS = 6


@dataclass(frozen=True)
class ScanStats:
    """What one scan of a relation has done so far.

    `scan` is what the log calls it, empty where the statement runs as typed. `requests` were answered, those for its
    keys included; `expected` is how many there will be, a guess until the scan has `ended`, and None where a LIMIT may
    end it before. `rows` came from Asana, before they were filtered; `cached` listings came from the cache.
    `keys` says that it is read before the others, for the keys that it has for them.
    """

    relation: str
    scan: str
    requests: int
    expected: int | None
    rows: int
    cached: int
    keys: bool = False
    ended: bool = False


class Tally:
    """The numbers of one scan. Only the event loop's thread writes them, but for the end; any thread may read them.

    What is still to come is the sum over the listings that are known, or the guess for all where that is more, until
    all listings are known. `whole` says that the scan will be read to its end.
    """

    def __init__(self, relation: str = "", scan: str = "", *, keys: bool = False, whole: bool = False) -> None:
        self.relation = relation
        self.scan = scan
        self.requests = 0
        self.rows = 0
        self.cached = 0
        self._keys = keys
        self._whole = whole
        self._ended = False
        self._guess: float | None = None
        self._due: dict[tuple[str, ...], float] = {}
        self._coming = 0.0

    def of(self, relation: str) -> Tally:
        """The tally itself, which is of this relation if it is of none yet."""
        self.relation = self.relation or relation
        return self

    def guess(self, requests: float) -> None:
        """The scan is guessed to take so many requests in all."""
        self._guess = requests

    def announce(self, listing: tuple[str, ...], requests: float) -> None:
        """The listing will be read, for which so many requests are guessed."""
        if listing not in self._due:
            self._due[listing] = requests
            self._coming += requests

    def page(self, listing: tuple[str, ...], *, more: bool) -> None:
        """A page of the listing has come, so that there is one less to come; after it comes one `more` at least."""
        due = self._due.get(listing, 0.0)
        self._due[listing] = max(float(more), due - 1.0)
        self._coming += self._due[listing] - due

    def read(self, listing: tuple[str, ...]) -> None:
        """Nothing more of the listing is to come."""
        self._coming -= self._due.pop(listing, 0.0)

    def complete(self) -> None:
        """All listings are known."""
        self._guess = 0.0

    def end(self) -> None:
        """The scan has been read as far as it will be."""
        self._ended = True

    @property
    def stats(self) -> ScanStats:
        """The numbers as they are now."""
        return ScanStats(
            self.relation, self.scan, self.requests, self._expected, self.rows, self.cached, self._keys, self._ended
        )

    @property
    def _expected(self) -> int | None:
        if self._ended:
            return self.requests
        if not self._whole or self._guess is None:
            return None
        return max(self.requests + math.ceil(round(self._coming, _DIGITS)), math.ceil(round(self._guess, _DIGITS)))


def scan_stats(tallies: Iterable[Tally]) -> tuple[ScanStats, ...]:
    """What the scans have done, in the order in which they began; what is read again under one name is one scan."""
    found: dict[object, ScanStats] = {}
    for tally in tallies:
        stats = tally.stats
        if stats.relation:
            key: object = (stats.relation, stats.scan) if stats.scan else tally
            found[key] = _together(found[key], stats) if key in found else stats
    return tuple(found.values())


def _together(first: ScanStats, again: ScanStats) -> ScanStats:
    expected = None if None in (first.expected, again.expected) else (first.expected or 0) + (again.expected or 0)
    return replace(
        first,
        requests=first.requests + again.requests,
        expected=expected,
        rows=first.rows + again.rows,
        cached=first.cached + again.cached,
        keys=first.keys and again.keys,
        ended=first.ended and again.ended,
    )
