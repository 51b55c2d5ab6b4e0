"""Opening connections: a DuckDB of our own with the relations in it, or the relations in a DuckDB of the caller's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from asanaql.connection import relations
from asanaql.connection.connection import Connection
from asanaql.connection.run import Runs
from asanaql.connection.settings import Settings, close, opened
from asanaql.errors import ConfigError
from asanaql.statement.tagging import identifier, text_literal

#: A small buffer makes DuckDB hand out rows as they come; its progress bar would print into the data.
SESSION = "SET streaming_buffer_size = '1KB'; SET enable_progress_bar = false"


def connect(
    token: str | None = None,
    *,
    base_url: str | None = None,
    workspace: str | None = None,
    demo: bool = False,
    cache: bool | Path = True,
    max_requests: int | None = 1000,
    **seams: Any,
) -> Connection:
    """A connection to Asana, with an in-memory DuckDB of its own.

    `token` is a personal access token, by default that of the environment variable ASANA_ACCESS_TOKEN, and `base_url`
    that of ASANA_BASE_URL or Asana itself. `workspace`, a gid or a name, confines every relation to one workspace.
    `demo` answers from a built-in workspace, without network or token. `cache` keeps parents on disk between
    connections, in a directory where one is given. A statement that would send more than `max_requests` ends with an
    error; None is no bound. `seams` are for tests: transport, clock, sleep, push, catalog.

    Raises ConfigError where these cannot work. Source: https://developers.asana.com/docs/personal-access-token
    """
    settings = Settings(token, base_url, workspace, demo, cache, max_requests, **seams)
    account = opened(settings)
    runs = Runs()
    # One thread: with more, DuckDB pulls a page for each of them before it sees that a LIMIT is satisfied.
    duck = duckdb.connect(config={"threads": 1})
    try:
        relations.create(duck, account, runs.planned)
        relations.expose(duck, account)
        duck.execute(SESSION)
    except BaseException:
        duck.close()
        close(account)
        raise

    def closing() -> None:
        duck.close()
        close(account)

    return Connection(duck, account, runs, settings.clock, SESSION, ("memory", "main"), closing)


def attach(
    connection: duckdb.DuckDBPyConnection,
    token: str | None = None,
    *,
    base_url: str | None = None,
    workspace: str | None = None,
    demo: bool = False,
    cache: bool | Path = True,
    max_requests: int | None = 1000,
    **seams: Any,
) -> Connection:
    """The relations on a DuckDB connection that the caller owns, as a database `asana` in memory beside his own.

    Nothing is written into his database. On `connection` bare names reach the relations where nothing else has them;
    its cursors, and everything else, reach them as `asana.tasks`. The arguments are those of `connect`. What is
    returned runs statements with warnings and statistics; closing it takes the relations away again.

    Raises ConfigError where a database `asana` is attached already.
    """
    if relations.DATABASE in _column(connection, "SELECT database_name FROM duckdb_databases()"):
        raise ConfigError("A database called asana is attached to this connection already: detach it, or use that one.")
    settings = Settings(token, base_url, workspace, demo, cache, max_requests, **seams)
    account = opened(settings)
    runs = Runs()
    try:
        relations.create(connection, account, runs.planned)
        [before] = _column(connection, "SELECT current_setting('search_path')")
        connection.sql(_search(f"{before or _home(connection)},{relations.DATABASE}.main"))
        [path] = _column(connection, "SELECT current_setting('search_path')")
    except BaseException:
        _detach(connection)
        close(account)
        raise

    def closing() -> None:
        try:
            [now] = _column(connection, "SELECT current_setting('search_path')")
            [database] = _column(connection, "SELECT current_database()")
            if now == path or database == relations.DATABASE:
                connection.sql(_search(before))
            _detach(connection)
        except duckdb.ConnectionException:
            pass  # Its owner has closed it, and with it what was attached.
        close(account)

    return Connection(connection, account, runs, settings.clock, _search(path), (relations.DATABASE, "main"), closing)


def _home(connection: duckdb.DuckDBPyConnection) -> str:
    """Where bare names are looked up on a connection that has no search path."""
    [(database, schema)] = connection.sql("SELECT current_database(), current_schema()").fetchall()
    return f"{identifier(database)}.{identifier(schema)}"


def _column(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    """The first column of a query that leaves alone what the caller has yet to fetch."""
    return [str(row[0]) for row in connection.sql(query).fetchall()]


def _search(path: str) -> str:
    """The statement that sets the search path."""
    return f"SET search_path = {text_literal(path)}"


def _detach(connection: duckdb.DuckDBPyConnection) -> None:
    connection.sql(f"DETACH DATABASE IF EXISTS {relations.DATABASE}")
