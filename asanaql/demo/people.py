"""Makes the workspace, its users and teams, and who belongs to which."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

from asanaql.demo.dice import Dice, stamp
from asanaql.demo.words import PEOPLE, TEAMS
from asanaql.demo.world import Record, World

SITE = "https://app.asana.com/0"
# Whom each team has: nearly everybody, some, few, nobody but two.
TEAM_MEMBERS = (slice(0, 19), slice(2, 13), slice(4, 9), slice(10, 12))
PHOTO_SIZES = ("21x21", "27x27", "36x36", "60x60", "128x128", "1024x1024")


def make_workspace(world: World, dice: Dice) -> Record:
    """The one organization."""
    return world.add(
        {
            "gid": dice.gid(),
            "resource_type": "workspace",
            "name": "Okafor & Töchter",
            "email_domains": ["example.com"],
            "is_organization": True,
        }
    )


def make_people(world: World, dice: Dice, copy: int) -> list[Record]:
    """Twenty users with their memberships and task lists, and four teams. Returns the users."""
    users = [make_user(world, dice, name, copy) for name in PEOPLE]
    for position, user in enumerate(users):
        join_workspace(world, dice, user, position)
    for position, name in enumerate(TEAMS):
        team = _team(world, dice, _copied(name, copy), position)
        for user in users[TEAM_MEMBERS[position]]:
            join_team(world, dice, user, team)
    return users


def _copied(name: str, copy: int) -> str:
    return f"{name} {copy + 1}" if copy else name


def make_user(world: World, dice: Dice, name: str, copy: int) -> Record:
    """A user of the workspace, still without membership and task list."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    local = ".".join("".join(c if c.isalnum() else " " for c in plain).split()) or f"user{len(world.users)}"
    user = {
        "gid": dice.gid(),
        "resource_type": "user",
        "name": _copied(name, copy),
        "email": f"{local}{copy + 1 if copy else ''}@example.com",
        "photo": {f"image_{size}": f"https://img.example.com/{local}/{size}.png" for size in PHOTO_SIZES}
        if dice.happens(0.6)
        else None,
        "workspaces": [world.workspace],
        "custom_fields": [],
    }
    world.hang("workspace.users", world.workspace, world.add(user))
    return user


def join_workspace(world: World, dice: Dice, user: Record, position: int) -> None:
    """The user's membership and task list; the position among all users says what kind of member it is."""
    task_list = world.add(
        {
            "gid": dice.gid(),
            "resource_type": "user_task_list",
            "name": f"My tasks in {world.workspace['name']}",
            "owner": user,
            "workspace": world.workspace,
        }
    )
    away = {"start_on": f"{dice.day(-3, 0):%Y-%m-%d}", "end_on": f"{dice.day(1, 20):%Y-%m-%d}"}
    membership = world.add(
        {
            "gid": dice.gid(),
            "resource_type": "workspace_membership",
            "user": user,
            "workspace": world.workspace,
            "user_task_list": task_list,
            "is_active": position != 18,
            "is_admin": position == 0,
            "is_guest": position in (16, 17),
            "is_view_only": position == 17,
            "vacation_dates": {**away, "end_on": None} if position == 5 else away if position == 6 else None,
            "created_at": stamp(world.now - timedelta(days=900 - position, milliseconds=position * 37)),
        }
    )
    world.arrange("user.user_task_list", user, [task_list])
    world.hang("user.workspace_memberships", user, membership)
    world.hang("workspace.workspace_memberships", world.workspace, membership)


def _team(world: World, dice: Dice, name: str, position: int) -> Record:
    gid = dice.gid()
    about = "" if position == 3 else f"Everything about {name}.\nAsk us."
    access = ("all_team_members", "only_team_admins")
    team = {
        "gid": gid,
        "resource_type": "team",
        "name": name,
        "description": about,
        "html_description": f"<body>{about}</body>",
        "organization": world.workspace,
        "permalink_url": f"{SITE}/{gid}/overview",
        "visibility": ("public", "request_to_join", "secret", "public")[position],
        "edit_team_name_or_description_access_level": access[position % 2],
        "edit_team_visibility_or_trash_team_access_level": access[1],
        "member_invite_management_access_level": access[0],
        "guest_invite_management_access_level": access[position % 2],
        "join_request_management_access_level": access[0],
        "team_member_removal_access_level": access[1],
        "team_content_management_access_level": ("no_restriction", "only_team_admins")[position % 2],
        "endorsed": position == 0,
        "custom_field_settings": [],
    }
    world.hang("workspace.teams", world.workspace, world.add(team))
    return team


def join_team(world: World, dice: Dice, user: Record, team: Record) -> None:
    """The user's membership in a team, hung under both."""
    membership = world.add(
        {
            "gid": dice.gid(),
            "resource_type": "team_membership",
            "user": user,
            "team": team,
            "is_guest": dice.happens(0.1),
            "is_limited_access": dice.happens(0.1),
            "is_admin": dice.happens(0.2),
        }
    )
    world.hang("team.users", team, user)
    world.hang("user.teams", user, team)
    world.hang("team.team_memberships", team, membership)
    world.hang("user.team_memberships", user, membership)


def likes_of(likes: list[Record], me: Record) -> Record:
    """Likes as tasks, stories and status updates show them, under their two names, the old one being hearts."""
    liked = any(like["user"] is me for like in likes)
    return {
        "hearted": liked,
        "hearts": likes,
        "num_hearts": len(likes),
        "liked": liked,
        "likes": likes,
        "num_likes": len(likes),
    }
