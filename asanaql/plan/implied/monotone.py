"""Expressions that rise or fall with one date column, and so can be judged by their ends.

Only functions listed here are ever evaluated. Where clocks are put back, local time falls for a while, and calendar
arithmetic falls at the end of a short month: `strays` says how many days further out the ends have to be taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from asanaql.plan.implied.text import Call, Constant, Named, Node

#: At which arguments each function rises or falls with its argument, when the others are constant.
_PLACES: Mapping[str, tuple[int, ...]] = {
    "age": (0, 1),
    "date_diff": (1, 2),
    "date_sub": (1, 2),
    "date_trunc": (1,),
    "datediff": (1, 2),
    "datesub": (1, 2),
    "datetrunc": (1,),
    "epoch": (0,),
    "epoch_ms": (0,),
    "epoch_us": (0,),
    "isoyear": (0,),
    "julian": (0,),
    "last_day": (0,),
    "make_date": (0,),
    "normalized_interval": (0,),
    "time_bucket": (1,),
    "timezone": (1,),
    "to_timestamp": (0,),
    "year": (0,),
    "yearweek": (0,),
}
_DATES = frozenset({"DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"})
_NUMBERS = re.compile(r"(?:SMALL|BIG|HUGE)INT|INTEGER|DOUBLE|DECIMAL.*")
#: Formats whose texts sort as their dates do: the larger part always first.
_SORTED = re.compile(r"[^%]*%(?:Y(?:[^%]*%(?:j|m(?:[^%]*%d(?:[^%]*%H(?:[^%]*%M(?:[^%]*%S)?)?)?)?))?|G[^%]*%V)[^%]*")
#: Parts of a date that are always as long.
_FIXED = frozenset({"week", "day", "hour", "minute", "second"})
#: How many days the shortest month lacks.
_SHORT = 3
#: A name that no function of the person's can take.
_OWN = "system.main"


def monotone(node: Node, column: str) -> bool:
    """Whether the node never turns back when the column rises, but for clocks; it names nothing else, and that once."""
    match node:
        case Named(name):
            return name == column
        case Call("CAST", (inner,), "VARCHAR"):
            return _dated(inner, column)
        case Call("CAST", (inner,), type):
            return (type in _DATES or _NUMBERS.fullmatch(type) is not None) and monotone(inner, column)
        case Call("+" | "-" | "*", (inner, Constant()) | (Constant(), inner)):
            return monotone(inner, column)
        case Call("/" | "//" | "left", (inner, Constant())):
            return monotone(inner, column)
        case Call("strftime", (inner, Constant() as written)):
            return _SORTED.fullmatch(str(written.value)) is not None and monotone(inner, column)
        case Call("day", (Call("-", (Constant(type=type), inner) | (inner, Constant(type=type))),)):
            # The difference of two timestamps counts in days, never in months, which would let the days start anew.
            return type.startswith("TIMESTAMP") and _dated(inner, column)
        case Call(name, arguments):
            varying = [place for place, each in enumerate(arguments) if not isinstance(each, Constant)]
            return len(varying) == 1 and varying[0] in _PLACES.get(name, ()) and monotone(arguments[varying[0]], column)
    return False


def strays(node: Node) -> int:
    """For how many days a monotone node may turn back, and be past where it was after as many."""
    return 1 + _strayed(node)


def _strayed(node: Node) -> int:
    """What months add: the 28th to the 31st lead to one day of February, and full months end there."""
    match node:
        case Constant(literal, "INTERVAL"):
            return _SHORT if "mon" in literal or "year" in literal else 0
        case Call("date_sub" | "datesub", (Constant() as part, *arguments)):
            return (0 if part.value in _FIXED else _SHORT) + sum(map(_strayed, arguments))
        case Call(name, arguments):
            return (_SHORT if name == "age" else 0) + sum(map(_strayed, arguments))
    return 0


def _dated(node: Node, column: str) -> bool:
    """Whether it is the column itself, or the column as a date or a timestamp."""
    match node:
        case Call("CAST", (inner,), type):
            return type in _DATES and _dated(inner, column)
        case Named(name):
            return name == column
    return False


def sql(node: Node, point: str) -> str:
    """A monotone node as SQL, with `point` in the column's place."""
    match node:
        case Named():
            return point
        case Constant():
            return node.sql
        case Call("CAST", (inner,), type):
            return f"CAST({sql(inner, point)} AS {type})"
        case Call("+" | "-" | "*" | "/" | "//" as operator, (left, right)):
            return f"({sql(left, point)} {operator} {sql(right, point)})"
        case Call(name, arguments):
            return f'{_OWN}."{name}"({", ".join(sql(each, point) for each in arguments)})'
    raise AssertionError(node)
