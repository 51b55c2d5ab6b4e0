"""One stream of one scan: the rows that DuckDB asked for, filtered exactly, as they arrive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from asanaql.catalog.model import Table
from asanaql.errors import QueryError
from asanaql.scan.account import Account
from asanaql.scan.occurrence import Occurrence
from asanaql.scan.predicates import STATEMENT, TAG, Node, columns_of, conjunction, conjuncts, exact
from asanaql.scan.rows import batch
from asanaql.scan.run import chunks
from asanaql.scan.statement import Statement


class Reading:
    """One stream: which columns it needs, and the exact filter over them."""

    def __init__(
        self,
        account: Account,
        table: Table,
        declared: pa.Schema,
        names: Sequence[str],
        filters: Sequence[Node],
        occurrence: Occurrence | None,
    ) -> None:
        self._account = account
        self._table = table
        self._names = list(names)
        self._occurrence = occurrence
        self._conjuncts = tuple(conjuncts(filters))
        self._mask = conjunction([exact(each, declared) for each in filters])
        used = {*names, *(name for each in filters for name in columns_of(each))}
        if occurrence is not None:
            self._conjuncts += occurrence.conjuncts
            self._mask = conjunction([self._mask, occurrence.mask])
            used |= {each.column for each in occurrence.conjuncts if each.comparison == "="}
            used |= occurrence.columns if occurrence.keep else set()
        scope = account.scope(table)
        if scope is not None:
            self._mask = conjunction([self._mask, pc.field(scope.column) == scope.values[0]])
            used.add(scope.column)
        self._columns = tuple(column for column in table.columns if column.name in used)
        self.schema = pa.schema([declared.field(name) for name in names])

    def batches(self, statement: Statement) -> Iterator[pa.RecordBatch]:
        """The stream's batches; an empty one whenever nothing has come for a while."""
        nothing = self.schema.empty_table().to_batches()
        nothing = nothing or [pa.RecordBatch.from_pylist([], schema=self.schema)]
        statement.streams += 1
        try:
            for made in self._read(statement):
                if made is None:
                    yield nothing[0]
                    continue
                statement.rows += made.num_rows
                if made.num_rows:
                    yield self._shown(made)
        except KeyboardInterrupt as interrupt:
            # It comes here where DuckDB works on the main thread, and must not become an error on the way out.
            statement.fail(interrupt)
            raise QueryError("Interrupted.") from None
        except Exception as error:
            # DuckDB passes on only its text; whoever runs the statement raises the error itself.
            statement.fail(error)
            raise
        finally:
            statement.streams -= 1
            statement.warn()

    def _read(self, statement: Statement) -> Iterator[pa.RecordBatch | None]:
        """The rows for which everything holds, None whenever nothing has come for a while."""
        occurrence = self._occurrence
        if occurrence is None or not occurrence.keep:
            yield from self._fetched(statement)
            return
        if occurrence.kept is None:
            found: list[pa.RecordBatch] = []
            for made in self._fetched(statement):
                if made is None:
                    yield None
                else:
                    found.append(made)
            occurrence.kept = pa.Table.from_batches(found, self._schema_read)
        for made in occurrence.kept.to_batches():
            yield made if self._mask is None else made.filter(self._mask)

    def _fetched(self, statement: Statement) -> Iterator[pa.RecordBatch | None]:
        """The rows from Asana, filtered exactly."""
        carried = self._occurrence.carried if self._occurrence is not None else frozenset()
        # A key that nobody wrote may well be of a row that is not in the relation.
        table = replace(self._table, elsewhere="") if "gid" in carried else self._table
        for chunk in chunks(self._account, statement, table, self._columns, self._conjuncts, carried):
            if chunk is None:
                yield None
                continue
            rows, context = chunk
            # A batch without a column has no rows, so one that is asked for no column of ours reads one all the same.
            made = batch(table, self._columns or table.columns[:1], rows, context, statement.notes)
            yield made if self._mask is None else made.filter(self._mask)

    @property
    def _schema_read(self) -> pa.Schema:
        return pa.schema([pa.field(each.name, each.type) for each in self._columns or self._table.columns[:1]])

    def _shown(self, made: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with the columns that DuckDB asked for."""
        for name, kind in ((STATEMENT, pa.int64()), (TAG, pa.string())):
            if name in self._names:
                made = made.append_column(name, pa.nulls(made.num_rows, kind))
        return made.select(self._names)
