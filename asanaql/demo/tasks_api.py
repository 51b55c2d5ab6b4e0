"""The rules of the task addresses. Source: https://developers.asana.com/reference/gettasks"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from asanaql.demo.ask import Ask
from asanaql.demo.refusals import (
    DEPENDENCIES_ARE_PAID,
    FIELDS_ARE_PAID,
    GOALS_ARE_PAID,
    TASKS_NEED_EXACTLY_ONE,
    TASKS_NEED_ONE,
    Refusal,
    unknown,
)
from asanaql.demo.route import COUNTS, SINGLE, Route, listing, single
from asanaql.demo.world import Record

PARENTS = ("project", "section", "tag", "user_task_list")


def tasks(ask: Ask) -> Sequence[Record]:
    """The tasks of exactly one project, section, tag or task list, or of an assignee in a workspace."""
    named = [name for name in PARENTS if ask.has(name)]
    if not named and not ask.has("assignee", "workspace"):
        raise Refusal(400, TASKS_NEED_ONE)
    if len(named) + ask.has("assignee", "workspace") != 1 or ask.has("assignee") != ask.has("workspace"):
        raise Refusal(400, TASKS_NEED_EXACTLY_ONE)
    if named:
        found = _listed(ask, named[0], ask.needed(named[0]))
    else:
        ask.needed("workspace")
        found = ask.world.under("user.tasks", ask.needed("assignee", "user"))
    return _since(ask, found, "modified_since", "completed_since")


def tasks_under(parent: str) -> Callable[[Ask], Sequence[Record]]:
    """The tasks of the record that the path names; these addresses know completed_since, and nothing else."""
    return lambda ask: _since(ask, _listed(ask, parent, ask.keys[parent]), "completed_since")


def _listed(ask: Ask, parent: str, record: Record) -> Sequence[Record]:
    if parent == "user_task_list":
        return ask.world.under("user.tasks", record["owner"])
    return ask.world.under(f"{parent}.tasks", record)


def _since(ask: Ask, found: Sequence[Record], *taken: str) -> Sequence[Record]:
    modified = ask.moment("modified_since") if "modified_since" in taken else None
    completed = ask.moment("completed_since")
    if modified is not None:
        found = [task for task in found if task["modified_at"] >= modified]
    if completed is not None:
        # Incomplete tasks are always in: the parameter is about when a complete one was completed.
        found = [task for task in found if not task["completed"] or task["completed_at"] >= completed]
    return found


def task_counts(ask: Ask) -> Record:
    """How many tasks a project has, by kind."""
    found = ask.world.under("project.tasks", ask.keys["project"])
    milestones = [task for task in found if task["resource_subtype"] == "milestone"]
    done, reached = (sum(task["completed"] for task in some) for some in (found, milestones))
    return {
        "num_tasks": len(found),
        "num_incomplete_tasks": len(found) - done,
        "num_completed_tasks": done,
        "num_milestones": len(milestones),
        "num_incomplete_milestones": len(milestones) - reached,
        "num_completed_milestones": reached,
    }


def task_by_custom_id(ask: Ask) -> Record:
    """The task whose custom id the path names, such as OKA-12."""
    custom_id = ask.params[":custom_id"]
    if custom_id not in ask.world.custom_ids:
        raise unknown("custom_id", custom_id)
    return ask.world.custom_ids[custom_id]


ROUTES: tuple[Route, ...] = (
    single("task"),
    single("section"),
    single("story", plural="stories"),
    Route("/tasks/{task}/projects", lambda ask: ask.keys["task"]["projects"]),
    listing("project", "sections"),
    Route("/projects/{project}/task_counts", task_counts, COUNTS),
    Route("/tasks", tasks),
    Route("/projects/{project}/tasks", tasks_under("project")),
    Route("/sections/{section}/tasks", tasks_under("section")),
    Route("/user_task_lists/{user_task_list}/tasks", tasks_under("user_task_list")),
    listing("tag", "tasks"),
    listing("task", "subtasks"),
    replace(listing("task", "dependencies"), paid=DEPENDENCIES_ARE_PAID),
    replace(listing("task", "dependents"), paid=DEPENDENCIES_ARE_PAID),
    Route("/workspaces/{workspace}/tasks/custom_id/{custom_id}", task_by_custom_id, SINGLE, FIELDS_ARE_PAID),
    Route("/tasks/{task}/tags", lambda ask: ask.keys["task"]["tags"]),
    listing("task", "stories"),
    replace(listing("goal", "stories"), paid=GOALS_ARE_PAID),
)
