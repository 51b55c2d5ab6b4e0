"""Changes of projects themselves; those of their own fields move their `modified_at`."""

from __future__ import annotations

from collections.abc import Iterator

from asanaql.demo.changes.places import forsake
from asanaql.demo.changes.scene import Happened, Scene
from asanaql.demo.changes.sections import add_section
from asanaql.demo.changes.texts import new_name, new_notes
from asanaql.demo.members import join_project
from asanaql.demo.projects import Plan, make_project
from asanaql.demo.words import SECTIONS
from asanaql.demo.world import Record, World

#: The listings under a project whose records cannot be without it.
OWNED = (
    "attachments",
    "status_updates",
    "memberships",
    "access_requests",
    "project_portfolio_settings",
    "project.sections",
    "project.custom_field_settings",
    "project.project_memberships",
    "project.project_statuses",
    "project.task_templates",
    "project.budgets",
    "project.rates",
)

#: What is elsewhere and cannot be without its project, and the field that names that.
POINTING = (("webhook", "resource"), ("allocation", "parent"), ("goal_relationship", "supporting_resource"))

# As many projects are left, whatever happens.
KEPT = 5


def create_project(scene: Scene) -> Happened | None:
    """A project of a team, with two sections and its maker as its only member."""
    world = scene.world
    plan = Plan(new_name(scene), 0, team=scene.dice.number(0, len(world.teams) - 1))
    project = make_project(world, scene.dice, plan, world.users, world.teams, 0)
    project |= {"created_at": scene.now, "modified_at": scene.now, "owner": scene.user}
    project |= {"members": [scene.user], "followers": [scene.user]}
    join_project(world, scene.dice, project, scene.user)
    for name in SECTIONS[:2]:
        add_section(scene, project, name)
    world.hang("team.projects", project["team"], project)
    world.hang("workspace.projects", world.workspace, project)
    _arrange(world, project)
    scene.added(project, world.workspace)
    return Happened("create_project", project["gid"], f"{project['name']!r} of {project['team']['name']}")


def rename_project(scene: Scene) -> Happened | None:
    """A project has another name."""
    project = scene.pick(scene.world.projects)
    if project is None:
        return None
    project["name"] = new_name(scene)
    _modified(scene, project, "name")
    return Happened("rename_project", project["gid"], f"is now {project['name']!r}")


def describe_project(scene: Scene) -> Happened | None:
    """A project has other notes."""
    project = scene.pick(scene.world.projects)
    if project is None:
        return None
    project |= new_notes(scene)
    _modified(scene, project, "notes")
    return Happened("describe_project", project["gid"], "other notes")


def archive_project(scene: Scene) -> Happened | None:
    """A project is put away; its tasks stay in it."""
    return _archive(scene, "archive_project", archived=True)


def unarchive_project(scene: Scene) -> Happened | None:
    """A project is in use again."""
    return _archive(scene, "unarchive_project", archived=False)


def _archive(scene: Scene, kind: str, *, archived: bool) -> Happened | None:
    project = scene.pick(each for each in scene.world.projects if each["archived"] != archived)
    if project is None:
        return None
    project["archived"] = archived
    _arrange(scene.world, project)
    _modified(scene, project, "archived")
    return Happened(kind, project["gid"], f"{project['name']!r}, archived: {archived}")


def delete_project(scene: Scene) -> Happened | None:
    """A project is gone with all that is its own; its tasks only leave it, and nobody is told of each of them."""
    world = scene.world
    if len(world.projects) < KEPT:
        return None
    # The smaller of two: what many work in is seldom deleted.
    project = min(scene.dice.sample(world.projects, 2), key=lambda each: len(world.tasks_in(each["gid"])))
    scene.deleted(project)
    tasks = list(world.tasks_in(project["gid"]))
    gone = list(_belongings(world, project))
    for task in tasks:
        forsake(scene, task, project)
    for kind, record in gone:
        world.remove(kind, record["gid"])
    world.withdraw({record["gid"] for _, record in gone})
    return Happened("delete_project", project["gid"], f"{project['name']!r}, left by {len(tasks)} tasks")


def _belongings(world: World, project: Record) -> Iterator[tuple[str, Record]]:
    """The project and what cannot be without it."""
    parents = [parent for parent in (project, project["project_brief"]) if parent is not None]
    for parent in parents:
        yield parent["resource_type"], parent
    for what in OWNED:
        for parent in parents:
            for record in world.under(what, parent):
                yield record["resource_type"], record
    for kind, field in POINTING:
        for record in world.all(kind):
            if record[field] is project:
                yield kind, record


def _modified(scene: Scene, project: Record, field: str) -> None:
    scene.touch(project)
    scene.changed(project, field)


def _arrange(world: World, project: Record) -> None:
    """Those in use first, then by gid, as Asana lists them."""
    team = project["team"]
    for what, parent in (("workspace.projects", world.workspace), *((("team.projects", team),) if team else ())):
        listed = sorted(world.under(what, parent), key=lambda each: (each["archived"], int(each["gid"])))
        world.arrange(what, parent, listed)
