"""One run: every relation read and merged, each in a transaction of its own."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import duckdb
from duckdb import DuckDBPyConnection

from asanaql.catalog.model import Catalog, Table
from asanaql.errors import ApiError, ConfigError, QueryError
from asanaql.statement.tagging import text_literal
from asanaql.sync.merging import STAGED, Merge
from asanaql.sync.selection import identity, relations

_TARGET = "asana_copy"
_LOG = f"{_TARGET}.main.asana_sync_log"
#: What a plan or a role keeps from a token is skipped, and said.
_SKIPPED = (402, 403)
_MAKE_LOG = f"""
    CREATE TABLE IF NOT EXISTS {_LOG} (
        run TIMESTAMP WITH TIME ZONE, relation VARCHAR, rows BIGINT, added BIGINT, changed BIGINT, deleted BIGINT,
        requests BIGINT, seconds DOUBLE, complete BOOLEAN, skipped VARCHAR, warnings VARCHAR[]
    )
"""


@dataclass(frozen=True, kw_only=True)
class Copied:
    """What became of one relation. `skipped` says why it was not read, `warnings` what its rows lack.

    Where it is not `complete`, rows could not be read, and so none was deleted.
    """

    relation: str
    rows: int = 0
    added: int = 0
    changed: int = 0
    deleted: int = 0
    requests: int = 0
    seconds: float = 0.0
    complete: bool = True
    skipped: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What one run did: a line for each relation."""

    copied: tuple[Copied, ...]


@dataclass(frozen=True)
class Options:
    """`tables` are the relations to copy, None for all; `clock` is in seconds, `now` the moment of the run."""

    tables: Sequence[str] | None = None
    keep_deleted: bool = False
    allow_deletes: bool = False
    told: Callable[[Copied], None] = field(default=lambda copied: None)
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], dt.datetime] = field(default=lambda: dt.datetime.now(dt.UTC))


class Answer(Protocol):
    """The result of a statement, as far as a copy needs it."""

    @property
    def warnings(self) -> list[str]: ...

    @property
    def complete(self) -> bool: ...

    @property
    def stats(self) -> Counted: ...


class Counted(Protocol):
    """The numbers of a statement."""

    @property
    def requests(self) -> int: ...


class Source(Protocol):
    """The connection that relations are read from."""

    @property
    def duckdb(self) -> DuckDBPyConnection: ...

    @property
    def catalog(self) -> Catalog: ...

    def sql(self, query: str) -> Answer: ...

    def forget(self) -> int: ...


def sync(source: Source, target: Path, options: Options) -> Report:
    """Bring the copy in a DuckDB file up to date; the file is made where there is none.

    ConfigError where the file cannot be opened, or another run has it open; QueryError where more would be deleted than
    is allowed, or a column has another type than before. What was committed before stays.
    """
    chosen = relations(source.catalog, options.tables)
    _attach(source.duckdb, target)
    # What was kept before may name projects that are gone; what this run keeps serves all its relations.
    source.forget()
    try:
        source.duckdb.execute(_MAKE_LOG)
        run = f"CAST({text_literal(options.now().isoformat())} AS TIMESTAMP WITH TIME ZONE)"
        copied = []
        for table in chosen:
            copied.append(_copied(source, table, options, run))
            options.told(copied[-1])
        return Report(tuple(copied))
    finally:
        source.duckdb.execute(f"DROP TABLE IF EXISTS {STAGED}; DETACH {_TARGET}")


def _copied(source: Source, table: Table, options: Options, run: str) -> Copied:
    begun = options.clock()
    staging = f"CREATE OR REPLACE TEMP TABLE {STAGED.rpartition('.')[2]} AS SELECT * FROM asana.main.{table.name}"
    try:
        read = source.sql(staging)
    except ApiError as error:
        if error.status not in _SKIPPED:
            raise
        skipped = Copied(relation=table.name, complete=False, seconds=options.clock() - begun, skipped=str(error))
        _insert(source.duckdb, skipped, run)
        return skipped
    warnings = tuple(read.warnings)
    duck = source.duckdb
    [(rows,)] = duck.execute(f"SELECT count(*) FROM {STAGED}").fetchall()
    duck.execute("BEGIN")
    try:
        merge = Merge(duck, f"{_TARGET}.main.{table.name}", identity(table))
        merge.prepare(keep_deleted=options.keep_deleted)
        found = merge.compare()
        # Rows that could not be read look like rows that are gone.
        deletes = read.complete
        if deletes and found.much and not options.allow_deletes:
            raise QueryError(
                f"{table.name}: {found.deleted:,} of {found.before:,} rows are not there any more, and nothing of it "
                "was changed. If that is so, run it again with --allow-deletes (in Python allow_deletes=True)."
            )
        merge.write(run, deletes=deletes, keep_deleted=options.keep_deleted)
        copied = Copied(
            relation=table.name,
            rows=rows,
            added=found.added,
            changed=found.changed,
            deleted=found.deleted if deletes else 0,
            complete=read.complete,
            requests=read.stats.requests,
            seconds=options.clock() - begun,
            warnings=warnings,
        )
        _insert(duck, copied, run)
        duck.execute("COMMIT")
    except BaseException:
        duck.execute("ROLLBACK")
        raise
    return copied


def _insert(duck: DuckDBPyConnection, copied: Copied, run: str) -> None:
    values = {**vars(copied), "warnings": list(copied.warnings)}
    columns, marks = ", ".join(values), ", ".join("?" for _ in values)
    duck.execute(f"INSERT INTO {_LOG} (run, {columns}) VALUES ({run}, {marks})", list(values.values()))


def _attach(duck: DuckDBPyConnection, target: Path) -> None:
    try:
        duck.execute(f"ATTACH {text_literal(str(target))} AS {_TARGET}")
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise ConfigError(
                f"{target} is open in another program, perhaps another run of sync: {error}. Wait for that to end."
            ) from error
        raise ConfigError(f"{target} cannot be opened: {error}.") from error
    except duckdb.Error as error:
        raise ConfigError(f"{target} cannot be opened: {error}.") from error
