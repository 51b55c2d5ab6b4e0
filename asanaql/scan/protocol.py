"""The one place that speaks DuckDB's scan protocol, which is not public API.

A `Source` declares its columns, says which predicates it will apply exactly, and opens streams of the columns and
filters that DuckDB wants. The package pins DuckDB's minor version, and tests/scan/test_protocol.py says when it moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from duckdb._sources import ArrowScanSource
from duckdb._sources.nodes import Binary, Col, In, Lit, Node, Postfix, Untranslatable
from duckdb._sources.to_arrow import to_arrow

from asanaql.catalog.model import Table
from asanaql.errors import QueryError
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.account import Account
from asanaql.scan.rows import batch
from asanaql.scan.run import chunks
from asanaql.scan.statement import Statement
from asanaql.scan.stream import stream

#: A column that is always NULL and is compared with the number of the statement, which is how a scan learns it.
STATEMENT = "_statement"

Planned = Callable[[Statement], None]


class Source(ArrowScanSource):
    """One relation as DuckDB reads it. `planned` is told of every statement that is about to scan it."""

    schema_is_stable = True

    def __init__(self, account: Account, table: Table, planned: Planned) -> None:
        super().__init__(self)
        self._account = account
        self._table = table
        self._planned = planned
        fields = [pa.field(column.name, column.type) for column in table.columns]
        self._schema = pa.schema([*fields, pa.field(STATEMENT, pa.int64())])

    def __arrow_c_schema__(self) -> object:
        return self._schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.stream(None, ())[0]

    def rows(self) -> int:
        """How many rows a scan is likely to give; DuckDB orders joins by it."""
        return self._account.sizes.rows(self._table)

    def accepts(self, predicate: Node) -> bool:
        """Whether every stream will hold only rows for which the predicate is true."""
        number = statement_number(predicate)
        if number is not None:
            statement = self._account.statements.planned(number)
            statement.scans[self._table.name] += 1
            self._planned(statement)
            return True
        if not self._account.push:
            return False
        try:
            to_arrow(predicate, self._schema)
        except Untranslatable:
            return False
        return True

    def stream(self, columns: Sequence[int] | None, filters: Sequence[Node]) -> tuple[object, bool]:
        """A stream of the columns by their places, of the rows for which all filters hold."""
        names = self._schema.names if columns is None else [self._schema.names[place] for place in columns]
        number = next((found for each in filters if (found := statement_number(each)) is not None), None)
        applied = [each for each in filters if statement_number(each) is None]
        reading = _Reading(self._account, self._table, self._schema, names, applied)
        statement = self._account.statements.numbered(number)
        statement.opened = True
        if number is None:
            self._planned(statement)
        made = stream(reading.schema, reading.batches(statement), lambda: statement.said)
        return made, columns is not None


class _Reading:
    """One stream: which columns it needs, and the exact filter over them."""

    def __init__(
        self, account: Account, table: Table, declared: pa.Schema, names: Sequence[str], filters: Sequence[Node]
    ) -> None:
        self._account = account
        self._table = table
        self._names = list(names)
        self._conjuncts = tuple(conjuncts(filters))
        scope = account.scope(table)
        self._mask = _conjunction([to_arrow(each, declared) for each in filters])
        if scope is not None:
            self._mask = _conjunction([self._mask, pc.field(scope.column) == scope.values[0]])
        used = {*names, *(name for each in filters for name in _columns_of(each))}
        if scope is not None:
            used.add(scope.column)
        # A batch without a column has no rows, so one that is asked for no column of ours reads one all the same.
        self._columns = tuple(column for column in table.columns if column.name in used) or table.columns[:1]
        self.schema = pa.schema([declared.field(name) for name in names])

    def batches(self, statement: Statement) -> Iterator[pa.RecordBatch]:
        """The stream's batches; an empty one whenever nothing has come for a while."""
        nothing = self.schema.empty_table().to_batches()
        nothing = nothing or [pa.RecordBatch.from_pylist([], schema=self.schema)]
        statement.streams += 1
        try:
            for chunk in chunks(self._account, statement, self._table, self._columns, self._conjuncts):
                if chunk is None:
                    yield nothing[0]
                    continue
                rows, context = chunk
                made = self._exactly(batch(self._table, self._columns, rows, context, statement.notes))
                statement.rows += made.num_rows
                if made.num_rows:
                    yield made
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

    def _exactly(self, made: pa.RecordBatch) -> pa.RecordBatch:
        if self._mask is not None:
            made = made.filter(self._mask)
        if STATEMENT in self._names:
            made = made.append_column(STATEMENT, pa.nulls(made.num_rows, pa.int64()))
        return made.select(self._names)


def statement_number(node: Node) -> int | None:
    """The number in `_statement IS NULL OR _statement = number`, None for any other predicate."""
    match node:
        case Binary(op="OR", left=Binary() as compared, right=Postfix() as absent):
            pass
        case Binary(op="OR", left=Postfix() as absent, right=Binary() as compared):
            pass
        case _:
            return None
    match absent, compared:
        case Postfix(op="IS NULL", operand=Col(parts=("_statement",))), Binary(
            op="=", right=Lit(value=int() as number)
        ):
            return number
    return None


def conjuncts(filters: Sequence[Node]) -> list[Conjunct]:
    """What the filters say of single columns; whatever says more, or something else, is left out."""
    found: list[Conjunct] = []
    pending = list(filters)
    while pending:
        match pending.pop():
            case Binary(op="AND", left=left, right=right):
                pending += [left, right]
            case Binary(op="=", left=Col(parts=(name,)), right=Lit(value=value)):
                found.append(Conjunct(name, "=", (value,)))
            case Binary(op=">" | ">=" | "<" | "<=" as op, left=Col(parts=(name,)), right=Lit(value=value)):
                found.append(Conjunct(name, op, (value,)))
            case In() as node if (member := _membership(node)) is not None:
                found.append(member)
            case Binary(op="OR") as node if (member := _membership(node)) is not None:
                found.append(member)
    return found


def _membership(node: Node) -> Conjunct | None:
    """`c = 1 OR c IN (2, 3)` as one set of values; None where it is about anything else."""
    names: set[str] = set()
    values: dict[Any, None] = {}
    pending = [node]
    while pending:
        match pending.pop():
            case Binary(op="OR", left=left, right=right):
                pending += [right, left]
            case Binary(op="=", left=Col(parts=(name,)), right=Lit(value=value)):
                names.add(name)
                values[value] = None
            case In(operand=Col(parts=(name,)), values=listed) if all(isinstance(each, Lit) for each in listed):
                names.add(name)
                values.update((each.value, None) for each in listed if isinstance(each, Lit))
            case _:
                return None
    return Conjunct(names.pop(), "=", tuple(values)) if len(names) == 1 else None


def _conjunction(masks: Sequence[pc.Expression | None]) -> pc.Expression | None:
    combined: pc.Expression | None = None
    for mask in masks:
        if mask is not None:
            combined = mask if combined is None else combined & mask
    return combined


def _columns_of(node: Node) -> Iterator[str]:
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, Col):
            yield current.parts[0]
        pending.extend(current._children())
