"""Relations whose rows the copy can tell from others that it has, so that Asana is asked only for what it lacks.

The projects and tags of a task are the rows of projects and tags; the tasks that it waits on, and that wait on it, are
rows of other tasks.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from asanaql.catalog.model import Table
from asanaql.statement.tagging import identifier
from asanaql.sync.copy import Copy
from asanaql.sync.keeping import Keeper
from asanaql.sync.merging import living_in
from asanaql.sync.selection import SUBTASKS, TASKS
from asanaql.sync.source import STAGED, Among, one_of

_PAIRS = "temp.main._asanaql_pairs"
#: About as many rows are made together, which are in memory until they are compared: of projects they are large.
_TOGETHER = 2000


@dataclass(frozen=True)
class _Derivation:
    """The `list` of a task that names the others, and the relations that have their rows, the best first."""

    list: str
    rows: tuple[str, ...]


_OTHER_TASKS = (TASKS, SUBTASKS, "user_tasks", "tag_tasks")
_DERIVATIONS = {
    "task_projects": _Derivation("projects", ("projects",)),
    "task_tags": _Derivation("tags", ("tags",)),
    "task_dependencies": _Derivation("dependencies", _OTHER_TASKS),
    "task_dependents": _Derivation("dependents", _OTHER_TASKS),
}


def derive(keeper: Keeper, table: Table, fresh: Collection[str]) -> None:
    """Bring one of these relations up to date, from the relations that are `fresh`."""
    copy, derivation = keeper.copy, _DERIVATIONS[table.name]
    sources = [name for name in derivation.rows if name in fresh and copy.has(name)]
    with keeper.timed(table.name):
        found = copy.duck.execute(
            f"CREATE OR REPLACE TEMP TABLE _asanaql_pairs AS SELECT DISTINCT gid AS task, other.gid AS other FROM "
            f"(SELECT gid, unnest({derivation.list}) AS other FROM {copy.rows(TASKS)})"
        ).fetchall()
        parts = 1 + found[0][0] // _TOGETHER
        for part in range(parts):
            with copy.committed():
                _derive(keeper, table, sources, f"hash({{}}) % {parts} = {part}")
        copy.duck.execute(f"DROP TABLE {_PAIRS}")


def _derive(keeper: Keeper, table: Table, sources: Sequence[str], within: str) -> None:
    """The same for some tasks: `within` is a condition on their gid, with a place for what it is called."""
    copy, duck = keeper.copy, keeper.copy.duck
    known = " UNION ALL ".join(f"SELECT gid FROM {copy.rows(name)}" for name in sources)
    lacking = copy.keys(f"SELECT DISTINCT task FROM {_PAIRS} WHERE {within.format('task')} AND other NOT IN ({known})")
    failed = keeper.read(table.name, [Among("task_gid", sorted(lacking))]).failed
    scope = within.format("task_gid")
    if failed:
        duck.execute(f"DELETE FROM {_PAIRS} WHERE {one_of('task', failed)}")
        scope += f" AND NOT {one_of('task_gid', failed)}"
    for place, name in enumerate(sources):
        duck.execute(f"INSERT INTO {STAGED} BY NAME {_derived(copy, table, name, sources[:place], within)}")
    keeper.merge(table, scope)


def _derived(copy: Copy, table: Table, name: str, before: Sequence[str], within: str) -> str:
    """The rows that one relation knows, but for those that another before it does, and those that were asked for."""
    own = {"task_gid": "p.task", "project_gid": "r.gid", "tag_gid": "r.gid"} if name in ("projects", "tags") else {}
    own = own or {"task_gid": "p.task"}
    columns = ", ".join(
        f"{own.get(column.name, f'r.{identifier(column.name)}')} AS {identifier(column.name)}"
        for column in table.visible
    )
    elsewhere = "".join(f" AND p.other NOT IN (SELECT gid FROM {copy.rows(each)})" for each in before)
    wanted = f"gid IN (SELECT other FROM {_PAIRS} WHERE {within.format('task')})"
    living = living_in(copy.duck, copy.table(name))
    # DISTINCT ON would have whole rows in memory.
    first = f"SELECT min(rowid) FROM {copy.table(name)} WHERE {living} AND {wanted} GROUP BY gid"
    return (
        f"SELECT {columns} FROM {_PAIRS} p "
        f"JOIN (SELECT * FROM {copy.table(name)} WHERE rowid IN ({first})) r ON r.gid = p.other "
        f"WHERE p.task NOT IN (SELECT task_gid FROM {STAGED} WHERE task_gid IS NOT NULL){elsewhere} "
        f"AND {within.format('p.task')}"
    )
