"""The catalog as rows: what each relation holds, and which comparisons of which columns reach Asana."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.model import Catalog, Table
from asanaql.plan.access import comparisons

_TEXTS = pa.list_(pa.string())

_TABLES = pa.schema(
    [
        ("table_name", pa.string()),
        ("row", pa.string()),
        ("paths", _TEXTS),
        ("arguments", _TEXTS),
        ("documentation", pa.string()),
    ]
)
_COLUMNS = pa.schema(
    [
        ("table_name", pa.string()),
        ("column_name", pa.string()),
        ("type", pa.string()),
        ("documentation", pa.string()),
        ("is_key", pa.bool_()),
        ("is_argument", pa.bool_()),
        ("comparisons", _TEXTS),
        ("parameters", _TEXTS),
    ]
)


def tables_described(catalog: Catalog) -> pa.Table:
    """One row for each relation: what one of its rows is, the endpoints it is read from, and its arguments."""
    rows = [
        {
            "table_name": table.name,
            "row": table.row,
            "paths": [f"GET {path.endpoint}" for path in table.paths],
            "arguments": list(table.arguments),
            "documentation": table.documentation,
        }
        for table in catalog.values()
    ]
    return pa.Table.from_pylist(rows, schema=_TABLES)


def columns_reached(catalog: Catalog) -> pa.Table:
    """One row for each column: its type and documentation, whether it is a key, what of it reaches Asana and as what.

    `comparisons` and `parameters` belong together place by place; a parameter that begins with / is an address.
    """
    return pa.Table.from_pylist([row for table in catalog.values() for row in _columns(table)], schema=_COLUMNS)


def _columns(table: Table) -> list[dict[str, object]]:
    keys = {key for path in table.paths for key in path.keys}
    rows: list[dict[str, object]] = []
    for column in table.columns:
        pairs = [(each, name) for each, names in comparisons(table, column.name).items() for name in names]
        rows.append(
            {
                "table_name": table.name,
                "column_name": column.name,
                "type": sql_type(column.type),
                "documentation": column.doc,
                "is_key": column.name in keys,
                "is_argument": column.hidden,
                "comparisons": [each for each, _ in pairs],
                "parameters": [name for _, name in pairs],
            }
        )
    return rows


def sql_type(kind: pa.DataType) -> str:
    """The name DuckDB has for an Arrow type of the catalog."""
    if pa.types.is_list(kind):
        return f"{sql_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        return f"STRUCT({', '.join(f'{field.name} {sql_type(field.type)}' for field in kind)})"
    return _NAMES[str(kind)]


_NAMES = {
    "string": "VARCHAR",
    "bool": "BOOLEAN",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "date32[day]": "DATE",
    "timestamp[us, tz=UTC]": "TIMESTAMP WITH TIME ZONE",
    "extension<arrow.json>": "JSON",
}
