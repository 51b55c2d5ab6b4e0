"""The rules of the addresses about tracked time: entries, categories, timesheets.

Source: https://developers.asana.com/reference/gettimetrackingentries
"""

from __future__ import annotations

from collections.abc import Sequence

from asanaql.demo.ask import Ask
from asanaql.demo.refusals import TIME_IS_PAID, TIME_NEEDS_A_DAY, Refusal, missing
from asanaql.demo.route import Route, listing, single
from asanaql.demo.world import Record

#: The parameters that name what entries hang under, and the kind of it.
PLACES = {
    "workspace": "workspace",
    "task": "task",
    "attributable_to": "project",
    "user": "user",
    "timesheet_approval_status": "timesheet_approval_status",
}
STATUSES = ("draft", "submitted", "approved", "rejected")


def entries(ask: Ask) -> Sequence[Record]:
    """The entries that hang under everything that is named, with their days from one to another, both included."""
    if not ask.has(*PLACES, "portfolio"):
        raise missing("workspace")
    if ask.has("workspace") and not ask.has("entered_on_start_date", "entered_on_end_date"):
        raise Refusal(400, TIME_NEEDS_A_DAY)
    found: Sequence[Record] = ask.world.under("workspace.time_tracking_entries", ask.world.workspace)
    for name, kind in PLACES.items():
        place = ask.record(name, kind)
        if place is not None:
            found = _both(ask.world.under(f"{kind}.time_tracking_entries", place), found)
    portfolio = ask.record("portfolio")
    if portfolio is not None:
        items = [item["gid"] for item in ask.world.under("portfolio.items", portfolio)]
        found = [each for each in found if each["attributable_to"] and each["attributable_to"]["gid"] in items]
    return _entered(ask, found, "entered_on_start_date", "entered_on_end_date")


def entries_of_category(ask: Ask) -> Sequence[Record]:
    """The entries of the category that the path names."""
    category = ask.keys["time_tracking_category"]
    found = ask.world.under("time_tracking_category.time_tracking_entries", category)
    return _entered(ask, found, "start_date", "end_date")


def _both(some: Sequence[Record], others: Sequence[Record]) -> Sequence[Record]:
    """Those of the first that are among the others as well."""
    gids = {other["gid"] for other in others}
    return [each for each in some if each["gid"] in gids]


def _entered(ask: Ask, found: Sequence[Record], start: str, end: str) -> Sequence[Record]:
    first, last = ask.day(start) or "", ask.day(end) or "9999-12-31"
    return [each for each in found if first <= each["entered_on"] <= last]


def categories(ask: Ask) -> Sequence[Record]:
    """The categories of a workspace: those in use, unless the archived ones are asked for."""
    found = ask.world.under("workspace.time_tracking_categories", ask.needed("workspace"))
    archived = ask.flag("is_archived") or False
    return [category for category in found if category["is_archived"] == archived]


def timesheets(ask: Ask) -> Sequence[Record]:
    """The timesheets of a workspace, of one user, of weeks within some days, with one of some statuses."""
    found = ask.world.under("workspace.timesheet_approval_statuses", ask.needed("workspace"))
    user = ask.record("user")
    first, last = ask.day("from_date") or "", ask.day("to_date") or "9999-12-31"
    wanted = ask.params.get("approval_statuses", ",".join(STATUSES)).split(",")
    for word in wanted:
        if word not in STATUSES:
            raise Refusal(400, f"approval_statuses: Not a recognized status: {word}")
    return [
        each
        for each in found
        if (user is None or each["user"] is user)
        and first <= each["start_date"]
        and each["end_date"] <= last
        and each["approval_status"].lower() in wanted
    ]


ROUTES: tuple[Route, ...] = (
    single("time_tracking_entry", plural="time_tracking_entries"),
    single("time_tracking_category", plural="time_tracking_categories"),
    single("timesheet_approval_status", plural="timesheet_approval_statuses"),
    Route("/time_tracking_entries", entries, paid=TIME_IS_PAID),
    listing("task", "time_tracking_entries"),
    Route("/time_tracking_categories/{time_tracking_category}/time_tracking_entries", entries_of_category),
    Route("/time_tracking_categories", categories),
    Route("/timesheet_approval_statuses", timesheets),
)
