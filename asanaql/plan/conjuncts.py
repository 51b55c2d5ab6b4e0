"""What a scan knows of the rows it must give: comparisons of a column with constants, all of which hold.

A conjunct is what remains of DuckDB's predicate for planning. It may be weaker than the predicate, never stronger:
whatever is not understood is left out here and applied to the rows afterwards.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

Value = Any  # str, bool, int (a TIMESTAMPTZ in microseconds since 1970), float, datetime.date, list; None is NULL

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "<>": operator.ne,
}


@dataclass(frozen=True)
class Conjunct:
    """`column comparison value`; with "=" it is one of the values, of which NULL may be one, else there is just one.

    The comparison "some" says that a list is not empty, whatever the value beside it. It is said of parents only: no
    predicate becomes it, and no endpoint is asked for it.
    """

    column: str
    comparison: str
    values: tuple[Value, ...]

    def holds(self, value: Value) -> bool:
        """Whether `value` satisfies the comparison; NULL does only where it is one of the values."""
        if self.comparison == "=":
            return value in self.values
        if self.comparison == "some":
            return bool(value)
        return value is not None and _COMPARE[self.comparison](value, self.values[0])


def equalities(conjuncts: Iterable[Conjunct]) -> dict[str, tuple[Value, ...]]:
    """The values that each column can have, in the order written; an empty tuple where they contradict."""
    allowed: dict[str, tuple[Value, ...]] = {}
    for each in conjuncts:
        if each.comparison != "=":
            continue
        known = allowed.get(each.column)
        values = tuple(dict.fromkeys(each.values))
        allowed[each.column] = values if known is None else tuple(value for value in known if value in values)
    return allowed


def renamed(conjuncts: Iterable[Conjunct], names: Mapping[str, str]) -> tuple[Conjunct, ...]:
    """The conjuncts about the columns in `names`, said of the columns they map to."""
    return tuple(replace(each, column=names[each.column]) for each in conjuncts if each.column in names)
