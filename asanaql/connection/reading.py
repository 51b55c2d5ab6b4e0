"""The rows of one statement as they come from DuckDB: read once, as far as asked, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

import duckdb
import pyarrow as pa

from asanaql.connection.run import Run
from asanaql.errors import AsanaqlError, QueryError

#: Rows in a batch when the whole result is wanted, and when it is taken row by row: then half a page, as DuckDB
#: asks for the next page before it hands out a batch that needs all of one.
WHOLE, GRADUAL = 2_000, 50


class Host(Protocol):
    """The connection, as what runs on it knows it."""

    def running(self, run: Run) -> AbstractContextManager[None]:
        """Run a part of a statement: its scans are the run's, and their errors are raised as they were there."""
        ...

    def began(self, reading: Reading) -> None:
        """Rows begin to be read."""
        ...

    def ended(self, reading: Reading) -> None:
        """Rows have been read as far as they will be."""
        ...

    def zone(self) -> str:
        """The time zone of the session."""
        ...

    def scratch(self, zone: str | None) -> duckdb.DuckDBPyConnection:
        """A DuckDB apart from the connection's, with the time zone, to turn kept rows into values."""
        ...


class Reading:
    """The rows of what `ready` gives, which is asked for when the first of them are: then the statement runs.

    `stops_early` says that it may end before its scans do; `zoned` that its values show the session's time zone,
    which is `zone` from then on.
    """

    def __init__(
        self, ready: Callable[[], duckdb.DuckDBPyRelation], run: Run, host: Host, *, stops_early: bool, zoned: bool
    ) -> None:
        self.zone: str | None = None
        self._ready = ready
        self._run = run
        self._host = host
        self._stops_early = stops_early
        self._zoned = zoned
        self._source: pa.RecordBatchReader | None = None
        self._schema: pa.Schema | None = None
        self._batches: list[pa.RecordBatch] = []
        self._ended = False
        self._passed_on = False
        self._failure: str | None = None
        self._unraised: BaseException | None = None

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the rows, which starts the statement."""
        if self._schema is None:
            self._raise_again()
            self._begin(WHOLE)
        return self._schema

    def kept(self, size: int) -> Iterator[pa.RecordBatch]:
        """Every batch, from memory and then from DuckDB; none is empty. `size` is how many rows it should have."""
        self.check()
        place = 0
        while True:
            if place == len(self._batches):
                batch = self._next(size)
                if batch is None:
                    return
                self._batches.append(batch)
            yield self._batches[place]
            place += 1

    def passed_on(self) -> Iterator[pa.RecordBatch]:
        """Every batch, of which none is kept from here on."""
        self.check()
        self._passed_on = True
        return self._passing()

    def check(self) -> None:
        """Raise where the rows are not to be had any more."""
        self._raise_again()
        if self._passed_on:
            raise QueryError("The rows went to the reader of this result and were not kept. Run the statement again.")

    def finish(self) -> None:
        """Read to the end what was begun. An error waits for whoever asks for the rows."""
        try:
            while self._source is not None:
                batch = self._next(WHOLE)
                if batch is not None:
                    self._batches.append(batch)
        except (AsanaqlError, duckdb.Error, pa.ArrowException) as error:
            self._unraised = error.with_traceback(None)

    def abandon(self, why: str) -> None:
        """Read no further; whoever asks for what was not read is told why."""
        if self._source is not None:
            self._failure = why
            self._end()

    def _passing(self) -> Iterator[pa.RecordBatch]:
        while True:
            batch = self._batches.pop(0) if self._batches else self._next(WHOLE)
            if batch is None:
                return
            yield batch

    def _next(self, size: int) -> pa.RecordBatch | None:
        """The next batch that is not empty, None at the end."""
        self._raise_again()
        if self._ended:
            return None
        self._begin(size)
        assert self._source is not None
        try:
            with self._host.running(self._run):
                batch = next((each for each in self._source if each.num_rows), None)
        except BaseException as error:
            self._failed(error)
            raise
        if batch is None:
            self._end()
            return None
        self._run.rows += batch.num_rows
        return batch

    def _begin(self, size: int) -> None:
        """Start the statement, unless it has been started."""
        if self._source is not None:
            return
        self._host.began(self)
        self._run.whole = size == WHOLE and not self._stops_early
        self._run.begin()
        try:
            with self._host.running(self._run):
                self.zone = self._host.zone() if self._zoned else None
                self._source = self._ready().to_arrow_reader(size)
        except BaseException as error:
            self._failed(error)
            raise
        self._schema = self._source.schema

    def _raise_again(self) -> None:
        """Raise where the statement has failed: the error itself the first time, afterwards what it said."""
        error, self._unraised = self._unraised, None
        if error is not None:
            raise error
        if self._failure is not None:
            raise QueryError(self._failure)

    def _failed(self, error: BaseException) -> None:
        """Remember why there are no rows: the text only, as the error's traceback would hold on to the connection."""
        self._failure = f"The statement has failed and has no rows: {str(error) or type(error).__name__}"
        self._run.forget_error()
        self._end()

    def _end(self) -> None:
        self._run.end()
        self._ended = True
        self._source = None
        self._host.ended(self)
