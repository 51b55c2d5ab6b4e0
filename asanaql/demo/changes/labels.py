"""Changes of a task's tags and of its custom fields' values; only the latter move its `modified_at`."""

from __future__ import annotations

from typing import Any

from asanaql.demo.changes.scene import Happened, Scene, without
from asanaql.demo.customs import custom_value, short
from asanaql.demo.world import Record

#: The key in a story, and that of the value itself, by how a field is represented; of others no story tells.
TOLD = {
    "text": ("text_value", "text_value"),
    "number": ("number_value", "number_value"),
    "enum": ("enum_value", "enum_value"),
    "multi_enum": ("multi_enum_values", "multi_enum_values"),
    "people": ("people_value", "people_value"),
    "date": ("date_value", "date_value"),
}


def tag_task(scene: Scene) -> Happened | None:
    """A task has one more tag."""
    task = scene.a_task()
    tag = scene.another(scene.world.all("tag"), task["tags"])
    if tag is None:
        return None
    task["tags"] = [*task["tags"], tag]
    scene.world.hang("tag.tasks", tag, task)
    scene.changed(task, "tags", added=tag)
    scene.note(task, "added_to_tag", f"added to {tag['name']}", tag=tag)
    return Happened("tag_task", task["gid"], f"tagged {tag['name']}")


def untag_task(scene: Scene) -> Happened | None:
    """A task has one tag less."""
    task = scene.pick(task for task in scene.world.tasks if task["tags"])
    if task is None:
        return None
    tag = scene.dice.pick(task["tags"])
    task["tags"] = without(task["tags"], tag["gid"])
    scene.world.arrange("tag.tasks", tag, without(scene.world.under("tag.tasks", tag), task["gid"]))
    scene.changed(task, "tags", removed=tag)
    scene.note(task, "removed_from_tag", f"removed from {tag['name']}", tag=tag)
    return Happened("untag_task", task["gid"], f"no longer tagged {tag['name']}")


def set_custom_field(scene: Scene) -> Happened | None:
    """A custom field of a task has another value, or none."""
    task = scene.pick(task for task in scene.world.tasks if any(map(_writable, task["custom_fields"])))
    if task is None:
        return None
    old = scene.dice.pick([field for field in task["custom_fields"] if _writable(field)])
    field = scene.world.find("custom_field", old["gid"])
    assert field is not None, "no custom field is ever deleted"
    new = field.copy() if scene.dice.happens(0.2) else custom_value(scene.world, scene.dice, field, 0, certainly=True)
    if new == old:
        return None
    task["custom_fields"] = [new if each is old else each for each in task["custom_fields"]]
    scene.touch(task)
    scene.changed(task, "custom_fields", field)
    _note(scene, task, old, new)
    return Happened("set_custom_field", task["gid"], f"{field['name']}: {new['display_value']}")


def _writable(field: Record) -> bool:
    return not field["is_value_read_only"]


def _note(scene: Scene, task: Record, old: Record, new: Record) -> None:
    kind = new["representation_type"]
    if kind not in TOLD:
        return
    told, name = TOLD[kind]
    values = {f"{word}_{told}": _said(kind, value[name]) for word, value in (("old", old), ("new", new))}
    # What is not there is left out: the description has no null for most of these.
    more = {key: value for key, value in values.items() if value is not None}
    text = f"changed {new['name']}"
    scene.note(task, f"{kind}_custom_field_changed", text, custom_field=short(new), **more)


def _said(kind: str, value: Any) -> Any:
    """A value as a story shows it: numbers whole, days and moments as stories show due dates."""
    if kind == "number" and value is not None:
        return round(value)
    if kind != "date" or value is None:
        return value
    return {"start_on": None, "due_at": value["date_time"], "due_on": value["date"]}
