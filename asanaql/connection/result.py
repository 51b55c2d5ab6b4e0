"""The answer to one statement: run once, read as far as asked, kept for the next call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from asanaql.connection.values import tuples
from asanaql.errors import QueryError
from asanaql.scan.statement import Statement

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

#: Rows in a batch when the whole result is wanted, and when it is taken row by row.
_WHOLE, _GRADUAL = 10_000, 100


@dataclass(frozen=True)
class Stats:
    """What a statement has done so far.

    `requests` were sent to Asana, `retries` of them again; `cached` listings came from the cache instead. `waiting` is
    whether Asana's limit holds it up now, `waited` for how many seconds it did so far.
    """

    rows: int
    seconds: float
    requests: int
    cached: int
    retries: int
    bytes: int
    waited: float
    waiting: bool


class Run:
    """One run of a statement: the scans that belong to it, and its time.

    `whole` says that its rows will all be read, so that its scans need not start carefully.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.whole = False
        self._clock = clock
        self._started = clock()
        self._ended: float | None = None
        self.statements: list[Statement] = []
        self.rows = 0

    def planned(self, statement: Statement) -> None:
        """A scan of this statement was planned."""
        if statement not in self.statements:
            statement.owned = True
            statement.whole = self.whole
            self.statements.append(statement)

    def begin(self) -> None:
        """The statement starts now."""
        self._started, self._ended = self._clock(), None

    def end(self) -> None:
        """The statement has been read to its end."""
        if self._ended is None:
            self._ended = self._clock()

    @property
    def error(self) -> BaseException | None:
        """What went wrong in a scan, as it was raised there."""
        return next((statement.error for statement in self.statements if statement.error is not None), None)

    def forget_error(self) -> None:
        """Let go of the error, which has been raised."""
        for statement in self.statements:
            statement.error = None

    @property
    def warnings(self) -> list[str]:
        """What the scans could not read."""
        return [warning for statement in self.statements for warning in statement.notes.warnings]

    @property
    def stats(self) -> Stats:
        """What the scans have sent so far."""
        meters = [statement.meter for statement in self.statements]
        return Stats(
            rows=self.rows,
            seconds=(self._clock() if self._ended is None else self._ended) - self._started,
            requests=sum(meter.requests for meter in meters),
            cached=sum(meter.cached for meter in meters),
            retries=sum(meter.retries for meter in meters),
            bytes=sum(meter.bytes for meter in meters),
            waited=sum(meter.waited for meter in meters),
            waiting=any(meter.waiting_until is not None for meter in meters),
        )


class Host(Protocol):
    """The connection, as its results know it."""

    def running(self, run: Run) -> AbstractContextManager[None]:
        """Run a part of a statement: its scans are the run's, and an error of theirs is raised as it was there."""
        ...

    def began(self, result: Result) -> None:
        """Reading begins."""
        ...

    def ended(self, result: Result) -> None:
        """Reading is over."""
        ...


class Result:
    """The rows of a statement.

    Nothing is read before it is asked for. What was read is kept, so every method can be called again, except after
    `reader`, which keeps nothing. Reading raises AsanaqlError for what Asana refused and duckdb.Error for what DuckDB
    did; `warnings` says what the rows lack.
    """

    def __init__(
        self,
        relation: duckdb.DuckDBPyRelation | None,
        run: Run,
        host: Host,
        stops_early: bool = False,
    ) -> None:
        self._relation = relation
        self._run = run
        self._host = host
        self._stops_early = stops_early
        self._source: pa.RecordBatchReader | None = None
        self._batches: list[pa.RecordBatch] = []
        self._row = 0
        self._ended = relation is None
        self._spent = False
        self._failure = ""
        self.columns: list[str] = [] if relation is None else list(relation.columns)
        self.types: list[str] = [] if relation is None else [str(kind) for kind in relation.types]

    @property
    def warnings(self) -> list[str]:
        """What the rows read so far lack: skipped projects, absent fields, unreadable values."""
        return self._run.warnings

    @property
    def stats(self) -> Stats:
        """Rows, seconds, requests, cached listings and retries so far. May be read from any thread."""
        return self._run.stats

    @property
    def open(self) -> bool:
        """Whether reading has begun and not come to its end."""
        return self._source is not None and not self._ended

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows as record batches, as they arrive."""
        return self._kept(_WHOLE)

    def reader(self) -> pa.RecordBatchReader:
        """The rows as an Arrow reader that keeps nothing, for results larger than memory. Can be called once."""
        return pa.RecordBatchReader.from_batches(self.schema, self._passing())

    def arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        return pa.Table.from_batches(self.batches(), self.schema)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows not fetched yet, as tuples of Python values."""
        fetched = list(self._rows(_WHOLE, self._row))
        self._row += len(fetched)
        return fetched

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row, None after the last."""
        row = next(self._rows(_GRADUAL, self._row), None)
        self._row += row is not None
        return row

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """All rows, read as far as the loop goes."""
        return self._rows(_GRADUAL, 0)

    def df(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame."""
        return cast("pd.DataFrame", self._again().df())

    def pl(self) -> pl.DataFrame:
        """The rows as a polars DataFrame."""
        return self._again().pl()

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Write the rows to a Parquet file, which appears whole or not at all."""
        target = Path(path)
        unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with pq.ParquetWriter(unfinished, self.schema) as writer:
                for batch in self.batches():
                    writer.write_batch(batch)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)

    def show(self) -> None:
        """Print the rows as DuckDB prints a relation."""
        if self.columns:
            self._again().show()

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the rows."""
        if self._relation is None:
            return pa.schema([])
        if self._batches:
            return self._batches[0].schema
        self._begin(_WHOLE)
        assert self._source is not None
        return self._source.schema

    def finish(self) -> None:
        """Read to the end what was begun."""
        if self.open and not self._spent:
            for _ in self._kept(_WHOLE):
                pass

    def abandon(self) -> None:
        """Read no further; what was not read is lost."""
        self._spent = self._spent or not self._ended
        self._end()

    def _again(self) -> duckdb.DuckDBPyRelation:
        """The kept rows as a relation of a connection of their own, so that no statement of ours is disturbed."""
        return duckdb.connect().from_arrow(self.arrow())

    def _rows(self, size: int, start: int) -> Iterator[tuple[Any, ...]]:
        """The rows from `start` on."""
        skipped = 0
        for batch in self._kept(size):
            if skipped + batch.num_rows <= start:
                skipped += batch.num_rows
                continue
            yield from tuples(batch.slice(max(start - skipped, 0)), self.types)
            skipped = max(skipped + batch.num_rows, start)

    def _kept(self, size: int) -> Iterator[pa.RecordBatch]:
        """Every batch, from memory and then from DuckDB."""
        place = 0
        while True:
            if place < len(self._batches):
                yield self._batches[place]
                place += 1
                continue
            batch = self._next(size)
            if batch is None:
                return
            self._batches.append(batch)

    def _passing(self) -> Iterator[pa.RecordBatch]:
        yield from self._batches
        while (batch := self._next(_WHOLE)) is not None:
            self._spent = True
            yield batch

    def _next(self, size: int) -> pa.RecordBatch | None:
        """The next batch that is not empty, None at the end."""
        if self._failure:
            raise QueryError(f"The statement failed and has no rows: {self._failure}")
        if self._ended:
            if self._spent:
                raise duckdb.InvalidInputException("The rows of this result were not kept. Run the statement again.")
            return None
        self._begin(size)
        assert self._source is not None
        try:
            with self._host.running(self._run):
                batch = next((each for each in self._source if each.num_rows), None)
        except BaseException as error:
            self._failed(error)
            self._end()
            raise
        if batch is None:
            self._end()
            return None
        self._run.rows += batch.num_rows
        return batch

    def _begin(self, size: int) -> None:
        if self._source is not None or self._relation is None:
            return
        self._host.began(self)
        self._run.whole = size == _WHOLE and not self._stops_early
        self._run.begin()
        try:
            with self._host.running(self._run):
                self._source = self._relation.to_arrow_reader(size)
        except BaseException as error:
            self._failed(error)
            self._end()
            raise

    def _failed(self, error: BaseException) -> None:
        """Remember why there are no rows: the text only, as the error's traceback would hold on to the connection."""
        self._failure = str(error) or type(error).__name__
        self._run.forget_error()

    def _end(self) -> None:
        self._run.end()
        self._ended = True
        self._source = None
        self._host.ended(self)
