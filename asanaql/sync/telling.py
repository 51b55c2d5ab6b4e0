"""What the events of a project tell: of which tasks which rows may be others than before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]

#: Fields of a task that nothing but its own row shows, and what is made of it. Others make all of it be read anew.
_OWN = frozenset(
    {
        "approval_status",
        "assignee",
        "completed",
        "custom_fields",
        "dependencies",
        "dependents",
        "due_at",
        "due_on",
        "followers",
        "hearts",
        "html_notes",
        "likes",
        "memberships",
        "name",
        "notes",
        "parent",
        "projects",
        "start_at",
        "start_on",
        "tags",
    }
)
_NAME = "name"
#: Fields of a project that all of its tasks show.
_SHARED = frozenset({"custom_field_settings", "custom_fields"})
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_HANGING = {"story": "stories", "attachment": "attachments"}


@dataclass
class Telling:
    """What is to be read again, by gid: `tasks` for their own rows, `parents` for those of their subtasks.

    `hanging` are tasks by the relation of what hangs on them, `whole` those of which everything is read. Of `shared`
    projects every task shows something else, and `renamed` are shown by other rows under another name. `strays` were
    told without their task, by relation; of these the `removed` have modified it, then. `heard` are all tasks told of,
    and `moved` those that were modified, with the last time that was told. `entering` have come to the project,
    `deleted` are gone, and `back` those that were deleted before. `homes` are the tasks of what was told with its task.
    """

    tasks: set[str] = field(default_factory=set)
    parents: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)
    renamed: set[str] = field(default_factory=set)
    heard: set[str] = field(default_factory=set)
    entering: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    back: set[str] = field(default_factory=set)
    removed: dict[str, dt.datetime] = field(default_factory=dict)
    moved: dict[str, dt.datetime] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    hanging: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in _HANGING.values()})
    strays: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in _HANGING.values()})

    def add(self, other: Telling) -> None:
        """Tell also what another tells."""
        for name in ("tasks", "parents", "whole", "shared", "renamed", "heard", "removed", "moved", "deleted"):
            getattr(self, name).update(getattr(other, name))
        for name in _HANGING.values():
            self.hanging[name] |= other.hanging[name]
            self.strays[name] |= other.strays[name]


def told(events: Iterable[Row]) -> Telling:
    """What some events tell. Of a kind of object that no task shows they tell nothing."""
    found = Telling()
    for event in events:
        resource, parent = event.get("resource") or {}, event.get("parent") or {}
        if resource.get("gid"):
            _tell(found, event, resource, parent)
    return found


def _tell(found: Telling, event: Row, resource: Row, parent: Row) -> None:
    gid, kind = resource["gid"], resource.get("resource_type")
    field = (event.get("change") or {}).get("field")
    if kind == "task":
        found.heard.add(gid)
        found.moved[gid] = max(_moment(event), found.moved.get(gid, _NEVER))
        found.tasks.add(gid)
        _tell_presence(found, event.get("action"), gid, parent.get("resource_type"))
        if _renews(event, parent, field):
            found.whole.add(gid)
        if field == "attachments":
            found.hanging["attachments"].add(gid)
        if parent.get("resource_type") == "task":
            found.tasks.add(parent["gid"])
            found.parents.add(parent["gid"])
    elif kind in _HANGING:
        if parent.get("resource_type") == "task":
            found.homes[gid] = parent["gid"]
        if gid in found.homes:
            _tell_hanging(found, event, _HANGING[kind], found.homes[gid])
        elif not parent:
            found.strays[_HANGING[kind]].add(gid)
            if event.get("action") == "deleted" and kind == "story":
                found.removed[gid] = _moment(event)
    elif kind == "project" and field in _SHARED:
        found.shared.add(gid)
    if field == _NAME:
        found.renamed.add(gid)


def _tell_hanging(found: Telling, event: Row, relation: str, task: str) -> None:
    found.heard.add(task)
    found.hanging[relation].add(task)
    if event.get("action") == "deleted":
        # Taking something away modifies the task.
        found.tasks.add(task)
        found.moved[task] = max(_moment(event), found.moved.get(task, _NEVER))


def _tell_presence(found: Telling, action: object, gid: str, parent: object) -> None:
    if action == "deleted":
        found.deleted.add(gid)
        found.entering.discard(gid)
    if action in ("added", "undeleted"):
        found.deleted.discard(gid)
    if action == "undeleted":
        found.back.add(gid)
    if action == "added" and parent in ("project", "section"):
        found.entering.add(gid)


def _renews(event: Row, parent: Row, field: str | None) -> bool:
    """Whether what hangs on a task may be other than before: nobody was told of it while it was elsewhere."""
    if event.get("action") == "added":
        return parent.get("resource_type") != "section"
    return event.get("action") == "undeleted" or (field is not None and field not in _OWN | {"attachments"})


def _moment(event: Row) -> dt.datetime:
    """When an event happened; before everything where it does not say so."""
    created = event.get("created_at")
    return dt.datetime.fromisoformat(created) if isinstance(created, str) else _NEVER
