"""Changes of how tasks stand to each other: whose subtask one is, and on which one waits.

None moves a `modified_at`: neither the parent's nor the task's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from asanaql.demo.changes.scene import Happened, Scene, without
from asanaql.demo.world import Record, World

DEEPEST = 4


def set_parent(scene: Scene) -> Happened | None:
    """A task becomes another's subtask, with its own subtasks; it stays in its projects."""
    world, task, parent = scene.world, scene.a_task(), scene.a_task()
    below = set(map(_gid, family(world, task)))
    if parent["gid"] in below or task["parent"] is parent or depth(parent) + height(world, task) >= DEEPEST:
        return None
    if task["parent"] is not None:
        _orphan(scene, task)
    task["parent"] = parent
    adopt(scene, task, parent)
    scene.changed(task, "parent", parent)
    return Happened("set_parent", task["gid"], f"is below {parent['gid']}")


def remove_parent(scene: Scene) -> Happened | None:
    """A subtask is a task of its own. Where it is in no project and nobody's, no listing has it any more."""
    task = scene.pick(task for task in scene.world.tasks if task["parent"])
    if task is None:
        return None
    parent = task["parent"]
    _orphan(scene, task)
    scene.changed(task, "parent")
    return Happened("remove_parent", task["gid"], f"no longer below {parent['gid']}")


def adopt(scene: Scene, task: Record, parent: Record) -> None:
    """Lists and counts a task among its parent's subtasks, tells it and writes it down."""
    parent["num_subtasks"] += 1
    scene.world.hang("task.subtasks", parent, task)
    scene.added(task, parent)
    scene.note(parent, "subtask_added", "added a subtask", task=task)


def _orphan(scene: Scene, task: Record) -> None:
    parent = task["parent"]
    scene.removed(task, parent)
    parent["num_subtasks"] -= 1
    subtasks = without(scene.world.under("task.subtasks", parent), task["gid"])
    scene.world.arrange("task.subtasks", parent, subtasks)
    task["parent"] = None


def add_dependency(scene: Scene) -> Happened | None:
    """A task waits on another."""
    task = scene.a_task()
    other = scene.another(scene.world.tasks, [task, *task["dependencies"], *task["dependents"]])
    if other is None:
        return None
    link(scene.world, task, other)
    scene.changed(task, "dependencies", added=other)
    scene.changed(other, "dependents", added=task)
    scene.note(task, "dependency_added", f"marked as blocked by {other['name']}", dependency=other)
    return Happened("add_dependency", task["gid"], f"waits on {other['gid']}")


def remove_dependency(scene: Scene) -> Happened | None:
    """A task waits on another no longer."""
    task = scene.pick(task for task in scene.world.tasks if task["dependencies"])
    if task is None:
        return None
    other = scene.dice.pick(scene.world.under("task.dependencies", task))
    unlink(scene.world, task, other)
    scene.changed(task, "dependencies", removed=other)
    scene.changed(other, "dependents", removed=task)
    scene.note(task, "dependency_removed", f"no longer blocked by {other['name']}", dependency=other)
    return Happened("remove_dependency", task["gid"], f"no longer waits on {other['gid']}")


def link(world: World, task: Record, other: Record) -> None:
    """Makes a task wait on another, in both records and both listings."""
    for one, word, two in ((task, "dependencies", other), (other, "dependents", task)):
        # Asana shows nothing but the gid of these.
        one[word] = [*one[word], {"gid": two["gid"], "resource_type": "task"}]
        world.hang(f"task.{word}", one, two)


def unlink(world: World, task: Record, other: Record) -> None:
    """Makes a task no longer wait on another."""
    for one, word, two in ((task, "dependencies", other), (other, "dependents", task)):
        one[word] = without(one[word], two["gid"])
        world.arrange(f"task.{word}", one, without(world.under(f"task.{word}", one), two["gid"]))


def family(world: World, task: Record) -> Iterator[Record]:
    """A task and all that is below it, parents first."""
    yield task
    for subtask in world.under("task.subtasks", task):
        yield from family(world, subtask)


def depth(task: Record) -> int:
    """How many tasks are above a task."""
    return 0 if task["parent"] is None else 1 + depth(task["parent"])


def height(world: World, task: Record) -> int:
    """How many levels of subtasks are below a task."""
    return max((1 + height(world, subtask) for subtask in world.under("task.subtasks", task)), default=0)


def _gid(record: Record) -> str:
    return str(record["gid"])
