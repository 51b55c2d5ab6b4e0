"""Opening connections: a DuckDB of our own with the relations in it, or the relations in a DuckDB of the caller's."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import duckdb

from asanaql.connection import relations
from asanaql.connection.connection import Connection
from asanaql.connection.mirror import Mirror
from asanaql.connection.run import Runs
from asanaql.connection.settings import Settings, close, opened
from asanaql.errors import ConfigError
from asanaql.scan.account import Account
from asanaql.statement.tagging import identifier, text_literal
from asanaql.sync import duration

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
    mirror: str | os.PathLike[str] | None = None,
    max_age: str | dt.timedelta | None = None,
    **seams: Any,
) -> Connection:
    """A connection to Asana, with an in-memory DuckDB of its own.

    `token` is a personal access token, by default that of the environment variable ASANA_ACCESS_TOKEN, and `base_url`
    that of ASANA_BASE_URL or Asana itself. `workspace`, a gid or a name, confines every relation to one workspace.
    `demo` answers from a built-in workspace, without network or token. `cache` keeps parents on disk between
    connections, in a directory where one is given. A statement that would send more than `max_requests` ends with an
    error; None is no bound.

    `mirror` is a DuckDB file that `asanaql sync` has made: what it has is answered from there, the rest by Asana. Where
    it is older than `max_age`, such as '15 minutes', it is first brought up to date in what the statement reads, by
    the events of the projects; users, tags, fields and projects that others only name are then trusted as long as a
    kept listing is. `seams` are for tests: transport, clock, sleep, now, push, catalog.

    Raises ConfigError where these cannot work. Source: https://developers.asana.com/docs/personal-access-token
    """
    settings = Settings(token, base_url, workspace, demo, cache, max_requests, **seams)
    age = duration(max_age) if isinstance(max_age, str) else max_age
    if mirror is None and age is not None:
        raise ConfigError(
            "A greatest age is that of a mirror: say which with --mirror FILE (in Python mirror='work.duckdb')."
        )
    account = opened(settings, alone=mirror is not None)
    runs = Runs()
    with ExitStack() as stack:
        stack.callback(close, account)
        # One thread: with more, DuckDB pulls a page for each of them before it sees that a LIMIT is satisfied.
        duck = stack.enter_context(duckdb.connect(config={"threads": 1}))
        copy = None if mirror is None else Mirror(duck, account, Path(mirror), age, _live(account, settings, stack))
        kept = (lambda table: None) if copy is None else copy.rows
        if copy is not None:
            stack.callback(copy.close)
            account.answers = copy.answers
        relations.create(duck, account, runs.planned, kept)
        relations.expose(duck, account, kept)
        duck.execute(SESSION)
        closing = stack.pop_all().close
    return Connection(duck, account, runs, settings.clock, SESSION, ("memory", "main"), closing, copy)


def _live(account: Account, settings: Settings, stack: ExitStack) -> Callable[[], Connection]:
    """What gives cursors of a connection of the same account that knows of no mirror, made for the first of them."""
    opened: list[Connection] = []

    def close() -> None:
        for each in opened:
            each.close()

    stack.callback(close)

    def live() -> Connection:
        if not opened:
            runs = Runs()
            duck = duckdb.connect(config={"threads": 1})
            relations.create(duck, account, runs.planned)
            relations.expose(duck, account)
            opened.append(Connection(duck, account, runs, settings.clock, SESSION, ("memory", "main"), duck.close))
        return opened[0].cursor()

    return live


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
