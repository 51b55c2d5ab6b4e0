"""Running one statement: rewritten where DuckDB does not know its calls, planned, explained, its errors placed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection, DuckDBPyRelation, Error

from asanaql.catalog.model import Catalog
from asanaql.connection.explain import explains, inner, table
from asanaql.connection.planner import Planner
from asanaql.connection.reading import Host
from asanaql.connection.result import Result
from asanaql.connection.run import Run
from asanaql.connection.typed import as_shown, as_typed, written
from asanaql.errors import QueryError
from asanaql.scan.account import Account
from asanaql.statement.tagging import identifier
from asanaql.typed.rewriting import Rewritten, Stated

Parameters = Sequence[object] | Mapping[str, object]

_STOPPING = re.compile(r"\b(limit|fetch|sample|tablesample|exists|any|some)\b", re.IGNORECASE)

_WORD = re.compile(r"\w+")

#: On a line of its own, so that DuckDB shows as much of the statement's lines as without it.
_EXPLAIN = "EXPLAIN\n"
_LINE = re.compile(r"\nLINE (\d+): ")

#: The statements beside SELECT that can read relations and are planned before they run.
_PLANNED = {
    duckdb.StatementType.COPY,
    duckdb.StatementType.CREATE,
    duckdb.StatementType.DELETE,
    duckdb.StatementType.INSERT,
    duckdb.StatementType.MERGE_INTO,
    duckdb.StatementType.UPDATE,
}


class Runner:
    """Runs statements on one DuckDB connection, one at a time, for the connection `host` that was asked to.

    The relations of `catalog` are those that Asana is asked for.
    """

    def __init__(self, duck: DuckDBPyConnection, account: Account, catalog: Catalog, host: Host) -> None:
        self._duck = duck
        self._account = account
        self._catalog = catalog
        self._host = host
        self._planner = Planner(duck, account, catalog)

    def close(self) -> None:
        """Let go of what planning needed."""
        self._planner.close()

    def run(self, statement: Stated, params: Parameters | None, run: Run) -> Result:
        """The result of one statement, which has run unless it is a SELECT."""
        run.number = self._account.log.begin()
        early = stops_early(statement.query)
        run.whole = not early
        try:
            statement, text = self._rewritten(statement, run)
        except BaseException:
            run.end()
            raise
        if statement.type == duckdb.StatementType.EXPLAIN and (asked := inner(statement.query)) is not None:
            try:
                told = self._explained(*asked, params, run, stops_early=early)
            except BaseException:
                run.end()
                raise
            if told is not None:
                return told
        if statement.type == duckdb.StatementType.MULTI:
            self._several_steps(statement.query, run)
        run.begin()
        selects = statement.type == duckdb.StatementType.SELECT
        query = statement.query
        try:
            with self._host.running(run):
                if statement.type in _PLANNED:
                    query = self._planner.ready(query, params, run, stops_early=early)
                    run.check()
                relation: DuckDBPyRelation | None = self._duck.sql(query, params=params)
        except duckdb.ProgrammingError as error:
            run.end()
            raise self._placed(error, statement, params, run) from None
        except BaseException:
            run.end()
            raise
        run.pause()
        if selects and relation is not None:
            relation = relation if text is None else as_typed(relation, self._duck, text)
            ready = partial(self._ready, relation, query, params, run, stops_early=early)
            return Result(relation, run, self._host, ready=ready, stops_early=early)
        run.end()
        if _is_nothing(statement, relation):
            relation = None
        return Result(relation, run, self._host, stops_early=early)

    def _rewritten(self, statement: Stated, run: Run) -> tuple[Stated, Rewritten | None]:
        """The statement as DuckDB can run it, where it has calls that DuckDB does not know."""
        run.told = str
        if not statement.calls:
            return statement, None
        run.begin()
        text = written(self._account, statement, run)
        run.told = text.told
        return replace(statement, query=text.text), text

    def _ready(
        self, typed: DuckDBPyRelation, query: str, params: Parameters | None, run: Run, *, stops_early: bool
    ) -> DuckDBPyRelation:
        """The relation to read for a SELECT, once what it needs first was read."""
        text = self._planner.ready(query, params, run, stops_early=stops_early, bound=True)
        run.check()
        if text is query:
            return typed
        planned = self._duck.sql(text, params=params)
        if planned.columns == typed.columns:
            return planned
        # DuckDB names a column after the text of a subquery, tags included.
        return planned.project(
            ", ".join(f"#{place} AS {identifier(name)}" for place, name in enumerate(typed.columns, 1))
        )

    def _several_steps(self, query: str, run: Run) -> None:
        """Prepare for a PIVOT whose values DuckDB reads first, and then the rows."""
        run.named = frozenset(_WORD.findall(query))
        if explains(query) and _names(query, self._catalog):
            raise QueryError(
                "To explain a PIVOT, the values that become columns would have to be read from Asana first. "
                "List them, as in ON completed IN (TRUE, FALSE), or run it with EXPLAIN ANALYZE."
            )

    def _explained(
        self, query: str, analyze: bool, params: Parameters | None, run: Run, *, stops_early: bool
    ) -> Result | None:
        """What the statement asks of Asana, scan by scan; None where DuckDB's own EXPLAIN says it all."""
        try:
            [statement] = duckdb.extract_statements(query)
        except (duckdb.Error, ValueError):
            return None  # DuckDB says what is wrong with it.
        if statement.type != duckdb.StatementType.SELECT and statement.type not in _PLANNED:
            return None
        run.begin()
        with self._host.running(run):
            try:
                found = self._planner.explained(query, params, run, stops_early=stops_early, dry=not analyze)
            except duckdb.ProgrammingError:
                if run.error is not None:
                    raise
                return None  # DuckDB says what is wrong with the statement, and where.
            if found is not None and analyze:
                self._run_planned(found[0], statement, params, run, stops_early=stops_early)
        if found is None and (run.unplanned or not _names(query, self._catalog)):
            return None
        run.end()
        steps = [] if found is None else as_shown(found[1], self._account)
        told = table(steps, run.sent if analyze else None)
        return Result(self._duck.from_arrow(told), run, self._host)

    def _run_planned(
        self, text: str, statement: Any, params: Parameters | None, run: Run, *, stops_early: bool
    ) -> None:
        """Run a statement for what it asks."""
        relation = self._duck.sql(text, params=params)
        if statement.type == duckdb.StatementType.SELECT:
            Result(relation, run, self._host, stops_early=stops_early).run_through()

    def _placed(self, error: Error, statement: Stated, params: Parameters | None, run: Run) -> Error:
        """The error with its place in the SELECT, which DuckDB names in an EXPLAIN but not for a relation."""
        if statement.type != duckdb.StatementType.SELECT or "\nLINE " in str(error):
            return error
        try:
            self._duck.sql(_EXPLAIN + statement.query, params=params)
        except duckdb.ProgrammingError as again:
            text = _LINE.sub(lambda line: f"\nLINE {int(line[1]) - 1}: ", str(again), count=1)
            if type(again) is type(error) and run.told(text).startswith(str(error)):
                return type(error)(run.told(text))
        except duckdb.Error:
            pass  # Such as that the transaction is over, of which the first error was the reason.
        return error


def stops_early(query: str) -> bool:
    """Whether the statement may be satisfied before its scans are at their ends; true where a word only looks so."""
    return _STOPPING.search(query) is not None


def _names(query: str, catalog: Catalog) -> bool:
    """Whether the statement names a relation, also where DuckDB sees that it needs no row of it."""
    return any(word.lower().removeprefix("asana_") in catalog for word in _WORD.findall(query))


def _is_nothing(statement: Any, relation: DuckDBPyRelation | None) -> bool:
    """Whether what an executed statement gave only stands for its success."""
    if relation is None:
        return True
    made = statement.type == duckdb.StatementType.CREATE and relation.columns == ["Count"]
    return (made or relation.columns == ["Success"]) and not len(relation)
