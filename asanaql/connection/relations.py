"""The relations on a DuckDB connection: scans, views with their documentation, functions, and what they can do.

All of it lives in an in-memory database attached as `asana`, so nothing is written into anyone's own database. A
view hands its scan the number of the statement, by which scans of one statement know each other.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from asanaql.catalog.model import Column, Filter, Form, Table
from asanaql.connection.reach import columns_reached, tables_described
from asanaql.scan.account import Account
from asanaql.scan.protocol import STATEMENT, Planned, Source

DATABASE = "asana"
BOUNDS = (Form.SINCE, Form.UNTIL)

_SCANS = f"{DATABASE}.scan"


def create(duck: duckdb.DuckDBPyConnection, account: Account, planned: Planned) -> None:
    """Attach the database `asana` with every relation of the account's catalog. `duck` is left in schema asana.scan."""
    duck.execute(f"ATTACH ':memory:' AS {DATABASE}; CREATE SCHEMA {_SCANS}; USE {_SCANS}")
    for table in account.catalog.values():
        duck.from_arrow(Source(account, table, planned)).create_view(table.name)
    for made, rows in (
        ("asana_tables", tables_described(account.catalog)),
        ("asana_columns", columns_reached(account.catalog)),
    ):
        duck.from_arrow(rows).create(made)
        duck.execute(f"CREATE VIEW {DATABASE}.main.{made} AS SELECT t.* FROM {_SCANS}.{made} t")
    _at_once(duck, [each for table in account.catalog.values() for each in _definitions(table, f"{DATABASE}.main")])


def expose(duck: duckdb.DuckDBPyConnection, account: Account) -> None:
    """Make the relations reachable by bare names in the connection's main schema, for every cursor of it."""
    statements = [
        f"CREATE VIEW main.{name} AS SELECT t.* FROM {DATABASE}.main.{name} t"
        for name in ("asana_tables", "asana_columns")
    ]
    for table in account.catalog.values():
        statements += _definitions(table, "main")
    _at_once(duck, statements)


def _at_once(duck: duckdb.DuckDBPyConnection, statements: list[str]) -> None:
    """Run definitions in one transaction, which takes a fraction of the time of one for each."""
    duck.execute(";\n".join(["BEGIN", *statements, "COMMIT"]))


def _definitions(table: Table, schema: str) -> Iterator[str]:
    """The view with its comments, and the function, of one relation."""
    columns = ", ".join(f"s.{column.name}" for column in table.visible)
    body = (
        f"SELECT {columns} FROM {_SCANS}.{table.name} s WHERE (s.{STATEMENT} IS NULL OR s.{STATEMENT} = txid_current())"
    )
    yield f"CREATE VIEW {schema}.{table.name} AS {body}"
    yield f"COMMENT ON VIEW {schema}.{table.name} IS {_text(f'One row: {table.row}.')}"
    for column in table.visible:
        yield f"COMMENT ON COLUMN {schema}.{table.name}.{column.name} IS {_text(column.doc)}"
    terms = dict(_arguments(table))
    named = ", ".join(f"{name} := NULL" for name in terms)
    yield f"CREATE MACRO {schema}.asana_{table.name}({named}) AS TABLE {' AND '.join([body, *terms.values()])}"


def _arguments(table: Table) -> Iterator[tuple[str, str]]:
    """The function's arguments, each with the condition it stands for when it is given."""
    filters = [taken for path in table.paths for taken in path.filters]
    only_bounds = {taken.column for taken in filters} - {taken.column for taken in filters if taken.form not in BOUNDS}
    keys = {key for path in table.paths for key in path.keys}
    for name in table.arguments:
        if name in keys or name not in only_bounds:
            yield name, _condition(name, table.column(name), "=")
    for taken in filters:
        argument = bound_argument(taken)
        if argument is not None:
            yield argument, _condition(argument, table.column(taken.column), ">=" if taken.form is Form.SINCE else "<")


def bound_argument(taken: Filter) -> str | None:
    """The argument that bounds a date-time, named like Asana's parameter; None for a filter that bounds none.

    `completed_since` is left out: in Asana it means more than a bound, as it includes what is incomplete.
    """
    bounds = taken.form in BOUNDS and taken.parameter != "completed_since"
    return taken.parameter if bounds else None


def _condition(argument: str, column: Column, comparison: str) -> str:
    value = f"{argument}::VARCHAR" if column.name.endswith("gid") else argument
    return f"({argument} IS NULL OR s.{column.name} {comparison} {value})"


def _text(value: str) -> str:
    escaped = value.replace("'", "''")
    return f"'{escaped}'"
