"""Makes who is planned for what and at which cost: rates, budgets, allocations, absences, and the roles of people."""

from __future__ import annotations

from datetime import timedelta

from asanaql.demo.dice import Dice, stamp
from asanaql.demo.world import Record, World

PLACEHOLDERS = ("Designer (to be hired)", "開発者 2", "Árbitro externo")
CURRENCY = "EUR"
# Projects by their place: which have rates, and which a budget, with its type, an estimate and a total or not. The
# empty one has neither.
RATED = (0, 4, 12)
BUDGETED = (
    (0, "cost", True, True),
    (2, "time", False, True),
    (4, "cost", True, False),
    (6, "time", False, False),
    (8, "time", True, True),
    (12, "cost", False, True),
)
PLANNED = (0, 2, 3, 4, 5, 6, 10, 12)
# Name, description, base, whether it is Asana's own, whether it is archived.
ROLES = (
    ("Guest", "", "guest", True, False),
    ("Member", "", "member", True, False),
    ("Admin", "Manages people and settings.", "admin", True, False),
    ("Super admin", "Manages everything.", "super_admin", True, False),
    ("Entwicklerin", "Darf Apps & Tokens erstellen.", "member", False, False),
    ("監査担当", "Reads everything,\nchanges nothing", "guest", False, False),
    ('"Old" contractor', "", "guest", False, True),
)
PERMISSIONS = (
    "create_app_authorization",
    "create_pat_authorization",
    "share_goal_with_domain",
    "share_portfolios_with_org",
    "assign_roles",
    "manage_roles",
    "export_project_data",
    "download_mobile_attachments",
    "import_data",
    "create_global_custom_fields",
    "upload_attachments",
    "create_team",
    "create_and_edit_ai_automations",
    "proactive_ai",
    "standard_ai",
    "create_and_edit_ai_teammates",
    "share_teams_with_org",
    "create_goal",
    "create_project",
    "create_read_only_link",
    "create_portfolio",
    "view_public_teams",
    "view_shared_with_org_projects",
    "view_shared_with_org_tasks",
    "view_shared_with_org_portfolios",
)
RANKS = ("guest", "member", "admin", "super_admin")


def make_resourcing(world: World, dice: Dice) -> None:
    """All of them, for the first copy of the workspace; budgets count the time that was tracked."""
    placeholders = [
        world.add({"gid": dice.gid(), "resource_type": "placeholder", "name": name}) for name in PLACEHOLDERS
    ]
    for place in RATED:
        for resource in (*dice.sample(world.users[:20], 5), placeholders[place % 3]):
            _rate(world, dice, world.projects[place], resource)
    for place, kind, estimated, limited in BUDGETED:
        _budget(world, dice, world.projects[place], kind, estimated=estimated, limited=limited)
    for place in PLANNED:
        for _ in range(dice.number(4, 8)):
            assignee = dice.pick(placeholders) if dice.happens(0.2) else dice.pick(world.users[:20])
            _allocation(world, dice, world.projects[place], assignee)
    for user in world.users[2:20:2]:
        for _ in range(dice.number(1, 3)):
            _absence(world, dice, user)
    for number, role in enumerate(ROLES, 1):
        _role(world, dice, number, *role)


def _rate(world: World, dice: Dice, project: Record, resource: Record) -> None:
    rate = {
        "gid": dice.gid(),
        "resource_type": "rate",
        "parent": project,
        "resource": resource,
        "rate": dice.number(200, 900) / 5,
        "currency_code": CURRENCY,
        "created_by": dice.pick(world.users[:3]),
    }
    world.hang("project.rates", project, world.add(rate))


def _budget(world: World, dice: Dice, project: Record, kind: str, *, estimated: bool, limited: bool) -> None:
    units = CURRENCY if kind == "cost" else "minutes"
    goal = float(dice.number(20, 200) * 60)
    budget = {
        "gid": dice.gid(),
        "resource_type": "budget",
        "budget_type": kind,
        "estimate": {
            "billable_status_filter": "any",
            "source": "tasks" if estimated else "none",
            "enabled": estimated,
            "units": units if estimated else None,
            "value": goal if estimated else None,
        },
        "actual": {"billable_status_filter": "any", "units": units, "value": _spent(world, project, kind)},
        "total": {
            "enabled": limited,
            "units": units if limited else None,
            "value": round(goal * 0.9) if limited else None,
        },
        "parent": project,
    }
    world.hang("project.budgets", project, world.add(budget))


def _spent(world: World, project: Record, kind: str) -> float:
    """The minutes tracked for a project, or what they cost where rates are set."""
    entries = world.under("project.time_tracking_entries", project)
    if kind == "time":
        return float(sum(entry["duration_minutes"] for entry in entries))
    rates = {rate["resource"]["gid"]: rate["rate"] for rate in world.under("project.rates", project)}
    costs = (entry["duration_minutes"] / 60 * rates.get(entry["created_by"]["gid"], 0) for entry in entries)
    return float(round(sum(costs), 2))


def _allocation(world: World, dice: Dice, project: Record, assignee: Record) -> None:
    start = dice.day(-40, 60)
    hours = {"type": "hours", "value": dice.number(1, 80) / 2}
    effort = dice.pick((hours, {"type": "percent", "value": dice.number(1, 20) * 5}, None))
    allocation = {
        "gid": dice.gid(),
        "resource_type": "allocation",
        "resource_subtype": "project_allocation",
        "start_date": f"{start:%Y-%m-%d}",
        "end_date": f"{start + timedelta(days=dice.number(0, 30)):%Y-%m-%d}",
        "effort": effort,
        "assignee": assignee,
        "created_by": dice.pick(world.users[:5]),
        "parent": project,
    }
    world.hang("workspace.allocations", world.workspace, world.add(allocation))


def _absence(world: World, dice: Dice, user: Record) -> None:
    start = dice.day(-60, 60)
    entry = {
        "gid": dice.gid(),
        "resource_type": "ooo_entry",
        "start_date": f"{start:%Y-%m-%d}",
        "end_date": f"{start + timedelta(days=dice.number(0, 20)):%Y-%m-%d}",
        "user": user,
        "created_by": dice.pick((user, user, world.me)),
    }
    world.hang("user.ooo_entries", user, world.add(entry))


def _role(
    world: World, dice: Dice, number: int, name: str, description: str, base: str, standard: bool, archived: bool
) -> None:
    # A role of the organization's own permits about as much as the one that it is made from, but not the same.
    rank, other = RANKS.index(base), 0 if standard else number
    created = dice.ago(900, 700) if standard else dice.ago(300, 50)
    role = {
        "gid": dice.gid(),
        "resource_type": "role",
        "name": name,
        "description": description,
        "is_standard_role": standard,
        "creation_time": stamp(created),
        "modified_at": stamp(dice.between(created, world.now)),
        "base_role_type": base,
        "permissions": {
            **{permission: (place + other) % 4 <= rank for place, permission in enumerate(PERMISSIONS)},
            "task_deletion_policy": ("none", "owned", "all", "all")[rank],
            "allowed_guest_invites": "all" if rank > 1 else "none",
        },
        "workspace": world.workspace,
    }
    # A role does not say whether it is archived; only the listing can be asked.
    world.hang("workspace.archived_roles" if archived else "workspace.roles", world.workspace, world.add(role))
