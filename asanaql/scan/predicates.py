"""DuckDB's predicates as it hands them to a scan: what they say for planning, and as an exact filter.

With `protocol`, this is all that touches DuckDB's scan protocol, which is not public API.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from duckdb._sources.nodes import Binary, Col, In, Lit, Node, Postfix, Unary, Untranslatable
from duckdb._sources.to_arrow import to_arrow

from asanaql.catalog.model import Table
from asanaql.plan.conjuncts import Conjunct

__all__ = ["STATEMENT", "TAG", "Node", "belongs", "columns_of", "conjunction", "conjuncts", "exact", "needed"]

#: Columns that are always NULL: they are compared with the number of the statement, and with the tag of an occurrence.
STATEMENT, TAG = "_statement", "_tag"
#: As many values that a column does not have are worth knowing.
_EXCLUDED = 50


def exact(predicate: Node, schema: pa.Schema) -> pc.Expression | None:
    """The predicate as an exact filter of batches, None where there is no such filter."""
    try:
        return to_arrow(predicate, schema)
    except Untranslatable:
        return None


def belongs(node: Node) -> int | str | None:
    """What a scan belongs to by `_statement IS NULL OR _statement = 5`, or `_tag … = '7.o1'`; else None."""
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
        case Postfix(op="IS NULL", operand=Col(parts=("_tag",))), Binary(op="=", right=Lit(value=str() as tag)):
            return tag
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
            case Binary(op="!=", left=Col(parts=(name,)), right=Lit(value=value)):
                found.append(Conjunct(name, "<>", (value,)))
            case Unary(op="NOT", operand=In() as node) if (member := _membership(node)) is not None:
                found += [Conjunct(member.column, "<>", (value,)) for value in member.values[:_EXCLUDED]]
            case Postfix(op="IS NULL", operand=Col(parts=(name,))):
                found.append(Conjunct(name, "=", (None,)))
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


def conjunction(masks: Sequence[pc.Expression | None]) -> pc.Expression | None:
    """All of the masks together, None where there is none."""
    combined: pc.Expression | None = None
    for mask in masks:
        if mask is not None:
            combined = mask if combined is None else combined & mask
    return combined


def needed(table: Table, asked: Iterable[str], filtered: Collection[str]) -> set[str]:
    """The columns that are needed where DuckDB asks for some and filters by some.

    Beside a recursive CTE it asks for all there are, its marks too. Then the arguments that nothing is said of are no
    part of the statement.
    """
    names = {*asked, *filtered}
    if {STATEMENT, TAG} <= names:
        names -= {column.name for column in table.columns if column.hidden and column.name not in filtered}
    return names


def columns_of(node: Node) -> Iterator[str]:
    """The columns that a predicate is about."""
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, Col):
            yield current.parts[0]
        pending.extend(current._children())
