"""Changes of where a task stands: in which projects, and in which of their sections. None moves its `modified_at`."""

from __future__ import annotations

from asanaql.demo.changes.scene import Happened, Scene, without
from asanaql.demo.customs import custom_value
from asanaql.demo.world import Record

# Asana allows more; so many are enough to be in several.
MOST = 4


def move_to_section(scene: Scene) -> Happened | None:
    """A task stands in another section of one of its projects."""
    task = scene.pick(task for task in scene.world.tasks if task["memberships"])
    if task is None:
        return None
    membership = scene.dice.pick(task["memberships"])
    project, old = membership["project"], membership["section"]
    new = scene.another(scene.world.under("project.sections", project), [old])
    if new is None:
        return None
    scene.removed(task, old)
    _take_out(scene, task, old)
    membership["section"] = new
    _put_in(scene, task, new)
    scene.added(task, new)
    text = f"moved from {old['name']} to {new['name']}"
    scene.note(task, "section_changed", text, old_section=old, new_section=new, project=project)
    return Happened("move_to_section", task["gid"], text)


def add_to_project(scene: Scene) -> Happened | None:
    """A task is in one more project."""
    task = scene.pick(task for task in scene.world.tasks if len(task["projects"]) < MOST)
    project = task and scene.another(scene.world.projects, task["projects"])
    if not task or not project:
        return None
    enter(scene, task, project)
    return Happened("add_to_project", task["gid"], f"is in {project['name']} as well")


def remove_from_project(scene: Scene) -> Happened | None:
    """A task is in one project less, in none perhaps."""
    task = scene.pick(task for task in scene.world.tasks if task["projects"])
    if task is None:
        return None
    project = scene.dice.pick(task["projects"])
    leave(scene, task, project)
    return Happened("remove_from_project", task["gid"], f"is no longer in {project['name']}")


def move_to_project(scene: Scene) -> Happened | None:
    """A task is in another project than before."""
    task = scene.pick(task for task in scene.world.tasks if task["projects"])
    project = task and scene.another(scene.world.projects, task["projects"])
    if not task or not project:
        return None
    old = scene.dice.pick(task["projects"])
    enter(scene, task, project)
    leave(scene, task, old)
    return Happened("move_to_project", task["gid"], f"moved from {old['name']} to {project['name']}")


def enter(scene: Scene, task: Record, project: Record) -> None:
    """Puts a task into a section of a project, tells it and writes it down."""
    section = scene.dice.pick(scene.world.under("project.sections", project))
    task["memberships"] = [*task["memberships"], {"project": project, "section": section}]
    task["projects"] = [*task["projects"], project]
    _put_in(scene, task, section)
    fit_fields(scene, task)
    scene.added(task, project)
    scene.added(task, section)
    scene.note(task, "added_to_project", f"added to {project['name']}", project=project)


def leave(scene: Scene, task: Record, project: Record) -> None:
    """Takes a task out of a project, tells it and writes it down."""
    section = next(each["section"] for each in task["memberships"] if each["project"] is project)
    forsake(scene, task, project)
    _take_out(scene, task, section)
    # Told with the project as parent: whoever watches it hears of it though the task is no longer there.
    scene.removed(task, section)
    scene.removed(task, project)
    scene.note(task, "removed_from_project", f"removed from {project['name']}", project=project)


def forsake(scene: Scene, task: Record, project: Record) -> None:
    """Makes a task's record say that it is not in a project; the listings are another's business."""
    task["memberships"] = [each for each in task["memberships"] if each["project"] is not project]
    task["projects"] = without(task["projects"], project["gid"])
    fit_fields(scene, task)


def arrange(scene: Scene, project: Record) -> None:
    """Lists a project's tasks as its sections list theirs."""
    world = scene.world
    sections = world.under("project.sections", project)
    world.arrange("project.tasks", project, [task for each in sections for task in world.under("section.tasks", each)])


def _put_in(scene: Scene, task: Record, section: Record) -> None:
    """At a place among the section's tasks that has nothing to do with age."""
    tasks = list(scene.world.under("section.tasks", section))
    tasks.insert(scene.dice.number(0, len(tasks)), task)
    scene.world.arrange("section.tasks", section, tasks)
    arrange(scene, section["project"])


def _take_out(scene: Scene, task: Record, section: Record) -> None:
    world = scene.world
    world.arrange("section.tasks", section, without(world.under("section.tasks", section), task["gid"]))
    arrange(scene, section["project"])


def fit_fields(scene: Scene, task: Record) -> None:
    """Gives a task the custom fields of the projects that it is in, and no others; values that it had stay."""
    settings = [setting for project in task["projects"] for setting in project["custom_field_settings"]]
    fields = {setting["custom_field"]["gid"]: setting["custom_field"] for setting in settings}
    values = {value["gid"]: value for value in task["custom_fields"]}
    for gid, value in values.items():
        if gid not in fields and value["representation_type"] == "custom_id":
            del scene.world.custom_ids[value["text_value"]]
    task["custom_fields"] = [values.get(gid) or _first_value(scene, task, field) for gid, field in fields.items()]


def _first_value(scene: Scene, task: Record, field: Record) -> Record:
    """None, but for the fields that are never without: formulas, and custom ids, which are counted on."""
    world, kind = scene.world, field["representation_type"]
    if kind not in ("formula", "custom_id"):
        return field.copy()
    value = custom_value(world, scene.dice, field, scene.last_id)
    if kind == "custom_id":
        scene.last_id += 1
        world.custom_ids[value["text_value"]] = task
    return value
