"""The last answer of the shell, so that it can be shown again, drawn or written to a file at no further request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from asanaql.errors import QueryError

if TYPE_CHECKING:
    from asanaql.connection import Result

#: Bytes of rows that are kept at most.
MOST_BYTES = 512 * 1024 * 1024


class Kept:
    """The rows of `statement`, as a result gives them while it is read, and afterwards again as often as wanted.

    It can be shown and written in a result's place.
    """

    def __init__(self, statement: str, result: Result, most: int = MOST_BYTES) -> None:
        self.statement = statement
        self.columns = result.columns
        self.types = result.types
        self.schema = result.schema
        self._result = result
        self._most = most
        self._begun = False
        self._batches: list[pa.RecordBatch] = []
        self._lacks = ""

    def reader(self) -> pa.RecordBatchReader:
        """The rows: the first time as they arrive. QueryError where not all of them were read, or kept."""
        if self._lacks:
            raise QueryError(self._lacks)
        if self._begun:
            return pa.RecordBatchReader.from_batches(self.schema, self._batches)
        self._begun = True
        return pa.RecordBatchReader.from_batches(self.schema, self._arriving())

    def abandon(self) -> None:
        """Read no further."""
        self._result.abandon()

    def table(self) -> pa.Table:
        """All rows; QueryError as `reader`."""
        return self.reader().read_all()

    def _arriving(self) -> Iterator[pa.RecordBatch]:
        self._lacks = "The last answer was not read to its end: run the statement again."
        size = 0
        for batch in self._result.reader():
            size += batch.nbytes
            if size <= self._most:
                self._batches.append(batch)
            yield batch
        self._lacks = ""
        if size > self._most:
            self._batches.clear()
            self._lacks = (
                f"The last answer is larger than the {self._most // 2**20:,} MB that are kept of one: "
                "write it to a file with COPY (…) TO 'file.parquet', or narrow it."
            )
