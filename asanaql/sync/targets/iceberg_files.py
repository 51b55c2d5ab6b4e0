"""The data files of an Iceberg table: those that rows go from written anew without them, and one for rows that come.

They are written here because pyiceberg itself writes and reads a list of structs that is NULL as an empty list
(https://github.com/apache/iceberg-python/issues/3833), also in the rows of a file that it writes anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from asanaql.errors import ConfigError
from asanaql.sync.targets.target import ROW, Change

if TYPE_CHECKING:
    from pyiceberg.manifest import DataFile
    from pyiceberg.table import Table, Transaction

_ROWS_AT_ONCE = 10_000


def write_files(table: Table, transaction: Transaction, change: Change) -> None:
    """Make the files of a change and their snapshot part of the transaction, whose schema is the change's already."""
    files = _Files(table, transaction)
    # With rows that go it is one overwrite, else one append.
    update = transaction.update_snapshot()
    with update.overwrite() if change.went else update.fast_append() as snapshot:
        gone = change.digests()[ROW].combine_chunks()
        for old in files.holding(gone) if change.went else ():
            snapshot.delete_data_file(old)
            for kept in files.written(files.without(old, gone)):
                snapshot.append_data_file(kept)
        if change.came:
            for new in files.written(change.rows()):
                snapshot.append_data_file(new)


class _Files:
    """The data files of a table, and new ones with the transaction's schema."""

    def __init__(self, table: Table, transaction: Transaction) -> None:
        from pyiceberg.io.pyarrow import schema_to_pyarrow

        self._table = table
        self._metadata = transaction.table_metadata
        self._schema = schema_to_pyarrow(self._metadata.schema())

    def holding(self, digests: pa.Array) -> Iterator[DataFile]:
        """The files that have a row of these; ConfigError where rows were deleted beside their files."""
        for task in self._table.scan().plan_files():
            if task.delete_files:
                raise ConfigError(
                    f"Another program deleted rows of {'.'.join(self._table.name())} by delete files. Compact that "
                    "table, so that its data files are written anew, and run it again."
                )
            if any(_among(batch, digests).true_count for batch in self._read(task.file, [ROW])):
                yield task.file

    def without(self, file: DataFile, digests: pa.Array) -> Iterator[pa.RecordBatch]:
        """The rows of a file but these."""
        for batch in self._read(file):
            yield batch.filter(pc.invert(_among(batch, digests)))

    def written(self, rows: Iterable[pa.RecordBatch]) -> Iterator[DataFile]:
        """The rows in a new file; none where there are no rows."""
        from pyiceberg.io.pyarrow import parquet_file_to_data_file

        batches = (batch for batch in rows if batch.num_rows)
        first = next(batches, None)
        if first is None:
            return
        path = self._table.location_provider().new_data_location(f"{uuid4()}.parquet")
        with (
            self._table.io.new_output(path).create() as stream,
            pq.ParquetWriter(stream, self._schema, compression="zstd") as writer,
        ):
            for batch in (first, *batches):
                writer.write_batch(self._shaped(batch))
        yield parquet_file_to_data_file(self._table.io, self._metadata, path)

    def _read(self, file: DataFile, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
        with self._table.io.new_input(file.file_path).open() as stream:
            yield from pq.ParquetFile(stream).iter_batches(_ROWS_AT_ONCE, columns=columns)

    def _shaped(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows with the table's columns, in its order and with its types."""
        there = batch.schema.names
        columns = [
            batch.column(field.name).cast(field.type) if field.name in there else pa.nulls(batch.num_rows, field.type)
            for field in self._schema
        ]
        return pa.RecordBatch.from_arrays(columns, schema=self._schema)


def _among(batch: pa.RecordBatch, digests: pa.Array) -> pa.BooleanArray:
    return pc.is_in(batch.column(ROW), value_set=digests.cast(batch.schema.field(ROW).type))
