"""The comparison of what was read with what is kept, in a DuckDB file: rows that are equal are not touched.

Rows are compared whole, as JSON, and as often as each is there; their identity tells a changed row from a new one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from asanaql.errors import QueryError
from asanaql.statement.tagging import identifier

STAGED = "temp.main._asanaql_staged"
SYNCED, DELETED = "_synced_at", "_deleted_at"
_OLD, _NEW = "temp.main._asanaql_old", "temp.main._asanaql_new"
_MOMENT = "TIMESTAMP WITH TIME ZONE"
#: Rows that may go from a small table whatever its size.
_FEW = 10
_SHARE = 10


@dataclass(frozen=True)
class Difference:
    """How many rows there were, and how many are new, changed and gone."""

    before: int
    added: int
    changed: int
    deleted: int

    @property
    def much(self) -> bool:
        """Whether more than a tenth of the rows would go, as they do where a read was short without saying so."""
        return self.deleted > max(_FEW, self.before // _SHARE)


class Merge:
    """What is staged, and the table of a relation that it is to become. `identity` tells its rows apart."""

    def __init__(self, duck: DuckDBPyConnection, table: str, identity: Sequence[str]) -> None:
        self._duck = duck
        self._table = table
        self._identity = identity
        self._staged = _columns(duck, STAGED)

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
                    f"{self._table}.{name} is {kept[name]} there, and {type} now. Rename or drop that table; the next "
                    "run makes it anew."
                )

    def compare(self) -> Difference:
        """Find what differs."""
        kept = _columns(self._duck, self._table)
        living = f"WHERE {DELETED} IS NULL" if DELETED in kept else ""
        for name, source, condition in ((_OLD, self._table, living), (_NEW, STAGED, "")):
            self._duck.execute(
                f"CREATE OR REPLACE TEMP TABLE {name.rpartition('.')[2]} AS "
                f"SELECT *, row_number() OVER (PARTITION BY digest) AS nth FROM (SELECT rowid AS place, "
                f"{_digest(self._staged)} AS digest, {_digest(self._identity)} AS same FROM {source} {condition})"
            )
        gone, fresh = self._unmatched(_OLD, _NEW), self._unmatched(_NEW, _OLD)
        changed = f"SELECT count(*) FROM ({gone}) g SEMI JOIN ({fresh}) f USING (same)"
        [(before, went, came, same)] = self._duck.execute(
            f"SELECT (SELECT count(*) FROM {_OLD}), (SELECT count(*) FROM ({gone})), "
            f"(SELECT count(*) FROM ({fresh})), ({changed})"
        ).fetchall()
        return Difference(before=before, added=came - same, changed=same, deleted=went - same)

    def write(self, moment: str, *, deletes: bool, keep_deleted: bool) -> None:
        """Write what differs as of a moment, an SQL literal; without `deletes` nothing goes but what has changed."""
        gone, fresh = self._unmatched(_OLD, _NEW), self._unmatched(_NEW, _OLD)
        changed = f"SELECT place FROM ({gone}) g SEMI JOIN ({fresh}) f USING (same)"
        deleted = f"SELECT place FROM ({gone}) g ANTI JOIN ({fresh}) f USING (same)"
        if deletes and keep_deleted:
            self._duck.execute(f"UPDATE {self._table} SET {DELETED} = {moment} WHERE rowid IN ({deleted})")
        elif deletes:
            self._duck.execute(f"DELETE FROM {self._table} WHERE rowid IN ({deleted})")
        self._duck.execute(f"DELETE FROM {self._table} WHERE rowid IN ({changed})")
        names = ", ".join(map(identifier, self._staged))
        self._duck.execute(
            f"INSERT INTO {self._table} ({names}, {SYNCED}) SELECT {names}, {moment} FROM {STAGED} "
            f"WHERE rowid IN (SELECT place FROM ({fresh}))"
        )

    def _unmatched(self, these: str, those: str) -> str:
        return f"SELECT * FROM {these} ANTI JOIN {those} USING (digest, nth)"


def _columns(duck: DuckDBPyConnection, table: str) -> Mapping[str, str]:
    return {name: type for name, type, *_ in duck.execute(f"DESCRIBE {table}").fetchall()}


def _digest(names: Sequence[str] | Mapping[str, str]) -> str:
    """An expression that differs where one of these columns does; one value where there are none."""
    if not names:
        return "''"
    members = ", ".join(f"{identifier(name)} := {identifier(name)}" for name in names)
    return f"md5(CAST(to_json(struct_pack({members})) AS VARCHAR))"
