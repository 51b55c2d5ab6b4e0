"""The rows of tasks and of what hangs on them, read again where they may differ, in the fewest requests."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Iterable

from asanaql.sync.keeping import Keeper
from asanaql.sync.selection import HANGING, SUBTASKS, TASKS
from asanaql.sync.source import STAGED, STAGED_NAME, Among, moment, one_of

#: How many tasks one answer lists.
_PAGE = 100
_LISTED = "temp.main._asanaql_listed"
#: How far our clock may be ahead of Asana's.
_SKEW = dt.timedelta(hours=1)


class Tasks:
    """What one run has read of tasks. `projects` are the gids of those that are followed, `since` bounds the rows.

    `listed` are the tasks that this run has read, each with the project, and `reread` by relation those of which it has
    read what is below or hangs on them: nothing is read twice.
    """

    def __init__(
        self, keeper: Keeper, projects: Collection[str], kept: Collection[str], since: dt.datetime | None
    ) -> None:
        self._keeper = keeper
        self._copy = keeper.copy
        self._catalog = keeper.source.catalog
        self._projects = set(projects)
        self._kept = set(kept)
        self._bound = "" if since is None else f" AND modified_at >= {moment(since)}"
        self._scope = "FALSE"
        self._retried = False
        self.listed: set[tuple[str, str]] = set()
        self.reread: dict[str, set[str]] = defaultdict(set)

    @property
    def alone(self) -> bool:
        """Whether nothing but the rows of tasks is kept of them."""
        return not any(name in self._kept or self._copy.has(name) for name in (SUBTASKS, *HANGING))

    @property
    def begun(self) -> bool:
        """Whether the copy has something of all that is kept."""
        return all(map(self._copy.has, self._kept))

    def sizes(self) -> dict[str, int]:
        """How many answers it takes to list the tasks of each project, as far as is known."""
        rows = self._copy.duck.execute(
            f"SELECT project_gid, count(*) FROM {self._copy.rows(TASKS)} GROUP BY project_gid"
        ).fetchall()
        return {project: math.ceil(count / _PAGE) for project, count in rows}

    def stage(
        self,
        lists: list[str],
        nets: list[str],
        seen: dt.datetime | None,
        wanted: dict[str, set[str]],
        gone: Collection[str] = (),
    ) -> set[str]:
        """Stage the tasks of the projects `lists`, of `nets` those modified since then, and those wanted of each.

        Those that are `gone` are not asked for. The projects and tasks that could not be read.
        """
        conditions: list[str | Among] = [Among("project_gid", lists, self._bound)]
        if seen is not None:
            lately = f" AND modified_at >= {moment(seen - _SKEW)}"
            conditions.append(Among("project_gid", nets, lately + self._bound))
        failed = self._keeper.read(TASKS, conditions).failed
        duck = self._copy.duck
        have = set(duck.execute(f"SELECT gid, project_gid FROM {STAGED}").fetchall())
        have |= self.listed
        told = {gid for project, gids in wanted.items() for gid in gids if (gid, project) not in have}
        if not self._retried:
            # Those that could not be read before are asked for once in a run.
            told |= self._copy.postponed(TASKS)
            self._copy.settle(TASKS)
            self._retried = True
        single = sorted(told)
        if single:
            duck.execute(f"ALTER TABLE {STAGED} RENAME TO _asanaql_listed")
            failed |= self._keeper.read(TASKS, [Among("gid", single, self._bound)]).failed
            duck.execute(f"DELETE FROM {STAGED} WHERE NOT {one_of('project_gid', self._projects)}")
            # What was listed may be large, and is not copied: the others come to it.
            duck.execute(
                f"DELETE FROM {_LISTED} WHERE (gid, project_gid) IN (SELECT (gid, project_gid) FROM {STAGED});"
                f"INSERT INTO {_LISTED} FROM {STAGED}; DROP TABLE {STAGED};"
                f"ALTER TABLE {_LISTED} RENAME TO {STAGED_NAME}"
            )
        self._copy.postpone(TASKS, failed & set(single))
        self._scope = " OR ".join(
            (
                one_of("project_gid", set(lists) - failed),
                one_of("gid", (set(single) - failed).union(gone)),
                f"(gid, project_gid) IN (SELECT (gid, project_gid) FROM {STAGED})",
            )
        )
        return failed

    def merge(self) -> tuple[set[str], set[str]]:
        """Bring what was staged last into the copy. The tasks that are new in it, and those that are gone."""
        rows = self._copy.rows(TASKS)
        before = set(self._copy.duck.execute(f"SELECT gid, project_gid FROM {rows} WHERE {self._scope}").fetchall())
        read = set(self._copy.duck.execute(f"SELECT gid, project_gid FROM {STAGED}").fetchall())
        known = self._copy.keys(f"SELECT DISTINCT gid FROM {rows} SEMI JOIN {STAGED} USING (gid)")
        self._keeper.merge(self._catalog[TASKS], self._scope)
        self.listed |= before | read
        return {gid for gid, _ in read} - known, self._gone({gid for gid, _ in before})

    def forsake(self) -> set[str]:
        """Let go of the tasks of projects that are not followed any more. Those that are in no other."""
        scope = f"NOT {one_of('project_gid', self._projects)}"
        before = self._copy.keys(f"SELECT DISTINCT gid FROM {self._copy.rows(TASKS)} WHERE {scope}")
        if not before:
            return set()
        self._keeper.read(TASKS, [])
        self._keeper.merge(self._catalog[TASKS], scope)
        return self._gone(before)

    def subtasks(self, parents: Iterable[str], deep: Iterable[str]) -> None:
        """Read what is below these tasks, on one level or on all, and where the copy has another number than told."""
        if SUBTASKS not in self._kept:
            self._postpone(SUBTASKS, parents)
            self._postpone(SUBTASKS, deep, deep=True)
            return
        below = self._copy.postponed(SUBTASKS).union(parents)
        descended = self._copy.postponed(SUBTASKS, deep=True).union(deep)
        self._copy.settle(SUBTASKS)
        while frontier := self._reachable((below | descended | self._miscounted()) - self.reread[SUBTASKS]):
            failed = self._keeper.read(SUBTASKS, [Among("parent_gid", frontier)]).failed
            found = self._copy.duck.execute(f"SELECT gid, parent_gid FROM {STAGED} WHERE num_subtasks > 0").fetchall()
            self._keeper.merge(self._catalog[SUBTASKS], one_of("parent_gid", set(frontier) - failed))
            self._copy.postpone(SUBTASKS, failed)
            self.reread[SUBTASKS] |= set(frontier)
            descended |= {gid for gid, parent in found if parent in descended}
        self._prune()

    def hanging(self, relation: str, tasks: Iterable[str], gone: Iterable[str]) -> None:
        """Read what hangs on these tasks, as far as the copy has them, and let go of what hung on the gone."""
        if relation not in self._kept:
            self._postpone(relation, {*tasks, *gone})
            return
        here = self._copy.keys(f"SELECT DISTINCT gid FROM {self._copy.rows(TASKS)}")
        told = self._copy.postponed(relation).union(tasks)
        wanted = sorted((told & here) - self.reread[relation])
        away = sorted(told.union(gone) - here)
        self._copy.settle(relation)
        if not wanted and not away and self._copy.has(relation):
            return
        key = HANGING[relation]
        failed = self._keeper.read(relation, [Among(key, wanted)]).failed
        self._keeper.merge(self._catalog[relation], one_of(key, {*wanted, *away} - failed))
        self._copy.postpone(relation, failed)
        self.reread[relation] |= set(wanted)

    def _postpone(self, relation: str, tasks: Iterable[str], *, deep: bool = False) -> None:
        """Leave a relation that the copy has to a run that keeps it."""
        if self._copy.has(relation):
            self._copy.postpone(relation, set(tasks), deep=deep)

    def above(self, subtasks: Collection[str]) -> dict[str, str]:
        """The tasks that these are below, as far as the copy knows: what is in a project says so too."""
        if not subtasks:
            return {}
        every = " UNION ".join(f"SELECT gid, parent_gid FROM {self._copy.rows(name)}" for name in (TASKS, SUBTASKS))
        known = f"FROM ({every}) WHERE parent_gid IS NOT NULL AND {one_of('gid', subtasks)}"
        return dict(self._copy.duck.execute(f"SELECT gid, parent_gid {known}").fetchall())

    def _gone(self, before: set[str]) -> set[str]:
        return before - self._copy.keys(f"SELECT DISTINCT gid FROM {self._copy.rows(TASKS)}")

    def _miscounted(self) -> set[str]:
        """The tasks that say that they have another number of subtasks than the copy has."""
        tasks, rows = self._copy.rows(TASKS), self._copy.rows(SUBTASKS)
        counted = f"SELECT parent_gid AS gid, count(*) AS there FROM {rows} GROUP BY parent_gid"
        every = f"SELECT DISTINCT gid, num_subtasks FROM {tasks} UNION SELECT gid, num_subtasks FROM {rows}"
        return self._copy.keys(
            f"SELECT gid FROM ({every}) LEFT JOIN ({counted}) USING (gid) "
            "WHERE num_subtasks > 0 AND num_subtasks <> coalesce(there, 0)"
        )

    def _reachable(self, parents: set[str]) -> list[str]:
        """Those of the tasks that the copy has, without what is below others of them, as that may be there no more."""
        rows = self._copy.rows(SUBTASKS)
        here = self._copy.keys(f"SELECT gid FROM {self._copy.rows(TASKS)}")
        found = self._copy.duck.execute(
            f"SELECT gid, parent_gid FROM {rows} WHERE list_contains(?, gid)", [list(parents)]
        ).fetchall()
        return sorted((parents & here) | {gid for gid, parent in found if parent not in parents})

    def _prune(self) -> None:
        """Let go of the subtasks that are below no task of the copy any more.

        The row of a task may be brought up to date in a later step than what is below it.
        """
        rows = self._copy.rows(SUBTASKS)
        above = f"num_subtasks > 0 OR {one_of('gid', self.reread[SUBTASKS])}"
        below = (
            f"WITH RECURSIVE above AS (SELECT gid, parent_gid FROM {rows} WHERE {above}), "
            f"below(gid) AS (SELECT gid FROM {self._copy.rows(TASKS)} WHERE {above} UNION "
            "SELECT above.gid FROM above JOIN below ON above.parent_gid = below.gid) "
            "SELECT gid FROM below"
        )
        lost = self._copy.keys(f"SELECT DISTINCT parent_gid FROM {rows} WHERE parent_gid NOT IN ({below})")
        if lost:
            self._keeper.read(SUBTASKS, [])
            self._keeper.merge(self._catalog[SUBTASKS], one_of("parent_gid", lost))
