"""Makes projects of very different sizes, their sections and settings."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from asanaql.demo.customs import setting
from asanaql.demo.dice import Dice, stamp
from asanaql.demo.people import SITE
from asanaql.demo.words import NOTES, SECTIONS
from asanaql.demo.world import Record, World


@dataclass(frozen=True)
class Plan:
    """What one project shall be: `size` tasks in its listing, `fields` of the custom fields, a team by number."""

    name: str
    size: int
    team: int | None = 0
    fields: int = 0
    sections: int = 4
    archived: bool = False
    privacy: str = "public_to_workspace"
    notable: str = ""


PLANS = (
    Plan("Atlas migration", 604, fields=5, sections=8, notable="biggest"),
    Plan("Nothing here yet", 0, team=1, sections=1, notable="empty"),
    Plan("Hundred days", 100, team=1, fields=2, notable="hundred"),
    Plan("Hundred and one nights", 101, team=2, notable="hundred_and_one"),
    Plan("Website relaunch", 220, team=1, fields=12, sections=6, notable="every_custom_field"),
    Plan("Café Zürich – Außenstelle 🚀", 85, team=2, fields=1),
    Plan("採用パイプライン", 47, team=3, fields=3),
    Plan("تخطيط الفعاليات", 12, team=3, sections=2),
    Plan("Billing rewrite", 180, fields=4, archived=True, notable="archived"),
    Plan("Onboarding", 33, team=3, archived=True),
    Plan("Quiet research", 26, team=0, privacy="private", notable="private"),
    Plan("Company retreat", 18, team=None, notable="teamless"),
    Plan("Support queue", 150, team=2, fields=4, sections=5),
    Plan('The "OKR" tracker, it\'s fine', 9, team=2, sections=3),
    Plan("Single task", 1, team=1, sections=1, notable="single"),
)
# Asana sends colours that its own description does not list.
COLORS = ("dark-pink", "light-green", None, "aqua", "dark-blue", "none", "hot-pink", "light-teal")
ICONS = ("list", "board", "rocket", "bug", None)
VIEWS = ("list", "board", "calendar", "timeline")


def make_projects(world: World, dice: Dice, users: list[Record], teams: list[Record], copy: int) -> list[Record]:
    """One project for each of PLANS, with its sections, still without tasks."""
    made = []
    for position, plan in enumerate(PLANS):
        project = make_project(world, dice, plan, users, teams, copy)
        if plan.notable and not copy:
            world.notable[plan.notable] = project["gid"]
        for field in world.all("custom_field")[: plan.fields]:
            setting(world, dice, project, field)
        _sections(world, dice, project, plan, position)
        made.append(project)
    return made


def make_project(world: World, dice: Dice, plan: Plan, users: list[Record], teams: list[Record], copy: int) -> Record:
    """A project in no listing, without sections and custom fields."""
    gid = dice.gid()
    created = dice.ago(500, 300)
    done = created if not plan.archived else dice.between(created, dice.ago(40, 10))
    completed = plan.name == "Billing rewrite"
    due = None if dice.happens(0.4) else f"{dice.day(-30, 90):%Y-%m-%d}"
    notes = dice.pick(NOTES)
    owner = None if plan.name == "Support queue" else dice.pick(users)
    return world.add(
        {
            "gid": gid,
            "resource_type": "project",
            "name": f"{plan.name} {copy + 1}" if copy else plan.name,
            "archived": plan.archived,
            "color": dice.pick(COLORS),
            "icon": dice.pick(ICONS),
            "created_at": stamp(created),
            "modified_at": stamp(dice.between(done, dice.ago(30))),
            "completed": completed,
            "completed_at": stamp(done) if completed else None,
            "completed_by": dice.pick(users) if completed else None,
            "current_status": None,
            "current_status_update": None,
            "custom_field_settings": [],
            "custom_fields": [],
            "default_view": dice.pick(VIEWS),
            "due_date": due,
            "due_on": due,
            "start_on": f"{dice.day(-90, -31):%Y-%m-%d}" if due and dice.happens(0.5) else None,
            "notes": notes,
            "html_notes": f"<body>{escape(notes)}</body>",
            "members": sorted(dice.some(users, 8), key=lambda user: str(user["name"])),
            "followers": dice.some(users, 4),
            "owner": owner,
            "team": None if plan.team is None else teams[plan.team],
            "public": plan.privacy != "private",
            "privacy_setting": plan.privacy,
            "default_access_level": "editor",
            "minimum_access_level_for_customization": "editor",
            "minimum_access_level_for_sharing": "admin",
            "permalink_url": f"{SITE}/{gid}/list",
            "project_brief": None,
            "created_from_template": None,
            "workspace": world.workspace,
        }
    )


def _sections(world: World, dice: Dice, project: Record, plan: Plan, position: int) -> None:
    for index in range(plan.sections):
        section = world.add(
            {
                "gid": dice.gid(),
                "resource_type": "section",
                "name": SECTIONS[(index + position) % len(SECTIONS)] if index else "Untitled section",
                "created_at": project["created_at"] if not index else stamp(dice.ago(250, 5)),
                "project": project,
                "projects": [project],
            }
        )
        world.hang("project.sections", project, section)
