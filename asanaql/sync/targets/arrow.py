"""DuckDB's types for what Arrow holds: the language in which targets that are files speak of columns."""

from __future__ import annotations

import pyarrow as pa
from duckdb import DuckDBPyConnection


def duckdb_types(duck: DuckDBPyConnection, schema: pa.Schema) -> dict[str, str]:
    """The columns of a schema with the types that DuckDB reads them as."""
    read = duck.from_arrow(schema.empty_table())
    return {name: str(type) for name, type in zip(read.columns, read.types, strict=True)}


def plain(type: str) -> str:
    """The type that comes back where one of DuckDB's went through a file: JSON is text there."""
    return "VARCHAR" if type == "JSON" else type
