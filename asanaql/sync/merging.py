"""The comparison of what was read with what is kept, in a DuckDB file: rows that are equal are not touched.

Rows are compared whole, as text, and as often as each is there; their identity tells a changed row from a new one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from asanaql.errors import QueryError
from asanaql.statement.tagging import identifier
from asanaql.sync.memory import release
from asanaql.sync.source import STAGED

SYNCED, DELETED = "_synced_at", "_deleted_at"
_OLD, _NEW = "temp.main._asanaql_old", "temp.main._asanaql_new"
_MOMENT = "TIMESTAMP WITH TIME ZONE"
#: Columns that are another on every reading, which makes no other row.
_FLEETING = frozenset({"download_url"})


@dataclass(frozen=True)
class Difference:
    """How many rows are new, changed and gone."""

    added: int
    changed: int
    deleted: int


class Merge:
    """What is staged, and the table of a relation that it is to become. `identity` tells its rows apart.

    Only rows of the table within `scope`, a condition, are compared: what is staged is all that there is of these.
    """

    def __init__(self, duck: DuckDBPyConnection, table: str, identity: Sequence[str], scope: str = "TRUE") -> None:
        self._duck = duck
        self._table = table
        self._identity = identity
        self._scope = scope
        self._called = table.rpartition(".")[2].strip('"')
        self._staged = _columns(duck, STAGED)
        self._alone = False

    def prepare(self, *, keep_deleted: bool) -> None:
        """Make the table where there is none, and add the columns that it lacks; QueryError where a type is another."""
        self._duck.execute(f"CREATE TABLE IF NOT EXISTS {self._table} AS SELECT * FROM {STAGED} LIMIT 0")
        kept = _columns(self._duck, self._table)
        wanted = {**self._staged, SYNCED: _MOMENT, **({DELETED: _MOMENT} if keep_deleted else {})}
        for name, type in wanted.items():
            if name not in kept:
                self._duck.execute(f"ALTER TABLE {self._table} ADD COLUMN {identifier(name)} {type}")
            elif kept[name] != type:
                raise QueryError(
                    f"{self._called}.{name} is {kept[name]} there, and {type} now. Rename or drop that table; the "
                    "next run makes it anew."
                )

    def compare(self) -> Difference:
        """Find what differs: all that is staged where there is nothing to compare it with."""
        living = f"WHERE {living_in(self._duck, self._table)} AND ({self._scope})"
        self._alone = not self._duck.execute(f"SELECT 1 FROM {self._table} {living} LIMIT 1").fetchall()
        if self._alone:
            [(came,)] = self._duck.execute(f"SELECT count(*) FROM {STAGED}").fetchall()
            return Difference(added=came, changed=0, deleted=0)
        for name, source, condition in ((_OLD, self._table, living), (_NEW, STAGED, "")):
            self._duck.execute(
                f"CREATE OR REPLACE TEMP TABLE {name.rpartition('.')[2]} AS "
                f"SELECT *, row_number() OVER (PARTITION BY digest) AS nth FROM (SELECT rowid AS place, "
                f"{digest(self._staged)} AS digest, {digest(self._identity)} AS same FROM {source} {condition})"
            )
        gone, fresh = self._unmatched(_OLD, _NEW), self._unmatched(_NEW, _OLD)
        changed = f"SELECT count(*) FROM ({gone}) g SEMI JOIN ({fresh}) f USING (same)"
        [(went, came, same)] = self._duck.execute(
            f"SELECT (SELECT count(*) FROM ({gone})), (SELECT count(*) FROM ({fresh})), ({changed})"
        ).fetchall()
        return Difference(added=came - same, changed=same, deleted=went - same)

    def names(self, shown: Sequence[str]) -> set[tuple[object, ...]]:
        """The gids of the rows that are other than before or gone, each with what other rows show of it."""
        if self._alone:
            return set()
        columns = ", ".join(map(identifier, ("gid", *shown)))
        gone = self._unmatched(_OLD, _NEW)
        found = self._duck.execute(f"SELECT {columns} FROM {self._table} WHERE rowid IN (SELECT place FROM ({gone}))")
        return {(gid, repr(values)) for gid, *values in found.fetchall()}

    def differing(self, column: str) -> set[str]:
        """The values of a column in the rows that are other than before, gone or new."""
        query = f"SELECT DISTINCT {identifier(column)} FROM {STAGED}"
        if not self._alone:
            gone, fresh = self._unmatched(_OLD, _NEW), self._unmatched(_NEW, _OLD)
            query += (
                f" WHERE rowid IN (SELECT place FROM ({fresh})) UNION "
                f"SELECT {identifier(column)} FROM {self._table} WHERE rowid IN (SELECT place FROM ({gone}))"
            )
        found = self._duck.execute(query)
        return {value for (value,) in found.fetchall() if value is not None}

    def write(self, moment: str, *, deletes: bool, keep_deleted: bool) -> None:
        """Write what differs as of a moment, an SQL literal; without `deletes` nothing goes but what has changed."""
        names = ", ".join(map(identifier, self._staged))
        coming = f"INSERT INTO {self._table} ({names}, {SYNCED}) SELECT {names}, {moment} FROM {STAGED}"
        if self._alone:
            self._duck.execute(coming)
            return
        gone, fresh = self._unmatched(_OLD, _NEW), self._unmatched(_NEW, _OLD)
        changed = f"SELECT place FROM ({gone}) g SEMI JOIN ({fresh}) f USING (same)"
        deleted = f"SELECT place FROM ({gone}) g ANTI JOIN ({fresh}) f USING (same)"
        if deletes and keep_deleted:
            self._duck.execute(f"UPDATE {self._table} SET {DELETED} = {moment} WHERE rowid IN ({deleted})")
        elif deletes:
            self._duck.execute(f"DELETE FROM {self._table} WHERE rowid IN ({deleted})")
        self._duck.execute(f"DELETE FROM {self._table} WHERE rowid IN ({changed})")
        self._duck.execute(f"{coming} WHERE rowid IN (SELECT place FROM ({fresh}))")

    def close(self) -> None:
        """Let go of what was staged and compared, which is in memory."""
        self._duck.execute(f"DROP TABLE {STAGED}; DROP TABLE IF EXISTS {_OLD}; DROP TABLE IF EXISTS {_NEW}")
        release(self._duck)

    def _unmatched(self, these: str, those: str) -> str:
        return f"SELECT * FROM {these} ANTI JOIN {those} USING (digest, nth)"


def living_in(duck: DuckDBPyConnection, table: str) -> str:
    """The condition that a row of the table is there, and not kept although it is gone."""
    return f"{DELETED} IS NULL" if DELETED in _columns(duck, table) else "TRUE"


def _columns(duck: DuckDBPyConnection, table: str) -> Mapping[str, str]:
    return {name: type for name, type, *_ in duck.execute(f"DESCRIBE {table}").fetchall()}


def digest(names: Sequence[str] | Mapping[str, str]) -> str:
    """An expression that differs where one of these columns does; one value where there are none."""
    if not names:
        return "''"
    members = ", ".join(f"{identifier(name)} := {identifier(name)}" for name in names if name not in _FLEETING)
    # DuckDB quotes in it whatever could be read as something else. As JSON the same takes three times the memory.
    return f"md5(CAST(struct_pack({members}) AS VARCHAR))"
