"""Makes portfolios, time periods, goals with what supports them, and status updates."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

from asanaql.demo.customs import give_values, use_all_fields
from asanaql.demo.dice import Dice, stamp
from asanaql.demo.people import SITE, likes_of
from asanaql.demo.stories import make_goal_stories
from asanaql.demo.words import GOALS, PORTFOLIOS
from asanaql.demo.world import Record, World

METRICS = (("percentage", None), ("currency", "EUR"), ("none", None))
STATUSES = ("on_track", "at_risk", "off_track", "on_hold", "complete")
STATUS_COLORS = {
    "on_track": "green",
    "at_risk": "yellow",
    "off_track": "red",
    "on_hold": "blue",
    "complete": "complete",
}


def make_plans(world: World, dice: Dice) -> None:
    """All of them, for the first copy of the workspace."""
    _time_periods(world, dice)
    _portfolios(world, dice)
    _goals(world, dice)
    for project in world.projects[:15:2]:
        _updates(world, dice, project, dice.number(1, 4))
    _updates(world, dice, world.projects[0], 4)
    _updates(world, dice, world.all("portfolio")[0], 2)
    for goal in world.all("goal")[:3]:
        _updates(world, dice, goal, 2)
    for project in world.projects[:15]:
        give_values(world, dice, project)


def _time_periods(world: World, dice: Dice) -> None:
    for year in (world.now.year - 1, world.now.year):
        whole = _period(world, dice, "FY", date(year, 1, 1), date(year, 12, 31), None)
        for half in (1, 2):
            first = date(year, half * 6 - 5, 1)
            last = date(year, 6, 30) if half == 1 else date(year, 12, 31)
            parent = _period(world, dice, f"H{half}", first, last, whole)
            for quarter in (half * 2 - 1, half * 2):
                first = date(year, quarter * 3 - 2, 1)
                last = date(year + quarter // 4, quarter * 3 % 12 + 1, 1) - timedelta(days=1)
                _period(world, dice, f"Q{quarter}", first, last, parent)


def _period(world: World, dice: Dice, period: str, start: date, end: date, parent: Record | None) -> Record:
    return world.add(
        {
            "gid": dice.gid(),
            "resource_type": "time_period",
            "period": period,
            "display_name": f"{period + ' ' if period != 'FY' else ''}FY{start:%y}",
            "start_on": start.isoformat(),
            "end_on": end.isoformat(),
            "parent": parent,
        }
    )


def _portfolios(world: World, dice: Dice) -> None:
    made = [_portfolio(world, dice, name, number) for number, name in enumerate(PORTFOLIOS)]
    projects = world.projects
    # Projects and a portfolio side by side, as Asana lists them.
    items = ([*projects[:4], made[2]], projects[2:6], projects[6:9], projects[4:5])
    for portfolio, held in zip(made, items, strict=True):
        world.arrange("portfolio.items", portfolio, held)
        for user in portfolio["members"]:
            _member(world, dice, portfolio, user)
    use_all_fields(world, dice, made[0])
    world.notable["mixed_portfolio"] = made[0]["gid"]


def _portfolio(world: World, dice: Dice, name: str, number: int) -> Record:
    gid = dice.gid()
    # An ordinary token lists its own portfolios only; the last one is another's.
    owner = world.users[3] if number == 3 else world.me
    due = f"{dice.day(20, 90):%Y-%m-%d}" if number % 2 == 0 else None
    return world.add(
        {
            "gid": gid,
            "resource_type": "portfolio",
            "name": name,
            "archived": False,
            "color": ("light-green", "dark-purple", "light-blue", "dark-red")[number],
            "start_on": f"{dice.day(-60, 0):%Y-%m-%d}" if due else None,
            "due_on": due,
            "default_access_level": "viewer",
            "created_at": stamp(dice.ago(400, 100)),
            "created_by": owner,
            "custom_field_settings": [],
            "current_status_update": None,
            "custom_fields": [],
            "members": [owner, *world.users[5 + number : 8 + number]],
            "owner": owner,
            "workspace": world.workspace,
            "permalink_url": f"{SITE}/0/portfolio/{gid}",
            "public": number != 1,
            "privacy_setting": "members_only" if number == 1 else "public_to_domain",
            "project_templates": world.all("project_template")[:1] if not number else [],
        }
    )


def _member(world: World, dice: Dice, portfolio: Record, user: Record) -> None:
    membership = {
        "gid": dice.gid(),
        "resource_type": "portfolio_membership",
        "portfolio": portfolio,
        "user": user,
        "access_level": "admin" if user is portfolio["owner"] else dice.pick(("editor", "viewer")),
    }
    world.hang("portfolio.memberships", portfolio, world.add(membership))


def _goals(world: World, dice: Dice) -> None:
    made = [_goal(world, dice, name, number) for number, name in enumerate(GOALS)]
    supporting = (
        (made[0], made[5], "subgoal"),
        (made[1], world.projects[0], "supporting_work"),
        (made[1], world.all("portfolio")[0], "supporting_work"),
        (made[0], world.projects[4], "supporting_work"),
        (made[2], world.projects[5], "supporting_work"),
        (made[0], made[3], "subgoal"),
        (made[0], world.tasks_in(world.projects[0]["gid"])[0], "supporting_work"),
    )
    for goal, resource, subtype in supporting:
        relationship = {
            "gid": dice.gid(),
            "resource_type": "goal_relationship",
            "resource_subtype": subtype,
            "supporting_resource": resource,
            "supported_goal": goal,
            "contribution_weight": 1.0 if subtype == "subgoal" else 0.5,
        }
        world.hang("goal.goal_relationships", goal, world.add(relationship))
        world.hang("supporter.goals", resource, goal)
    for goal in made[:3]:
        make_goal_stories(world, dice, goal)
    use_all_fields(world, dice, made[0])


def _goal(world: World, dice: Dice, name: str, number: int) -> Record:
    periods = world.all("time_period")
    period = periods[(number * 3) % len(periods)] if number != 4 else None
    likes = [{"gid": dice.gid(), "user": user} for user in dice.some(world.users, 3)]
    notes = "" if number % 3 else "Because we said so.\nAll of us"
    return world.add(
        {
            "gid": dice.gid(),
            "resource_type": "goal",
            "name": name,
            "notes": notes,
            "html_notes": f"<body>{escape(notes)}</body>",
            "due_on": period["end_on"] if period else None,
            "start_on": period["start_on"] if period and number % 2 else None,
            "is_workspace_level": number % 2 == 0,
            "liked": any(like["user"] is world.me for like in likes),
            "likes": likes,
            "num_likes": len(likes),
            "team": None if number % 2 == 0 else world.teams[number % 3],
            "workspace": world.workspace,
            "followers": dice.some(world.users, 3),
            "time_period": period,
            "metric": None if number == 6 else _metric(dice, number),
            "owner": None if number == 5 else dice.pick(world.users),
            "current_status_update": None,
            "status": (None, "green", "yellow", "red", "achieved", "missed", None)[number],
            "privacy_setting": "public_to_workspace",
            "default_access_level": "editor",
            "custom_fields": [],
            "custom_field_settings": [],
        }
    )


def _metric(dice: Dice, number: int) -> Record:
    unit, currency = METRICS[number % len(METRICS)]
    reached = round(dice.fraction(), 2) if unit == "percentage" else float(dice.number(0, 900))
    metric: Record = {
        "gid": dice.gid(),
        "resource_type": "goal_metric",
        "resource_subtype": "number",
        "precision": 2 if unit != "none" else 0,
        "unit": unit,
        "currency_code": currency,
        "initial_number_value": 0,
        "target_number_value": 1 if unit == "percentage" else 1000,
        "current_number_value": reached,
        "current_display_value": f"{reached * 100:.0f}%" if unit == "percentage" else f"{reached:g}",
        "progress_source": ("manual", "project_task_completion", "subgoal_progress", "external")[number % 4],
        "is_custom_weight": number == 1,
    }
    return metric | ({"can_manage": True} if metric["progress_source"] == "external" else {})


def _updates(world: World, dice: Dice, parent: Record, count: int) -> None:
    """Status updates, the latest first; the parent shows the latest, a project also as its older kind of status."""
    moments = sorted((dice.ago(120) for _ in range(count)), reverse=True)
    updates = [make_update(world, dice, parent, stamp(moment)) for moment in moments]
    listed = sorted(world.under("status_updates", parent) + updates, key=lambda u: str(u["created_at"]), reverse=True)
    world.arrange("status_updates", parent, listed)
    latest = parent["current_status_update"] = listed[0]
    if parent["resource_type"] == "project":
        kept = ("title", "text", "html_text", "author", "created_at", "created_by", "modified_at")
        parent["current_status"] = {
            "gid": dice.gid(),
            "resource_type": "project_status",
            "color": STATUS_COLORS[latest["status_type"]],
            **{name: latest[name] for name in kept},
        }


def make_update(world: World, dice: Dice, parent: Record, at: str) -> Record:
    """A status update of a project, portfolio or goal, in no listing."""
    text = dice.pick(("All well.", "Später als geplant.\nNext week.", "予定どおり", ""))
    author = dice.pick(world.users)
    likes = [{"gid": dice.gid(), "user": user} for user in dice.some(world.users, 2)]
    liked = likes_of(likes, world.me)
    party = {"emoji_base": "🎉", "variant": "🎉", "count": 2}
    return world.add(
        {
            "gid": dice.gid(),
            "resource_type": "status_update",
            "resource_subtype": f"{parent['resource_type']}_status_update",
            "title": f"Status of {at[:10]}",
            "text": text,
            "html_text": f"<body>{escape(text)}</body>",
            "status_type": dice.pick(STATUSES),
            "author": author,
            "created_by": author,
            "created_at": at,
            "modified_at": at,
            **liked,
            "reaction_summary": [party | {"reacted": liked["liked"]}] if likes else [],
            "parent": parent,
        }
    )
