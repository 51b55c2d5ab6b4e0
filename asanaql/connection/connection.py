"""The connection: what a program or the shell holds. Statements go in, results come out."""

from __future__ import annotations

import datetime as dt
import os
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from weakref import WeakSet

import duckdb
from duckdb import DuckDBPyConnection

from asanaql.catalog.model import Catalog
from asanaql.connection.about import Person, forget, own_tables, person, workspace_called, workspaces
from asanaql.connection.kept import kept_rows
from asanaql.connection.mirror import Mirror
from asanaql.connection.reading import Reading
from asanaql.connection.relations import redefine
from asanaql.connection.result import Result
from asanaql.connection.run import Run, Runs, Stats
from asanaql.connection.runner import Parameters, Runner
from asanaql.connection.syncing import Origin
from asanaql.connection.typed import Place, made_view
from asanaql.errors import AsanaqlWarning
from asanaql.scan.account import Account
from asanaql.sync import Copied, Options, Report, place, sync
from asanaql.typed.kinds import PORTFOLIO, PROJECT, Kind
from asanaql.typed.rewriting import stated


class Connection:
    """Asana's relations in DuckDB. Made by `asanaql.connect` and `asanaql.attach`; usable in `with`.

    One statement runs at a time; for a second thread take a `cursor`. `session` are the settings of every cursor,
    `place` is the database and schema of its views, `closing` takes away what the connection was opened with. What the
    `mirror` has is answered from there.
    """

    def __init__(
        self,
        duck: DuckDBPyConnection,
        account: Account,
        runs: Runs,
        clock: Callable[[], float],
        session: str,
        place: Place,
        closing: Callable[[], None],
        mirror: Mirror | None = None,
    ) -> None:
        self._duck = duck
        self._account = account
        self._runs = runs
        self._clock = clock
        self._session = session
        self._place = place
        self._closing = closing
        self._mirror = mirror
        self._cursors: WeakSet[Connection] = WeakSet()
        self._open: Reading | None = None
        self._scratch: DuckDBPyConnection | None = None
        self._closed = False
        self._latest = Run(clock)
        self._copying: Connection | None = None
        self._runner = Runner(duck, account, account.catalog if mirror is None else mirror.lacking, self)

    @property
    def duckdb(self) -> DuckDBPyConnection:
        """The DuckDB connection itself; all its cursors see the relations."""
        return self._duck

    @property
    def catalog(self) -> Catalog:
        """The relations by name."""
        return self._account.catalog

    @property
    def mirrored(self) -> Mapping[str, dt.datetime]:
        """The relations that are answered from a copy, and when each was brought up to date last."""
        return self._account.answers()

    @property
    def confirm(self) -> Callable[[str], bool] | None:
        """Who is asked whether a statement may send more than `max_requests`, with what it would cost; None: nobody.

        It is called on the thread that reads the statement's rows. Where nobody is asked, the statement ends.
        """
        return self._account.guard.confirm

    @confirm.setter
    def confirm(self, confirm: Callable[[str], bool] | None) -> None:
        self._account.guard.confirm = confirm

    @property
    def stats(self) -> Stats:
        """The numbers of the statement given last, also while `sql` runs it. May be read from any thread."""
        return (self._copying or self)._latest.stats

    @property
    def timed_stats(self) -> Stats:
        """The same with how long it goes on at least, at the pace that Asana's limit leaves."""
        return self.stats.at(self._account.client.per_minute)

    @property
    def number(self) -> int | None:
        """The number in `asana_requests` of the statement given last, also of one that failed; None where none was."""
        return self._latest.number

    def sql(self, query: str, params: Parameters | None = None) -> Result:
        """The result of a statement; of the last, where `query` holds several separated by semicolons.

        `params` are for the last, by position or by name. Raises duckdb.Error where DuckDB cannot understand a
        statement. A SELECT sends nothing before its rows are asked for, unless another statement follows it or it
        calls `asana_project` or `asana_portfolio`, whose columns are asked for first; every other statement has run
        when this returns. `stats` and `warnings` are of all of them together.
        """
        if self._open is not None:
            self._open.finish()
        self._latest = run = Run(self._clock)
        found = stated(query)
        if not found:
            return Result(None, run, self)
        *first, last = found
        for statement in first:
            self._freshen(statement.query, None, run)
            self._runner.run(statement, None, run).run_through()
        self._freshen(last.query, params, run)
        return self._runner.run(last, params, run)

    def statements(self, text: str) -> list[str]:
        """The statements that a text separates by semicolons, as DuckDB's own parser does."""
        return [statement.query for statement in stated(text)]

    def create_project_view(self, project: str, name: str | None = None) -> str:
        """Make a view of a project's tasks with a typed column for each custom field; its name as SQL.

        `project` is a name or a gid, and the view is called like the project unless `name` tells. It holds the columns
        of `tasks`, and behind them one for each custom field, called as in Asana: numbers DOUBLE, the name of an
        option VARCHAR, of several VARCHAR[], people LIST(STRUCT(gid, name)), all else VARCHAR. A date is TIMESTAMPTZ
        where a value on the first page of tasks has a time, else DATE; if one is read later that has, there is a
        warning. Where a name is there already, whatever its case, the field's gid follows in parentheses.

        Any client of `duckdb` can read the view, which shows the fields that there were when it was made: making it
        again replaces it. QueryError for a name that is none, or is taken; ApiError where Asana refuses.
        """
        return self._view(PROJECT, project, name)

    def create_portfolio_view(self, portfolio: str, name: str | None = None) -> str:
        """The same over the items of a portfolio, `portfolio_items`, with the portfolio's custom fields.

        People are VARCHAR there, their names in one text, as Asana sends no more of them.
        """
        return self._view(PORTFOLIO, portfolio, name)

    def person(self) -> Person:
        """Whose token it is, by one request; ApiError where Asana refuses it. May be called from any thread."""
        return person(self._account)

    @property
    def workspace(self) -> str | None:
        """The gid of the workspace that every relation is confined to, None where none is."""
        return self._account.workspace

    def workspaces(self) -> list[tuple[str, str]]:
        """The gids and names of all workspaces that the token sees."""
        return workspaces(self._account)

    def own_tables(self) -> dict[str, list[str]]:
        """The tables and views beside the relations, with their columns. May be called from any thread."""
        with self._duck.cursor() as duck:
            return own_tables(duck, self._account, self._place)

    def kept(self, relation: str, columns: Sequence[str]) -> list[tuple[object, ...]]:
        """The rows that are kept on disk of a relation, also those too old to be trusted. Nothing is sent.

        May be called from any thread.
        """
        return kept_rows(self._account, relation, columns)

    def use_workspace(self, workspace: str | None) -> None:
        """Confine every relation to a workspace, by gid or name, or to none; ConfigError where there is none such."""
        self._account.workspace = None if workspace is None else workspace_called(self._account, workspace)
        if self._mirror is not None:
            redefine(self._duck, self._account, self._mirror.rows)

    def forget(self, relation: str | None = None) -> int:
        """Forget what is kept on disk of a relation, or of all, so that it is asked for again; how many listings.

        QueryError where there is no such relation, or the cache cannot be changed.
        """
        return forget(self._account, relation)

    def sync(
        self,
        target: str | os.PathLike[str],
        tables: Sequence[str] | None = None,
        *,
        projects: Sequence[str] | None = None,
        since: dt.timedelta | None = None,
        full: bool = False,
        keep_deleted: bool = False,
        allow_deletes: bool = False,
        copy: str | os.PathLike[str] | None = None,
        told: Callable[[Copied], None] = lambda copied: None,
    ) -> Report:
        """Bring a copy of the relations up to date, and say what that took.

        The target is a DuckDB file, a directory of Parquet (`DIR/` or `parquet:DIR`), `postgresql://…`, or Iceberg
        (`iceberg:DIR`, `iceberg+CATALOG`). What is no DuckDB file is brought in line with one, `copy`, or one that is
        kept for that address under XDG_DATA_HOME.

        All relations that can be kept are copied, or those of `tables` and what these name; of tasks only those in
        `projects`, gids or names, and, where the run that makes the copy says so, those modified in the time `since`.
        Tasks, subtasks, stories and attachments are kept by the events of their projects, unless the run is `full`;
        what Asana only gives whole is read whole. Rows that are as they were are not written. A row carries when it was
        written in `_synced_at`; `keep_deleted` leaves rows that are gone, with `_deleted_at`. Each step is committed by
        itself, and each relation has a line in `asana_sync_log`; `told` is called as soon as it is done.

        Where rows could not be read, none is deleted. ConfigError for a file that cannot be used, a relation that
        cannot be kept or projects that are not there; QueryError where more than a tenth of a table (and more than ten
        rows) would be deleted without `allow_deletes`, or where a column has another type than before.
        Source: https://developers.asana.com/docs/events
        """
        if self._open is not None:
            self._open.finish()
        options = Options(
            tables=tables,
            projects=projects,
            since=since,
            full=full,
            keep_deleted=keep_deleted,
            allow_deletes=allow_deletes,
            told=told,
            clock=self._clock,
            now=self._account.now,
        )
        where = place(os.fspath(target), None if copy is None else Path(copy))
        # What the person has open, a transaction too, is left alone.
        with self._duck.cursor() as writing, self.asked() as origin:
            return sync(origin, writing, where, options)

    @contextmanager
    def asked(self) -> Iterator[Origin]:
        """Asana itself, for a copy to be read from; what is asked counts as this connection's meanwhile."""
        with self.cursor() if self._mirror is None else self._mirror.live() as reading:
            self._copying = reading
            try:
                yield Origin(reading.duckdb, self._account, reading.sql)
            finally:
                self._copying = None

    def cursor(self) -> Connection:
        """A connection of its own to the same relations and tables, for another thread."""
        duck = self._duck.cursor()
        duck.execute(self._session)
        cursor = Connection(
            duck, self._account, self._runs, self._clock, self._session, self._place, duck.close, self._mirror
        )
        self._cursors.add(cursor)
        return cursor

    def interrupt(self) -> None:
        """End the statement that runs, with KeyboardInterrupt. May be called from any thread, or a signal's handler."""
        (self._copying or self)._latest.interrupt()

    def close(self) -> None:
        """Close the connection and its cursors; closing the one that was opened lets go of Asana as well."""
        if self._closed:
            return
        for cursor in list(self._cursors):
            cursor.close()
        if self._open is not None:
            self._open.abandon("The connection was closed before all rows were read. Run the statement again.")
        self._runner.close()
        self._closing()
        self._closed = True

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def running(self, run: Run) -> AbstractContextManager[None]:
        """Run a part of a statement: its scans are the run's, and an error of theirs is raised as it was there."""
        return self._runs.within(run)

    def began(self, reading: Reading) -> None:
        """Rows begin to be read; those that were being read are read to their end, as DuckDB holds one at a time."""
        if self._open is not None and self._open is not reading:
            self._open.finish()
        self._open = reading

    def ended(self, reading: Reading) -> None:
        """Rows have been read as far as they will be."""
        if self._open is reading:
            self._open = None

    def zone(self) -> str:
        """The time zone of the session."""
        [(zone,)] = self._duck.sql("SELECT current_setting('TimeZone')").fetchall()
        return str(zone)

    def scratch(self, zone: str | None) -> DuckDBPyConnection:
        """A DuckDB apart from the connection's, with the time zone, to turn kept rows into values."""
        if self._scratch is None:
            self._scratch = duckdb.connect(config={"threads": 1})
        if zone is not None:
            self._scratch.execute("SET TimeZone = ?", [zone])
        return self._scratch

    def _freshen(self, query: str, params: Parameters | None, run: Run) -> None:
        """Bring up to date what the statement reads of the mirror, where it is too old."""
        if self._mirror is None:
            return

        def explained() -> str:
            try:
                return str(self._duck.sql(f"EXPLAIN (FORMAT json) {query}", params=params).fetchall())
            except duckdb.Error:
                return ""  # DuckDB says what is wrong with the statement when it runs.

        run.begin()
        report = self._mirror.freshen(query, explained, self.asked)
        run.pause()
        if report is not None:
            run.refreshed += report.copied

    def _view(self, kind: Kind, named: str, name: str | None) -> str:
        """Make a view of its own; what asking for it lacked is said as Python warnings."""
        if self._open is not None:
            self._open.finish()
        self._latest = run = Run(self._clock)
        run.number = self._account.log.begin()
        run.begin()
        try:
            before = run.before(self._account.statements.meter(run.number))
            made = made_view(self._duck, self._account, before, self._place, kind, named, name)
        finally:
            run.end()
        for sentence in run.warnings:
            warnings.warn(sentence, AsanaqlWarning, stacklevel=3)
        return made
