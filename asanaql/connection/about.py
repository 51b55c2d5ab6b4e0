"""Whom a connection asks for, which workspace it keeps to, and what is kept of it on disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from duckdb import DuckDBPyConnection

from asanaql.api import Request
from asanaql.cache import CacheFault
from asanaql.connection.mirror import DATABASE as MIRROR
from asanaql.connection.relations import DATABASE, OWN
from asanaql.connection.typed import Place
from asanaql.errors import ConfigError, QueryError
from asanaql.scan.account import Account
from asanaql.scan.fetch import Fetch
from asanaql.scan.parents import of_table
from asanaql.scan.statement import Statement

_TABLES = f"""
    SELECT database_name, schema_name, table_name, list(column_name ORDER BY column_index)
    FROM duckdb_columns() WHERE NOT internal AND database_name NOT IN ('{DATABASE}', '{MIRROR}')
    GROUP BY ALL ORDER BY table_name
"""
_ME = Request("/users/me", (("opt_fields", "name,email,workspaces.name"),))


@dataclass(frozen=True)
class Person:
    """Whose token it is, and the workspaces that it sees as pairs of gid and name."""

    gid: str
    name: str
    email: str
    workspaces: tuple[tuple[str, str], ...]


def person(account: Account) -> Person:
    """Whose token the account has, by one request; ApiError where Asana refuses it.

    Source: https://developers.asana.com/reference/getuser
    """
    meter = account.statements.meter(number=0)
    [me] = account.loop.run(account.client.page(_ME, meter, "users")).rows
    workspaces = ((str(each.get("gid")), _text(each, "name")) for each in me.get("workspaces") or ())
    return Person(_text(me, "gid"), _text(me, "name"), _text(me, "email"), tuple(workspaces))


def workspaces(account: Account) -> list[tuple[str, str]]:
    """The gids and names of the workspaces that the token sees."""
    return account.loop.run(_workspaces(account))


def workspace_called(account: Account, wanted: str) -> str:
    """The gid of the workspace that `wanted` is the gid or the name of; ConfigError where that is none, or several."""
    if wanted.isdigit():
        return wanted
    found = workspaces(account)
    named = [gid for gid, name in found if name == wanted]
    if len(named) == 1:
        return named[0]
    shown = ", ".join(f"{name} ({gid})" for gid, name in found)
    problem = "There is no workspace called" if not named else "More than one workspace is called"
    raise ConfigError(f"{problem} '{wanted}'. The token sees: {shown}. Give a name or a gid of these.")


def own_tables(duck: DuckDBPyConnection, account: Account, place: Place) -> dict[str, list[str]]:
    """The tables and views that are not the relations, with their columns, by name."""
    found = duck.execute(_TABLES).fetchall()
    relations = {(*place, name) for name in (*account.catalog, *OWN)}
    return {name: columns for *where, name, columns in found if (*where, name) not in relations}


def forget(account: Account, relation: str | None) -> int:
    """Forget the kept listings of a relation, or of all; how many there were.

    QueryError where there is no such relation, or the cache cannot be changed.
    """
    if relation is not None and relation not in account.catalog:
        raise QueryError(f"There is no relation {relation}: .tables (in SQL SHOW TABLES) lists them.")
    if account.cache is None:
        return 0
    names = [relation] if relation is not None else list(account.catalog)
    try:
        return sum(account.cache.forget(name) for name in names)
    except CacheFault as fault:
        raise QueryError(f"The cache cannot be changed: {fault}. `asanaql cache clear` removes it.") from fault


async def _workspaces(account: Account) -> list[tuple[str, str]]:
    table = account.catalog["workspaces"]
    # The connection's own workspace must not hide the others.
    everywhere = account.unconfined()
    fetch = Fetch(everywhere, Statement(account.statements.meter(number=0)), remember=True)
    return [(row["gid"], row["name"]) async for group in of_table(fetch, table, {"gid", "name"}, ()) for row in group]


def _text(record: dict[str, Any], name: str) -> str:
    return str(record.get(name) or "")
