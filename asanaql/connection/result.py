"""The answer to one statement: run once, read as far as asked, kept for the next call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from asanaql.connection.reading import GRADUAL, WHOLE, Host, Reading
from asanaql.connection.run import Run, Stats
from asanaql.connection.values import carried, restored, zoned
from asanaql.errors import QueryError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


class Result:
    """The rows of one statement.

    The statement runs when rows are first asked for, and once: every call answers from what was read before and reads
    on from there. `fetchone` and `fetchall` go on where the last of them stopped; iteration starts at the first row.
    Values are those of DuckDB's Python client. Belongs to one thread, except for `stats` and `warnings`.

    What runs is what `ready` gives when it does: the same rows as `relation`, by a better plan.

    `columns` and `types`, by DuckDB's names, are empty for a statement that gives no table.
    """

    def __init__(
        self,
        relation: duckdb.DuckDBPyRelation | None,
        run: Run,
        host: Host,
        *,
        ready: Callable[[], duckdb.DuckDBPyRelation] | None = None,
        stops_early: bool = False,
    ) -> None:
        self.columns: list[str] = [] if relation is None else list(relation.columns)
        self.types: list[str] = [] if relation is None else [str(kind) for kind in relation.types]
        self._run = run
        self._host = host
        self._fetching: Iterator[tuple[Any, ...]] | None = None
        self._reading: Reading | None = None
        self._recast = False
        if relation is not None:
            read = carried(relation)
            self._recast = read is not relation
            source = (lambda: read) if ready is None else (lambda: carried(ready()))
            self._reading = Reading(source, run, host, stops_early=stops_early, zoned=zoned(self.types))

    @property
    def number(self) -> int | None:
        """The statement's number in `asana_requests`."""
        return self._run.number

    @property
    def warnings(self) -> list[str]:
        """What the rows read so far lack: skipped projects, absent fields, unreadable values."""
        return self._run.warnings

    @property
    def complete(self) -> bool:
        """Whether no row is missing from what was read so far, as the rows of a project that may not be read are."""
        return self._run.whole_answer

    @property
    def stats(self) -> Stats:
        """Rows, seconds, requests, cached listings and retries so far. May be read from any thread."""
        return self._run.stats

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the rows."""
        if self._reading is None:
            return pa.schema([])
        with self._given_up_when_interrupted():
            schema = self._reading.schema
            return self._restored(pa.Table.from_batches([], schema)).to_arrow_table().schema if self._recast else schema

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows as record batches, as they arrive."""
        return self._exporting(self._kept(WHOLE))

    def reader(self) -> pa.RecordBatchReader:
        """The rows as an Arrow reader that keeps nothing, for results larger than memory. Can be called once."""
        schema = self.schema
        rows = iter(()) if self._reading is None else self._reading.passed_on()
        return pa.RecordBatchReader.from_batches(schema, self._exporting(rows))

    def arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        return pa.Table.from_batches(self.batches(), self.schema)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows not fetched yet, as tuples of Python values."""
        return list(self._fetched(WHOLE))

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row, None after the last."""
        return next(self._fetched(GRADUAL), None)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """All rows, read as far as the loop goes."""
        return self._rows(GRADUAL)

    def __len__(self) -> int:
        """How many rows there are, which reads them all."""
        return sum(batch.num_rows for batch in self._kept(WHOLE))

    def __bool__(self) -> bool:
        """Whether there is a row, which reads no further than the first."""
        return next(self._kept(GRADUAL), None) is not None

    def df(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame."""
        return self._again().df()

    def pl(self) -> pl.DataFrame:
        """The rows as a polars DataFrame."""
        frame: pl.DataFrame = self._again().pl()
        return frame

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
        if self._reading is not None:
            self._again().show()

    def abandon(self) -> None:
        """Read no further; what was not read is lost."""
        if self._reading is not None:
            self._reading.abandon("The rest of the rows was given up. Run the statement again.")

    def run_through(self) -> None:
        """Run the statement for its effects, and let go of its rows."""
        if self._reading is not None:
            for _ in self._reading.passed_on():
                pass
        self._run.rows = 0

    def _again(self) -> duckdb.DuckDBPyRelation:
        """The rows as a relation apart from the connection, so that no statement of its own is disturbed."""
        if self._reading is None:
            raise QueryError("The statement gives no table.")
        with self._given_up_when_interrupted():
            return self._restored(pa.Table.from_batches(self._reading.kept(WHOLE), self._reading.schema))

    def _restored(self, rows: pa.Table) -> duckdb.DuckDBPyRelation:
        zone = None if self._reading is None else self._reading.zone
        return restored(self._host.scratch(zone), rows, self.columns, self.types)

    def _exported(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch as DuckDB itself gives it to Arrow."""
        if not self._recast:
            return batch
        [exported] = self._restored(pa.Table.from_batches([batch])).to_arrow_table().combine_chunks().to_batches()
        return exported

    def _fetched(self, size: int) -> Iterator[tuple[Any, ...]]:
        """The iterator that `fetchone` and `fetchall` share."""
        if self._reading is not None:
            self._reading.check()
        if self._fetching is None:
            self._fetching = self._rows(size)
        return self._fetching

    def _rows(self, size: int) -> Iterator[tuple[Any, ...]]:
        """All rows, as Python values."""
        with self._given_up_when_interrupted():
            for batch in self._kept(size):
                yield from self._restored(pa.Table.from_batches([batch])).fetchall()

    def _exporting(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The batches as DuckDB itself gives them to Arrow."""
        with self._given_up_when_interrupted():
            for batch in batches:
                yield self._exported(batch)

    @contextmanager
    def _given_up_when_interrupted(self) -> Iterator[None]:
        """An interrupt between two batches gives up the rest, which the next statement would else wait for."""
        try:
            yield
        except KeyboardInterrupt:
            self.abandon()
            raise

    def _kept(self, size: int) -> Iterator[pa.RecordBatch]:
        return iter(()) if self._reading is None else self._reading.kept(size)
