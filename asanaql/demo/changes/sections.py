"""Changes of a project's sections. Sections have no `modified_at`, and the project's does not move for them."""

from __future__ import annotations

from asanaql.demo.changes.places import arrange
from asanaql.demo.changes.scene import Happened, Scene, without
from asanaql.demo.changes.texts import new_name
from asanaql.demo.world import Record


def create_section(scene: Scene) -> Happened | None:
    """A project has one more section, still without tasks."""
    project = scene.pick(scene.world.projects)
    if project is None:
        return None
    section = add_section(scene, project, new_name(scene))
    scene.added(section, project)
    return Happened("create_section", section["gid"], f"{section['name']!r} in {project['name']}")


def add_section(scene: Scene, project: Record, name: str) -> Record:
    """A new section, the last of its project."""
    section = {
        "gid": scene.dice.gid(),
        "resource_type": "section",
        "name": name,
        "created_at": scene.now,
        "project": project,
        "projects": [project],
    }
    scene.world.hang("project.sections", project, scene.world.add(section))
    return section


def rename_section(scene: Scene) -> Happened | None:
    """A section has another name."""
    section = scene.pick(scene.world.all("section"))
    if section is None:
        return None
    section["name"] = new_name(scene)
    scene.changed(section, "name")
    return Happened("rename_section", section["gid"], f"is now {section['name']!r}")


def move_section(scene: Scene) -> Happened | None:
    """A section stands at another place in its project, with its tasks."""
    section = scene.pick(scene.world.all("section"))
    if section is None:
        return None
    project = section["project"]
    old = list(scene.world.under("project.sections", project))
    sections = without(old, section["gid"])
    sections.insert(scene.dice.number(0, len(sections)), section)
    if sections == old:
        return None
    scene.world.arrange("project.sections", project, sections)
    arrange(scene, project)
    scene.changed(section, "order")
    return Happened("move_section", section["gid"], f"elsewhere in {project['name']}")


def delete_section(scene: Scene) -> Happened | None:
    """A section is gone. As Asana demands it has no tasks, and is not the project's only one."""
    section = scene.pick(
        each
        for each in scene.world.all("section")
        if not scene.world.under("section.tasks", each)
        and len(scene.world.under("project.sections", each["project"])) > 1
    )
    if section is None:
        return None
    scene.deleted(section)
    scene.world.remove("section", section["gid"])
    scene.world.withdraw({section["gid"]})
    return Happened("delete_section", section["gid"], f"no longer in {section['project']['name']}")
