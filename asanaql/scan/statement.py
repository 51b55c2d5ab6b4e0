"""What the scans of one statement share: its budget, its warnings, the pages it may need again, its first error."""

from __future__ import annotations

import asyncio
import warnings
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol
from weakref import WeakSet

from asanaql.api import Log, Meter
from asanaql.errors import AsanaqlWarning
from asanaql.scan.memo import Memo
from asanaql.scan.notes import Notes
from asanaql.scan.tally import Tally

_RECENT = 16


class Scan(Protocol):
    """A scan that has been started."""

    def cancel(self) -> None:
        """Give up what is not read yet."""


@dataclass(eq=False)
class Statement:
    """One statement as the scans see it: `rows` they have given, `whole` whether all of its rows will be read.

    `planned` says that its occurrences are known; `ahead` starts those that DuckDB has not come to, and is called once
    a scan has given rows: a join with an empty side does not read the other. `named` are the columns that DuckDB may
    come back for, where it takes a statement in several steps as it does a PIVOT.
    """

    meter: Meter
    notes: Notes = field(default_factory=Notes)
    scans: Counter[str] = field(default_factory=Counter)
    memo: Memo = field(default_factory=Memo)
    rows: int = 0
    error: BaseException | None = None
    said: str = ""
    tallies: list[Tally] = field(default_factory=list)
    whole: bool = False
    owned: bool = False
    ended: bool = False
    interrupted: bool = False
    opened: bool = False
    streams: int = 0
    planned: bool = False
    named: frozenset[str] = frozenset()
    ahead: Callable[[], None] | None = None
    warned: set[str] = field(default_factory=set)
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    running: WeakSet[Scan] = field(default_factory=WeakSet)

    def gave(self, rows: int) -> None:
        """A scan has given so many rows."""
        self.rows += rows
        if rows and self.whole and self.ahead is not None:
            ahead, self.ahead = self.ahead, None
            ahead()

    def fail(self, error: BaseException) -> None:
        """Keep the text of the first error for DuckDB to pass on, and itself for the result that will raise it."""
        interrupted = isinstance(error, KeyboardInterrupt)
        self.said = self.said or ("Interrupted." if interrupted else str(error) or type(error).__name__)
        if self.owned and self.error is None:
            self.error = error

    def warn(self) -> None:
        """Say as Python warnings, each once, what is lacking so far, unless a result of ours says it."""
        if self.owned:
            return
        for sentence in self.notes.warnings:
            if sentence not in self.warned:
                self.warned.add(sentence)
                # No line of the caller's can be named here, and Python would show a line's second warning no more.
                warnings.warn_explicit(sentence, AsanaqlWarning, "asanaql", 0)

    def end(self) -> None:
        """Let go of the kept pages; inside a transaction the next statement has the same number and starts anew.

        What its scans have in flight is given up, also where something still holds on to a scan.
        """
        self.ended = True
        for scan in list(self.running):
            scan.cancel()
        self.ahead = None
        self.memo.clear()

    @property
    def idle(self) -> bool:
        """Whether nobody will read more of it, as far as can be known."""
        return self.ended or (not self.owned and self.streams == 0)

    @property
    def single(self) -> bool:
        """Whether one scan is all that the statement reads of Asana."""
        return sum(self.scans.values()) == 1


class Statements:
    """The statements of a connection by DuckDB's number for them; the least recent are forgotten."""

    def __init__(self, limit: int | None, log: Log | None = None) -> None:
        self._limit = limit
        self._log = log
        self._lock = Lock()
        self._known: OrderedDict[int, Statement] = OrderedDict()

    def meter(self, number: int | None = None) -> Meter:
        """A meter with the bound that holds for each statement; `number` is that of the statement in the log."""
        return Meter(self._limit, self._log, number)

    def planned(self, number: int) -> Statement:
        """The statement of which a scan is planned.

        All scans of a statement are planned before one is opened, so a number that was opened already is another
        statement's, in the same transaction.
        """
        with self._lock:
            known = self._known.get(number)
            return self._new(number) if known is None or known.ended or known.opened else known

    def numbered(self, number: int | None) -> Statement:
        """The statement with this number, new when it was not seen before or has ended.

        Without a number, which is so where DuckDB's filter pushdown is switched off, every scan is on its own.
        """
        if number is None:
            return Statement(self.meter())
        with self._lock:
            known = self._known.get(number)
            return self._new(number) if known is None or known.ended else known

    def _new(self, number: int) -> Statement:
        """A statement of this number; the oldest that nothing reads any more are forgotten for it."""
        self._known.pop(number, None)
        idle = [each for each, known in self._known.items() if known.idle]
        for each in idle[: max(len(self._known) + 1 - _RECENT, 0)]:
            self._known.pop(each).memo.clear()
        made = self._known[number] = Statement(self.meter())
        return made
