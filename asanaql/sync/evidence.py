"""Whether Asana left something untold: events arrive once at most, so that what they lead to is checked.

A task whose `modified_at` has moved, or that has come to a project's tasks or left them, was told of; if not, an event
was lost. One that is only minutes old may still arrive, and is awaited until the next run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from asanaql.sync.copy import Copy
from asanaql.sync.selection import TASKS
from asanaql.sync.source import STAGED, literals

#: How late an event may be.
_LATE = dt.timedelta(minutes=10)


def unheard(
    copy: Copy, read: Sequence[str], whole: Sequence[str], heard: Mapping[str, Collection[str]], now: dt.datetime
) -> tuple[set[str], dict[str, tuple[str, ...]]]:
    """The tasks whose events were lost, and those whose are awaited, by project.

    What is staged are the tasks of the projects `read`, all of them in the `whole` ones; `heard` are the tasks that
    each project's events told of.
    """
    lost: set[str] = set()
    awaited: dict[str, list[str]] = {}
    for gid, project, modified in _differing(copy, read, whole):
        if gid in heard[project]:
            continue
        if modified is not None and modified <= now - _LATE:
            lost.add(gid)
        else:
            awaited.setdefault(project, []).append(gid)
    return lost, {project: tuple(gids) for project, gids in awaited.items()}


def _differing(copy: Copy, read: Sequence[str], whole: Sequence[str]) -> list[tuple[str, str, dt.datetime | None]]:
    """The tasks that are new, modified or gone, with their project and when they were modified; None where gone."""
    kept = copy.rows(TASKS)
    found = copy.duck.execute(
        f"SELECT n.gid, n.project_gid, n.modified_at FROM {STAGED} n LEFT JOIN {kept} o USING (gid, project_gid) "
        f"WHERE n.project_gid IN ({literals(list(read)) or 'NULL'}) "
        "AND (o.gid IS NULL OR n.modified_at > o.modified_at) "
        f"UNION ALL SELECT o.gid, o.project_gid, NULL FROM {kept} o ANTI JOIN {STAGED} n USING (gid, project_gid) "
        f"WHERE o.project_gid IN ({literals(list(whole)) or 'NULL'})"
    )
    return found.fetchall()
