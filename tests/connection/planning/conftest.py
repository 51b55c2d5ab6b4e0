"""A small workspace whose relations are hard to join, and what statements on it are compared with."""

from __future__ import annotations

import pytest

from .ground import Ground

#: No project keeps more tasks than this, so that the stories of all tasks can be asked for again and again.
MOST = 16


@pytest.fixture(scope="module")
def tangled_world(small_world):
    """Projects of one name, one without an owner; tasks in two projects; children beside and apart from parents."""
    world = small_world
    projects = world.under("workspace.projects", world.workspace)
    by_size = sorted(projects, key=lambda project: len(world.tasks_in(project["gid"])))
    for project in projects:
        _trim(world, project)
    by_size[-1]["name"] = by_size[-2]["name"] = "Launch"
    by_size[1]["owner"] = None
    by_size[-1]["owner"] = by_size[0]["owner"]
    world.users[3]["name"] = world.users[2]["name"]
    few, more, most = (world.tasks_in(project["gid"]) for project in by_size[1:])
    for parent, children in ((few[0], few[1:4]), (more[0], more[10:12] + most[10:12]), (most[1], more[5:7])):
        for child in children:
            _adopt(world, parent, child)
    for child in few[5:7]:
        _adopt(world, _outside(world), child)
    for task in (most[0], most[2], most[3], most[5], more[11]):
        _place(world, task, by_size[1])
    _shorten(world)
    return world


def _trim(world, project):
    """Take the last tasks out of a project; those in two projects stay in the other."""
    for task in world.tasks_in(project["gid"])[MOST:]:
        task["memberships"] = [each for each in task["memberships"] if each["project"] is not project]
        task["projects"] = [each["project"] for each in task["memberships"]]
    for what, parents in (
        ("project.tasks", [project]),
        ("section.tasks", world.under("project.sections", project)),
    ):
        for parent in parents:
            world.arrange(what, parent, [task for task in world.under(what, parent) if project in task["projects"]])


def _place(world, task, project):
    """Put a task into one more project."""
    section = world.under("project.sections", project)[0]
    task["memberships"].append({"project": project, "section": section})
    task["projects"].append(project)
    world.hang("project.tasks", project, task)
    world.hang("section.tasks", section, task)


def _adopt(world, parent, child):
    if child["parent"] is None and parent["parent"] is not child and parent is not child:
        child["parent"] = parent
        parent["num_subtasks"] += 1
        world.hang("task.subtasks", parent, child)


def _outside(world):
    """A task that is in no project."""
    return next(task for task in world.tasks if not task["projects"] and task["parent"] is None)


def _shorten(world):
    """Leave users and tags the tasks that are in projects, and a few others."""
    for what, parents in (("user.tasks", world.users), ("tag.tasks", world.all("tag"))):
        for parent in parents:
            under = world.under(what, parent)
            others = [task for task in under if not task["projects"]]
            world.arrange(what, parent, [task for task in under if task["projects"]] + others[:2])
            for task in others[2:]:
                task["tags"] = [tag for tag in task["tags"] if tag is not parent]
                task["assignee"] = task["assignee"] if task["assignee"] is not parent else None


@pytest.fixture(scope="module")
def ground(asana_of, tangled_world):
    return Ground(asana_of(tangled_world))
