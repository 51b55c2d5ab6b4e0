"""The values that a column can have where a filter is true: booleans by form, texts and gids by comparison.

Asana's gids are numbers without leading zeros, so a gid compared with a number is that number's text.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import reduce

from asanaql.catalog.model import Column
from asanaql.catalog.types import BOOLEAN, TEXT
from asanaql.plan.conjuncts import Value
from asanaql.plan.implied.text import Call, Constant, Named, Node

Values = tuple[Value, ...]
Leaf = Callable[[Node], Values | None]

_EQUAL = frozenset({"=", "IS NOT DISTINCT FROM"})
_INTEGERS = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"}
)
#: What a boolean can be at all.
_EVERY: Values = (True, False, None)
#: Below these every whole number has a floating-point number of its own.
_EXACT = {"FLOAT": 2**24, "DOUBLE": 2**53}


def values_of(node: Node, column: Column) -> Values | None:
    """The values of the column with which the node can be true, None where any value may do."""
    if column.type == BOOLEAN:
        held = _allowed(node, _booleans(column.name))
        return None if held is None or len(held) == len(_EVERY) else tuple(each for each in _EVERY if each in held)
    return _allowed(node, _texts(column.name)) if column.type == TEXT else None


def _allowed(node: Node, leaf: Leaf) -> Values | None:
    """The values with which the node can be true by what `leaf` says of its parts."""
    match node:
        case Call("AND", parts):
            known = [values for part in parts if (values := _allowed(part, leaf)) is not None]
            return reduce(_both, known) if known else None
        case Call("OR", parts):
            found: dict[Value, None] = {}
            for part in parts:
                values = _allowed(part, leaf)
                if values is None:
                    return None
                found.update(dict.fromkeys(values))
            return tuple(found)
        case _:
            return leaf(node)


def _both(one: Values, other: Values) -> Values:
    return tuple(value for value in one if value in other)


class _Anything:
    """The outcome of what is not understood."""


_ANYTHING = _Anything()


def _booleans(column: str) -> Leaf:
    """What a BOOLEAN column can be: each of true, false and NULL is tried."""

    def leaf(node: Node) -> Values | None:
        outcomes = {given: _outcome(node, column, given) for given in _EVERY}
        held = tuple(given for given, outcome in outcomes.items() if outcome is True or outcome is _ANYTHING)
        return None if held == _EVERY else held

    return leaf


def _outcome(node: Node, column: str, given: bool | None) -> Value | _Anything:
    """What the node is where the column is `given`."""
    match node:
        case Named(name) if name == column:
            return given
        case Constant():
            return node.value
        case Call("NOT" | "CAST" | "IS NULL" | "IS NOT NULL" as name, (inner,), type):
            return _of_one(name, _outcome(inner, column, given), type)
        case Call("coalesce", arguments):
            outcomes = (_outcome(each, column, given) for each in arguments)
            return next((each for each in outcomes if each is not None), None)
        case Call("=" | "!=" | "IS DISTINCT FROM" | "IS NOT DISTINCT FROM" as name, (left, right)):
            return _compared(name, _outcome(left, column, given), _outcome(right, column, given))
    return _ANYTHING


def _of_one(name: str, value: Value | _Anything, type: str) -> Value | _Anything:
    if value is _ANYTHING or (name == "CAST" and type not in _INTEGERS):
        return _ANYTHING
    if name in ("IS NULL", "IS NOT NULL"):
        return (value is None) is (name == "IS NULL")
    if value is None:
        return None
    if not isinstance(value, bool):
        return _ANYTHING
    return int(value) if name == "CAST" else not value


def _compared(name: str, left: Value | _Anything, right: Value | _Anything) -> Value | _Anything:
    if left is _ANYTHING or right is _ANYTHING:
        return _ANYTHING
    if name in ("=", "!=") and (left is None or right is None):
        return None
    return (left == right) is (name in _EQUAL)


def _texts(column: str) -> Leaf:
    """What a VARCHAR column can be by comparisons with texts."""

    def leaf(node: Node) -> Values | None:
        match node:
            case Call("IS NULL", (Named(name),)) if name == column:
                return (None,)
            case Call(name, (Named() | Call("CAST") as side, Constant() as constant)) if name in _EQUAL:
                pass
            case Call(name, (Constant() as constant, Named() | Call("CAST") as side)) if name in _EQUAL:
                pass
            case _:
                return None
        if constant.value is None:
            return () if name == "=" else None
        return _equal(side, column, constant)

    return leaf


def _equal(side: Node, column: str, constant: Constant) -> Values | None:
    value = constant.value
    match side:
        case Named(name) if name == column and isinstance(value, str) and constant.type in ("", "VARCHAR"):
            return (value,)
        case Call("CAST", (Named(name),), type) if name == column and _is_gid(name) and isinstance(value, Decimal):
            return _gids(value, type)
    return None


def _is_gid(column: str) -> bool:
    return column == "gid" or column.endswith("_gid")


def _gids(number: Decimal, type: str) -> Values | None:
    """The gids that are equal to a number when they are cast to the type, None where several may be."""
    if type in _EXACT:
        if abs(number) >= _EXACT[type]:
            return None
    elif type not in _INTEGERS and not type.startswith("DECIMAL"):
        return None
    whole = int(number)
    return (str(whole),) if whole == number and whole >= 0 else ()
