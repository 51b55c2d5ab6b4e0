"""Which keywords may come next, the likeliest first, by the place that the cursor is at."""

from __future__ import annotations

from collections.abc import Sequence

from asanaql.shell.completion.clauses import ends_value
from asanaql.shell.completion.grammar import (
    AFTER,
    BEHIND,
    CLOSING,
    COMPARE,
    COMPARED,
    LOGIC,
    NO_VALUES,
    QUERY,
    STATEMENTS,
    TYPES,
    VALUES,
)
from asanaql.shell.completion.groups import Group, Item
from asanaql.shell.completion.place import Phase, Place, open_case


def keywords_at(place: Place, *, followed: bool = False) -> Sequence[str] | None:
    """The keywords that may come next, in upper case; None where the statement is one that nothing is known of.

    A SELECT list is `followed` where a FROM stands behind the cursor.
    """
    behind = _behind(place)
    if behind is not None:
        return behind
    if place.phase is Phase.NAME:
        return TYPES if place.callee in ("cast", "try_cast") else ()
    if place.part in ("start", "combined", "subquery") and place.phase is Phase.ITEM:
        return _starting(place)
    if place.part == "with":
        return _with(place)
    if place.part == "other":
        return None
    if place.phase in (Phase.ITEM, Phase.OPERAND):
        return _beginning(place)
    found = _case(place) or _ending(place)
    if place.part == "select" and followed:
        return [each for each in found if each not in CLOSING]
    return found


def wants_value(place: Place) -> bool:
    """Whether a column or a function may come next."""
    if place.phase not in (Phase.ITEM, Phase.OPERAND) or place.part in NO_VALUES or _behind(place) is not None:
        return False
    return place.before != [] or place.part not in ("over", "filter")


def _behind(place: Place) -> Sequence[str] | None:
    """What must follow the word in front of the cursor; None where anything may."""
    if place.previous == "not" and len(place.before) > 1:
        front = place.before[-2]
        if front.word == "is":
            return ("NULL", "DISTINCT FROM")
        return ("IN", "LIKE", "ILIKE", "BETWEEN", "SIMILAR TO") if ends_value(front) else None
    if place.part == "select" and place.previous in ("exclude", "replace", "rename"):
        return ()
    if place.previous in ("replace", "temp") and place.part != "other":
        return None
    return BEHIND.get(place.previous)


def _starting(place: Place) -> Sequence[str]:
    if place.part == "combined":
        return ("ALL", *QUERY[:2], "BY NAME") if place.previous in ("union", "intersect", "except") else QUERY[:2]
    if place.part == "subquery":
        return QUERY
    if place.previous == "explain":
        return ("ANALYZE", *STATEMENTS[:3])
    return QUERY if place.previous in ("as", "analyze") else STATEMENTS


def _with(place: Place) -> Sequence[str]:
    if place.previous == "()":
        return ("SELECT", "FROM", "INSERT INTO") if _is_query(place) else ("AS (",)
    return ("AS (",) if place.previous not in ("as", "materialized") else ("MATERIALIZED (", "(")


def _is_query(place: Place) -> bool:
    """Whether the parentheses in front of the cursor are those of a CTE, and not those of its columns."""
    return len(place.before) > 1 and place.before[-2].word in ("as", "materialized")


def _beginning(place: Place) -> Sequence[str]:
    """What can begin a value."""
    if place.part in ("from", "join", "into", "update", "describe", "summarize", "using", "limit", "offset"):
        return ()
    if place.part in ("into columns", "exclude", "declared"):
        return ()
    if place.part == "over":
        return ("PARTITION BY", "ORDER BY") if place.phase is Phase.ITEM and not place.previous else VALUES
    if place.part == "filter" and not place.before:
        return ("WHERE",)
    if place.part == "in" and not place.before:
        return ("SELECT", "FROM")
    if place.part == "nested" and not place.before:
        return ("SELECT", *VALUES)
    if place.previous == "case":
        return ("WHEN", *VALUES)
    if place.part == "select" and place.previous == "select":
        return ("DISTINCT", *VALUES)
    if place.part in ("group", "order") and place.previous == "by":
        return ("ALL", *VALUES)
    if place.part == "call" and not place.before and place.callee != "values":
        return ("DISTINCT", *VALUES)
    return VALUES


def _case(place: Place) -> Sequence[str]:
    """What goes on in a CASE that has no END yet."""
    last = open_case(place.before)
    if last == "when":
        return ("THEN", *LOGIC) if place.phase is Phase.COMPARED else ("THEN", *COMPARE)
    return {"case": ("WHEN",), "then": ("WHEN", "ELSE", "END", *LOGIC), "else": ("END", *LOGIC)}.get(last, ())


def _ending(place: Place) -> Sequence[str]:
    if place.phase is Phase.COMPARED:
        return COMPARED.get(place.part, LOGIC)
    found = AFTER.get(place.part, ())
    last = place.before[-1] if place.before else None
    if place.part == "select" and _is_named(place.before):
        return ("FROM", *found[found.index("WHERE") :])
    if place.part == "select" and place.previous == "*":
        return ("FROM", "EXCLUDE (", "REPLACE (", "RENAME (", *found[found.index("WHERE") :])
    if place.part == "select" and isinstance(last, Group):
        return ("AS", "FROM", "OVER (", "FILTER (", *found[2:])
    if place.part == "order" and place.previous in ("desc", "asc", "first", "last"):
        ends = ("DESC", "ASC") if place.previous in ("desc", "asc") else found[: found.index("LIMIT")]
        return [each for each in found if each not in ends]
    if place.part in ("from", "join") and _has_alias(place.before):
        return [each for each in found if each != "AS"]
    return found


def _is_named(items: Sequence[Item]) -> bool:
    """Whether the item of the list that is typed has got its name."""
    return len(items) > 1 and items[-2].word == "as"


def _has_alias(items: Sequence[Item]) -> bool:
    """Whether the relation that was named last has its alias."""
    return len(items) > 1 and (isinstance(items[-2], Group) or items[-2].kind in ("word", "quoted"))
