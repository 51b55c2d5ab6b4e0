"""The copy itself: a DuckDB file with a table for each relation, and what is remembered from run to run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from asanaql.errors import ConfigError
from asanaql.statement.tagging import identifier, text_literal
from asanaql.sync.merging import living_in
from asanaql.sync.report import Copied

DATABASE = "asana_copy"
SCHEMA = f"{DATABASE}.main"
LOG = "asana_sync_log"
_LOG, _PROJECTS = f"{SCHEMA}.{LOG}", f"{SCHEMA}.asana_sync_projects"
_RENAMED, _SETTINGS = f"{SCHEMA}.asana_sync_renamed", f"{SCHEMA}.asana_sync_settings"
_MAKE = f"""
    CREATE TABLE IF NOT EXISTS {_LOG} (
        run TIMESTAMP WITH TIME ZONE, relation VARCHAR, rows BIGINT, added BIGINT, changed BIGINT, deleted BIGINT,
        requests BIGINT, seconds DOUBLE, complete BOOLEAN, skipped VARCHAR, warnings VARCHAR[]
    );
    CREATE TABLE IF NOT EXISTS {_PROJECTS} (
        project_gid VARCHAR, sync VARCHAR, seen TIMESTAMP WITH TIME ZONE, awaited VARCHAR[]
    );
    CREATE TABLE IF NOT EXISTS {_RENAMED} (gid VARCHAR, fields BOOLEAN);
    CREATE TABLE IF NOT EXISTS {_SETTINGS} (name VARCHAR, value VARCHAR);
"""


@dataclass(frozen=True)
class Mark:
    """Up to where a project is known: its sync token, when that was given, and the tasks whose events are awaited."""

    sync: str | None
    seen: dt.datetime
    awaited: tuple[str, ...] = ()


class Copy:
    """The copy in a file, attached to a connection while it is used; the file is made where there is none.

    ConfigError where it cannot be opened, as it cannot while another program has it open.
    """

    def __init__(self, duck: DuckDBPyConnection, file: Path) -> None:
        self.duck = duck
        _attach(duck, file)
        duck.execute(_MAKE)

    def close(self) -> None:
        """Let go of the file."""
        self.duck.execute(f"DETACH {DATABASE}")

    def table(self, relation: str) -> str:
        """The relation's table, as it is written in a statement."""
        return f"{SCHEMA}.{identifier(relation)}"

    def has(self, relation: str) -> bool:
        """Whether the relation has been copied."""
        found = self.duck.execute(
            "SELECT 1 FROM duckdb_tables() WHERE database_name = ? AND table_name = ?", [DATABASE, relation]
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
            self.duck.execute("ROLLBACK")
            raise

    def marks(self) -> dict[str, Mark]:
        """Up to where the events of each project are known."""
        found = self.duck.execute(f"SELECT project_gid, sync, seen, awaited FROM {_PROJECTS}").fetchall()
        return {gid: Mark(sync, seen, tuple(awaited)) for gid, sync, seen, awaited in found}

    def keep(self, marks: Mapping[str, Mark]) -> None:
        """Remember up to where the events of these projects are known."""
        self.forget(marks)
        for gid, mark in marks.items():
            self.duck.execute(
                f"INSERT INTO {_PROJECTS} VALUES (?, ?, ?, ?)", [gid, mark.sync, mark.seen, list(mark.awaited)]
            )

    def forget(self, projects: Collection[str]) -> None:
        """Remember nothing of these projects' events."""
        self.duck.execute(f"DELETE FROM {_PROJECTS} WHERE list_contains(?, project_gid)", [list(projects)])

    def renamed(self, *, fields: bool = False) -> set[str]:
        """The gids of what has another name than some rows show, or of projects whose tasks have other `fields`."""
        return self.keys(f"SELECT DISTINCT gid FROM {_RENAMED} WHERE fields = {fields}")

    def rename(self, gids: Collection[str], *, fields: bool = False) -> None:
        """Remember that rows may show another name of these than they have, or of these projects other `fields`."""
        if gids:
            self.duck.execute(f"INSERT INTO {_RENAMED} SELECT unnest(?), ?", [list(gids), fields])

    def all_renamed(self, gids: Collection[str]) -> None:
        """Remember that all rows show these as they are."""
        self.duck.execute(f"DELETE FROM {_RENAMED} WHERE list_contains(?, gid)", [list(gids)])

    def setting(self, name: str) -> str | None:
        """What was set for the copy under a name."""
        found = self.duck.execute(f"SELECT value FROM {_SETTINGS} WHERE name = ?", [name]).fetchone()
        return None if found is None else found[0]

    def set(self, name: str, value: str | None) -> None:
        """Set something for the copy."""
        self.duck.execute(f"DELETE FROM {_SETTINGS} WHERE name = ?", [name])
        if value is not None:
            self.duck.execute(f"INSERT INTO {_SETTINGS} VALUES (?, ?)", [name, value])

    def log(self, run: dt.datetime, copied: Copied) -> None:
        """Write down what one run did with one relation, in place of what was written of it before."""
        self.duck.execute(f"DELETE FROM {_LOG} WHERE run = ? AND relation = ?", [run, copied.relation])
        values = {"run": run, **vars(copied), "warnings": list(copied.warnings)}
        columns, marks = ", ".join(values), ", ".join("?" for _ in values)
        self.duck.execute(f"INSERT INTO {_LOG} ({columns}) VALUES ({marks})", list(values.values()))


def _attach(duck: DuckDBPyConnection, file: Path) -> None:
    try:
        duck.execute(f"ATTACH {text_literal(str(file))} AS {DATABASE}")
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise ConfigError(
                f"{file} is open in another program, perhaps another run of sync: {error}. Wait for that to end."
            ) from error
        raise ConfigError(f"{file} cannot be opened: {error}.") from error
    except duckdb.Error as error:
        raise ConfigError(f"{file} cannot be opened: {error}.") from error
