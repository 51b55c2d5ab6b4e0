"""The days on which a filter can be true: DuckDB itself evaluates the filter at the ends of many intervals.

An interval is kept where a value between those of its ends, taken further out by what clocks and calendars stray, makes
the filter true. The first look is at wide intervals from 1900 to 2100 and at all that is before and after, the second
at the single days where the first found an end. Asana writes years with four digits, so there are no other days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import duckdb

from asanaql.plan.conjuncts import Conjunct, Value
from asanaql.plan.implied.monotone import monotone, sql, strays
from asanaql.plan.implied.text import Call, Constant, Node

Evaluate = Callable[[str], list[tuple[object, ...]]]

_EPOCH = dt.date(1970, 1, 1).toordinal()
_FIRST, _LAST = dt.date.min.toordinal() - _EPOCH, dt.date.max.toordinal() - _EPOCH
#: How many days an interval of the first look has; both looks are then at about as many intervals.
_WIDTH = 270
#: The intervals of that width since 1970 that are looked at day by day, from 1900 to 2100.
_TOLD_APART = range(-95, 176)
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


@dataclass(frozen=True)
class Kind:
    """How a type writes its values, in SQL and in conjuncts, by their number since 1970; a day has `unit` of them."""

    sql: str
    unit: int
    value: Callable[[int], Value]


DATES = Kind("(DATE '1970-01-01' + ({})::INTEGER)", 1, lambda day: dt.date.fromordinal(day + _EPOCH))
INSTANTS = Kind("system.main.make_timestamptz({})", 86_400_000_000, lambda microseconds: microseconds)


def days(node: Node, column: str, kind: Kind, evaluate: Evaluate) -> tuple[Conjunct, ...]:
    """The range of the column's values outside which the node cannot be true; nothing where there is no such range."""
    possible = _possible(node, column)
    if possible is None:
        return ()
    try:
        found = _Search(possible, kind, strays(node), evaluate).found()
    except duckdb.Error:
        return ()  # DuckDB cannot read its own text again, so there is nothing to be learned from it.
    if found is None:
        return (Conjunct(column, "=", ()),)
    first, last = found
    begin = () if first is None else (Conjunct(column, ">=", (kind.value(first * kind.unit),)),)
    end = () if last is None else (Conjunct(column, "<", (kind.value((last + 1) * kind.unit),)),)
    return begin + end


@dataclass(frozen=True)
class _Search:
    """A search for the days on which a condition is possible, each judged by its ends taken `beyond` days further."""

    possible: str
    kind: Kind
    beyond: int
    evaluate: Evaluate

    def found(self) -> tuple[int | None, int | None] | None:
        """The first and the last such day, None for one that is not told apart; None where there is no day at all."""
        wide = self._look(_WIDTH, range(_TOLD_APART.start - 1, _TOLD_APART.stop + 1))
        if wide is None:
            return None
        first, last = wide
        if first in _TOLD_APART and last in _TOLD_APART and last - first <= 1:
            return self._look(1, range(first * _WIDTH, (last + 1) * _WIDTH))
        return self._refined(first, 0), self._refined(last, 1)

    def _refined(self, interval: int, end: int) -> int | None:
        """The first (0) or the last (1) day of an interval, as far as the condition is possible in it."""
        if interval not in _TOLD_APART:
            return None
        within = range(interval * _WIDTH, (interval + 1) * _WIDTH)
        found = self._look(1, within)
        # Intervals are judged by ends that are farther apart, so that there may be no day in this one.
        return (within.stop, within.start - 1)[end] if found is None else found[end]

    def _look(self, width: int, parts: range) -> tuple[int, int] | None:
        """The first and the last part, each of `width` days, in which the condition is possible."""
        ends = (_TOLD_APART.start * _WIDTH // width, _TOLD_APART.stop * _WIDTH // width)
        low = f"CASE WHEN part < {ends[0]} THEN {_FIRST} ELSE part * {width} - {self.beyond} END"
        high = f"CASE WHEN part >= {ends[1]} THEN {_LAST + 1} ELSE (part + 1) * {width} + {self.beyond} END"
        # The values of a part end just before the next one begins.
        first_value = self.kind.sql.format(f"({low}) * {self.kind.unit}")
        last_value = self.kind.sql.format(f"({high}) * {self.kind.unit} - 1")
        [(first, last)] = self.evaluate(
            f"SELECT min(part), max(part) FROM (SELECT part, {first_value} AS low, {last_value} AS high "
            f"FROM system.main.range({parts.start}, {parts.stop}) AS t(part)) WHERE coalesce({self.possible}, true)"
        )
        return (first, last) if isinstance(first, int) and isinstance(last, int) else None


def _possible(node: Node, column: str) -> str | None:
    """SQL that is false only where no value between those at `low` and `high` makes the node true; None: anywhere."""
    match node:
        case Call("AND", parts):
            known = [found for part in parts if (found := _possible(part, column)) is not None]
            return f"({' AND '.join(known)})" if known else None
        case Call("OR", parts):
            return _any(parts, column)
        case Call("=" | "IS NOT DISTINCT FROM" | "<" | "<=" | ">" | ">=" as name, (left, right)):
            comparison: str = "=" if name == "IS NOT DISTINCT FROM" else name
            if isinstance(left, Constant):
                comparison, left, right = _TURNED[comparison], right, left
            if isinstance(right, Constant) and right.value is not None and monotone(left, column):
                return _between(left, comparison, [right])
        case Call("BETWEEN", (value, low, high)):
            return _possible(Call("AND", (Call(">=", (value, low)), Call("<=", (value, high)))), column)
        case Call("prefix", (inner, Constant() as begin)) if monotone(inner, column):
            length = Constant(str(len(str(begin.value))))
            return _between(Call("left", (inner, length)), "=", [begin])
    return None


def _any(parts: Iterable[Node], column: str) -> str | None:
    """The same for alternatives; those that only differ in the value they ask for are taken together."""
    listed: dict[Node, list[Constant]] = {}
    found: list[str] = []
    for part in parts:
        match part:
            case Call("=", (side, Constant() as constant)) if monotone(side, column):
                listed.setdefault(side, []).append(constant)
                continue
        possible = _possible(part, column)
        if possible is None:
            return None
        found.append(possible)
    for side, constants in listed.items():
        values = [each for each in constants if each.value is not None]
        found.append(_between(side, "=", values) if values else "false")
    return f"({' OR '.join(found)})"


def _between(side: Node, comparison: str, constants: list[Constant]) -> str:
    """Whether `side` can compare so with one of the constants, by its values at the ends, whichever is the larger."""
    ends = [f"TRY({sql(side, point)})" for point in ("low", "high")]
    if comparison != "=":
        [constant] = constants
        return f"({' OR '.join(f'{end} {comparison} {constant.sql}' for end in ends)})"
    written = ", ".join(each.sql for each in constants)
    most, least = (f"system.main.{name}({written})" for name in ("greatest", "least"))
    above = " OR ".join(f"{end} <= {most}" for end in ends)
    below = " OR ".join(f"{end} >= {least}" for end in ends)
    return f"(({above}) AND ({below}))"
