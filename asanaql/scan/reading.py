"""One stream of one scan: the rows that DuckDB asked for, filtered exactly, as they arrive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from asanaql.catalog.model import Column, Table
from asanaql.errors import QueryError
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.account import Account
from asanaql.scan.first import First
from asanaql.scan.notes import Notes
from asanaql.scan.occurrence import Occurrence
from asanaql.scan.parents import light_columns
from asanaql.scan.predicates import Node, columns_of, conjunction, conjuncts, exact, needed
from asanaql.scan.rows import Context, Row, batch
from asanaql.scan.run import Running, started
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
        used = needed(table, names, {name for each in filters for name in columns_of(each)})
        if occurrence is not None:
            self._conjuncts += occurrence.conjuncts
            self._mask = conjunction([self._mask, occurrence.mask])
            used |= occurrence.masked
            used |= occurrence.columns if occurrence.keep else set()
            if occurrence.shared is not None:
                self._conjuncts = occurrence.shared.conjuncts
                used |= occurrence.shared.columns
        scope = account.scope(table)
        if scope is not None:
            self._mask = conjunction([self._mask, pc.field(scope.column) == scope.values[0]])
            used.add(scope.column)
        self._used = used
        self._columns = tuple(column for column in table.columns if column.name in used)
        self.schema = pa.schema([declared.field(name) for name in names])

    def batches(self, statement: Statement) -> Iterator[pa.RecordBatch]:
        """The stream's batches; an empty one whenever nothing has come for a while."""
        nothing = self.schema.empty_table().to_batches()
        nothing = nothing or [pa.RecordBatch.from_pylist([], schema=self.schema)]
        statement.streams += 1
        try:
            for made in self._read(statement):
                if statement.interrupted:
                    raise KeyboardInterrupt
                if made is None:
                    yield nothing[0]
                    continue
                statement.gave(made.num_rows)
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
            occurrence.kept = pa.Table.from_batches(found, self._schema_read(statement))
        if not {each.name for each in self._columns} <= set(occurrence.kept.column_names):
            yield from self._fetched(statement)
            return
        for made in occurrence.kept.to_batches():
            yield made if self._mask is None else made.filter(self._mask)

    def _fetched(self, statement: Statement) -> Iterator[pa.RecordBatch | None]:
        """The rows from Asana, filtered exactly."""
        carried = self._occurrence.carried if self._occurrence is not None else frozenset()
        # A key that nobody wrote may well be of a row that is not in the relation.
        table = replace(self._table, elsewhere="") if "gid" in carried else self._table
        running = self._ahead() or started(
            self._account,
            statement,
            table,
            self._asked(statement),
            self._conjuncts,
            carried,
            ahead=self._keeps,
            keys=self._keeps,
            scan=self._tag,
            first=self._first(statement),
        )
        fielded = any(column.name == "custom_fields" for column in running.columns)
        for chunk in running.taken():
            if chunk is None:
                yield None
                continue
            rows, context = chunk
            if fielded:
                self._account.days.look(rows, context, statement.notes)
            made = batch(table, running.columns, rows, context, statement.notes)
            yield made if self._mask is None else made.filter(self._mask)

    def _first(self, statement: Statement) -> First | None:
        """The rows that are wanted first, where no others are."""
        if self._occurrence is None or self._occurrence.order is None:
            return None
        columns = self._asked(statement)

        def passing(rows: Sequence[Row], context: Context) -> list[bool]:
            # What these rows lack is noted when they are given.
            made = batch(self._table, columns, rows, context, Notes())
            if self._mask is None:
                return [True] * len(rows)
            places = made.append_column("_place", pa.array(range(len(rows)), pa.int64())).filter(self._mask)
            found = set(places.column("_place").to_pylist())
            return [place in found for place in range(len(rows))]

        return First(self._occurrence.order, passing)

    @property
    def _tag(self) -> str:
        return self._occurrence.tag if self._occurrence is not None else ""

    @property
    def _keeps(self) -> bool:
        return self._occurrence is not None and self._occurrence.keep

    def _asked(self, statement: Statement) -> tuple[Column, ...]:
        """The columns to ask for: more than are read where another scan of the statement needs the same listing."""
        if self._occurrence is not None and self._occurrence.light:
            return light_columns(self._table, self._used)
        named = {each.name for each in self._table.visible if each.name in statement.named}
        return tuple(each for each in self._table.columns if each.name in self._used | named)

    def _ahead(self) -> Running | None:
        """The scan as it was started ahead, if it gives what is asked for here."""
        if self._occurrence is None or self._occurrence.ahead is None:
            return None
        running, self._occurrence.ahead = self._occurrence.ahead, None
        enough = set(self._columns) <= set(running.columns)
        shared = self._occurrence.shared
        needed = self._occurrence.filters if shared is None else shared.conjuncts
        if enough and all(any(_implies(own, each) for own in self._conjuncts) for each in needed):
            return running
        running.cancel()
        return None

    def _schema_read(self, statement: Statement) -> pa.Schema:
        return pa.schema([pa.field(each.name, each.type) for each in self._asked(statement)])

    def _shown(self, made: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with the columns that DuckDB asked for."""
        for field in self.schema:
            if field.name not in made.schema.names:
                made = made.append_column(field.name, pa.nulls(made.num_rows, field.type))
        return made.select(self._names)


def ahead(account: Account, occurrence: Occurrence) -> None:
    """Start an occurrence's scan before DuckDB asks for it, as DuckDB was seen to need it."""
    table = occurrence.table
    scope = account.scope(table)
    names = occurrence.columns | occurrence.masked
    names |= {scope.column} if scope is not None else set()
    known = (*occurrence.filters, *occurrence.conjuncts)
    if occurrence.shared is not None:
        names, known = names | occurrence.shared.columns, occurrence.shared.conjuncts
    columns = [column for column in table.columns if column.name in names]
    shown = light_columns(table, names) if occurrence.light else columns
    occurrence.ahead = started(
        account, occurrence.statement, table, shown, known, occurrence.carried, ahead=True, scan=occurrence.tag
    )


def _implies(own: Conjunct, other: Conjunct) -> bool:
    """Whether every row for which one conjunct holds is one for which the other does."""
    if (own.column, own.comparison) != (other.column, other.comparison):
        return False
    if own.comparison == "=":
        return set(own.values) <= set(other.values)
    if own.comparison == "<>":
        return own == other
    return own == other or other.holds(own.values[0])
