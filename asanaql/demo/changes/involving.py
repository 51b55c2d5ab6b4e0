"""Changes of who has to do with a task: whose it is, who follows and likes it. Only whose moves its `modified_at`."""

from __future__ import annotations

from asanaql.demo.changes.scene import Happened, Scene, without
from asanaql.demo.people import likes_of
from asanaql.demo.world import Record


def assign_task(scene: Scene) -> Happened | None:
    """A task is somebody's, or somebody else's; it comes last among what that user has to do."""
    task = scene.a_task()
    assignee = scene.another(scene.world.users, [task["assignee"]] if task["assignee"] else [])
    if assignee is None:
        return None
    _leave(scene, task)
    task |= {"assignee": assignee, "assigned_by": scene.user, "assignee_status": "inbox"}
    if assignee is scene.world.me:
        task["assignee_section"] = scene.world.under("me.sections", scene.world.me)[0]
    scene.world.hang("user.tasks", assignee, task)
    scene.touch(task)
    scene.changed(task, "assignee", assignee)
    scene.note(task, "assigned", f"assigned to {assignee['name']}", assignee=assignee)
    return Happened("assign_task", task["gid"], f"is now {assignee['name']}'s")


def unassign_task(scene: Scene) -> Happened | None:
    """A task is nobody's any more."""
    task = scene.pick(task for task in scene.world.tasks if task["assignee"])
    if task is None:
        return None
    _leave(scene, task)
    scene.touch(task)
    scene.changed(task, "assignee")
    scene.note(task, "unassigned", "unassigned")
    return Happened("unassign_task", task["gid"], "is nobody's")


def _leave(scene: Scene, task: Record) -> None:
    old = task["assignee"]
    if old is not None:
        scene.world.arrange("user.tasks", old, without(scene.world.under("user.tasks", old), task["gid"]))
    task |= {"assignee": None, "assigned_by": None}
    # What it is in among one's own sections is nobody else's.
    task.pop("assignee_section", None)


def follow_task(scene: Scene) -> Happened | None:
    """One more follows a task."""
    task = scene.a_task()
    user = scene.another(scene.world.users, task["followers"])
    if user is None:
        return None
    task["followers"] = [*task["followers"], user]
    scene.changed(task, "followers", added=user)
    scene.note(task, "follower_added", f"added {user['name']}", follower=user)
    return Happened("follow_task", task["gid"], f"followed by {user['name']}")


def unfollow_task(scene: Scene) -> Happened | None:
    """One less follows a task. Asana writes nothing down about it."""
    task = scene.pick(task for task in scene.world.tasks if task["followers"])
    if task is None:
        return None
    user = scene.dice.pick(task["followers"])
    task["followers"] = without(task["followers"], user["gid"])
    scene.changed(task, "followers", removed=user)
    return Happened("unfollow_task", task["gid"], f"left by {user['name']}")


def like_task(scene: Scene) -> Happened | None:
    """One more likes a task, or who liked it no longer does."""
    task = scene.a_task()
    turn_like(scene, task)
    return Happened("like_task", task["gid"], f"{task['num_likes']} like it")


def turn_like(scene: Scene, record: Record) -> None:
    """The user of the scene likes a task or comment, or no longer does where it was liked before."""
    others = [like for like in record["likes"] if like["user"] is not scene.user]
    liked = len(others) == len(record["likes"])
    likes = [*others, {"gid": scene.dice.gid(), "user": scene.user}] if liked else others
    record |= likes_of(likes, scene.world.me)
    if liked:
        scene.changed(record, "likes", added=scene.user)
    else:
        scene.changed(record, "likes", removed=scene.user)
