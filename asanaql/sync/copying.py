"""One run: what Asana only gives whole is read whole and compared, tasks by what is told of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace

from duckdb import DuckDBPyConnection

from asanaql.catalog.model import Table
from asanaql.errors import ApiError, ConfigError
from asanaql.sync.copy import LOG, Copy, opened
from asanaql.sync.deriving import derive
from asanaql.sync.following import Following
from asanaql.sync.keeping import Keeper
from asanaql.sync.memory import frugal
from asanaql.sync.places import Place
from asanaql.sync.report import Copied, Options, Report
from asanaql.sync.selection import DERIVED, HANGING, TASKS, elsewhere, followed, relations
from asanaql.sync.source import STAGED, Among, Source, one_of
from asanaql.sync.targets import check, publish
from asanaql.sync.tasks import Tasks

#: What a plan or a role keeps from a token is skipped, and said.
_SKIPPED = (402, 403)
_SINCE = "since"


def sync(source: Source, duck: DuckDBPyConnection, place: Place, options: Options) -> Report:
    """Bring the copy in a DuckDB file up to date, which `duck` writes, and then the target beside it, if there is one.

    The file is made where there is none.

    ConfigError where the file cannot be opened, another run has it open, or a name is none; QueryError where more would
    be deleted than is allowed, or a column has another type than before. What was committed before stays.
    """
    chosen = relations(source.catalog, options.tables)
    if place.address is not None:
        check(duck, place.address)  # What cannot be written then need not be read first.
    with opened(duck, place.file) as copy:
        # What was kept before may name projects that are gone; what this run keeps serves all its relations.
        source.forget()
        report = brought_up_to_date(source, copy, chosen, options)
        if place.address is None:
            return report
        names = [*(table.name for table in chosen), LOG]
        written = publish(duck, copy.schema, names, place.address, keep_deleted=options.keep_deleted)
        return replace(report, published=tuple(written))


def brought_up_to_date(source: Source, copy: Copy, chosen: Sequence[Table], options: Options) -> Report:
    """Bring these relations of a copy that is open up to date; raises as `sync` does."""
    with frugal(copy.duck):
        try:
            return _Run(source, copy, options).run(chosen)
        finally:
            copy.duck.execute(f"DROP TABLE IF EXISTS {STAGED}")


class _Run:
    """One run over the chosen relations."""

    def __init__(self, source: Source, copy: Copy, options: Options) -> None:
        self._source = source
        self._copy = copy
        self._options = options
        self._keeper = Keeper(source, copy, options)
        self._ages = copy.ages()

    def run(self, chosen: Sequence[Table]) -> Report:
        """Do all of it, each step committed by itself."""
        old = [table for table in chosen if not self._is_young(table)]
        done = [self._listed(table) for table in old if not followed(table.name) and table.name not in DERIVED]
        kept = [table for table in old if followed(table.name)]
        if kept:
            done += self._followed(kept)
        done += [self._derived(table, {each.name for each in chosen}) for table in old if table.name in DERIVED]
        order = {table.name: place for place, table in enumerate(chosen)}
        return Report(tuple(sorted(done, key=lambda copied: order[copied.relation])))

    def _is_young(self, table: Table) -> bool:
        """Whether a relation is as new as it has to be. What others only name is trusted as long as in any fan-out."""
        most, when = self._options.max_age, self._ages.get(table.name)
        if most is None or when is None:
            return False
        if table.name not in (self._options.tables or ()):
            most = max(most, dt.timedelta(seconds=table.trusted or 0))
        return self._keeper.moment - when <= most

    def _listed(self, table: Table) -> Copied:
        """A relation that is read whole."""
        try:
            reading = self._keeper.read(table.name, self._confined(table))
        except ApiError as error:
            if error.status not in _SKIPPED:
                raise
            tally = self._keeper.tally(table.name)
            tally.complete, tally.skipped = False, str(error)
            return self._done(table)
        with self._copy.committed():
            self._keeper.merge(table, complete=reading.complete)
        return self._done(table)

    def _confined(self, table: Table) -> list[str | Among] | None:
        """The conditions by which only some projects are read, and None where all are."""
        wanted = self._options.projects
        if wanted is None or table.name == TASKS:
            return None
        names = {column.name for column in table.visible}
        if table.name == "projects":
            return [f"{one_of('gid', wanted)} OR {one_of('name', wanted)}"]
        return [Among("project_gid", self._projects())] if "project_gid" in names else None

    def _projects(self) -> list[str]:
        """The projects whose tasks are copied: those that the copy has."""
        return sorted(self._copy.keys(f"SELECT gid FROM {self._copy.rows('projects')}"))

    def _followed(self, tables: Sequence[Table]) -> list[Copied]:
        projects = self._projects()
        if self._options.projects is not None and not projects:
            raise ConfigError(
                f"There is no project {', '.join(self._options.projects)}. Give names or gids of projects."
            )
        names = [table.name for table in tables]
        tasks = Tasks(self._keeper, projects, names, self._since())
        Following(self._keeper, tasks, projects, net=self._options.max_age is None).run()
        for table in tables:
            if table.name in HANGING:
                self._elsewhere(table)
            elif not self._copy.has(table.name):
                self._keeper.read(table.name, [])
                with self._copy.committed():
                    self._keeper.merge(table)
        return [self._done(table) for table in tables]

    def _elsewhere(self, table: Table) -> None:
        """What hangs on other things than tasks, which is read whole."""
        conditions: list[str | Among] = []
        for path in elsewhere(table):
            assert path.parent is not None
            for key, theirs in path.parent.keys.items():
                rows = self._copy.rows(path.parent.table)
                conditions.append(Among(key, sorted(self._copy.keys(f"SELECT DISTINCT {theirs} FROM {rows}"))))
        reading = self._keeper.read(table.name, conditions)
        key = HANGING[table.name]
        scope = f"{key} IS NULL OR {key} NOT IN (SELECT gid FROM {self._copy.rows(TASKS)})"
        with self._copy.committed():
            self._keeper.merge(table, scope, complete=reading.complete)

    def _derived(self, table: Table, fresh: Collection[str]) -> Copied:
        derive(self._keeper, table, fresh)
        return self._done(table)

    def _since(self) -> dt.datetime | None:
        """The moment before which tasks are left out, as the run decided that made the copy."""
        if self._options.full or not self._copy.has(TASKS):
            since = self._options.since
            first = None if since is None else (self._keeper.moment - since).isoformat()
            self._copy.set(_SINCE, first)
        kept = self._copy.setting(_SINCE)
        return None if kept is None else dt.datetime.fromisoformat(kept)

    def _done(self, table: Table) -> Copied:
        copied = self._keeper.done(table.name)
        self._options.told(copied)
        return copied
