"""Rows on their way through Arrow, and back into DuckDB's own types.

A result is read from DuckDB as Arrow and kept so. Python values, data frames, printed tables and files are made from
it by DuckDB again, so that each of them is what DuckDB itself would give.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa
from duckdb.sqltypes import DuckDBPyType

from asanaql.statement.tagging import identifier

#: What Arrow would get with a part missing: a time's zone, a bit string's length, the upper half of UHUGEINT.
_LOST = ("time with time zone", "bit", "uhugeint")


def carried(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The relation with text in place of every type whose values Arrow cannot hold."""
    if not any(_lost(kind) for kind in relation.types):
        return relation
    return relation.project(
        ", ".join(
            f"CAST(#{place} AS {_carrier(kind)}) AS {identifier(name)}"
            if _lost(kind)
            else f"#{place} AS {identifier(name)}"
            for place, (name, kind) in enumerate(zip(relation.columns, relation.types, strict=True), 1)
        )
    )


def restored(
    duck: duckdb.DuckDBPyConnection, rows: pa.Table, columns: Sequence[str], types: Sequence[str]
) -> duckdb.DuckDBPyRelation:
    """The rows as a relation of `duck`, with the columns and the types that they had before they were Arrow."""
    found = duck.from_arrow(rows)
    arrived = [str(kind) for kind in found.types]
    if arrived == list(types) and found.columns == list(columns):
        return found
    return found.project(
        ", ".join(
            (f"#{place}" if kind == wanted else f"CAST(#{place} AS {wanted})") + f" AS {identifier(name)}"
            for place, (name, kind, wanted) in enumerate(zip(columns, arrived, types, strict=True), 1)
        )
    )


def zoned(types: Sequence[str]) -> bool:
    """Whether a session's time zone shows in values of these types."""
    return any("WITH TIME ZONE" in kind or "TIMESTAMPTZ" in kind for kind in types)


def _parts(kind: DuckDBPyType) -> list[tuple[str, DuckDBPyType]]:
    """The named types that a type is made of; none for one that holds single values."""
    if kind.id not in ("list", "array", "struct", "tuple", "map", "union"):
        return []
    return [(name, part) for name, part in kind.children if isinstance(part, DuckDBPyType)][kind.id == "union" :]


def _lost(kind: DuckDBPyType) -> bool:
    return kind.id in _LOST or any(_lost(part) for _, part in _parts(kind))


def _carrier(kind: DuckDBPyType) -> str:
    """The type with text in place of what Arrow cannot hold, as SQL."""
    if not _lost(kind):
        return str(kind)
    parts = [(name, _carrier(part)) for name, part in _parts(kind)]
    match kind.id:
        case "list":
            return f"{parts[0][1]}[]"
        case "array":
            return f"{parts[0][1]}[{dict(kind.children)['size']}]"
        case "struct" | "union" as made:
            return f"{made.upper()}({', '.join(f'{identifier(name)} {part}' for name, part in parts)})"
        case "map" | "tuple" as made:
            return f"{made.upper()}({', '.join(part for _, part in parts)})"
        case _:
            return "VARCHAR"
