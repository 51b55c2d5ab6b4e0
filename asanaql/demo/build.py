"""Builds the demo workspace: one seed, one date and one scale give one World, to the last character.

Every copy of the workspace has its own dice, so that the first copy is the same at every scale.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from asanaql.demo.audit import make_audit_log
from asanaql.demo.customs import make_custom_fields, use_all_fields
from asanaql.demo.dice import Dice
from asanaql.demo.events import make_events
from asanaql.demo.extras import make_attachments, make_tags, make_templates, make_webhooks, tag_tasks
from asanaql.demo.members import make_members
from asanaql.demo.odds import make_odds
from asanaql.demo.parts import make_parts
from asanaql.demo.people import make_people, make_workspace
from asanaql.demo.plans import make_plans
from asanaql.demo.projects import make_projects
from asanaql.demo.resourcing import make_resourcing
from asanaql.demo.stories import make_stories
from asanaql.demo.tasks import make_tasks
from asanaql.demo.timesheets import make_timesheets
from asanaql.demo.words import SECTIONS
from asanaql.demo.world import World

# What was added since, each with dice of its own, so that all that was there before stays as it was.
LATER: dict[str, Callable[[World, Dice], None]] = {
    "events": make_events,
    "parts": make_parts,
    "members": make_members,
    "odds": make_odds,
    "timesheets": make_timesheets,
    "resourcing": make_resourcing,
}


def build(scale: int = 1, now: datetime | None = None, seed: int = 7) -> World:
    """The demo workspace, `scale` times as large as the ordinary one (20 users, 15 projects, some 2,000 tasks).

    Every date in it lies around `now`, which is the start of the current UTC day where none is given. `notable`
    of the World names the gids of what is special: projects biggest, empty, hundred, hundred_and_one, archived …
    """
    anchor = (now or datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)).astimezone(UTC)
    taken: set[str] = set()
    world = World(anchor, scale, seed)
    common = Dice(f"{seed}/common", anchor, taken)
    make_workspace(world, common)
    for copy in range(scale):
        _copy(world, common, Dice(f"{seed}/{copy}", anchor, taken), copy)
    _arrange_projects(world)
    for topic, make in LATER.items():
        make(world, Dice(f"{seed}/{topic}", anchor, taken))
    return world


def _copy(world: World, common: Dice, dice: Dice, copy: int) -> None:
    """One copy of everything that grows; the first brings along what there is once."""
    users = make_people(world, dice, copy)
    if not copy:
        make_custom_fields(world, common)
        make_tags(world, common)
        _my_sections(world, common)
    projects = make_projects(world, dice, users, world.teams[-4:], copy)
    tasks = make_tasks(world, dice, users, projects)
    tag_tasks(world, dice, tasks)
    make_attachments(world, dice, tasks, projects)
    make_stories(world, dice, tasks)
    if not copy:
        make_templates(world, common)
        make_plans(world, common)
        make_webhooks(world, common)
        make_audit_log(world, common)
        use_all_fields(world, common, world.teams[0])
        world.me["custom_fields"] = world.projects[4]["custom_fields"]


def _my_sections(world: World, dice: Dice) -> None:
    # Sections of one's own task list: seen in `assignee_section` only.
    for name in SECTIONS[:3]:
        world.hang("me.sections", world.me, {"gid": dice.gid(), "resource_type": "section", "name": name})


def _arrange_projects(world: World) -> None:
    """Those in use first, then by gid, as Asana lists them."""
    listed = sorted(world.projects, key=lambda project: (project["archived"], int(project["gid"])))
    world.arrange("workspace.projects", world.workspace, listed)
    for project in listed:
        if project["team"]:
            world.hang("team.projects", project["team"], project)
