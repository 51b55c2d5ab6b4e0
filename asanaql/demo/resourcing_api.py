"""The rules of the addresses about allocations, budgets, rates, absences and roles.

Source: https://developers.asana.com/reference/rest-api-reference
"""

from __future__ import annotations

from collections.abc import Sequence

from asanaql.demo.ask import Ask
from asanaql.demo.refusals import ALLOCATIONS_ARE_PAID, BUDGETS_ARE_PAID, RATES_ARE_PAID, missing
from asanaql.demo.route import WHOLE, Route, single
from asanaql.demo.world import Record

RESOURCES = ("user", "placeholder")


def allocations(ask: Ask) -> Sequence[Record]:
    """The allocations of a workspace, of one project, of one user or placeholder."""
    if not ask.has("parent", "assignee", "workspace"):
        raise missing("workspace")
    workspace = ask.record("workspace") or ask.world.workspace
    parent, assignee = ask.record("parent", "project"), ask.record("assignee", *RESOURCES)
    return [
        each
        for each in ask.world.under("workspace.allocations", workspace)
        if (parent is None or each["parent"] is parent) and (assignee is None or each["assignee"] is assignee)
    ]


def budgets(ask: Ask) -> Sequence[Record]:
    """The budget of a project, if it has one."""
    return ask.world.under("project.budgets", ask.needed("parent", "project"))


def rates(ask: Ask) -> Sequence[Record]:
    """The rates that hold in a project, of one user or placeholder if one is named."""
    found = ask.world.under("project.rates", ask.needed("parent", "project"))
    resource = ask.record("resource", *RESOURCES)
    return [rate for rate in found if resource is None or rate["resource"] is resource]


def ooo_entries(ask: Ask) -> Sequence[Record]:
    """The absences of a user that overlap with the days from one to another, both included."""
    found, _ = ask.world.under("user.ooo_entries", ask.needed("user")), ask.needed("workspace")
    first, last = ask.day("start_date") or "", ask.day("end_date") or "9999-12-31"
    return [entry for entry in found if first <= entry["end_date"] and entry["start_date"] <= last]


def roles(ask: Ask) -> Sequence[Record]:
    """The roles of a workspace, those in use first."""
    workspace = ask.record("workspace") or ask.world.workspace
    in_use, archived = (ask.world.under(f"workspace.{what}", workspace) for what in ("roles", "archived_roles"))
    wanted = ask.flag("archived")
    return [*([] if wanted else in_use), *([] if wanted is False else archived)]


ROUTES: tuple[Route, ...] = (
    single("allocation", paid=ALLOCATIONS_ARE_PAID),
    single("budget", paid=BUDGETS_ARE_PAID),
    single("rate", paid=RATES_ARE_PAID),
    single("role"),
    single("ooo_entry", plural="ooo_entries"),
    Route("/allocations", allocations, paid=ALLOCATIONS_ARE_PAID),
    Route("/budgets", budgets, WHOLE, BUDGETS_ARE_PAID),
    Route("/rates", rates, paid=RATES_ARE_PAID),
    Route("/roles", roles),
    Route("/ooo_entries", ooo_entries),
)
