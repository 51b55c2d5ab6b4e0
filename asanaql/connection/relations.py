"""The relations on a DuckDB connection: scans, views with their documentation, functions, and what they can do.

All of it lives in an in-memory database attached as `asana`, so nothing is written into anyone's own database. A
view hands its scan the number of the statement, by which scans of one statement know each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import duckdb

from asanaql.catalog.model import Catalog, Table
from asanaql.connection import requests
from asanaql.connection.functions import arguments
from asanaql.connection.reach import COLUMNS, TABLES, Described, described
from asanaql.scan.account import Account
from asanaql.scan.predicates import STATEMENT, TAG
from asanaql.scan.protocol import Planned, Source
from asanaql.statement.tagging import SCANS, identifier, text_literal
from asanaql.typed.kinds import KINDS, Kind
from asanaql.typed.values import functions

DATABASE = "asana"

_DESCRIBED = {"asana_tables": TABLES, "asana_columns": COLUMNS}
OWN = (*_DESCRIBED, requests.NAME)


#: What gives the rows of a relation that are kept elsewhere, as SQL, and None where there are none.
Kept = Callable[[Table], str | None]


def create(
    duck: duckdb.DuckDBPyConnection, account: Account, planned: Planned, kept: Kept = lambda table: None
) -> None:
    """Attach the database `asana` with every relation of the account's catalog, which shows rows that are `kept`."""
    with duck.cursor() as defining:
        defining.execute(f"ATTACH ':memory:' AS {DATABASE} (READ_WRITE); CREATE SCHEMA {SCANS}; USE {SCANS}; BEGIN")
        for table in account.catalog.values():
            defining.from_arrow(Source(account, table, planned)).create_view(table.name)
        for name, kind in _DESCRIBED.items():
            defining.from_arrow(described(account, kind)).create_view(name)
        sent = Described(requests.SCHEMA, lambda: requests.rows(account.log))
        defining.from_arrow(sent).create_view(requests.NAME)
        defining.execute("COMMIT")
        _define(defining, account.catalog, f"{DATABASE}.main", kept, documented=True)
        _define_tagged(defining, account.catalog)
        for function in functions():
            defining.execute(function)


def expose(duck: duckdb.DuckDBPyConnection, account: Account, kept: Kept = lambda table: None) -> None:
    """Make the relations reachable by bare names in the connection's main schema, for every cursor of it.

    What they and their columns are is said in the database `asana` alone: to say it twice would take long.
    """
    with duck.cursor() as defining:
        _define(defining, account.catalog, "main", kept, documented=False)


def redefine(duck: duckdb.DuckDBPyConnection, account: Account, kept: Kept) -> None:
    """Define anew the relations that show rows that are kept: these are others now."""
    with duck.cursor() as defining:
        for table in account.catalog.values():
            if kept(table) is not None:
                for schema in (f"{DATABASE}.main", "memory.main"):
                    for statement in _definitions(table, schema, kept(table)):
                        defining.execute(statement.replace("CREATE ", "CREATE OR REPLACE ", 1))


def _define(
    defining: duckdb.DuckDBPyConnection, catalog: Catalog, schema: str, kept: Kept, *, documented: bool
) -> None:
    """Define all views and functions in one transaction, unoptimized: nothing of it runs, and there are many."""
    definitions = [f"CREATE VIEW {schema}.{name} AS SELECT t.* FROM {SCANS}.{name} t" for name in OWN]
    definitions += [_unknown(kind, schema) for kind in KINDS.values()]
    for table in catalog.values():
        definitions += _definitions(table, schema, kept(table))
    if documented:
        definitions += _comments(schema, requests.NAME, requests.ROW, requests.DOCUMENTATION)
        for table in catalog.values():
            definitions += _comments(schema, table.name, table.row, {each.name: each.doc for each in table.visible})
    defining.execute("PRAGMA disable_optimizer; BEGIN")
    for statement in duckdb.extract_statements(";\n".join(definitions)):
        defining.execute(statement)
    defining.execute("COMMIT")


def _definitions(table: Table, schema: str, kept: str | None) -> Iterator[str]:
    """The view and the function of one relation."""
    body = _body(table, STATEMENT, "txid_current()") if kept is None else _kept(table, kept)
    conditions = arguments(table)
    named = ", ".join(f"{name} := NULL" for name in conditions)
    yield f"CREATE VIEW {schema}.{table.name} AS {body}"
    yield f"CREATE MACRO {schema}.asana_{table.name}({named}) AS TABLE {' AND '.join([body, *conditions.values()])}"


def _unknown(kind: Kind, schema: str) -> str:
    """What a client that DuckDB alone answers is told of a function whose columns must be known before."""
    said = (
        f"{kind.function} is known to the statements of Connection.sql, of the command line and of the shell. "
        f"For other clients, {kind.view} of the connection makes a view that shows the same."
    )
    # As a condition it is evaluated whatever is read.
    body = f"SELECT NULL AS {identifier(kind.view)} WHERE error({text_literal(said)}) IS NULL"
    return f"CREATE MACRO {schema}.{kind.function}({kind.word}) AS TABLE {body}"


def _define_tagged(defining: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    """Define for every relation the function that a planned statement reads it by."""
    defining.execute("BEGIN")
    for table in catalog.values():
        conditions = arguments(table)
        named = ", ".join([TAG, *(f"{name} := NULL" for name in conditions)])
        body = " AND ".join([_body(table, TAG, TAG), *conditions.values()])
        defining.execute(f"CREATE MACRO {SCANS}.{table.name}_tagged({named}) AS TABLE {body}")
    defining.execute("COMMIT")


def _body(table: Table, column: str, value: str) -> str:
    """The relation's columns, and a condition that says only to the scan what it belongs to: no row fails it.

    Columns are left out, not listed: there are hundreds of these texts, and DuckDB reads each before the first answer.
    """
    hidden = ", ".join([STATEMENT, TAG, *(each.name for each in table.columns if each.hidden)])
    columns = f"s.* EXCLUDE ({hidden})"
    return f"SELECT {columns} FROM {SCANS}.{table.name} s WHERE (s.{column} IS NULL OR s.{column} = {value})"


def _kept(table: Table, rows: str) -> str:
    columns = ", ".join(f"s.{column.name}" for column in table.visible)
    return f"SELECT {columns} FROM {rows} s WHERE TRUE"


def _comments(schema: str, name: str, row: str, columns: Mapping[str, str]) -> Iterator[str]:
    """The documentation of one relation and of its columns."""
    yield f"COMMENT ON VIEW {schema}.{name} IS {text_literal(f'One row: {row}.')}"
    for column, documentation in columns.items():
        yield f"COMMENT ON COLUMN {schema}.{name}.{column} IS {text_literal(documentation)}"
