"""What the events of a project tell of: which rows may be others than before, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from asanaql.sync.telling import Telling, told

AT = "2026-03-02T10:00:00.000Z"
EMPTY = Telling()


def event(kind: str, gid: str, action: str, parent: str = "", field: str = "") -> dict[str, Any]:
    """An event; `parent` is a kind and a gid."""
    above, _, above_gid = parent.partition(" ")
    return {
        "action": action,
        "created_at": AT,
        "resource": {"gid": gid, "resource_type": kind},
        "parent": {"gid": above_gid, "resource_type": above} if parent else None,
        "change": {"field": field} if field else None,
    }


def said(telling: Telling) -> dict[str, Any]:
    """What is told, without what is not."""
    names = ("tasks", "parents", "whole", "shared", "renamed", "entering", "deleted", "back")
    found = {name: getattr(telling, name) for name in names if getattr(telling, name)}
    found |= {name: tasks for name, tasks in telling.hanging.items() if tasks}
    return found | {f"stray {name}": gids for name, gids in telling.strays.items() if gids}


CASES = {
    "nothing": ([], {}),
    "a due date is shown by the task alone": ([event("task", "1", "changed", field="due_on")], {"tasks": {"1"}}),
    "a name is shown elsewhere too": (
        [event("task", "1", "changed", field="name")],
        {"tasks": {"1"}, "renamed": {"1"}},
    ),
    "of a field that is not known everything is read": (
        [event("task", "1", "changed", field="aura")],
        {"tasks": {"1"}, "whole": {"1"}},
    ),
    "a file is told of its task": (
        [event("task", "1", "changed", field="attachments")],
        {"tasks": {"1"}, "attachments": {"1"}},
    ),
    "a task that comes to the project may have anything": (
        [event("task", "1", "added", "project 7")],
        {"tasks": {"1"}, "whole": {"1"}, "entering": {"1"}},
    ),
    "a task in another section has nothing else": (
        [event("task", "1", "removed", "section 8"), event("task", "1", "added", "section 9")],
        {"tasks": {"1"}, "entering": {"1"}},
    ),
    "a subtask counts in the task above it": (
        [event("task", "1", "removed", "task 2")],
        {"tasks": {"1", "2"}, "parents": {"2"}},
    ),
    "a task that is gone is not asked for": (
        [event("task", "1", "changed", field="due_on"), event("task", "1", "deleted")],
        {"tasks": {"1"}, "deleted": {"1"}},
    ),
    "a task that is back is": (
        [event("task", "1", "deleted"), event("task", "1", "undeleted")],
        {"tasks": {"1"}, "whole": {"1"}, "back": {"1"}},
    ),
    "a comment is not the task": ([event("story", "5", "added", "task 1")], {"stories": {"1"}}),
    "an edited comment does not say whose it is": (
        [event("story", "5", "changed", field="text")],
        {"stray stories": {"5"}},
    ),
    "a comment that came and went modified its task": (
        [event("story", "5", "added", "task 1"), event("story", "5", "deleted")],
        {"stories": {"1"}, "tasks": {"1"}},
    ),
    "a comment on a goal is nothing of a task": ([event("story", "5", "added", "goal 3")], {}),
    "a project's fields are shown by all of its tasks": (
        [event("project", "7", "changed", field="custom_field_settings")],
        {"shared": {"7"}},
    ),
    "a project's name is": ([event("project", "7", "changed", field="name")], {"renamed": {"7"}}),
    "its notes are not": ([event("project", "7", "changed", field="notes")], {}),
    "a section's name is": ([event("section", "8", "changed", field="name")], {"renamed": {"8"}}),
    "what says nothing of itself is passed over": ([{"action": "changed"}, {"resource": None, "parent": None}], {}),
}


@pytest.mark.parametrize(("events", "found"), CASES.values(), ids=CASES.keys())
def test_events_tell_what_may_differ(events: list[dict[str, Any]], found: dict[str, Any]) -> None:
    assert said(told(events)) == found
