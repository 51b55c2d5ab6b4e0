"""Changes of who is there: names of users and tags, members of teams and of the workspace.

Asana tells no events about users and memberships; a tag's reach the workspace only.
"""

from __future__ import annotations

from asanaql.demo.changes.scene import Happened, Scene, without
from asanaql.demo.changes.texts import new_name
from asanaql.demo.people import join_team, join_workspace, make_user
from asanaql.demo.words import PEOPLE
from asanaql.demo.world import Record, World

#: What there may be of a user, and the field that says whose it is.
HELD = (
    ("workspace_membership", "user"),
    ("team_membership", "user"),
    ("portfolio_membership", "user"),
    ("project_membership", "member"),
    ("membership", "member"),
    ("user_task_list", "owner"),
)
# The place among all users of one who is neither guest nor admin, nor away.
ORDINARY = 1


def rename_user(scene: Scene) -> Happened | None:
    """A user has another name, wherever he or she is shown."""
    user = scene.dice.pick(scene.world.users)
    old, user["name"] = user["name"], f"{scene.dice.pick(PEOPLE)} {scene.dice.number(100, 999)}"
    return Happened("rename_user", user["gid"], f"{old!r} is now {user['name']!r}")


def rename_tag(scene: Scene) -> Happened | None:
    """A tag has another name, on whichever task."""
    tag = scene.pick(scene.world.all("tag"))
    if tag is None:
        return None
    tag["name"] = new_name(scene)
    scene.changed(tag, "name")
    return Happened("rename_tag", tag["gid"], f"is now {tag['name']!r}")


def join_a_team(scene: Scene) -> Happened | None:
    """A user is in one more team."""
    team = scene.dice.pick(scene.world.teams)
    user = scene.another(scene.world.users, scene.world.under("team.users", team))
    if user is None:
        return None
    join_team(scene.world, scene.dice, user, team)
    return Happened("join_a_team", user["gid"], f"is in {team['name']}")


def leave_a_team(scene: Scene) -> Happened | None:
    """A user is in one team less."""
    membership = scene.pick(scene.world.all("team_membership"))
    if membership is None:
        return None
    user, team = membership["user"], membership["team"]
    _end(scene.world, "team_membership", membership)
    return Happened("leave_a_team", user["gid"], f"is no longer in {team['name']}")


def join_the_workspace(scene: Scene) -> Happened | None:
    """A user is new in the workspace, still in no team."""
    world = scene.world
    name = f"{scene.dice.pick(PEOPLE)} {scene.dice.gid()}"
    user = make_user(world, scene.dice, name, 0)
    join_workspace(world, scene.dice, user, ORDINARY)
    world.under("user.workspace_memberships", user)[0]["created_at"] = scene.now
    return Happened("join_the_workspace", user["gid"], f"{name!r} is here")


def leave_the_workspace(scene: Scene) -> Happened | None:
    """A user is gone with all memberships; what he or she made and said stays. Who still has tasks stays too."""
    world = scene.world
    busy = {task["assignee"]["gid"] for each in scene.trash for task in each.tasks if task["assignee"]}
    leaving = [user for user in world.users[1:] if not world.under("user.tasks", user) and user["gid"] not in busy]
    if not leaving:
        return None
    user = scene.dice.pick(leaving)
    for kind, field in HELD:
        for record in world.all(kind):
            if record[field] is user:
                _end(world, kind, record)
    for holder in (*world.projects, *world.all("portfolio")):
        holder["members"] = without(holder["members"], user["gid"])
    world.remove("user", user["gid"])
    world.withdraw({user["gid"]})
    return Happened("leave_the_workspace", user["gid"], f"{user['name']!r} is gone")


def _end(world: World, kind: str, membership: Record) -> None:
    world.remove(kind, membership["gid"])
    world.withdraw({membership["gid"]})
    if kind == "team_membership":
        user, team = membership["user"], membership["team"]
        for what, one, other in (("team.users", team, user), ("user.teams", user, team)):
            world.arrange(what, one, without(world.under(what, one), other["gid"]))
