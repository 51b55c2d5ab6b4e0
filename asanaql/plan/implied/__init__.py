"""What the filter text that DuckDB leaves above a scan says of single columns.

DuckDB pushes comparisons of a column with constants. What stays above the scan is text, with constants, parameters and
now() already folded. From it come conjuncts that hold in every row for which the text is true; they only decide what
is asked for, and the filter itself stays with DuckDB.
"""

from __future__ import annotations

from asanaql.catalog.model import Column, Table
from asanaql.catalog.types import BOOLEAN, DATE, TIMESTAMP
from asanaql.plan.conjuncts import Conjunct
from asanaql.plan.implied.days import DATES, INSTANTS, Evaluate, days
from asanaql.plan.implied.text import Call, Constant, Named, Node, conjuncts_of, names, tree
from asanaql.plan.implied.values import values_of

__all__ = ["Evaluate", "implied", "says_all"]

#: Operations whose outcome for a truth value is known.
_DECIDED = {"NOT", "=", "!=", "IS NULL", "IS NOT NULL", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"}


def implied(text: str, table: Table, evaluate: Evaluate) -> tuple[Conjunct, ...]:
    """Conjuncts that hold in every row of `table` for which the filter `text` is true; none where it is not understood.

    `evaluate` gives the rows of a SELECT, with the time zone that the filter is evaluated with.
    """
    found: list[Conjunct] = []
    for node in conjuncts_of(tree(text)):
        named = set(names(node))
        for column in table.columns:
            if column.name in named:
                found += _of_column(node, column, evaluate)
    return tuple(dict.fromkeys(found))


def says_all(text: str, table: Table) -> bool:
    """Whether `implied` says all that a filter's text does: every part of it asks for the truth of one column."""
    return all(_asks_for_truth(node, table) for node in conjuncts_of(tree(text)))


def _asks_for_truth(node: Node, table: Table) -> bool:
    truths = {column.name for column in table.columns if column.type == BOOLEAN}
    return len(set(names(node))) == 1 and truths.issuperset(names(node)) and _only(node)


def _only(node: Node) -> bool:
    """Whether the node holds nothing but a name, constants, and what is known to be true or not of them."""
    if isinstance(node, Call):
        return node.name in _DECIDED and all(map(_only, node.arguments))
    return isinstance(node, Named | Constant)


def _of_column(node: Node, column: Column, evaluate: Evaluate) -> tuple[Conjunct, ...]:
    if column.type in (DATE, TIMESTAMP):
        return days(node, column.name, DATES if column.type == DATE else INSTANTS, evaluate)
    values = values_of(node, column)
    return () if values is None else (Conjunct(column.name, "=", values),)
