"""The copy itself: a DuckDB file with a table for each relation, and what is remembered from run to run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from asanaql.errors import ConfigError
from asanaql.statement.tagging import identifier, text_literal
from asanaql.sync.memory import release
from asanaql.sync.merging import living_in
from asanaql.sync.report import Copied

DATABASE = "asana_copy"
#: Bytes of what was committed that are left beside the file: all of it is in memory meanwhile.
_BESIDE = 2_000_000
#: Rows that DuckDB writes together, which are in memory until then: wide ones take some kilobytes each.
_NARROW = "(ROW_GROUP_SIZE 2048)"
#: What DuckDB raises where a disk is full or gone, or memory is.
_UNWRITTEN = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException, duckdb.OutOfMemoryException)
LOG = "asana_sync_log"
_MAKE = f"""
    CREATE TABLE IF NOT EXISTS {{0}}.{LOG} (
        run TIMESTAMP WITH TIME ZONE, relation VARCHAR, rows BIGINT, added BIGINT, changed BIGINT, deleted BIGINT,
        requests BIGINT, seconds DOUBLE, complete BOOLEAN, skipped VARCHAR, warnings VARCHAR[]
    );
    CREATE TABLE IF NOT EXISTS {{0}}.asana_sync_projects (
        project_gid VARCHAR, sync VARCHAR, seen TIMESTAMP WITH TIME ZONE, awaited VARCHAR[],
        since TIMESTAMP WITH TIME ZONE
    );
    CREATE TABLE IF NOT EXISTS {{0}}.asana_sync_renamed (gid VARCHAR, fields BOOLEAN);
    CREATE TABLE IF NOT EXISTS {{0}}.asana_sync_pending (relation VARCHAR, gid VARCHAR, deep BOOLEAN);
    CREATE TABLE IF NOT EXISTS {{0}}.asana_sync_settings (name VARCHAR, value VARCHAR);
"""


@dataclass(frozen=True)
class Mark:
    """Up to where a project is known: its sync token, when that was given, the tasks whose events are awaited since."""

    sync: str | None
    seen: dt.datetime
    awaited: frozenset[str] = frozenset()
    since: dt.datetime | None = None

    def awaiting(self, awaited: Collection[str], before: Mark) -> Mark:
        """The same with the tasks whose events are awaited, some of them since the mark before."""
        since = before.since if before.awaited.intersection(awaited) else self.seen
        return replace(self, awaited=frozenset(awaited), since=since if awaited else None)


class Copy:
    """The copy in a database that is attached to the connection `duck`."""

    def __init__(self, duck: DuckDBPyConnection, database: str = DATABASE) -> None:
        self.duck = duck
        self.database = database
        self.schema = f"{database}.main"
        self._log = f"{self.schema}.{LOG}"
        self._projects = f"{self.schema}.asana_sync_projects"
        self._renamed = f"{self.schema}.asana_sync_renamed"
        self._pending = f"{self.schema}.asana_sync_pending"
        self._settings = f"{self.schema}.asana_sync_settings"

    def prepare(self) -> None:
        """Make the tables of what is remembered, where there are none."""
        self.duck.execute(_MAKE.format(self.schema))

    def table(self, relation: str) -> str:
        """The relation's table, as it is written in a statement."""
        return f"{self.schema}.{identifier(relation)}"

    def has(self, relation: str) -> bool:
        """Whether the relation has been copied."""
        found = self.duck.execute(
            "SELECT 1 FROM duckdb_tables() WHERE database_name = ? AND table_name = ?", [self.database, relation]
        )
        return found.fetchone() is not None

    def rows(self, relation: str) -> str:
        """The relation's rows that are there, as a subquery; none where it was never copied."""
        if not self.has(relation):
            return f"(SELECT * FROM asana.main.{identifier(relation)} WHERE FALSE)"
        return f"(SELECT * FROM {self.table(relation)} WHERE {living_in(self.duck, self.table(relation))})"

    def count(self, relation: str) -> int:
        """How many rows of the relation are there."""
        [(rows,)] = self.duck.execute(f"SELECT count(*) FROM {self.rows(relation)}").fetchall()
        return int(rows)

    def keys(self, query: str) -> set[str]:
        """The values of a query's only column, without NULL."""
        return {key for (key,) in self.duck.execute(query).fetchall() if key is not None}

    @contextmanager
    def committed(self) -> Iterator[None]:
        """What is written meanwhile is in the file together, or not at all."""
        self.duck.execute("BEGIN")
        try:
            yield
            self.duck.execute("COMMIT")
        except BaseException:
            with suppress(duckdb.Error):  # A commit that failed has rolled it back, and is what is raised.
                self.duck.execute("ROLLBACK")
            raise
        if self._beside.exists() and self._beside.stat().st_size > _BESIDE:
            with suppress(duckdb.TransactionException):  # Where the owner of the connection writes as well.
                self.duck.execute(f"CHECKPOINT {self.database}")
        release(self.duck)

    @cached_property
    def _beside(self) -> Path:
        """The file beside the copy that holds what was committed last."""
        [(path,)] = self.duck.execute(
            "SELECT path FROM duckdb_databases() WHERE database_name = ?", [self.database]
        ).fetchall()
        return Path(f"{path}.wal")

    def marks(self) -> dict[str, Mark]:
        """Up to where the events of each project are known."""
        found = self.duck.execute(f"SELECT project_gid, sync, seen, awaited, since FROM {self._projects}").fetchall()
        return {gid: Mark(sync, seen, frozenset(awaited), since) for gid, sync, seen, awaited, since in found}

    def keep(self, marks: Mapping[str, Mark]) -> None:
        """Remember up to where the events of these projects are known."""
        self.forget(marks)
        for gid, mark in marks.items():
            self.duck.execute(
                f"INSERT INTO {self._projects} VALUES (?, ?, ?, ?, ?)",
                [gid, mark.sync, mark.seen, sorted(mark.awaited), mark.since],
            )

    def forget(self, projects: Collection[str]) -> None:
        """Remember nothing of these projects' events."""
        self.duck.execute(f"DELETE FROM {self._projects} WHERE list_contains(?, project_gid)", [list(projects)])

    def renamed(self, *, fields: bool = False) -> set[str]:
        """The gids of what has another name than some rows show, or of projects whose tasks have other `fields`."""
        return self.keys(f"SELECT DISTINCT gid FROM {self._renamed} WHERE fields = {fields}")

    def rename(self, gids: Collection[str], *, fields: bool = False) -> None:
        """Remember that rows may show another name of these than they have, or of these projects other `fields`."""
        if gids:
            self.duck.execute(f"INSERT INTO {self._renamed} SELECT unnest(?), ?", [list(gids), fields])

    def all_renamed(self, gids: Collection[str]) -> None:
        """Remember that all rows show these as they are."""
        self.duck.execute(f"DELETE FROM {self._renamed} WHERE list_contains(?, gid)", [list(gids)])

    def postponed(self, relation: str, *, deep: bool = False) -> set[str]:
        """The tasks of which a relation has yet to be read again, with all levels below them where that is `deep`."""
        found = self.duck.execute(
            f"SELECT DISTINCT gid FROM {self._pending} WHERE relation = ? AND deep = ?", [relation, deep]
        )
        return {gid for (gid,) in found.fetchall()}

    def postpone(self, relation: str, gids: Collection[str], *, deep: bool = False) -> None:
        """Remember that a relation has yet to be read again of these tasks."""
        if gids:
            self.duck.execute(f"INSERT INTO {self._pending} SELECT ?, unnest(?), ?", [relation, list(gids), deep])

    def settle(self, relation: str) -> None:
        """Remember that a relation has been read again of all tasks."""
        self.duck.execute(f"DELETE FROM {self._pending} WHERE relation = ?", [relation])

    def ages(self) -> dict[str, dt.datetime]:
        """When each relation was brought up to date last."""
        found = self.duck.execute(
            f"SELECT relation, max(run) FROM {self._log} WHERE skipped IS NULL GROUP BY relation"
        ).fetchall()
        return dict(found)

    def setting(self, name: str) -> str | None:
        """What was set for the copy under a name."""
        found = self.duck.execute(f"SELECT value FROM {self._settings} WHERE name = ?", [name]).fetchone()
        return None if found is None else found[0]

    def set(self, name: str, value: str | None) -> None:
        """Set something for the copy."""
        self.duck.execute(f"DELETE FROM {self._settings} WHERE name = ?", [name])
        if value is not None:
            self.duck.execute(f"INSERT INTO {self._settings} VALUES (?, ?)", [name, value])

    def log(self, run: dt.datetime, copied: Copied) -> None:
        """Write down what one run did with one relation, in place of what was written of it before."""
        self.duck.execute(f"DELETE FROM {self._log} WHERE run = ? AND relation = ?", [run, copied.relation])
        values = {"run": run, **vars(copied), "warnings": list(copied.warnings)}
        columns, marks = ", ".join(values), ", ".join("?" for _ in values)
        self.duck.execute(f"INSERT INTO {self._log} ({columns}) VALUES ({marks})", list(values.values()))


@contextmanager
def opened(duck: DuckDBPyConnection, file: Path) -> Iterator[Copy]:
    """The copy in a file, which is made where there is none; attached to `duck` until the block ends.

    ConfigError where it cannot be opened, as it cannot while another program has it open, or cannot be written.
    """
    attach(duck, file, DATABASE, _NARROW)
    with written(file):
        try:
            copy = Copy(duck)
            copy.prepare()
            yield copy
        finally:
            duck.execute(f"DETACH {DATABASE}")


@contextmanager
def written(file: Path) -> Iterator[None]:
    """ConfigError where the file cannot be written to the end of the block."""
    try:
        yield
    except _UNWRITTEN as error:
        # When it closes a file, DuckDB tells of that first.
        said = str(error).rpartition("Original error: ")[2].partition("\n")[0].rstrip(". ")
        raise ConfigError(
            f"{file} could not be written to the end: {said}. What was committed before is kept, and the next run goes "
            "on from there."
        ) from error


def attach(duck: DuckDBPyConnection, file: Path, database: str, options: str = "") -> None:
    """Attach a file under a name; ConfigError where it cannot be opened."""
    try:
        # Of a path that is not absolute, what stands before a colon might mean an extension of DuckDB's.
        duck.execute(f"ATTACH {text_literal(str(file.absolute()))} AS {database} {options}")
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise ConfigError(
                f"{file} is open in another program, perhaps another run of sync: {error}. Wait for that to end."
            ) from error
        raise ConfigError(f"{file} cannot be opened: {error}.") from error
    except duckdb.Error as error:
        raise ConfigError(f"{file} cannot be opened: {error}.") from error
