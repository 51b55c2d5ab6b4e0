"""Whether Asana left something untold: events arrive once at most, so that what they lead to is checked.

A task that was modified, or has come to a project's tasks or left them, was told of at that time; if not, an event was
lost. One that is only minutes old may still arrive, and is awaited until the next run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from asanaql.sync.copy import Copy, Mark
from asanaql.sync.selection import TASKS
from asanaql.sync.source import STAGED, one_of
from asanaql.sync.telling import Telling

#: How late an event may be, and how far apart the times of a change and of its event.
_LATE = dt.timedelta(minutes=10)
_APART = dt.timedelta(seconds=5)


def awaited_still(telling: Mapping[str, Telling], known: Mapping[str, Mark]) -> dict[str, set[str]]:
    """The tasks whose events were awaited by each project and have not arrived."""
    return {project: set(known[project].awaited - told.heard) for project, told in telling.items()}


def unheard(
    copy: Copy,
    read: Sequence[str],
    whole: Sequence[str],
    telling: Mapping[str, Telling],
    known: Mapping[str, Mark],
    now: dt.datetime,
) -> tuple[set[str], dict[str, set[str]]]:
    """The tasks whose events were lost, and those whose are awaited, by project.

    What is staged are the tasks of the projects `read`, all of the `whole` ones; `telling` is what the events of
    each project told since what was `known` of it.
    """
    lost: set[str] = set()
    awaited = awaited_still(telling, known)
    for project, tasks in awaited.items():
        since = known[project].since
        if since is not None and since <= now - _LATE:
            lost |= tasks
    for gid, project, modified, here in _differing(copy, read, whole):
        told = telling[project]
        if gid in told.heard and (not here or _is_told(told.moved.get(gid), modified)):
            continue
        if modified is not None and any(abs(modified - moment) <= _APART for moment in _unplaced(told)):
            continue  # It was modified by the loss of a comment, of which is not told whose it was.
        if modified is not None and modified <= now - _LATE:
            lost.add(gid)
        else:
            awaited[project].add(gid)
    return lost, awaited


def _unplaced(told: Telling) -> list[dt.datetime]:
    """When comments were deleted of which the copy does not say whose they were."""
    return [moment for gid, moment in told.removed.items() if gid in told.strays["stories"]]


def _is_told(moved: dt.datetime | None, modified: dt.datetime | None) -> bool:
    return modified is None or (moved is not None and moved >= modified - _APART)


def _differing(
    copy: Copy, read: Sequence[str], whole: Sequence[str]
) -> list[tuple[str, str, dt.datetime | None, bool]]:
    """The tasks that are new, modified or gone, with their project, when they were modified (NULL where gone), and
    whether the copy has them there already."""
    kept = copy.rows(TASKS)
    found = copy.duck.execute(
        f"SELECT n.gid, n.project_gid, n.modified_at, o.gid IS NOT NULL FROM {STAGED} n "
        f"LEFT JOIN {kept} o USING (gid, project_gid) WHERE {one_of('n.project_gid', read)} "
        "AND (o.gid IS NULL OR n.modified_at > o.modified_at) UNION ALL "
        f"SELECT o.gid, o.project_gid, NULL, FALSE FROM {kept} o ANTI JOIN {STAGED} n USING (gid, project_gid) "
        f"WHERE {one_of('o.project_gid', whole)}"
    )
    return found.fetchall()
