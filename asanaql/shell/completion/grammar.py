"""What follows what: keywords by the place at which they may stand, the likeliest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

STATEMENTS = (
    *("SELECT", "FROM", "WITH", "DESCRIBE", "SUMMARIZE", "SHOW TABLES", "EXPLAIN", "EXPLAIN ANALYZE", "CREATE TABLE"),
    *("CREATE OR REPLACE TABLE", "CREATE VIEW", "CREATE OR REPLACE VIEW", "CREATE TEMP TABLE", "INSERT INTO", "COPY"),
    *("UPDATE", "DELETE FROM", "DROP TABLE", "DROP VIEW", "ALTER TABLE", "PIVOT", "UNPIVOT", "VALUES", "SET", "RESET"),
    *("ATTACH", "DETACH", "USE", "BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "CALL", "PREPARE", "EXECUTE", "LOAD"),
)
QUERY = ("SELECT", "FROM", "WITH", "VALUES", "PIVOT", "UNPIVOT", "DESCRIBE", "SUMMARIZE")
_JOINS = (
    *("JOIN", "LEFT JOIN", "INNER JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN", "SEMI JOIN", "ANTI JOIN"),
    *("ASOF JOIN", "NATURAL JOIN", "POSITIONAL JOIN"),
)
_SETS = ("UNION ALL", "UNION", "UNION BY NAME", "INTERSECT", "EXCEPT")
_LATE = ("QUALIFY", "ORDER BY", "LIMIT", *_SETS)
_AFTER_WHERE = ("GROUP BY", "HAVING", *_LATE)
CLOSING = frozenset({"FROM", "WHERE", *_AFTER_WHERE})
_AFTER_FROM = ("WHERE", "GROUP BY", "ORDER BY", "LIMIT", "HAVING", "QUALIFY", "SELECT", *_SETS)
COMPARE = ("IN", "IS NULL", "IS NOT NULL", "LIKE", "ILIKE", "BETWEEN", "NOT IN", "NOT LIKE", "NOT ILIKE", "AND", "OR")
LOGIC = ("AND", "OR")
VALUES = (
    *("CASE", "NOT", "NULL", "TRUE", "FALSE", "EXISTS (", "CAST(", "TRY_CAST(", "EXTRACT(", "INTERVAL", "DATE"),
    *("TIMESTAMP", "CURRENT_DATE", "CURRENT_TIMESTAMP", "COALESCE(", "NULLIF(", "COLUMNS("),
)

#: What ends a part or goes on in it once a value is there.
AFTER: Mapping[str, Sequence[str]] = {
    "select": ("AS", "FROM", *COMPARE, "WHERE", *_AFTER_WHERE),
    "from": (*_AFTER_FROM[:1], *_JOINS[:2], *_AFTER_FROM[1:], *_JOINS[2:], "AS", "TABLESAMPLE"),
    "join": ("ON", "USING (", "AS", *_JOINS, *_AFTER_FROM),
    "on": (*COMPARE, *_JOINS, *_AFTER_FROM),
    "using": (*_JOINS, *_AFTER_FROM),
    "where": (*COMPARE, *_AFTER_WHERE),
    "group": ("HAVING", *_LATE),
    "delete": ("WHERE", "USING", "RETURNING"),
    "having": (*COMPARE, *_LATE),
    "qualify": (*COMPARE, "ORDER BY", "LIMIT", *_SETS),
    "order": ("DESC", "ASC", "NULLS FIRST", "NULLS LAST", "LIMIT", *_SETS),
    "limit": ("OFFSET",),
    "offset": (),
    "window": (),
    "into": ("SELECT", "FROM", "VALUES", "BY NAME", "DEFAULT VALUES"),
    "update": ("SET",),
    "copy": ("TO", "FROM"),
    "create or": ("REPLACE TABLE", "REPLACE VIEW", "REPLACE TEMP TABLE", "REPLACE MACRO"),
    "pivot": ("ON", "USING", "GROUP BY", "ORDER BY", "LIMIT"),
    "set": ("WHERE", "FROM", "RETURNING", *LOGIC),
    "values": ("RETURNING", "ON CONFLICT"),
    "call": (*COMPARE, "ORDER BY"),
    "nested": COMPARE,
    "over": ("ORDER BY", "DESC", "ASC", "ROWS BETWEEN", "RANGE BETWEEN"),
    "filter": COMPARE,
    "in": (),
}

#: What follows a condition that is complete.
COMPARED: Mapping[str, Sequence[str]] = {
    "on": (*LOGIC, *_JOINS, *_AFTER_FROM),
    "where": (*LOGIC, *_AFTER_WHERE),
    "having": (*LOGIC, *_LATE),
    "qualify": (*LOGIC, "ORDER BY", "LIMIT", *_SETS),
}

TYPES = (
    *("VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP", "TIMESTAMPTZ", "TIME", "INTERVAL"),
    *("DECIMAL(", "JSON", "UUID", "BLOB", "VARCHAR[]", "STRUCT("),
)

#: What must follow a word, wherever it stands.
BEHIND: Mapping[str, Sequence[str]] = {
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
    "::": TYPES,
    "limit": (),
    "offset": (),
    "tablesample": (),
}

#: Parts that hold no values.
NO_VALUES = frozenset(
    ("start", "combined", "subquery", "declared", "with", "into", "update", "delete", "limit", "pivot", "copy")
)
