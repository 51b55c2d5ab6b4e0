"""The catalog as rows: what each relation holds, and which comparisons of which columns reach Asana."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
from duckdb.sqltypes import DuckDBPyType

from asanaql.catalog.model import Table
from asanaql.connection.functions import arguments
from asanaql.plan.access import comparisons
from asanaql.plan.examples import statement
from asanaql.scan.account import Account
from asanaql.statement.tagging import identifier

_TEXTS = pa.list_(pa.string())
_PATHS = pa.list_(
    pa.struct([("access_path", pa.string()), ("endpoint", pa.string()), ("statement", pa.string())]),
)


@dataclass(frozen=True)
class Kind:
    """One way to describe a relation: the schema of its rows, and those of one relation."""

    schema: pa.Schema
    rows: Callable[[Account, Table], list[dict[str, object]]]


class Described:
    """Rows for DuckDB to scan. They are made whenever they are read, as most connections never ask."""

    def __init__(self, schema: pa.Schema, rows: Callable[[], list[dict[str, object]]]) -> None:
        self._schema = schema
        self._rows = rows

    def __arrow_c_schema__(self) -> object:
        return self._schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return pa.Table.from_pylist(self._rows(), schema=self._schema).__arrow_c_stream__()


def described(account: Account, kind: Kind) -> Described:
    """Every relation of the account's catalog, described in this way."""
    return Described(
        kind.schema, lambda: [row for table in account.catalog.values() for row in kind.rows(account, table)]
    )


def _table(account: Account, table: Table) -> list[dict[str, object]]:
    copied = account.answers().get(table.name)
    return [
        {
            "table_name": table.name,
            "row": table.row,
            "plan": table.plan or None,
            "paths": [
                {"access_path": path.name, "endpoint": f"GET {path.endpoint}", "statement": statement(table, path)}
                for path in table.paths
            ],
            "arguments": list(arguments(table)),
            "documentation": table.documentation,
            "answered_from": "Asana" if copied is None else "the copy",
            "synced_at": copied,
        }
    ]


def _columns(_: Account, table: Table) -> list[dict[str, object]]:
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
    """An Arrow type of the catalog, as DuckDB writes it in DESCRIBE."""
    return str(DuckDBPyType(_written(kind)))


def _written(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"{_written(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        return f"STRUCT({', '.join(f'{identifier(field.name)} {_written(field.type)}' for field in kind)})"
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

#: One row for each relation: what one of its rows is, the Asana plan it needs where not every one has it, the access
#: paths with the endpoint and a statement that is read by it, its function's arguments, where it is answered from, and
#: if that is a copy, when that was brought up to date.
TABLES = Kind(
    pa.schema(
        [
            ("table_name", pa.string()),
            ("row", pa.string()),
            ("plan", pa.string()),
            ("paths", _PATHS),
            ("arguments", _TEXTS),
            ("documentation", pa.string()),
            ("answered_from", pa.string()),
            ("synced_at", pa.timestamp("us", tz="UTC")),
        ]
    ),
    _table,
)

#: One row for each column: its type and documentation, whether it is a key, what of it reaches Asana and as what.
#: `comparisons` and `parameters` belong together place by place; a parameter that begins with / is an address.
COLUMNS = Kind(
    pa.schema(
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
    ),
    _columns,
)
