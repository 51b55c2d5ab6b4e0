"""The comparison of a copy with a target, in DuckDB: rows whose digests the target has are not touched."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from duckdb import DuckDBPyConnection

from asanaql.errors import QueryError
from asanaql.statement.tagging import identifier, text_literal
from asanaql.sync.merging import DELETED, SYNCED
from asanaql.sync.targets.opening import opened
from asanaql.sync.targets.target import ROW, Change, Published, Target

_NEW, _SAME, _KEPT = "_asanaql_new", "_asanaql_same", "_asanaql_kept"
_GONE, _COMING, _FRESH = "_asanaql_gone", "_asanaql_coming", "_asanaql_fresh"


def publish(
    duck: DuckDBPyConnection, schema: str, relations: Sequence[str], address: str, *, keep_deleted: bool = False
) -> list[Published]:
    """Bring the target at an address in line with a copy, a schema attached in `duck`: what was written, by relation.

    A relation that the copy does not have is left out. Without `keep_deleted` the target has none of the rows that the
    copy keeps as deleted. ConfigError where the target cannot be reached or written, or another run has it; QueryError
    where a column has another type there. What was written of other relations before stays.
    """
    # A cursor of its own, so that neither its settings nor its temporary tables meet those of its owner.
    session = duck.cursor()
    try:
        # Digests are of text, and a moment's text depends on the zone.
        session.execute("SET TimeZone = 'UTC'")
        with opened(address, session) as target:
            copies = {name: _columns(session, schema, name, keep_deleted=keep_deleted) for name in relations}
            return [
                _Comparison(session, target, f"{schema}.{identifier(name)}", name, columns).published()
                for name, columns in copies.items()
                if columns
            ]
    finally:
        session.close()


def check(duck: DuckDBPyConnection, address: str) -> None:
    """Raise what `publish` would, without reading a copy first: ConfigError where the target cannot be reached."""
    with duck.cursor() as session, opened(address, session):
        pass


class _Comparison:
    """One relation of the copy, `source`, beside what the target has of it."""

    def __init__(
        self, duck: DuckDBPyConnection, target: Target, source: str, relation: str, columns: Mapping[str, str]
    ) -> None:
        self._duck = duck
        self._target = target
        self._source = source
        self._relation = relation
        self._columns = columns

    def published(self) -> Published:
        """The relation as it is in the target now."""
        wanted = {name: self._target.type(type) for name, type in self._columns.items()} | {
            ROW: self._target.type("VARCHAR")
        }
        there = self._target.columns(self._relation)
        if there:
            self._check(there, wanted)
        lacking = [name for name in wanted if name not in there]
        rows = self._number_rows()
        went, came, same = self._compare(bool(there), lacking)
        if went or came or lacking:
            self._stage()
            self._target.write(
                Change(
                    duck=self._duck,
                    relation=self._relation,
                    columns=wanted,
                    lacking=lacking if there else (),
                    gone=_GONE,
                    fresh=_FRESH,
                    went=went,
                    came=came,
                )
            )
        return Published(relation=self._relation, rows=rows, added=came - same, changed=same, deleted=went - same)

    def _check(self, there: Mapping[str, str], wanted: Mapping[str, str]) -> None:
        place = self._target.place(self._relation)
        if ROW not in there:
            raise QueryError(
                f"There is {place} already, and it is no copy: it has no column {ROW}. Rename or remove it, or choose "
                "another place."
            )
        for name, type in wanted.items():
            if there.get(name, type) != type:
                raise QueryError(
                    f"{self._relation}.{name} is {there[name]} in {place}, and {type} now. Rename or remove {place}; "
                    "the next run makes it anew."
                )

    def _number_rows(self) -> int:
        """Make the copy's digests, numbered where a row is there several times; how many there are."""
        kept = DELETED in self._duck.sql(f"FROM {self._source} LIMIT 0").columns and DELETED not in self._columns
        digests = f"SELECT rowid AS place, {digest(self._columns)} AS digest FROM {self._source}"
        living = f"WHERE {DELETED} IS NULL" if kept else ""
        numbered = f"SELECT *, row_number() OVER (PARTITION BY digest ORDER BY place) AS nth FROM ({digests} {living})"
        self._duck.execute(
            f"CREATE OR REPLACE TEMP TABLE {_NEW} AS "
            f"SELECT place, digest || CASE WHEN nth > 1 THEN '-' || nth ELSE '' END AS {ROW} FROM ({numbered})"
        )
        return self._count(_NEW)

    def _compare(self, there: bool, lacking: Sequence[str]) -> tuple[int, int, int]:
        """Find the digests that go and come: how many, and how many of both are of one gid."""
        kept = self._target.digests(self._relation) if there else self._duck.sql("SELECT '' LIMIT 0").to_arrow_table()
        self._duck.register(_KEPT, kept.rename_columns([ROW]))
        try:
            # A column that the target lost, or never had, is missing in rows whose digests it has.
            blank = [name for name in lacking if name in self._columns] if there else []
            full = " OR ".join(f"{identifier(name)} IS NOT NULL" for name in blank) or "FALSE"
            self._duck.execute(
                f"CREATE OR REPLACE TEMP TABLE {_SAME} AS SELECT {ROW} FROM {_NEW} SEMI JOIN {_KEPT} USING ({ROW}) "
                f"WHERE place NOT IN (SELECT rowid FROM {self._source} WHERE {full})"
            )
            for name, these in ((_GONE, _KEPT), (_COMING, _NEW)):
                self._duck.execute(
                    f"CREATE OR REPLACE TEMP TABLE {name} AS FROM {these} ANTI JOIN {_SAME} USING ({ROW})"
                )
        finally:
            self._duck.unregister(_KEPT)
        return self._count(_GONE), self._count(_COMING), self._changed()

    def _changed(self) -> int:
        """How many of the digests that go have one that comes in their place."""
        gone, coming = (
            f"SELECT split_part({ROW}, '-', 1) AS gid, count(*) AS n FROM {table} GROUP BY ALL"
            for table in (_GONE, _COMING)
        )
        [(rows,)] = self._duck.execute(
            f"SELECT coalesce(sum(least(g.n, c.n)), 0) FROM ({gone}) g JOIN ({coming}) c USING (gid) WHERE gid != ''"
        ).fetchall()
        return int(rows)

    def _stage(self) -> None:
        values = [
            f"{self._target.value(f's.{identifier(name)}', type)} AS {identifier(name)}"
            for name, type in self._columns.items()
        ]
        self._duck.execute(
            f"CREATE OR REPLACE TEMP VIEW {_FRESH} AS SELECT {', '.join(values)}, c.{ROW} "
            f"FROM {self._source} s JOIN {_COMING} c ON s.rowid = c.place"
        )

    def _count(self, table: str) -> int:
        [(rows,)] = self._duck.execute(f"SELECT count(*) FROM {table}").fetchall()
        return int(rows)


def digest(columns: Collection[str]) -> str:
    """An expression that differs where the content of rows does, and begins as that of other rows of the same gid.

    It leaves out what is NULL, so that a column that is new says nothing of the rows that have no value there, and
    `_synced_at`, so that a copy that was made anew is the same copy.
    """
    gid = "left(md5(gid), 8)" if "gid" in columns else "NULL"
    members = ", ".join(
        f"{text_literal(f'{json.dumps(name)}:')} || CAST(to_json({identifier(name)}) AS VARCHAR) || ','"
        for name in sorted(columns)
        if name != SYNCED
    )
    return f"concat({gid}, '-', md5(concat({members})))"


def _columns(duck: DuckDBPyConnection, schema: str, relation: str, *, keep_deleted: bool) -> dict[str, str]:
    """The columns that a target is to have, with DuckDB's types; none where the copy lacks the relation."""
    database, _, name = schema.rpartition(".")
    found = duck.execute(
        "SELECT column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = coalesce(nullif(?, ''), current_database()) AND schema_name = ? AND table_name = ? "
        "ORDER BY column_index",
        [database, name, relation],
    ).fetchall()
    return {column: type for column, type in found if keep_deleted or column != DELETED}
