"""Which keywords may come next, the likeliest first, by the place that the cursor is at."""

from __future__ import annotations

from collections.abc import Sequence

from asanaql.shell.completion.groups import Group, Item
from asanaql.shell.completion.place import Phase, Place, open_case
from asanaql.shell.completion.queries import ends_value

_STATEMENTS = (
    *("SELECT", "FROM", "WITH", "DESCRIBE", "SUMMARIZE", "SHOW TABLES", "EXPLAIN", "EXPLAIN ANALYZE", "CREATE TABLE"),
    *("CREATE OR REPLACE TABLE", "CREATE VIEW", "CREATE OR REPLACE VIEW", "CREATE TEMP TABLE", "INSERT INTO", "COPY"),
    *("UPDATE", "DELETE FROM", "DROP TABLE", "DROP VIEW", "ALTER TABLE", "PIVOT", "UNPIVOT", "VALUES", "SET", "RESET"),
    *("ATTACH", "DETACH", "USE", "BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "CALL", "PREPARE", "EXECUTE", "LOAD"),
)
_QUERY = ("SELECT", "FROM", "WITH", "VALUES", "PIVOT", "UNPIVOT", "DESCRIBE", "SUMMARIZE")
_JOINS = (
    *("JOIN", "LEFT JOIN", "INNER JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN", "SEMI JOIN", "ANTI JOIN"),
    *("ASOF JOIN", "NATURAL JOIN", "POSITIONAL JOIN"),
)
_SETS = ("UNION ALL", "UNION", "UNION BY NAME", "INTERSECT", "EXCEPT")
_LATE = ("QUALIFY", "ORDER BY", "LIMIT", *_SETS)
_AFTER_WHERE = ("GROUP BY", "HAVING", *_LATE)
_CLAUSES = frozenset({"FROM", "WHERE", *_AFTER_WHERE})
_AFTER_FROM = ("WHERE", "GROUP BY", "ORDER BY", "LIMIT", "HAVING", "QUALIFY", "SELECT", *_SETS)
_COMPARE = ("IN", "IS NULL", "IS NOT NULL", "LIKE", "ILIKE", "BETWEEN", "NOT IN", "NOT LIKE", "NOT ILIKE", "AND", "OR")
_LOGIC = ("AND", "OR")
_VALUES = (
    *("CASE", "NOT", "NULL", "TRUE", "FALSE", "EXISTS (", "CAST(", "TRY_CAST(", "EXTRACT(", "INTERVAL", "DATE"),
    *("TIMESTAMP", "CURRENT_DATE", "CURRENT_TIMESTAMP", "COALESCE(", "NULLIF(", "COLUMNS("),
)

#: What ends a part or goes on in it once a value is there.
_AFTER: dict[str, Sequence[str]] = {
    "select": ("AS", "FROM", *_COMPARE, "WHERE", *_AFTER_WHERE),
    "from": (*_AFTER_FROM[:1], *_JOINS[:2], *_AFTER_FROM[1:], *_JOINS[2:], "AS", "TABLESAMPLE"),
    "join": ("ON", "USING (", "AS", *_JOINS, *_AFTER_FROM),
    "on": (*_COMPARE, *_JOINS, *_AFTER_FROM),
    "using": (*_JOINS, *_AFTER_FROM),
    "where": (*_COMPARE, *_AFTER_WHERE),
    "group": ("HAVING", *_LATE),
    "delete": ("WHERE", "USING", "RETURNING"),
    "having": (*_COMPARE, *_LATE),
    "qualify": (*_COMPARE, "ORDER BY", "LIMIT", *_SETS),
    "order": ("DESC", "ASC", "NULLS FIRST", "NULLS LAST", "LIMIT", *_SETS),
    "limit": ("OFFSET",),
    "offset": (),
    "window": (),
    "into": ("SELECT", "FROM", "VALUES", "BY NAME", "DEFAULT VALUES"),
    "update": ("SET",),
    "copy": ("TO", "FROM"),
    "create or": ("REPLACE TABLE", "REPLACE VIEW", "REPLACE TEMP TABLE", "REPLACE MACRO"),
    "pivot": ("ON", "USING", "GROUP BY", "ORDER BY", "LIMIT"),
    "set": ("WHERE", "FROM", "RETURNING", *_LOGIC),
    "values": ("RETURNING", "ON CONFLICT"),
    "call": (*_COMPARE, "ORDER BY"),
    "nested": _COMPARE,
    "over": ("ORDER BY", "DESC", "ASC", "ROWS BETWEEN", "RANGE BETWEEN"),
    "filter": _COMPARE,
    "in": (),
}
#: What follows a condition that is complete.
_COMPARED: dict[str, Sequence[str]] = {
    "on": (*_LOGIC, *_JOINS, *_AFTER_FROM),
    "where": (*_LOGIC, *_AFTER_WHERE),
    "having": (*_LOGIC, *_LATE),
    "qualify": (*_LOGIC, "ORDER BY", "LIMIT", *_SETS),
}
_TYPES = (
    *("VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP", "TIMESTAMPTZ", "TIME", "INTERVAL"),
    *("DECIMAL(", "JSON", "UUID", "BLOB", "VARCHAR[]", "STRUCT("),
)
#: What must follow a word, wherever it stands.
_BEHIND: dict[str, Sequence[str]] = {
    "group": ("BY",),
    "order": ("BY",),
    "partition": ("BY",),
    "insert": ("INTO",),
    "delete": ("FROM",),
    "left": ("JOIN", "OUTER JOIN"),
    "right": ("JOIN", "OUTER JOIN"),
    "full": ("JOIN", "OUTER JOIN"),
    "outer": ("JOIN",),
    "inner": ("JOIN",),
    "cross": ("JOIN",),
    "semi": ("JOIN",),
    "anti": ("JOIN",),
    "positional": ("JOIN",),
    "asof": ("JOIN", "LEFT JOIN"),
    "natural": ("JOIN", "LEFT JOIN", "FULL JOIN"),
    "nulls": ("FIRST", "LAST"),
    "is": ("NULL", "NOT NULL", "DISTINCT FROM", "NOT DISTINCT FROM", "TRUE", "FALSE"),
    "create": ("TABLE", "VIEW", "OR REPLACE TABLE", "OR REPLACE VIEW", "TEMP TABLE", "TEMP VIEW", "MACRO", "SCHEMA"),
    "replace": ("TABLE", "VIEW", "TEMP TABLE", "TEMP VIEW", "MACRO"),
    "temp": ("TABLE", "VIEW", "MACRO"),
    "drop": ("TABLE", "VIEW", "MACRO", "SCHEMA"),
    "alter": ("TABLE", "VIEW"),
    "show": ("TABLES", "ALL TABLES", "DATABASES"),
    "within": ("GROUP (",),
    "over": (),
    "in": (),
    "exists": (),
    "any": (),
    "::": _TYPES,
    "limit": (),
    "offset": (),
    "tablesample": (),
}


#: Parts that hold no values.
_NO_VALUES = frozenset(
    ("start", "combined", "subquery", "declared", "with", "into", "update", "delete", "limit", "pivot", "copy")
)


def keywords_at(place: Place, *, followed: bool = False) -> Sequence[str] | None:
    """The keywords that may come next, in upper case; None where the statement is one that nothing is known of.

    A SELECT list is `followed` where a FROM stands behind the cursor.
    """
    behind = _behind(place)
    if behind is not None:
        return behind
    if place.phase is Phase.NAME:
        return _TYPES if place.callee in ("cast", "try_cast") else ()
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
        return [each for each in found if each not in _CLAUSES]
    return found


def wants_value(place: Place) -> bool:
    """Whether a column or a function may come next."""
    if place.phase not in (Phase.ITEM, Phase.OPERAND) or place.part in _NO_VALUES or _behind(place) is not None:
        return False
    return place.before != [] or place.part not in ("over", "filter")


def _behind(place: Place) -> Sequence[str] | None:
    """What must follow the word in front of the cursor; None where anything may."""
    if place.previous == "not" and len(place.before) > 1:
        front = place.before[-2]
        if front.word == "is":
            return ("NULL", "DISTINCT FROM")
        return ("IN", "LIKE", "ILIKE", "BETWEEN", "SIMILAR TO") if ends_value(front) else None
    return _BEHIND.get(place.previous)


def _starting(place: Place) -> Sequence[str]:
    if place.part == "combined":
        return ("ALL", *_QUERY[:2], "BY NAME") if place.previous in ("union", "intersect", "except") else _QUERY[:2]
    if place.part == "subquery":
        return _QUERY
    if place.previous == "explain":
        return ("ANALYZE", *_STATEMENTS[:3])
    return _QUERY if place.previous in ("as", "analyze") else _STATEMENTS


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
        return ("PARTITION BY", "ORDER BY") if place.phase is Phase.ITEM and not place.previous else _VALUES
    if place.part == "filter" and not place.before:
        return ("WHERE",)
    if place.part == "in" and not place.before:
        return ("SELECT", "FROM")
    if place.part == "nested" and not place.before:
        return ("SELECT", *_VALUES)
    if place.previous == "case":
        return ("WHEN", *_VALUES)
    if place.part == "select" and place.previous == "select":
        return ("DISTINCT", *_VALUES)
    if place.part in ("group", "order") and place.previous == "by":
        return ("ALL", *_VALUES)
    if place.part == "call" and not place.before and place.callee != "values":
        return ("DISTINCT", *_VALUES)
    return _VALUES


def _case(place: Place) -> Sequence[str]:
    """What goes on in a CASE that has no END yet."""
    last = open_case(place.before)
    if last == "when":
        return ("THEN", *_LOGIC) if place.phase is Phase.COMPARED else ("THEN", *_COMPARE)
    return {"case": ("WHEN",), "then": ("WHEN", "ELSE", "END", *_LOGIC), "else": ("END", *_LOGIC)}.get(last, ())


def _ending(place: Place) -> Sequence[str]:
    if place.phase is Phase.COMPARED:
        return _COMPARED.get(place.part, _LOGIC)
    found = _AFTER.get(place.part, ())
    last = place.before[-1] if place.before else None
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


def _has_alias(items: Sequence[Item]) -> bool:
    """Whether the relation that was named last has its alias."""
    return len(items) > 1 and (isinstance(items[-2], Group) or items[-2].kind in ("word", "quoted"))
