"""One run of a statement: the scans that belong to it, what they sent, how long it took, and whose errors are whose."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import duckdb
import pyarrow as pa

from asanaql.api import Meter, Sent
from asanaql.connection.noticing import noticing
from asanaql.scan.memo import Memo
from asanaql.scan.occurrence import Occurrence, Occurrences
from asanaql.scan.statement import Statement
from asanaql.scan.tally import ScanStats, scan_stats
from asanaql.statement.tagging import untagged

if TYPE_CHECKING:
    from asanaql.statement.planned import Planned
    from asanaql.sync import Copied


@dataclass(frozen=True)
class Stats:
    """What a statement has done so far.

    `rows` it has given, of `scanned` rows that its scans have. `requests` were sent to Asana, `retries` of them again;
    `cached` listings came from the cache instead. `waiting` is whether Asana's limit holds it up now, `waited` for how
    many seconds it did so far, `waits` for how many it will. `scans` are the scans of it that have begun. `left` is for
    how many seconds it goes on at least, by what is expected and by Asana's limit, where that was asked for.
    """

    rows: int
    seconds: float
    requests: int
    cached: int
    retries: int
    bytes: int
    waited: float
    waiting: bool
    scanned: int = 0
    rules: tuple[str, ...] = ()
    scans: tuple[ScanStats, ...] = ()
    waits: float = 0.0
    left: float = 0.0

    def at(self, per_minute: float) -> Stats:
        """The same with the time that is left where so many requests a minute are sent."""
        due = sum((scan.expected or 0) - scan.requests for scan in self.scans if scan.expected and not scan.ended)
        return replace(self, left=max(0, due) * 60 / per_minute)


class Run:
    """The scans of what one call of `sql` runs, and the time it takes: planning, and from the first row to the last.

    `whole` says that its rows will all be read, so that its scans need not start carefully. `number` is that of the
    statement that is run now, among all of the connection, and `told` gives an error as it is of that as typed.
    `refreshed` is what was brought up to date before it could be answered from a copy.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.number: int | None = None
        self.whole = False
        self.rows = 0
        self.statements: list[Statement] = []
        self.rules: tuple[str, ...] = ()
        self.unplanned = ""
        self.named: frozenset[str] = frozenset()
        self.told: Callable[[str], str] = str
        self.refreshed: list[Copied] = []
        self.interrupted = False
        self._memo = Memo()
        self._meter: Meter | None = None
        self._occurrences: list[tuple[Occurrences, Occurrence]] = []
        self._clock = clock
        self._spent = 0.0
        self._started: float | None = None

    def planned(self, statement: Statement) -> None:
        """A scan of this statement was planned."""
        if statement not in self.statements:
            statement.owned = True
            if self._meter is not None and self._meter.statement == self.number:
                statement.meter = self._meter
            statement.meter.statement = self.number
            statement.whole = self.whole
            statement.interrupted = self.interrupted
            if self.named:
                statement.named, statement.memo = self.named, self._memo
            self.statements.append(statement)

    def before(self, meter: Meter) -> Statement:
        """What is asked for before the statement can run, counted together with what it sends afterwards."""
        statement = Statement(meter)
        self.planned(statement)
        self._meter = statement.meter
        return statement

    def plan(self, planned: Planned, occurrences: Occurrences) -> None:
        """The scans of this planned statement are the run's, and find what is known of them until it ends."""
        for reading in planned.readings.values():
            occurrences.add(reading.occurrence)
            self._occurrences.append((occurrences, reading.occurrence))
        self.planned(planned.statement)

    def interrupt(self) -> None:
        """End what goes on as soon as it comes to it. Takes no lock, so that a signal's handler may call it."""
        self.interrupted = True
        for statement in self.statements:
            statement.interrupted = True

    def check(self) -> None:
        """Raise KeyboardInterrupt where the run was interrupted and DuckDB has lost that, as it does while planning."""
        if self.interrupted:
            raise KeyboardInterrupt

    def begin(self) -> None:
        """The statement is worked on from now."""
        if self._started is None:
            self._started = self._clock()

    def pause(self) -> None:
        """The statement waits for its rows to be asked for."""
        if self._started is not None:
            self._spent += self._clock() - self._started
            self._started = None

    def end(self) -> None:
        """The statement has been read as far as it will be."""
        self.pause()
        for statement in self.statements:
            statement.end()
        for occurrences, occurrence in self._occurrences:
            occurrences.forget(occurrence)
            occurrence.end()
        self._occurrences.clear()

    @property
    def error(self) -> BaseException | None:
        """What went wrong in a scan, as it was raised there."""
        return next((statement.error for statement in self.statements if statement.error is not None), None)

    def forget_error(self) -> None:
        """Let go of the error, which has been raised."""
        for statement in self.statements:
            statement.error = None

    @property
    def sent(self) -> list[Sent]:
        """What the scans have sent, and what the cache answered, as far as the log remembers."""
        logs = {id(each.meter.log): each.meter.log for each in self.statements}
        numbers = {each.meter.statement for each in self.statements}
        return [
            sent for log in logs.values() if log is not None for sent in log.snapshot() if sent.statement in numbers
        ]

    @property
    def warnings(self) -> list[str]:
        """What the scans could not read."""
        before = [said for copied in self.refreshed for said in copied.warnings]
        return list(dict.fromkeys([*before, *(said for each in self.statements for said in each.notes.warnings)]))

    @property
    def whole_answer(self) -> bool:
        """Whether no row is missing that there may be."""
        whole = all(copied.complete for copied in self.refreshed)
        return whole and not any(statement.notes.lost for statement in self.statements)

    @property
    def stats(self) -> Stats:
        """What the scans have sent so far."""
        meters = {id(statement.meter): statement.meter for statement in self.statements}.values()
        started = self._started
        until = [held for meter in meters if (held := meter.waiting_until) is not None]
        return Stats(
            rows=self.rows,
            seconds=self._spent + (0.0 if started is None else self._clock() - started),
            requests=sum(meter.requests for meter in meters) + sum(each.requests for each in self.refreshed),
            cached=sum(meter.cached for meter in meters),
            retries=sum(meter.retries for meter in meters),
            bytes=sum(meter.bytes for meter in meters),
            waited=sum(meter.waited for meter in meters),
            waiting=bool(until),
            scanned=sum(statement.rows for statement in self.statements),
            rules=self.rules,
            scans=scan_stats(tally for statement in self.statements for tally in statement.tallies),
            waits=max(0.0, max(until) - self._clock()) if until else 0.0,
        )


class Runs:
    """Which run each thread is in, so that a scan that DuckDB plans there can be told apart."""

    def __init__(self) -> None:
        self._local = threading.local()

    def planned(self, statement: Statement) -> None:
        """Called on the thread that plans a scan of `statement`."""
        run: Run | None = getattr(self._local, "run", None)
        if run is not None:
            run.planned(statement)

    @contextmanager
    def within(self, run: Run) -> Iterator[None]:
        """What this thread plans meanwhile belongs to `run`, whose scans' errors are raised as they were there."""
        before = getattr(self._local, "run", None)
        self._local.run = run
        try:
            with noticing(run.interrupt):
                yield
            run.check()
        except (duckdb.Error, pa.ArrowException, OSError, RuntimeError, KeyboardInterrupt) as error:
            cause = run.error or _typed(_spoken(error), run.told)
            run.forget_error()
            if cause is error:
                raise
            try:
                raise cause from None
            finally:
                del cause  # A frame that holds what it raised keeps everything below it alive, the scans too.
        finally:
            self._local.run = before


def _typed(error: BaseException, told: Callable[[str], str]) -> BaseException:
    """DuckDB's error as it is of the statement that was typed."""
    said = str(error)
    shown = told(untagged(said)) if isinstance(error, duckdb.Error) else said
    return error if shown == said else type(error)(shown)


def _spoken(error: BaseException) -> BaseException:
    """What was raised first, where Arrow passed on only the text of it: DuckDB's own error, or an interrupt."""
    text = str(error)
    interrupted = "Python exception: " in text and text.rstrip().endswith(KeyboardInterrupt.__name__)
    if interrupted or (isinstance(error, RuntimeError) and text == "Query interrupted"):
        return KeyboardInterrupt()
    kind, said, _ = text.partition(" Error:")
    if isinstance(error, duckdb.Error) or not said:
        return error
    found = getattr(duckdb, f"{kind.replace(' ', '')}Exception", duckdb.Error)
    return cast(BaseException, found(text))
