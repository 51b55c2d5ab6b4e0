"""Makes who has access to what, beside the members that people and portfolios were made with, and who asks for it."""

from __future__ import annotations

from collections.abc import Iterable

from asanaql.demo.customs import short
from asanaql.demo.dice import Dice
from asanaql.demo.world import Record, World

LEVELS = ("admin", "editor", "commenter", "viewer")
PLEAS = ("Ich brauche das für den Bericht.", "", "お願いします 🙏")


def make_members(world: World, dice: Dice) -> None:
    """Members of goals, projects, portfolios, custom fields and custom types, and requests to become one."""
    for goal in world.all("goal")[:-1]:
        _of_goal(world, dice, goal)
    for project in world.projects:
        for member in filter(None, (*project["members"], project["team"])):
            join_project(world, dice, project, member)
    for membership in world.all("portfolio_membership"):
        _of_portfolio(world, membership)
    # Nobody was made a member of the last field and of the last type.
    for field in world.all("custom_field")[:-1]:
        _of_field(world, dice, field)
    for kind in world.all("custom_type")[:-1]:
        _of_field(world, dice, kind)
    private = [world.find("project", world.notable["private"]), world.all("portfolio")[1]]
    for target in filter(None, private):
        _ask_for(world, dice, target, dice.sample(world.users[10:], len(PLEAS)))


def _of_goal(world: World, dice: Dice, goal: Record) -> None:
    users = dict.fromkeys(user["gid"] for user in (goal["owner"], *dice.some(world.users, 6)) if user)
    members = [*(world.find("user", gid) for gid in users), goal["team"]]
    for member in filter(None, members):
        level = "admin" if member is goal["owner"] else dice.pick(LEVELS)
        role = "editor" if level in ("admin", "editor") else "commenter"
        _member(world, dice.gid(), goal, member, level, role=role, goal=goal)


def join_project(world: World, dice: Dice, project: Record, member: Record) -> None:
    """The membership twice, as each of its two addresses shows it."""
    gid = dice.gid()
    level = "admin" if member is project["owner"] else dice.pick(LEVELS)
    _member(world, gid, project, member, level)
    record = {
        "gid": gid,
        "resource_type": "project_membership",
        "parent": project,
        "project": project,
        "member": member,
        "access_level": level,
        "write_access": "full_write" if level in ("admin", "editor") else "comment_only",
    }
    # The older address has a name of its own for a user.
    record |= {"user": member} if member["resource_type"] == "user" else {}
    world.hang("project.project_memberships", project, world.add(record))


def _of_portfolio(world: World, membership: Record) -> None:
    _member(world, membership["gid"], membership["portfolio"], membership["user"], membership["access_level"])


def _of_field(world: World, dice: Dice, parent: Record) -> None:
    members: Iterable[Record] = (*dice.sample(world.users, 2), dice.pick(world.teams))
    for level, member in zip(("admin", "editor", "user"), members, strict=True):
        _member(world, dice.gid(), parent, member, level)


def _member(world: World, gid: str, parent: Record, member: Record, level: str, **more: object) -> None:
    record = {
        "gid": gid,
        "resource_type": "membership",
        "resource_subtype": f"{parent['resource_type']}_membership",
        # A custom field is shown shorter here than where it is defined.
        "parent": short(parent) if parent["resource_type"] == "custom_field" else parent,
        "member": member,
        "access_level": level,
        **more,
    }
    world.hang("memberships", parent, world.add(record))


def _ask_for(world: World, dice: Dice, target: Record, users: list[Record]) -> None:
    """Requests for access to what not everybody sees."""
    for user, message in zip(users, PLEAS, strict=True):
        request = {
            "gid": dice.gid(),
            "resource_type": "access_request",
            "message": message,
            "approval_status": "pending",
            "requester": user,
            # Asana tells no more about what somebody may not see yet.
            "target": {"gid": target["gid"], "resource_type": target["resource_type"]},
        }
        world.hang("access_requests", target, world.add(request))
