"""Typed relations on a connection: calls of them in its statements, and views of them in the database that is ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import duckdb

from asanaql.connection.run import Run
from asanaql.errors import QueryError
from asanaql.scan.account import Account
from asanaql.scan.statement import Statement
from asanaql.statement.desk import Desk
from asanaql.statement.steps import Step
from asanaql.statement.tagging import identifier
from asanaql.typed.definition import Definition, called, definition
from asanaql.typed.kinds import Kind
from asanaql.typed.rewriting import Rewritten, Stated, rewritten
from asanaql.typed.values import readable

Place = tuple[str, str]

_NAME = re.compile(r'"((?:[^"]|"")*)"|([^.,"\s][^.,"]*)|,')
_CALLED_SO = """
    SELECT database_name, schema_name, 'table', comment FROM duckdb_tables() WHERE lower(table_name) = lower($1)
    UNION ALL
    SELECT database_name, schema_name, 'view', comment FROM duckdb_views() WHERE lower(view_name) = lower($1)
"""
_SEARCHED = "SELECT current_setting('search_path'), current_database(), current_schema()"


def written(account: Account, statement: Stated, run: Run) -> Rewritten:
    """The statement with a query in the place of each call; what is asked for that is the run's.

    Raises QueryError, with its place, for what is the name of no single one, and what asking raises.
    """
    before = run.before(account.statements.meter(run.number))
    lasting = statement.type == duckdb.StatementType.CREATE
    known: dict[tuple[Kind, str], Definition] = {}
    for call in statement.calls:
        named = call.kind, call.named
        try:
            known[named] = known.get(named) or definition(account, before, *named, lasting=lasting)
        except QueryError as error:
            error.position = call.place
            raise
    return rewritten(statement, lambda call: known[call.kind, call.named].query)


def as_typed(
    relation: duckdb.DuckDBPyRelation, duck: duckdb.DuckDBPyConnection, text: Rewritten
) -> duckdb.DuckDBPyRelation:
    """The relation with the column names that it would have if DuckDB knew the calls."""
    names = text.names(relation.columns, lambda query: _shown(duck, query))
    if names == relation.columns:
        return relation
    return relation.project(", ".join(f"#{place} AS {identifier(name)}" for place, name in enumerate(names, 1)))


def as_shown(steps: Sequence[Step], account: Account) -> list[Step]:
    """The steps with custom fields by the names of their columns."""
    return [replace(step, residual=tuple(readable(text, account.fields) for text in step.residual)) for step in steps]


def made_view(
    duck: duckdb.DuckDBPyConnection,
    account: Account,
    statement: Statement,
    place: Place,
    kind: Kind,
    named: str,
    name: str | None,
) -> str:
    """The name, as SQL, of a view made in `place`: over the project or portfolio called `named`, by its fields now."""
    desk = Desk(duck, account.catalog)
    if desk.inside():
        # Made beside the transaction, it would not be seen in it; made in it, nothing else could be written there.
        raise QueryError(f"{kind.view} cannot make a view inside a transaction: COMMIT or ROLLBACK first.")
    made = definition(account, statement, kind, named, lasting=True, anew=True)
    if name is None:
        name = called(account, statement, kind, named) if made.gid == named else named
    searched = _searched(duck)
    _refuse_taken(duck, place, name, made, searched)
    bare, full = identifier(name), ".".join(map(identifier, (*place, name)))
    with duck.cursor() as defining:
        defining.execute("PRAGMA disable_optimizer; BEGIN")
        for each in made.statements(full):
            defining.execute(each)
        defining.execute("COMMIT")
    return bare if place in searched else full


def _refuse_taken(
    duck: duckdb.DuckDBPyConnection, place: Place, name: str, made: Definition, searched: set[Place]
) -> None:
    """QueryError where the name means something else already, or would not reach the view."""
    for database, schema, what, comment in duck.sql(_CALLED_SO, params=[name]).fetchall():
        own = (database, schema) == place and comment == made.comment
        if (database, schema) in {place, *searched} and not own:
            described = f" ({comment})" if comment else ""
            raise QueryError(
                f"The name '{name}' is taken by a {what} in {database}.{schema}{described}. "
                f"Give the view another: {made.kind.view}('{made.gid}', name='…')."
            )


def _searched(duck: duckdb.DuckDBPyConnection) -> set[Place]:
    """Where a bare name is looked up."""
    [(path, database, schema)] = duck.sql(_SEARCHED).fetchall()
    entries: list[list[str]] = [[]]
    for found in _NAME.finditer(path):
        if found[0] == ",":
            entries.append([])
        else:
            entries[-1].append(found[2] or found[1].replace('""', '"'))
    places = {("temp", "main"), (database, schema)}
    for entry in entries:
        places |= {(entry[0], entry[1])} if len(entry) > 1 else {(each, "main") for each in entry}
        places |= {(database, each) for each in entry[-1:]}
    return places


def _shown(duck: duckdb.DuckDBPyConnection, query: str) -> str:
    """How DuckDB writes a query in the name of a column."""
    [name] = duck.sql(f"SELECT EXISTS (FROM {query})").columns
    return name.removeprefix("EXISTS(SELECT * FROM ").removesuffix(")")
