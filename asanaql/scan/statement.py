"""What the scans of one statement share: its budget, its warnings, the pages it may need again, its first error."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from asanaql.api import Meter, Page, Request
from asanaql.scan.notes import Notes

#: Bytes of pages one statement keeps for its own further scans.
MEMO_BYTES = 256 * 1024 * 1024
_RECENT = 16


@dataclass(eq=False)
class Statement:
    """One statement as the scans see it; `whole` says that its rows will all be read."""

    meter: Meter
    notes: Notes = field(default_factory=Notes)
    scans: Counter[str] = field(default_factory=Counter)
    memo: dict[Request, asyncio.Future[Page]] = field(default_factory=dict)
    memo_bytes: int = 0
    error: BaseException | None = None
    whole: bool = False
    owned: bool = False

    def fail(self, error: BaseException) -> None:
        """Keep the first error, which DuckDB would only pass on as text."""
        if self.error is None:
            self.error = error

    @property
    def single(self) -> bool:
        """Whether one scan is all that the statement reads of Asana."""
        return sum(self.scans.values()) == 1


class Statements:
    """The statements of a connection by DuckDB's number for them; the least recent are forgotten."""

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._lock = Lock()
        self._known: OrderedDict[int | None, Statement] = OrderedDict()

    def meter(self) -> Meter:
        """A meter with the bound that holds for each statement."""
        return Meter(self._limit)

    def numbered(self, number: int | None) -> Statement:
        """The statement with this number, new when it was not seen before."""
        with self._lock:
            known = self._known.get(number)
            if known is None:
                known = self._known[number] = Statement(self.meter())
                while len(self._known) > _RECENT:
                    self._known.popitem(last=False)
            return known

    def forget(self, statement: Statement) -> None:
        """Let go of what the statement kept."""
        with self._lock:
            for number in [number for number, each in self._known.items() if each is statement]:
                del self._known[number]
