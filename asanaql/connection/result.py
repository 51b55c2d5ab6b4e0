"""The answer to one statement: run once, read as far as asked, kept for the next call."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import duckdb
import pyarrow as pa

from asanaql.connection.run import Run, Stats
from asanaql.connection.values import carried, restored
from asanaql.errors import AsanaqlError, QueryError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

#: Rows in a batch when the whole result is wanted, and when it is taken row by row.
_WHOLE, _GRADUAL = 10_000, 100


class Host(Protocol):
    """The connection, as its results know it."""

    def running(self, run: Run) -> AbstractContextManager[None]:
        """Run a part of a statement: its scans are the run's, and their errors are raised as they were there."""
        ...

    def began(self, result: Result) -> None:
        """The result begins to be read."""
        ...

    def ended(self, result: Result) -> None:
        """The result has been read as far as it will be."""
        ...

    def scratch(self, zone: str | None) -> duckdb.DuckDBPyConnection:
        """A DuckDB apart from the connection's, to turn kept rows into values of the time zone."""
        ...

    def zone(self) -> str:
        """The time zone of the session."""
        ...


class Result:
    """The rows of one statement.

    The statement runs when rows are first asked for, and once: every call answers from what was read before and reads
    on from there. `fetchone` and `fetchall` go on where the last of them stopped, iteration starts at the first row.
    Values are those of DuckDB's Python client. Belongs to one thread, except for `stats` and `warnings`.

    `columns` and `types`, by DuckDB's names, are empty for a statement that gives no table.
    """

    def __init__(
        self, relation: duckdb.DuckDBPyRelation | None, run: Run, host: Host, *, stops_early: bool = False
    ) -> None:
        self.columns: list[str] = [] if relation is None else list(relation.columns)
        self.types: list[str] = [] if relation is None else [str(kind) for kind in relation.types]
        self._relation = None if relation is None else carried(relation)
        self._recast = self._relation is not relation
        self._run = run
        self._host = host
        self._stops_early = stops_early
        self._zone: str | None = None
        self._source: pa.RecordBatchReader | None = None
        self._batches: list[pa.RecordBatch] = []
        self._fetching: Iterator[tuple[Any, ...]] | None = None
        self._ended = relation is None
        self._passed_on = False
        self._failure: str | None = None
        self._unraised: BaseException | None = None

    @property
    def warnings(self) -> list[str]:
        """What the rows read so far lack: skipped projects, absent fields, unreadable values."""
        return self._run.warnings

    @property
    def stats(self) -> Stats:
        """Rows, seconds, requests, cached listings and retries so far. May be read from any thread."""
        return self._run.stats

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows as record batches, as they arrive."""
        return map(self._exported, self._kept(_WHOLE))

    def reader(self) -> pa.RecordBatchReader:
        """The rows as an Arrow reader that keeps nothing, for results larger than memory. Can be called once."""
        self._check_kept()
        schema = self.schema
        self._passed_on = True
        return pa.RecordBatchReader.from_batches(schema, map(self._exported, self._passing()))

    def arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        return pa.Table.from_batches(self.batches(), self.schema)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows not fetched yet, as tuples of Python values."""
        return list(self._fetched(_WHOLE))

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row, None after the last."""
        return next(self._fetched(_GRADUAL), None)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """All rows, read as far as the loop goes."""
        return self._rows(_GRADUAL)

    def __len__(self) -> int:
        """How many rows there are, which reads them all."""
        return sum(batch.num_rows for batch in self._kept(_WHOLE))

    def __bool__(self) -> bool:
        """Whether there is a row, which reads no further than the first."""
        return next(self._kept(_GRADUAL), None) is not None

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
        rows = self._again()
        try:
            rows.write_parquet(str(unfinished))
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)

    def show(self) -> None:
        """Print the rows as DuckDB prints a relation; nothing where the statement gives no table."""
        if self.columns:
            self._again().show()

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the rows."""
        if not self.columns:
            return pa.schema([])
        if self._source is None and not self._batches:
            self._begin(_WHOLE)
        empty = self._batches[0].schema if self._batches else self._schema
        return self._exported(pa.RecordBatch.from_pylist([], schema=empty)).schema if self._recast else empty

    def finish(self) -> None:
        """Read to the end what was begun. An error waits for whoever asks for the rows."""
        try:
            while self._source is not None and not self._ended:
                batch = self._next(_WHOLE)
                if batch is not None:
                    self._batches.append(batch)
        except (AsanaqlError, duckdb.Error, pa.ArrowException) as error:
            self._unraised = error.with_traceback(None)

    def abandon(self) -> None:
        """Read no further; what was not read is lost."""
        if self._source is not None and not self._ended:
            self._failure = "The connection was closed before all rows were read. Run the statement again."
            self._end()

    def _again(self) -> duckdb.DuckDBPyRelation:
        """The rows as a relation apart from the connection, so that no statement of its own is disturbed."""
        if not self.columns:
            raise QueryError("The statement gives no table.")
        return self._restored(list(self._kept(_WHOLE)))

    def _restored(self, batches: list[pa.RecordBatch]) -> duckdb.DuckDBPyRelation:
        duck = self._host.scratch(self._zone)
        schema = batches[0].schema if batches else self._schema
        return restored(duck, pa.Table.from_batches(batches, schema), self.columns, self.types)

    def _exported(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch as DuckDB itself gives it to Arrow."""
        if not self._recast:
            return batch
        exported = self._restored([batch]).to_arrow_table().combine_chunks()
        return exported.to_batches()[0] if batch.num_rows else pa.RecordBatch.from_pylist([], schema=exported.schema)
