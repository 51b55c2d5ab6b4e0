"""Makes what belongs to projects beside tasks: what the brief says, old statuses, custom types, settings."""

from __future__ import annotations

from html import escape

from asanaql.demo.dice import Dice, stamp
from asanaql.demo.people import SITE
from asanaql.demo.plans import STATUS_COLORS
from asanaql.demo.tasks import CUSTOM_STATUSES, CUSTOM_TYPE
from asanaql.demo.world import Record, World

BRIEF = "Why: der Umzug spart 20 %.\nWho: everybody 🌍"
OPTION_COLORS = ("yellow", "blue", "none")


def make_parts(world: World, dice: Dice) -> None:
    """All of them, on every project that can have them."""
    for project in world.projects:
        if project["project_brief"]:
            _write_brief(project)
        _list_statuses(world, dice, project)
    _make_custom_types(world, dice)
    for portfolio in world.all("portfolio"):
        for item in world.under("portfolio.items", portfolio):
            if item["resource_type"] == "project":
                settle(world, dice, portfolio, item)


def _write_brief(project: Record) -> None:
    brief = project["project_brief"]
    brief |= {
        "title": f"About {project['name']}",
        "text": BRIEF,
        "html_text": f"<body>{escape(BRIEF)}</body>",
        "permalink_url": f"{SITE}/{project['gid']}/overview",
        "project": project,
    }


def _list_statuses(world: World, dice: Dice, project: Record) -> None:
    """The project's status updates once more in the old form, the latest first, which the project shows itself."""
    kept = ("title", "text", "html_text", "author", "created_at", "created_by", "modified_at")
    for place, update in enumerate(world.under("status_updates", project)):
        status = project["current_status"] if not place else {"gid": dice.gid(), "resource_type": "project_status"}
        status |= {"color": STATUS_COLORS[update["status_type"]], **{name: update[name] for name in kept}}
        world.hang("project.project_statuses", project, world.add(status))


def _make_custom_types(world: World, dice: Dice) -> None:
    """The type of the tasks that have one, one of wishes, and one that no task has and no status belongs to."""
    bugs = world.add(CUSTOM_TYPE | {"status_options": [_option(*each) for each in enumerate(CUSTOM_STATUSES)]})
    named = [{"gid": dice.gid(), "resource_type": "custom_type_status_option", "name": n} for n in ("Neu", "承認済み")]
    wishes = _custom_type(world, dice, "要望 🌟", [_option(*each) for each in enumerate(named)])
    contracts = _custom_type(world, dice, "Contract", None)
    for place, project in enumerate(world.projects):
        if any(task["custom_type"] for task in world.tasks_in(project["gid"])):
            world.hang("project.custom_types", project, bugs)
        if place in (0, 4):
            world.hang("project.custom_types", project, wishes)
    world.hang("project.custom_types", world.projects[0], contracts)


def _custom_type(world: World, dice: Dice, name: str, options: list[Record] | None) -> Record:
    return world.add({"gid": dice.gid(), "resource_type": "custom_type", "name": name, "status_options": options})


def _option(place: int, option: Record) -> Record:
    state = "Complete" if place else "Incomplete"
    return option | {"completion_state": state, "enabled": place < 2, "color": OPTION_COLORS[place]}


def settle(world: World, dice: Dice, portfolio: Record, project: Record) -> None:
    """That a project is in a portfolio, hung under both."""
    setting = world.add(
        {
            "gid": dice.gid(),
            "resource_type": "project_portfolio_setting",
            "project": project,
            "portfolio": portfolio,
            "is_access_control_inherited": dice.happens(0.5),
            "created_at": stamp(dice.ago(90, 5)),
        }
    )
    for parent in (portfolio, project):
        world.hang("project_portfolio_settings", parent, setting)
