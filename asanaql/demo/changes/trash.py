"""Tasks that are deleted, with all that is below them, and that come back as they were.

Deleting moves the `modified_at` of the task itself, not of its subtasks; coming back moves none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from asanaql.demo.changes.family import family, link, unlink
from asanaql.demo.changes.places import arrange, fit_fields
from asanaql.demo.changes.scene import Happened, Scene, without
from asanaql.demo.world import Place, Record, World

# Where these listings have a task, its memberships and links say so too: they are made anew from those.
_MADE_ANEW = ("project.tasks", "task.dependencies", "task.dependents")
# As many tasks are left, whatever happens.
KEPT = 20


@dataclass(frozen=True)
class Trashed:
    """A deleted task, first of `tasks`; what else went with it, by kind; where all of it stood; who waited on whom."""

    tasks: list[Record]
    records: list[tuple[str, Record]]
    places: list[Place]
    links: list[tuple[Record, Record]]


def delete_task(scene: Scene) -> Happened | None:
    """A task is gone, with its subtasks, and their stories, files and tracked time."""
    world, task = scene.world, scene.a_task()
    tasks = list(family(world, task))
    if len(world.tasks) - len(tasks) < KEPT:
        return None
    scene.touch(task)
    for each in tasks:
        scene.deleted(each)
    if task["parent"] is not None:
        task["parent"]["num_subtasks"] -= 1
    links = list(_links(world, tasks))
    for one, other in links:
        unlink(world, one, other)
    _tell_links(scene, links, tasks, "removed")
    records = [found for each in tasks for found in _belongings(world, each)]
    for kind, record in records:
        world.remove(kind, record["gid"])
    places = world.withdraw({record["gid"] for _, record in records})
    scene.trash.append(Trashed(tasks, records, places, links))
    _count_ids(world, tasks, present=False)
    return Happened("delete_task", task["gid"], f"{task['name']!r}, with {len(tasks) - 1} below it")


def undelete_task(scene: Scene) -> Happened | None:
    """A deleted task is back, with all that went with it, as far as what it was in is still there."""
    world = scene.world
    back = [each for each in scene.trash if _has_parent(world, each.tasks[0])]
    if not back:
        return None
    trashed = scene.dice.pick(back)
    scene.trash.remove(trashed)
    task = trashed.tasks[0]
    for kind, record in trashed.records:
        world.add(record, kind)
    for place in trashed.places:
        if place.what not in _MADE_ANEW and _is_there(world, place.parent):
            world.put_back(place)
    _count_ids(world, trashed.tasks, present=True)
    for each in trashed.tasks:
        _settle_in(scene, each)
    links = [pair for pair in trashed.links if all(world.find("task", each["gid"]) for each in pair)]
    for one, other in links:
        link(world, one, other)
    if task["parent"] is not None:
        task["parent"]["num_subtasks"] += 1
    for each in trashed.tasks:
        scene.undeleted(each)
    _tell_links(scene, links, trashed.tasks, "added")
    return Happened("undelete_task", task["gid"], f"{task['name']!r}, with {len(trashed.tasks) - 1} below it")


def _belongings(world: World, task: Record) -> Iterator[tuple[str, Record]]:
    """The task and what cannot be without it."""
    yield "task", task
    for story in world.under("task.stories", task):
        yield "story", story
    for file in world.under("attachments", task):
        yield "attachment", file
    for entry in world.under("task.time_tracking_entries", task):
        # Listings show less of it than its record.
        yield "time_tracking_entry", world.find("time_tracking_entry", entry["gid"]) or entry
    for relationship in world.all("goal_relationship"):
        if relationship["supporting_resource"] is task:
            yield "goal_relationship", relationship


def _links(world: World, tasks: list[Record]) -> Iterator[tuple[Record, Record]]:
    """Every pair of tasks, one of them among these, of which the first waits on the second."""
    gids = {task["gid"] for task in tasks}
    for task in tasks:
        for other in list(world.under("task.dependencies", task)):
            yield task, other
        for other in list(world.under("task.dependents", task)):
            if other["gid"] not in gids:
                yield other, task


def _tell_links(scene: Scene, links: list[tuple[Record, Record]], tasks: list[Record], word: str) -> None:
    """Tells the tasks that stayed who waits on them, or on whom they wait."""
    gids = {task["gid"] for task in tasks}
    for one, other in links:
        if one["gid"] not in gids:
            scene.changed(one, "dependencies", **{word: other})
        if other["gid"] not in gids:
            scene.changed(other, "dependents", **{word: one})


def _count_ids(world: World, tasks: list[Record], *, present: bool) -> None:
    for task in tasks:
        for value in task["custom_fields"]:
            if value["representation_type"] == "custom_id":
                text = value["text_value"]
                if present:
                    world.custom_ids[text] = task
                else:
                    del world.custom_ids[text]


def _settle_in(scene: Scene, task: Record) -> None:
    """Makes a task that is back agree with the projects, sections and tags of today."""
    world = scene.world
    memberships = [each for each in task["memberships"] if world.find("project", each["project"]["gid"])]
    for each in memberships:
        if world.find("section", each["section"]["gid"]) is None:
            each["section"] = world.under("project.sections", each["project"])[0]
            world.hang("section.tasks", each["section"], task)
    if len(memberships) < len(task["memberships"]):
        task["memberships"] = memberships
        task["projects"] = [each["project"] for each in memberships]
    for each in memberships:
        arrange(scene, each["project"])
    for tag in task["tags"]:
        if world.find("tag", tag["gid"]) is None:
            task["tags"] = without(task["tags"], tag["gid"])
    fit_fields(scene, task)


def _has_parent(world: World, task: Record) -> bool:
    return task["parent"] is None or world.find("task", task["parent"]["gid"]) is not None


def _is_there(world: World, gid: str) -> bool:
    return world.kind_of(gid, world.kinds()) is not None
