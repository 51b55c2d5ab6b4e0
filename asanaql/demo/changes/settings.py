"""Changes of what projects are set up with: custom fields and members. They do not move a `modified_at`."""

from __future__ import annotations

from collections.abc import Iterator

from asanaql.demo.changes.places import fit_fields
from asanaql.demo.changes.scene import Happened, Scene, without
from asanaql.demo.changes.texts import new_name
from asanaql.demo.customs import setting, short
from asanaql.demo.members import join_project
from asanaql.demo.world import Record


def add_field(scene: Scene) -> Happened | None:
    """A project uses one more custom field, and each of its tasks has it, without a value."""
    project = scene.pick(scene.world.projects)
    used = [each["custom_field"] for each in project["custom_field_settings"]] if project else []
    field = scene.another(scene.world.all("custom_field"), used)
    if not project or not field:
        return None
    # The list in the project is replaced: setting() appends to what others may hold.
    project["custom_field_settings"] = list(project["custom_field_settings"])
    made = setting(scene.world, scene.dice, project, field)
    project["custom_fields"] = [*project["custom_fields"], short(field)]
    for task in scene.world.tasks_in(project["gid"]):
        fit_fields(scene, task)
    scene.changed(project, "custom_field_settings", added=made["custom_field"])
    return Happened("add_field", project["gid"], f"uses {field['name']}")


def remove_field(scene: Scene) -> Happened | None:
    """A project no longer uses a custom field; its tasks lose its value unless another project of theirs does."""
    project = scene.pick(each for each in scene.world.projects if each["custom_field_settings"])
    if project is None:
        return None
    gone = scene.dice.pick(project["custom_field_settings"])
    field = gone["custom_field"]
    scene.world.remove("custom_field_setting", gone["gid"])
    scene.world.withdraw({gone["gid"]})
    project["custom_field_settings"] = without(project["custom_field_settings"], gone["gid"])
    project["custom_fields"] = without(project["custom_fields"], field["gid"])
    for task in scene.world.tasks_in(project["gid"]):
        fit_fields(scene, task)
    scene.changed(project, "custom_field_settings", removed=field)
    return Happened("remove_field", project["gid"], f"no longer uses {field['name']}")


def rename_field(scene: Scene) -> Happened | None:
    """A custom field has another name, on whatever has a value of it. Asana tells no events about fields."""
    field = scene.pick(scene.world.all("custom_field"))
    if field is None:
        return None
    old, field["name"] = field["name"], new_name(scene)
    for record in _holders(scene):
        record["custom_fields"] = [
            value | {"name": field["name"]} if value["gid"] == field["gid"] else value
            for value in record["custom_fields"]
        ]
    # Stories and memberships show the field in a form of its own.
    for kind, key in (("story", "custom_field"), ("membership", "parent")):
        for record in (*scene.world.all(kind), *_in_trash(scene, kind)):
            if key in record and record[key]["gid"] == field["gid"]:
                record[key] = record[key] | {"name": field["name"]}
    return Happened("rename_field", field["gid"], f"{old!r} is now {field['name']!r}")


def _holders(scene: Scene) -> Iterator[Record]:
    """Whatever may have values of custom fields, deleted tasks too: they may come back."""
    for kind in ("task", "project", "portfolio", "goal", "user"):
        yield from scene.world.all(kind)
    yield from _in_trash(scene, "task")


def _in_trash(scene: Scene, kind: str) -> Iterator[Record]:
    for trashed in scene.trash:
        yield from (record for each, record in trashed.records if each == kind)


def add_member(scene: Scene) -> Happened | None:
    """A user is a member of one more project."""
    project = scene.pick(scene.world.projects)
    user = project and scene.another(scene.world.users, project["members"])
    if not project or not user:
        return None
    project["members"] = sorted([*project["members"], user], key=lambda each: str(each["name"]))
    join_project(scene.world, scene.dice, project, user)
    scene.changed(project, "members", added=user)
    return Happened("add_member", project["gid"], f"has {user['name']} as a member")


def remove_member(scene: Scene) -> Happened | None:
    """A user is a member of one project less."""
    project = scene.pick(each for each in scene.world.projects if each["members"])
    if project is None:
        return None
    user = scene.dice.pick(project["members"])
    project["members"] = without(project["members"], user["gid"])
    for membership in list(scene.world.under("memberships", project)):
        if membership["member"] is user:
            # The two addresses show the same membership, each in its own form.
            scene.world.remove("membership", membership["gid"])
            scene.world.remove("project_membership", membership["gid"])
            scene.world.withdraw({membership["gid"]})
    scene.changed(project, "members", removed=user)
    return Happened("remove_member", project["gid"], f"no longer has {user['name']} as a member")
