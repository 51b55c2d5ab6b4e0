"""Tasks, and what hangs on them, kept by what Asana tells of each project since the last run."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from asanaql.api import Told
from asanaql.errors import ApiError
from asanaql.sync.copy import Mark
from asanaql.sync.evidence import awaited_still, unheard
from asanaql.sync.keeping import Keeper
from asanaql.sync.selection import HANGING, SUBTASKS, TASKS
from asanaql.sync.source import STAGED, one_of
from asanaql.sync.tasks import Tasks
from asanaql.sync.telling import Telling, told

#: As many projects are read side by side, and committed together: where everything is read, and where what changed is.
_TOGETHER = 8
_AT_ONCE = 16
_UNTOLD = "tasks: Asana told no event of a change of {tasks}, which it may lose, so that {done}"
_ANEW = "everything that hangs on tasks was read anew."
_AGAIN = "these were read anew. Everything was within the last day: where events get lost often, use --full."
_DOUBTED, _A_DAY = "doubted", dt.timedelta(days=1)


class Following:
    """One run over the `projects` that are followed; with `net` it also looks for what no event told.

    Each step commits what it read together with up to where the events of its projects are known.
    """

    def __init__(self, keeper: Keeper, tasks: Tasks, projects: list[str], *, net: bool) -> None:
        self._keeper = keeper
        self._copy = keeper.copy
        self._tasks = tasks
        self._projects = projects
        self._net = net
        self._marks: dict[str, Mark] = {}
        self._known: Mapping[str, Mark] = {}
        self._above: Mapping[str, str] = {}

    def run(self) -> None:
        """Bring the tasks of the projects up to date. Raises as `Keeper.merge` and the connection do."""
        self._known = self._copy.marks() if self._tasks.begun and not self._keeper.options.full else {}
        watched = self._watched()
        tokens = {gid: self._known[gid].sync if gid in self._known else None for gid in watched}
        answers, requests = self._keeper.source.events(tokens)
        self._keeper.tally(TASKS).requests += requests
        self._marks = {gid: self._mark(answer) for gid, answer in answers.items()}
        kept = [gid for gid in watched if _told_all(answers[gid], tokens[gid])]
        self._forsake()
        telling = {gid: told(_rows(answers[gid])) for gid in kept}
        # Before any step, as the first to tell of what is gone takes it out of the copy.
        self._above = self._tasks.above({gid for each in telling.values() for gid in each.deleted})
        for each in telling.values():
            self._place_strays(each)
        groups = [kept[start : start + _AT_ONCE] for start in range(0, len(kept), _AT_ONCE)]
        trusted = all(self._kept({gid: telling[gid] for gid in group}) for group in groups)
        anew = [gid for gid in self._projects if not trusted or gid not in kept]
        for start in range(0, len(anew), _TOGETHER):
            self._anew(anew[start : start + _TOGETHER])
        while (renamed := self._copy.renamed()) or self._copy.renamed(fields=True):
            self._rename(renamed, self._copy.renamed(fields=True))

    def _watched(self) -> list[str]:
        """The projects whose events are worth asking for: listing the tasks of the others takes no more requests."""
        if self._tasks.alone:
            sizes = self._tasks.sizes()
            return [gid for gid in self._projects if sizes.get(gid, 0) > (2 if self._net else 1)]
        return self._projects

    def _mark(self, answer: Told | ApiError) -> Mark:
        return Mark(answer.sync if isinstance(answer, Told) else None, self._keeper.moment)

    def _forsake(self) -> None:
        """Let go of projects that are not followed any more."""
        with self._copy.committed():
            gone = self._tasks.forsake()
            if gone:
                self._tasks.subtasks((), ())
                for relation in HANGING:
                    self._tasks.hanging(relation, (), gone)
            self._copy.forget(self._copy.marks().keys() - set(self._projects))

    def _anew(self, projects: list[str]) -> None:
        """Read everything of some projects; one that cannot be read stays as it is."""
        with self._copy.committed():
            failed = self._tasks.stage(projects, [], None, {})
            _, gone = self._tasks.merge()
            read = [gid for gid in projects if gid not in failed]
            within = one_of("project_gid", read)
            own = self._copy.keys(f"SELECT DISTINCT gid FROM {self._copy.rows(TASKS)} WHERE {within}")
            self._tasks.subtasks((), self._with_subtasks(read))
            for relation in HANGING:
                self._tasks.hanging(relation, own, gone)
            self._copy.keep({gid: self._marks[gid] for gid in read if gid in self._marks})

    def _kept(self, telling: Mapping[str, Telling]) -> bool:
        """Read what changed in projects whose events are known; False where they turn out not to tell everything."""
        self._tell_renamed(telling)
        lists, nets, wanted = self._chosen(telling, net=self._net)
        seen = min((self._known[gid].seen for gid in nets), default=None)
        with self._copy.committed():
            gone = {gid for each in telling.values() for gid in each.deleted}
            failed = self._tasks.stage(lists, nets, seen, wanted, gone)
            lost, awaited = set[str](), awaited_still(telling, self._known)
            if self._net:
                whole = [gid for gid in lists if gid not in failed]
                lost, awaited = unheard(self._copy, [*lists, *nets], whole, telling, self._known, self._keeper.moment)
            if lost and self._doubt(lost):
                self._copy.duck.execute(f"DROP TABLE {STAGED}")  # It is read anew, and may be large.
                return False
            fresh, away = self._tasks.merge()
            self._follow(telling, fresh | lost, away)
            read = [gid for gid in telling if gid not in failed]
            self._copy.keep({gid: self._marks[gid].awaiting(awaited[gid], self._known[gid]) for gid in read})
        return True

    def _follow(self, telling: Mapping[str, Telling], fresh: set[str], gone: set[str]) -> None:
        """Read what hangs on the tasks that were told of, and on those that are new."""
        every = Telling()
        for each in telling.values():
            every.add(each)
        below = every.parents | every.whole | set(self._tasks.above(every.tasks).values())
        deep = every.whole | fresh & self._with_subtasks()
        for project, each in telling.items():
            if each.removed.keys() & each.strays["stories"]:
                # It was on a subtask, whose comments are not kept: it is modified, and nothing says which one it was.
                deep |= self._with_subtasks([project])
        self._tasks.subtasks(below, deep)
        for relation in HANGING:
            self._tasks.hanging(relation, every.hanging[relation] | every.whole | fresh, gone)
        self._copy.rename(every.renamed)
        self._copy.rename(every.shared, fields=True)

    def _chosen(self, telling: Mapping[str, Telling], *, net: bool) -> tuple[list[str], list[str], dict[str, set[str]]]:
        """Which projects are listed, of which what was lately modified is, and which tasks are read one by one."""
        sizes, known = self._tasks.sizes(), self._copy.keys(f"SELECT DISTINCT gid FROM {self._copy.rows(TASKS)}")
        lists, nets = [], []
        wanted: dict[str, set[str]] = {}
        for project, each in telling.items():
            pages = max(1, sizes.get(project, 0))
            strangers = each.deleted - known - self._above.keys()
            # What was a subtask counted in the row of the task above it, which is not told of.
            counted = {self._above[gid] for gid in each.deleted & self._above.keys()}
            touched = (each.tasks | each.whole | counted) & known
            touched = (touched | each.entering) - each.deleted
            blind = each.back or (strangers and not self._copy.has(SUBTASKS))
            if blind or (net and pages == 1) or (touched and len(touched) >= pages):
                lists.append(project)
                continue
            if net or (each.removed and not self._copy.has("stories")):
                nets.append(project)
            wanted[project] = touched
        return lists, nets, wanted

    def _place_strays(self, telling: Telling) -> None:
        """Find the tasks of what was told without its task."""
        for relation, gids in telling.strays.items():
            if not gids or not self._copy.has(relation):
                continue
            rows = self._copy.duck.execute(
                f"SELECT gid, {HANGING[relation]} FROM {self._copy.rows(relation)} WHERE {one_of('gid', gids)}"
            ).fetchall()
            tasks = {task for _, task in rows if task is not None}
            telling.hanging[relation] |= tasks
            telling.tasks |= tasks
            telling.heard |= tasks
            for gid, task in rows:
                if gid in telling.removed and task is not None:
                    telling.moved[task] = max(telling.removed[gid], telling.moved.get(task, telling.removed[gid]))
            gids -= {gid for gid, _ in rows}

    def _tell_renamed(self, telling: Mapping[str, Telling]) -> None:
        """Tell also of the tasks that show by another name what is known to be renamed already."""
        renamed = self._copy.renamed() | self._copy.renamed(fields=True)
        for each in telling.values():
            renamed |= each.renamed | each.shared
        for gid, project in self._showing(TASKS, "gid, project_gid", renamed) if renamed else ():
            if project in telling:
                telling[project].tasks.add(gid)

    def _doubt(self, lost: set[str]) -> bool:
        """Whether everything is read anew as events of these tasks were lost: so much is done once a day.

        No project is known then before it has been, so that a run that is ended meanwhile is gone on with.
        """
        some = ", ".join(sorted(lost)[:3]) + (", …" if len(lost) > 3 else "")
        now, before = self._keeper.moment, self._copy.setting(_DOUBTED)
        lately = before is not None and dt.datetime.fromisoformat(before) > now - _A_DAY
        if not lately:
            self._copy.set(_DOUBTED, now.isoformat())
            self._copy.forget(self._projects)
        self._keeper.tally(TASKS).warnings.append(_UNTOLD.format(tasks=some, done=_AGAIN if lately else _ANEW))
        return not lately

    def _rename(self, renamed: set[str], shared: set[str]) -> None:
        """Read again what shows the renamed by their old names, and the tasks of `shared` projects."""
        both = renamed | shared
        shown: dict[str, set[str]] = defaultdict(set)
        for gid, project in self._showing(TASKS, "gid, project_gid", both):
            if (gid, project) not in self._tasks.listed:
                shown[project].add(gid)
        telling = {project: Telling(tasks=gids) for project, gids in shown.items()}
        with self._copy.committed():
            if telling:
                lists, _, wanted = self._chosen(telling, net=False)
                self._tasks.stage(lists, [], None, wanted)
                self._tasks.merge()
            self._tasks.subtasks({parent for (parent,) in self._showing(SUBTASKS, "parent_gid", both)}, ())
            for relation, key in HANGING.items():
                # What hangs on something else than a task is read whole by every run.
                tasks = {task for (task,) in self._showing(relation, key, renamed) if task is not None}
                self._tasks.hanging(relation, tasks, ())
            self._copy.all_renamed(both)

    def _showing(self, relation: str, columns: str, gids: set[str]) -> list[tuple[str, ...]]:
        """The columns of the rows that have one of these gids anywhere."""
        if not self._copy.has(relation):
            return []
        # As text, in which a gid has no quotes, as JSON takes far more memory.
        named = "regexp_extract_all(CAST(r AS VARCHAR), '[ \\[](\\d+)[,\\]}]', 1)"
        return self._copy.duck.execute(
            f"SELECT DISTINCT {columns} FROM {self._copy.rows(relation)} r WHERE list_has_any({named}, ?)",
            [sorted(gids)],
        ).fetchall()

    def _with_subtasks(self, projects: list[str] | None = None) -> set[str]:
        """The tasks that have subtasks, of some projects or of all."""
        of = "TRUE" if projects is None else one_of("project_gid", projects)
        return self._copy.keys(f"SELECT DISTINCT gid FROM {self._copy.rows(TASKS)} WHERE num_subtasks > 0 AND {of}")


def _told_all(answer: Told | ApiError, token: str | None) -> bool:
    """Whether Asana has told everything since the last run."""
    return token is not None and isinstance(answer, Told) and not answer.lost


def _rows(answer: Told | ApiError) -> list[dict[str, object]]:
    assert isinstance(answer, Told)
    return answer.rows
