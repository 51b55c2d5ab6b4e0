"""Changes of what a task says about itself; each of them moves its `modified_at`."""

from __future__ import annotations

from datetime import datetime, timedelta

from asanaql.demo.changes.scene import Happened, Scene
from asanaql.demo.changes.texts import new_name, new_notes
from asanaql.demo.dice import stamp
from asanaql.demo.world import Record

DUE = ("due_at", "due_on", "start_at", "start_on")


def rename_task(scene: Scene) -> Happened | None:
    """Another name."""
    task, name = scene.a_task(), new_name(scene)
    old, task["name"] = task["name"], name
    scene.touch(task)
    scene.changed(task, "name")
    scene.note(task, "name_changed", f'changed the name to "{name}"', old_name=old, new_name=name)
    return Happened("rename_task", task["gid"], f"{old!r} is now {name!r}")


def describe_task(scene: Scene) -> Happened | None:
    """Other notes."""
    task = scene.a_task()
    task |= new_notes(scene)
    scene.touch(task)
    scene.changed(task, "notes")
    scene.note(task, "notes_changed", "changed the description")
    return Happened("describe_task", task["gid"], "other notes")


def schedule_task(scene: Scene) -> Happened | None:
    """Another due date, with or without a time and a start; or none where there was one."""
    task = scene.a_task()
    old = {name: task[name] for name in DUE}
    task |= _dates(scene, clear=task["due_on"] is not None and scene.dice.happens(0.2))
    if {name: task[name] for name in DUE} == old:
        return None
    scene.touch(task)
    for name in DUE:
        if task[name] != old[name]:
            scene.changed(task, name)
    # Without a due date there are no dates: the description has no null for it.
    told = {f"{word}_dates": _told(dates) for word, dates in (("old", old), ("new", task)) if dates["due_on"]}
    scene.note(task, "due_date_changed", "changed the due date", **told)
    return Happened("schedule_task", task["gid"], f"due {old['due_on']}, now {task['due_on']}")


def _told(dates: Record) -> Record:
    return {name: dates[name] for name in ("start_on", "due_at", "due_on")}


def _dates(scene: Scene, *, clear: bool) -> Record:
    if clear:
        return dict.fromkeys(DUE)
    due = datetime.fromisoformat(scene.now).replace(hour=0, minute=0, second=0, microsecond=0)
    due += timedelta(days=scene.dice.number(-10, 60))
    start_on = f"{due - timedelta(days=scene.dice.number(1, 9)):%Y-%m-%d}" if scene.dice.happens(0.3) else None
    due_at = stamp(due.replace(hour=scene.dice.number(0, 23), minute=45)) if scene.dice.happens(0.3) else None
    return {"due_at": due_at, "due_on": f"{due:%Y-%m-%d}", "start_at": None, "start_on": start_on}


def complete_task(scene: Scene) -> Happened | None:
    """An open task is done; an approval is approved by that."""
    task = scene.pick(task for task in scene.world.tasks if not task["completed"])
    if task is None:
        return None
    task |= {"completed": True, "completed_at": scene.now, "completed_by": scene.user}
    _decide(task, "approved")
    scene.touch(task)
    scene.changed(task, "completed")
    scene.note(task, "marked_complete", "marked this task complete")
    return Happened("complete_task", task["gid"], "done")


def reopen_task(scene: Scene) -> Happened | None:
    """A done task is open again."""
    task = scene.pick(task for task in scene.world.tasks if task["completed"])
    if task is None:
        return None
    task |= {"completed": False, "completed_at": None, "completed_by": None}
    _decide(task, "pending")
    scene.touch(task)
    scene.changed(task, "completed")
    scene.note(task, "marked_incomplete", "marked this task incomplete")
    return Happened("reopen_task", task["gid"], "open again")


def _decide(task: Record, outcome: str) -> None:
    if "approval_status" in task:
        task["approval_status"] = outcome
