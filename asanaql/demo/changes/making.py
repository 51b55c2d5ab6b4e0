"""New tasks: in a project, below another task, or in nobody's project."""

from __future__ import annotations

from asanaql.demo.changes.family import DEEPEST, adopt, depth
from asanaql.demo.changes.places import enter
from asanaql.demo.changes.scene import Happened, Scene
from asanaql.demo.changes.texts import new_name
from asanaql.demo.people import likes_of
from asanaql.demo.tasks import Cast, make_task
from asanaql.demo.world import Record


def create_task(scene: Scene) -> Happened | None:
    """A task in a section of a project."""
    project = scene.pick(scene.world.projects)
    if project is None:
        return None
    task = _task(scene)
    enter(scene, task, project)
    return Happened("create_task", task["gid"], f"{task['name']!r} in {project['name']}")


def create_subtask(scene: Scene) -> Happened | None:
    """A task below another, in no project."""
    parent = scene.pick(task for task in scene.world.tasks if depth(task) < DEEPEST)
    if parent is None:
        return None
    task = _task(scene, parent)
    adopt(scene, task, parent)
    return Happened("create_subtask", task["gid"], f"{task['name']!r} below {parent['gid']}")


def create_loose_task(scene: Scene) -> Happened | None:
    """A task in no project, which its assignee only sees."""
    task = _task(scene, assignee=scene.user)
    scene.added(task, scene.world.workspace)
    return Happened("create_loose_task", task["gid"], f"{task['name']!r} of {scene.user['name']}")


def _task(scene: Scene, parent: Record | None = None, assignee: Record | None = None) -> Record:
    """A task as it is when it has just been written down: open, liked and tagged by nobody."""
    moment = scene.dice.now
    task = make_task(Cast(scene.world, scene.dice, scene.world.users, [], (moment,) * 3), parent)
    if "approval_status" in task:
        task["approval_status"] = "pending"
    task.pop("assignee_section", None)
    task |= {
        "name": new_name(scene),
        "is_rendered_as_separator": False,
        "created_at": scene.now,
        "modified_at": scene.now,
        "created_by": scene.user,
        "completed": False,
        "completed_at": None,
        "completed_by": None,
        "followers": [scene.user],
        "actual_time_minutes": None,
        **likes_of([], scene.world.me),
        "assignee": assignee,
        "assigned_by": assignee and scene.user,
        "assignee_status": "inbox",
    }
    if assignee is not None:
        scene.world.hang("user.tasks", assignee, task)
    if assignee is scene.world.me:
        task["assignee_section"] = scene.world.under("me.sections", scene.world.me)[0]
    return task
