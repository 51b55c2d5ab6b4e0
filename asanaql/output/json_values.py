"""How values are written into JSON: moments as ISO 8601, numbers that JSON lacks as null, JSON as itself.

DuckDB writes the rest as wanted: lists and structs as JSON's own, dates as `2024-05-01`, NULL as null.
"""

from __future__ import annotations

from duckdb.sqltypes import DuckDBPyType

_ZONED = frozenset({"timestamp with time zone", "timestamptz_ns"})
_MOMENTS = frozenset({"timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns"}) | _ZONED
_FLOATING = frozenset({"double", "float"})


def json_value(value: str, type: DuckDBPyType, depth: int = 0) -> str:
    """An SQL expression that reads the expression `value` of DuckDB type `type` as JSON wants it."""
    if not _differs(type):
        return value
    if type.id in _MOMENTS:
        moment = f"replace(CAST({value} AS VARCHAR), ' ', 'T')"
        return f"regexp_replace({moment}, '([+-]\\d\\d)$', '\\1:00')" if type.id in _ZONED else moment
    if type.id in _FLOATING:
        return f"CASE WHEN isfinite({value}) THEN {value} END"
    if type.id == "list":
        element = f"e{depth}"
        return f"list_transform({value}, lambda {element}: {json_value(element, _children(type)[0][1], depth + 1)})"
    fields = ", ".join(
        f"{_name(name)} := {json_value(f'({value}).{_name(name)}', inner, depth)}" for name, inner in _children(type)
    )
    return f"CASE WHEN {value} IS NOT NULL THEN struct_pack({fields}) END"


def _differs(type: DuckDBPyType) -> bool:
    """Whether a value of this type holds something that DuckDB would write otherwise than JSON wants it."""
    if type.id in ("list", "struct"):
        return any(_differs(inner) for _, inner in _children(type))
    return type.id in _MOMENTS or type.id in _FLOATING


def _children(type: DuckDBPyType) -> list[tuple[str, DuckDBPyType]]:
    return [(name, inner) for name, inner in type.children if isinstance(inner, DuckDBPyType)]


def _name(field: str) -> str:
    escaped = field.replace('"', '""')
    return f'"{escaped}"'
