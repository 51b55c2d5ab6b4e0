"""Opening connections: a DuckDB of our own with the relations in it, or the relations in a DuckDB of the caller's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from asanaql.connection import relations
from asanaql.connection.connection import SESSION, Connection, Runs
from asanaql.connection.settings import Settings, close, opened
from asanaql.errors import ConfigError


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
        duck.execute(SESSION)
        relations.create(duck, account, runs.planned)
        duck.execute("USE memory.main")
        relations.expose(duck, account)
    except BaseException:
        duck.close()
        close(account)
        raise

    def closing() -> None:
        duck.close()
        close(account)

    return Connection(duck, account, runs, settings.clock, closing)


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
    attached = {name for (name,) in connection.execute("SELECT database_name FROM duckdb_databases()").fetchall()}
    if relations.DATABASE in attached:
        raise ConfigError("A database called asana is attached to this connection already: detach it, or use that one.")
    settings = Settings(token, base_url, workspace, demo, cache, max_requests, **seams)
    account = opened(settings)
    runs = Runs()
    defining = connection.cursor()
    try:
        relations.create(defining, account, runs.planned)
    except BaseException:
        close(account)
        raise
    finally:
        defining.close()
    before = _search_path(connection)
    connection.execute(f"SET search_path = '{before},{relations.DATABASE}.main'")

    def closing() -> None:
        connection.execute(f"SET search_path = '{before}'")
        connection.execute(f"DETACH {relations.DATABASE}")
        close(account)

    return Connection(connection, account, runs, settings.clock, closing)


def _search_path(connection: duckdb.DuckDBPyConnection) -> str:
    """Where bare names are looked up now."""
    [(path, database, schema)] = connection.execute(
        "SELECT current_setting('search_path'), current_database(), current_schema()"
    ).fetchall()
    return str(path).replace("'", "''") or f"{database}.{schema}".replace("'", "''")
