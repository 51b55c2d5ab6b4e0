"""The one place that speaks DuckDB's scan protocol, which is not public API.

A `Source` declares its columns, says which predicates it will apply exactly, and opens streams of the columns and
filters that DuckDB wants. The package pins DuckDB's minor version, and tests/scan/test_protocol.py says when it moved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyarrow as pa
from duckdb._sources import ArrowScanSource

from asanaql.catalog.model import ACCESS_PATH, Table
from asanaql.scan.account import Account
from asanaql.scan.predicates import STATEMENT, TAG, Node, belongs, columns_of, exact
from asanaql.scan.reading import Reading
from asanaql.scan.statement import Statement
from asanaql.scan.stream import stream

Planned = Callable[[Statement], None]


class Source(ArrowScanSource):
    """One relation as DuckDB reads it. `planned` is told of every statement that is about to scan it."""

    schema_is_stable = True

    def __init__(self, account: Account, table: Table, planned: Planned) -> None:
        super().__init__(self)
        self._account = account
        self._table = table
        self._planned = planned
        # Nothing but the predicate tells what these are: they are in no row.
        self._told = {ACCESS_PATH.name, *(told.column for path in table.paths for told in path.told)}
        # DuckDB reads the first column where it needs none, so that one is not Asana's.
        fields = [pa.field(STATEMENT, pa.int64()), pa.field(TAG, pa.string())]
        self._schema = pa.schema([*fields, *(pa.field(column.name, column.type) for column in table.columns)])

    def __arrow_c_schema__(self) -> object:
        return self._schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.stream(None, ())[0]

    def rows(self) -> int:
        """How many rows a scan is likely to give; DuckDB orders joins by it."""
        return self._account.sizes.rows(self._table)

    def accepts(self, predicate: Node) -> bool:
        """Whether every stream will hold only rows for which the predicate is true."""
        mark = belongs(predicate)
        if mark is not None:
            self._account.listening.accepted(self._table.name, predicate)
            if not self._account.listening.listens:
                self._belongs(mark)
            return True
        if not self._account.push and not self._told.issuperset(columns_of(predicate)):
            return False
        if exact(predicate, self._schema) is None:
            return False
        self._account.listening.accepted(self._table.name, predicate)
        return True

    def _belongs(self, mark: int | str) -> None:
        """A scan of the statement with this number, or of the occurrence with this tag, is about to run."""
        if isinstance(mark, int):
            statement = self._account.statements.planned(mark)
            statement.scans[self._table.name] += 1
            self._planned(statement)
        elif (occurrence := self._account.occurrences.tagged(mark)) is not None:
            self._planned(occurrence.statement)

    def stream(self, columns: Sequence[int] | None, filters: Sequence[Node]) -> tuple[object, bool]:
        """A stream of the columns by their places, of the rows for which all filters hold."""
        names = self._schema.names if columns is None else [self._schema.names[place] for place in columns]
        marks = [mark for each in filters if (mark := belongs(each)) is not None]
        tags = [mark for mark in marks if isinstance(mark, str)]
        occurrence = self._account.occurrences.tagged(tags[0]) if tags else None
        if occurrence is None:
            number = next((mark for mark in marks if isinstance(mark, int)), None)
            statement = self._account.statements.numbered(number)
            if number is None:
                self._planned(statement)
        else:
            statement = occurrence.statement
            occurrence.opened = True
        statement.opened = True
        applied = [each for each in filters if belongs(each) is None]
        reading = Reading(self._account, self._table, self._schema, names, applied, occurrence)
        made = stream(reading.schema, reading.batches(statement), lambda: statement.said)
        return made, columns is not None
