"""Makes tasks: in projects, in several projects, under other tasks, and in nobody's project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from asanaql.demo.customs import custom_value
from asanaql.demo.dice import Dice, stamp
from asanaql.demo.people import SITE, likes_of
from asanaql.demo.projects import PLANS
from asanaql.demo.words import NOTES, ODD_NAMES, SECTIONS, THINGS, VERBS
from asanaql.demo.world import Record, World

SUBTASKS = 330
LOOSE = 170
DEPENDING = 150
# Projects of at least this size also show tasks and subtasks that live elsewhere too.
SHARES_FROM = 80
CUSTOM_TYPE = {"gid": "3141592653", "resource_type": "custom_type", "name": "Bug ticket"}
CUSTOM_STATUSES = tuple(
    {"gid": gid, "resource_type": "custom_type_status_option", "name": name}
    for gid, name in (("2718281828", "Reported"), ("2718281829", "Reproduced"), ("2718281830", "Won't fix"))
)


@dataclass(frozen=True)
class Cast:
    """What the tasks of one copy of the workspace are made of."""

    world: World
    dice: Dice
    users: list[Record]
    projects: list[Record]
    bulk: tuple[datetime, ...]


def make_tasks(world: World, dice: Dice, users: list[Record], projects: list[Record]) -> list[Record]:
    """All tasks of one copy. Each project ends with exactly the number of tasks that its plan says."""
    # Bulk edits: many tasks share these moments to the millisecond.
    bulk = (dice.ago(3, 2), dice.ago(40, 30), dice.ago(200, 150))
    cast = Cast(world, dice, users, projects, bulk)
    homes: dict[str, list[tuple[Record, Record]]] = {project["gid"]: [] for project in projects}
    tasks: list[Record] = []
    for project, plan in zip(projects, PLANS, strict=True):
        for _ in range(plan.size - _shared(plan.size)):
            tasks.append(make_task(cast))
            _place(cast, tasks[-1], project, homes)
    roots = list(tasks)
    subtasks = _subtasks(cast, roots)
    loose = [_loose(cast) for _ in range(LOOSE)]
    tasks += subtasks + loose
    for project, plan in zip(projects, PLANS, strict=True):
        _share(cast, project, _shared(plan.size), roots, subtasks, homes)
    for project in projects:
        _arrange(cast, project, homes[project["gid"]])
    _fill_custom_fields(cast, tasks)
    _depend(cast, roots + subtasks)
    _list_by_assignee(cast, tasks)
    return tasks


def _shared(size: int) -> int:
    return size // 12 if size >= SHARES_FROM else 0


def make_task(cast: Cast, parent: Record | None = None) -> Record:
    """A task in no project and in no listing."""
    dice = cast.dice
    created, modified, completed_at = _moments(cast)
    subtype = _subtype(dice)
    name, separator = _name(dice, subtype)
    notes = dice.pick(NOTES)
    gid = dice.gid()
    task: Record = {
        "gid": gid,
        "resource_type": "task",
        "resource_subtype": subtype,
        "name": name,
        "created_by": dice.pick(cast.users),
        "assignee_status": dice.pick(("today", "upcoming", "later", "new", "inbox")),
        "assigned_by": None,
        "assignee": None,
        "completed": completed_at is not None,
        "completed_at": stamp(completed_at) if completed_at else None,
        "completed_by": dice.pick(cast.users) if completed_at else None,
        "created_at": stamp(created),
        "modified_at": stamp(modified),
        "dependencies": [],
        "dependents": [],
        **_due(dice),
        "notes": notes,
        "html_notes": f"<body>{escape(notes)}</body>",
        "is_rendered_as_separator": separator,
        **_likes(cast),
        "num_subtasks": 0,
        "memberships": [],
        "actual_time_minutes": dice.number(1, 600) if dice.happens(0.15) else None,
        "custom_fields": [],
        "custom_type": None,
        "custom_type_status_option": None,
        "followers": dice.some(cast.users, 3),
        "parent": parent,
        "projects": [],
        "tags": [],
        "workspace": cast.world.workspace,
        "permalink_url": f"{SITE}/0/{gid}",
    }
    _assign(cast, task)
    if subtype == "approval":
        outcomes = ("approved", "rejected") if completed_at else ("pending", "changes_requested")
        task["approval_status"] = dice.pick(outcomes)
    if subtype == "custom":
        task |= {"custom_type": CUSTOM_TYPE, "custom_type_status_option": dice.pick(CUSTOM_STATUSES)}
    if dice.happens(0.05):
        task["external"] = {"gid": f"ext-{gid[-5:]}", "data": '{"from": "elsewhere"}'}
    return cast.world.add(task)


def _moments(cast: Cast) -> tuple[datetime, datetime, datetime | None]:
    dice = cast.dice
    created = dice.ago(400, 0.5)
    early = cast.bulk[2]
    if dice.happens(0.05):
        created = early
    modified = dice.between(created, cast.world.now - timedelta(minutes=1))
    if dice.happens(0.3):
        modified = max(created, dice.ago(7))
    completed_at = dice.between(created, modified) if dice.happens(0.45) else None
    moment = cast.bulk[dice.number(0, 1)]
    if moment > created and dice.happens(0.15):
        completed_at = moment if completed_at and dice.happens(0.5) else completed_at and min(completed_at, moment)
        modified = moment
    return created, modified, completed_at


def _subtype(dice: Dice) -> str:
    at = dice.fraction()
    return "milestone" if at < 0.06 else "approval" if at < 0.1 else "custom" if at < 0.12 else "default_task"


def _name(dice: Dice, subtype: str) -> tuple[str, bool]:
    if dice.happens(0.05):
        return dice.pick(ODD_NAMES), False
    if subtype == "default_task" and dice.happens(0.02):
        return f"{dice.pick(SECTIONS)}:", True
    return f"{dice.pick(VERBS)} {dice.pick(THINGS)}", False


def _likes(cast: Cast) -> Record:
    """Now and then somebody likes a task."""
    liked = cast.dice.some(cast.users, 3) if cast.dice.happens(0.2) else []
    likes = [{"gid": cast.dice.gid(), "user": user} for user in liked]
    return likes_of(likes, cast.world.me)


def _due(dice: Dice) -> Record:
    if dice.happens(0.5):
        return {"due_at": None, "due_on": None, "start_at": None, "start_on": None}
    due = dice.day(-60, 45)
    start = due - timedelta(days=dice.number(1, 20)) if dice.happens(0.3) else None
    start_on = f"{start:%Y-%m-%d}" if start else None
    if dice.happens(0.75):
        return {"due_at": None, "due_on": f"{due:%Y-%m-%d}", "start_at": None, "start_on": start_on}
    due_at = stamp(due.replace(hour=dice.number(0, 23), minute=15))
    start_at = stamp(start.replace(hour=8)) if start else None
    return {"due_at": due_at, "due_on": due_at[:10], "start_at": start_at, "start_on": start_on}


def _assign(cast: Cast, task: Record, certainly: bool = False) -> None:
    # Half of the time one of the first five, so that somebody has more than a page; nobody has the last user.
    if task["assignee"] is None and (certainly or cast.dice.happens(0.7)):
        pool = cast.users[:5] if cast.dice.happens(0.5) else cast.users[:-1]
        task["assignee"] = cast.dice.pick(pool)
        task["assigned_by"] = cast.dice.pick(cast.users) if cast.dice.happens(0.8) else None
        if task["assignee"] is cast.world.me:
            task["assignee_section"] = cast.dice.pick(cast.world.under("me.sections", cast.world.me))


def _place(cast: Cast, task: Record, project: Record, homes: dict[str, list[tuple[Record, Record]]]) -> None:
    section = cast.dice.pick(cast.world.under("project.sections", project))
    task["memberships"].append({"project": project, "section": section})
    task["projects"].append(project)
    homes[project["gid"]].append((section, task))


def _subtasks(cast: Cast, roots: list[Record]) -> list[Record]:
    """Subtasks down to the third level, most of them on the first."""
    levels: list[list[Record]] = [[], [], []]
    parents = cast.dice.sample(roots, len(roots) // 8)
    for _ in range(SUBTASKS):
        level = 0 if cast.dice.happens(0.7) or not levels[0] else 1 if cast.dice.happens(0.6) or not levels[1] else 2
        parent = cast.dice.pick(parents if level == 0 else levels[level - 1])
        child = make_task(cast, parent)
        parent["num_subtasks"] += 1
        cast.world.hang("task.subtasks", parent, child)
        levels[level].append(child)
    return [task for level in levels for task in level]


def _loose(cast: Cast) -> Record:
    task = make_task(cast)
    _assign(cast, task, certainly=True)
    return task


def _share(
    cast: Cast,
    project: Record,
    count: int,
    roots: list[Record],
    subtasks: list[Record],
    homes: dict[str, list[tuple[Record, Record]]],
) -> None:
    """Fills a project up with tasks of other projects, two homes or three, and with a few subtasks."""
    # One in eight goes to a task that has two homes already.
    twice = [task for task in roots if len(task["projects"]) == 2]
    while count:
        pool = twice if twice and cast.dice.happens(0.12) else subtasks if cast.dice.happens(0.25) else roots
        task = cast.dice.pick(pool)
        if project not in task["projects"] and len(task["projects"]) < 3:
            _place(cast, task, project, homes)
            count -= 1


def _arrange(cast: Cast, project: Record, placed: list[tuple[Record, Record]]) -> None:
    """Display order: by section, then by a rank that has nothing to do with gids or age."""
    by_section: dict[str, list[Record]] = {}
    for section, task in cast.dice.shuffled(placed):
        by_section.setdefault(section["gid"], []).append(task)
    listed: list[Record] = []
    for section in cast.world.under("project.sections", project):
        tasks = by_section.get(section["gid"], [])
        cast.world.arrange("section.tasks", section, tasks)
        listed += tasks
    cast.world.arrange("project.tasks", project, listed)


def _fill_custom_fields(cast: Cast, tasks: list[Record]) -> None:
    for task in tasks:
        fields = {
            s["custom_field"]["gid"]: s["custom_field"] for p in task["projects"] for s in p["custom_field_settings"]
        }
        for field in fields.values():
            value = custom_value(cast.world, cast.dice, field, len(cast.world.custom_ids))
            task["custom_fields"].append(value)
            if field["representation_type"] == "custom_id":
                cast.world.custom_ids[value["text_value"]] = task


def _depend(cast: Cast, tasks: list[Record]) -> None:
    for task, other in zip(cast.dice.sample(tasks, DEPENDING), cast.dice.sample(tasks, DEPENDING), strict=True):
        if task is not other:
            # Asana shows nothing but the gid of these.
            task["dependencies"].append({"gid": other["gid"], "resource_type": "task"})
            other["dependents"].append({"gid": task["gid"], "resource_type": "task"})
            cast.world.hang("task.dependencies", task, other)
            cast.world.hang("task.dependents", other, task)


def _list_by_assignee(cast: Cast, tasks: list[Record]) -> None:
    for task in cast.dice.shuffled(tasks):
        if task["assignee"]:
            cast.world.hang("user.tasks", task["assignee"], task)
