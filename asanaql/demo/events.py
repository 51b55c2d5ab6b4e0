"""Makes a day of events: what happened to tasks, and to a goal, in the twenty-four hours before the world's now."""

from __future__ import annotations

from datetime import timedelta

from asanaql.demo.dice import Dice, stamp
from asanaql.demo.shapes import COMPACT
from asanaql.demo.world import Record, World

#: In the project of most tasks, so that its events take more than one answer.
BUSY = 130
ELSEWHERE = 90
FIELDS = ("completed", "due_on", "name", "assignee", "notes", "custom_fields")


def make_events(world: World, dice: Dice) -> None:
    """The events, oldest first, some of them at the same millisecond."""
    busy = world.tasks_in(world.notable["biggest"])
    tasks = [dice.pick(busy) for _ in range(BUSY)] + [dice.pick(world.tasks) for _ in range(ELSEWHERE)]
    moments = sorted(world.now - timedelta(seconds=dice.number(1, 86_000)) for _ in tasks)
    for number, (task, moment) in enumerate(zip(tasks, moments, strict=True)):
        event = _MAKERS[number % len(_MAKERS)](world, dice, task)
        _happen(world, event | {"created_at": stamp(moment)}, task)
    goal = world.all("goal")[0]
    _happen(world, _changed(world, dice, goal, "status") | {"created_at": stamp(world.now)}, goal)


def _happen(world: World, event: Record, at: Record) -> None:
    """Keep an event for everyone who watches the object, what it is under, or what holds it."""
    watched = {at["gid"], *(project["gid"] for project in at.get("projects", ()))}
    above = at.get("parent")
    while above is not None:
        watched.add(above["gid"])
        above = above["parent"]
    world.happen(event, watched)


def _event(world: World, dice: Dice, action: str, resource: Record, parent: Record | None = None) -> Record:
    user = None if dice.happens(0.1) else dice.pick(world.users)
    kind = resource["resource_type"]
    above = None if parent is None else named(parent)
    return {"user": user, "resource": named(resource), "type": kind, "action": action, "parent": above}


def named(record: Record) -> Record:
    """What an event shows of an object, whatever its kind; a story has no name."""
    return {name: record[name] for name in COMPACT if name in record}


def _changed(world: World, dice: Dice, resource: Record, field: str, value: object = None) -> Record:
    # Asana tells the new value only where that is an object.
    told = {"new_value": named(value)} if isinstance(value, dict) else {}
    return _event(world, dice, "changed", resource) | {"change": {"field": field, "action": "changed", **told}}


def _field(world: World, dice: Dice, task: Record) -> Record:
    field = dice.pick(FIELDS)
    return _changed(world, dice, task, field, task[field])


def _follower(world: World, dice: Dice, task: Record) -> Record:
    word = "added" if dice.happens(0.6) else "removed"
    change = {"field": "followers", "action": word, f"{word}_value": named(dice.pick(world.users))}
    return _event(world, dice, "changed", task) | {"change": change}


def _story(world: World, dice: Dice, task: Record) -> Record:
    stories = world.under("task.stories", task)
    story = dice.pick(stories) if stories else {"gid": dice.gid(), "resource_type": "story"}
    return _event(world, dice, "added", story, task)


def _moved(world: World, dice: Dice, task: Record) -> Record:
    holders = task["projects"] or [world.projects[0]]
    return _event(world, dice, "added" if dice.happens(0.5) else "removed", task, dice.pick(holders))


def _deleted(world: World, dice: Dice, task: Record) -> Record:
    return _event(world, dice, "deleted", task)


def _undeleted(world: World, dice: Dice, task: Record) -> Record:
    return _event(world, dice, "undeleted", task)


_MAKERS = (_field, _field, _story, _follower, _field, _moved, _deleted, _undeleted)
