"""The connection: what a program or the shell holds. Statements go in, results come out."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import duckdb
import pyarrow as pa

from asanaql.catalog.model import Catalog
from asanaql.connection.result import Result, Run
from asanaql.scan.account import Account
from asanaql.scan.statement import Statement

Parameters = Sequence[object] | Mapping[str, object]

#: A small buffer makes DuckDB hand out rows as they come; its progress bar would print into the data.
SESSION = "SET streaming_buffer_size = '1KB'; SET enable_progress_bar = false"


_STOPPING = re.compile(r"\b(limit|fetch|sample|tablesample|exists|any|some)\b", re.IGNORECASE)


class Runs:
    """Which run each thread is in, so that a scan that DuckDB plans there can be told apart."""

    def __init__(self) -> None:
        self._local = threading.local()

    def planned(self, statement: Statement) -> None:
        """Called on the thread that plans a scan of `statement`."""
        run: Run | None = getattr(self._local, "run", None)
        if run is not None:
            run.planned(statement)

    @contextmanager
    def within(self, run: Run) -> Iterator[None]:
        """What this thread plans meanwhile belongs to `run`, whose scans' errors are raised as they were there."""
        before = getattr(self._local, "run", None)
        self._local.run = run
        try:
            yield
        except (duckdb.Error, pa.ArrowException, OSError, RuntimeError, KeyboardInterrupt) as error:
            cause = run.error
            run.forget_error()
            if cause is None or cause is error:
                raise
            raise cause from None
        finally:
            self._local.run = before


class Connection:
    """Asana's relations in DuckDB. Made by `asanaql.connect` and `asanaql.attach`; usable in `with`.

    One statement runs at a time; for a second thread take a `cursor`.
    """

    def __init__(
        self,
        duck: duckdb.DuckDBPyConnection,
        account: Account,
        runs: Runs,
        clock: Callable[[], float],
        closing: Callable[[], None] | None = None,
    ) -> None:
        self._duck = duck
        self._account = account
        self._runs = runs
        self._clock = clock
        self._closing = closing
        self._open: Result | None = None
        self._closed = False

    @property
    def duckdb(self) -> duckdb.DuckDBPyConnection:
        """The DuckDB connection itself; all its cursors see the relations."""
        return self._duck

    @property
    def catalog(self) -> Catalog:
        """The relations by name."""
        return self._account.catalog

    def sql(self, query: str, params: Parameters | None = None) -> Result:
        """The result of a statement; of the last, where `query` holds several separated by semicolons.

        Raises duckdb.Error where DuckDB cannot understand the statement. A SELECT sends nothing before its rows are
        asked for; every other statement has run when this returns.
        """
        self._finish_open()
        found = duckdb.extract_statements(query)
        if not found:
            return Result(None, Run(self._clock), self)
        *first, last = found
        for statement in first:
            self._run(statement, None).finish()
        return self._run(last, params)

    def statements(self, text: str) -> list[str]:
        """The statements that a text separates by semicolons, as DuckDB's own parser does."""
        return [statement.query for statement in duckdb.extract_statements(text)]

    def cursor(self) -> Connection:
        """A connection of its own to the same relations and tables, for another thread."""
        duck = self._duck.cursor()
        duck.execute(SESSION)
        return Connection(duck, self._account, self._runs, self._clock)

    def close(self) -> None:
        """Close the connection; closing the one that was opened closes what it holds of Asana as well."""
        if self._closed:
            return
        self._closed = True
        if self._open is not None:
            self._open.abandon()
        if self._closing is not None:
            self._closing()
        else:
            self._duck.close()

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def running(self, run: Run) -> AbstractContextManager[None]:
        """Run a part of a statement: its scans are the run's, and an error of theirs is raised as it was there."""
        return self._runs.within(run)

    def began(self, result: Result) -> None:
        """A result begins to be read; one that was open is read to its end, as DuckDB holds one at a time."""
        if self._open is not None and self._open is not result:
            self._open.finish()
        self._open = result

    def ended(self, result: Result) -> None:
        """A result has been read as far as it will be."""
        if self._open is result:
            self._open = None

    def _run(self, statement: Any, params: Parameters | None) -> Result:
        run = Run(self._clock)
        run.whole = not stops_early(statement.query)
        with self.running(run):
            relation = self._duck.sql(statement.query, params=params)
        if relation is None:
            run.end()
        return Result(relation, run, self, stops_early(statement.query))

    def _finish_open(self) -> None:
        if self._open is not None:
            self._open.finish()


def stops_early(query: str) -> bool:
    """Whether the statement may be satisfied before its scans are at their ends; true where a word only looks so."""
    return _STOPPING.search(query) is not None
