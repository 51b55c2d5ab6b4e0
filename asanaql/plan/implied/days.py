"""The days on which a filter can be true: DuckDB itself evaluates the filter at the ends of many intervals.

An interval is kept where a value between those of its ends, each taken a day further out, makes the filter true. The
first look is at all days from year 1 to 9999 in wide intervals, the second at single days where the first found ends.
Asana writes years with four digits, so these are all the days there are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import duckdb

from asanaql.plan.conjuncts import Conjunct, Value
from asanaql.plan.implied.monotone import monotone, sql
from asanaql.plan.implied.text import Call, Constant, Node

Evaluate = Callable[[str], list[tuple[object, ...]]]

_EPOCH = dt.date(1970, 1, 1).toordinal()
_FIRST, _LAST = dt.date.min.toordinal() - _EPOCH, dt.date.max.toordinal() - _EPOCH
#: Days in an interval of the first look, so that both looks are at about as many intervals.
_WIDTH = 1_350
_MICROSECONDS = 86_400_000_000
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


@dataclass(frozen=True)
class Kind:
    """How a type's days are written: in SQL, from the expression of a day since 1970, and as a conjunct's value."""

    point: str
    end: int
    value: Callable[[int], Value]


DATES = Kind("(DATE '1970-01-01' + ({})::INTEGER)", _LAST, lambda day: dt.date.fromordinal(day + _EPOCH))
INSTANTS = Kind(f"system.main.make_timestamptz(({{}}) * {_MICROSECONDS})", _LAST + 1, lambda day: day * _MICROSECONDS)


def days(node: Node, column: str, kind: Kind, evaluate: Evaluate) -> tuple[Conjunct, ...]:
    """The range of the column's values outside which the node cannot be true; nothing where there is no such range."""
    possible = _possible(node, column)
    if possible is None:
        return ()
    try:
        reached = _reached(possible, kind, evaluate)
    except duckdb.Error:
        return ()  # DuckDB cannot read its own text again, so there is nothing to be learned from it.
    if reached is None:
        return (Conjunct(column, "=", ()),)
    first, last = reached
    found = []
    if first > _FIRST:
        found.append(Conjunct(column, ">=", (kind.value(first),)))
    if last < _LAST:
        found.append(Conjunct(column, "<", (kind.value(last + 1),)))
    return tuple(found)


def _reached(possible: str, kind: Kind, evaluate: Evaluate) -> tuple[int, int] | None:
    """The first and the last day on which the condition can be true, None where there is none."""

    def look(width: int, lows: range, highs: range) -> tuple[int | None, int | None]:
        ends = [kind.point.format(each) for each in (_low(width), f"least({kind.end}, (cell + 1) * {width} + 1)")]
        cells = " UNION ALL ".join(
            f"FROM system.main.range({each.start}, {each.stop})" for each in dict.fromkeys((lows, highs))
        )
        [(first, last)] = evaluate(
            f"SELECT min(cell) FILTER (cell < {lows.stop}), max(cell) FILTER (cell >= {highs.start}) "
            f"FROM (SELECT cell, {ends[0]} AS low, {ends[1]} AS high FROM ({cells}) AS t(cell)) "
            f"WHERE coalesce({possible}, true)"
        )
        assert first is None or isinstance(first, int)
        assert last is None or isinstance(last, int)
        return first, last

    everything = range(_FIRST // _WIDTH, _LAST // _WIDTH + 1)
    first, last = look(_WIDTH, everything, everything)
    if first is None or last is None:
        return None
    lows = range(max(_FIRST, first * _WIDTH), (first + 1) * _WIDTH)
    highs = range(last * _WIDTH, min(_LAST, last * _WIDTH + _WIDTH - 1) + 1)
    begins, ends = look(1, lows, highs)
    if first == last:
        return None if begins is None or ends is None else (begins, ends)
    return lows.stop if begins is None else begins, highs.start - 1 if ends is None else ends


def _low(width: int) -> str:
    return f"greatest({_FIRST}, cell * {width} - 1)"


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
    above = " OR ".join(f"{end} <= system.main.greatest({written})" for end in ends)
    below = " OR ".join(f"{end} >= system.main.least({written})" for end in ends)
    return f"(({above}) AND ({below}))"
