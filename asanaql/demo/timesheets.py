"""Makes tracked time: categories, weekly timesheets, and entries whose minutes add up to what their tasks say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from asanaql.demo.dice import Dice, stamp
from asanaql.demo.world import Record, World

# Name, colour, whether it is archived. The first is on exactly a page of entries, the last on none.
CATEGORIES = (
    ("Development", "blue", False),
    ("Meetings", "orange", False),
    ("Réunions « clients »", "green", False),
    ("設計", "indigo", False),
    ("Travel ✈", "none", True),
    ('The "old" paperwork', "cool-gray", True),
    ("Never used", "hot-pink", False),
)
DESCRIPTIONS = (
    None,
    None,
    "",
    "Pairing with the team",
    "Ligne un\nligne deux",
    "調査と実装",
    'Fixed "the" bug; again',
    "50% review 🔍",
)
BILLABLE = ("billable", "nonBillable", "notApplicable", None)
# The weeks that have timesheets, counted back from this one; before that nobody asked for any.
WEEKS = 8
PAGE = 100


@dataclass(frozen=True)
class Stint:
    """So many minutes of one user on one task, at some moment."""

    task: Record
    user: Record
    at: datetime
    minutes: int

    @property
    def monday(self) -> date:
        """The first day of the week that it was in."""
        return self.at.date() - timedelta(days=self.at.weekday())


def make_timesheets(world: World, dice: Dice) -> None:
    """Categories, then the timesheets of all that was done, then its entries."""
    categories = [_category(world, dice, *each) for each in CATEGORIES]
    stints = _stints(world, dice)
    sheets = _sheets(world, dice, stints)
    entries = [_entry(world, dice, each, sheets, categories[1:-1]) for each in stints]
    for entry in dice.sample(entries, PAGE):
        entry["categories"].insert(0, categories[0])
    for entry in entries:
        for category in entry["categories"]:
            world.hang("time_tracking_category.time_tracking_entries", category, entry)


def _category(world: World, dice: Dice, name: str, color: str, archived: bool) -> Record:
    category = {
        "gid": dice.gid(),
        "resource_type": "time_tracking_category",
        "name": name,
        "color": color,
        "is_archived": archived,
    }
    world.hang("workspace.time_tracking_categories", world.workspace, category)
    return world.add(category)


def _stints(world: World, dice: Dice) -> list[Stint]:
    """What was done on every task that says how long it took; on one of them more than a page of it."""
    found = []
    for task in world.tasks:
        minutes = task["actual_time_minutes"]
        if not minutes:
            continue
        pieces = dice.pick((1, 1, 1, 2))
        if "clocked" not in world.notable and task["projects"] and minutes > 2 * PAGE:
            world.notable["clocked"] = task["gid"]
            pieces = PAGE + 1
        user = task["assignee"] or task["completed_by"] or dice.pick(world.users)
        found += [Stint(task, user, dice.ago(120, 0.1), each) for each in _pieces(dice, minutes, pieces)]
    return found


def _pieces(dice: Dice, minutes: int, count: int) -> list[int]:
    """So many parts of the minutes, each of one at least where there are enough."""
    cuts = sorted(dice.sample(range(1, minutes), min(count, minutes) - 1))
    return [end - start for start, end in zip([0, *cuts], [*cuts, minutes], strict=True)]


def _sheets(world: World, dice: Dice, stints: list[Stint]) -> dict[tuple[str, date], Record]:
    """The timesheet of each user and week, by both; some were never made."""
    this = world.now.date() - timedelta(days=world.now.weekday())
    users = {(each.monday, each.user["gid"]): each.user for each in stints}
    made = {}
    for monday, gid in sorted(users, reverse=True):
        age = (this - monday).days // 7
        if age < WEEKS and not dice.happens(0.1):
            made[gid, monday] = _sheet(world, dice, users[monday, gid], monday, age)
    return made


def _sheet(world: World, dice: Dice, user: Record, monday: date, age: int) -> Record:
    """A timesheet: this week's is a draft, last week's was handed in, most older ones are through."""
    later = dice.pick(("APPROVED", "APPROVED", "APPROVED", "REJECTED", "SUBMITTED", "DRAFT"))
    began = world.now - timedelta(days=world.now.weekday() + 7 * age)
    sheet = {
        "gid": dice.gid(),
        "resource_type": "timesheet_approval_status",
        "user": user,
        "workspace": world.workspace,
        "start_date": monday.isoformat(),
        "end_date": (monday + timedelta(days=6)).isoformat(),
        "approval_status": ("DRAFT", "SUBMITTED")[age] if age < 2 else later,
        "created_at": stamp(dice.between(began, min(began + timedelta(days=4), world.now))),
    }
    world.hang("workspace.timesheet_approval_statuses", world.workspace, sheet)
    return world.add(sheet)


def _entry(
    world: World, dice: Dice, stint: Stint, sheets: dict[tuple[str, date], Record], categories: list[Record]
) -> Record:
    """What listings show of a stint, whatever is asked for; its record says more."""
    sheet = sheets.get((stint.user["gid"], stint.monday))
    project = dice.pick(stint.task["projects"]) if stint.task["projects"] else None
    entry: Record = {
        "gid": dice.gid(),
        "resource_type": "time_tracking_entry",
        "duration_minutes": stint.minutes,
        "entered_on": stint.at.date().isoformat(),
        "attributable_to": project,
        # Whoever reviews timesheets may enter what another did.
        "created_by": dice.pick(world.users) if dice.happens(0.08) else stint.user,
        "categories": dice.some(categories, 2),
    }
    said = {
        "approval_status": sheet["approval_status"] if sheet else None,
        "billable_status": dice.pick(BILLABLE),
        "description": dice.pick(DESCRIPTIONS),
    }
    created = stamp(dice.between(stint.at, min(stint.at + timedelta(days=2), world.now)))
    told = {name: value for name, value in said.items() if value is not None}
    world.add({**entry, "task": stint.task, "created_at": created, **told})
    places = [("workspace", world.workspace), ("task", stint.task), ("user", stint.user)]
    places += [("project", project)] if project else []
    places += [("timesheet_approval_status", sheet)] if sheet else []
    for kind, record in places:
        world.hang(f"{kind}.time_tracking_entries", record, entry)
    return entry
