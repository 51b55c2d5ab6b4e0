"""Who is planned for what and at which cost: allocations, budgets, rates, and the days that people are away."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.model import Filter, Form, Paging, Parent, Path, Table
from asanaql.catalog.timesheets import WITH_TIMESHEETS
from asanaql.catalog.types import (
    BOOLEAN,
    DATE,
    NUMBER,
    TEXT,
    from_request,
    gid,
    plain,
    reference,
    resource_type,
    structure,
    workspace_of_parent,
)

EFFORT = pa.struct([("type", TEXT), ("value", NUMBER)])
ESTIMATE = pa.struct(
    [("billable_status_filter", TEXT), ("source", TEXT), ("enabled", BOOLEAN), ("units", TEXT), ("value", NUMBER)]
)
ACTUAL = pa.struct([("billable_status_filter", TEXT), ("units", TEXT), ("value", NUMBER)])
TOTAL = pa.struct([("enabled", BOOLEAN), ("units", TEXT), ("value", NUMBER)])

OF_PROJECT = Parent("projects", {"parent_gid": "gid"}, {"parent_name": "name", "workspace_gid": "workspace_gid"})

# Asana gives the entries that overlap with the days asked for: one that starts on a day does not end before it.
AWAY = (
    Filter("start_date", ("=", ">", ">="), "start_date", Form.DATE_SINCE),
    Filter("end_date", ("=", ">", ">="), "start_date", Form.DATE_SINCE),
    Filter("start_date", ("=", "<", "<="), "end_date", Form.DATE_UNTIL),
    Filter("end_date", ("=", "<", "<="), "end_date", Form.DATE_UNTIL),
)

ALLOCATIONS = Table(
    name="allocations",
    row="one user or placeholder planned for one project from one day to another",
    documentation="https://developers.asana.com/reference/allocations",
    columns=(
        gid("The allocation's gid."),
        resource_type("allocation"),
        plain("resource_subtype", TEXT, "Which kind of allocation it is, such as `project_allocation`."),
        *reference("parent", "The project that the time is planned for."),
        *reference("assignee", "The user or placeholder whose time is planned.", typed=True),
        plain("start_date", DATE, "The first day of the allocation."),
        plain("end_date", DATE, "The last day of the allocation."),
        structure("effort", EFFORT, "How much time it is, in `hours` or `percent`; NULL if not said.", EFFORT.names),
        *reference("created_by", "The user who planned it."),
        workspace_of_parent("project"),
    ),
    paths=(
        Path("gid", "/allocations/{gid}", paging=Paging.ONE),
        Path(
            "parent",
            "/allocations",
            {"parent": "parent_gid"},
            parent=Parent("projects", {"parent_gid": "gid"}, {"workspace_gid": "workspace_gid"}, partial=True),
        ),
        Path(
            "assignee",
            "/allocations",
            {"assignee": "assignee_gid", "workspace": "workspace_gid"},
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
        ),
        Path(
            "workspace",
            "/allocations",
            {"workspace": "workspace_gid"},
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
            pages=5,
        ),
    ),
    rows=500,
    plan="an Asana Enterprise or Enterprise+ plan",
)

BUDGETS = Table(
    name="budgets",
    row="one project's budget; a project has one at most",
    documentation="https://developers.asana.com/reference/budgets",
    columns=(
        gid("The budget's gid."),
        resource_type("budget"),
        plain("budget_type", TEXT, "What the budget counts: `cost` in the domain's currency, or `time` in minutes."),
        *reference("parent", "The project that the budget is of."),
        structure("estimate", ESTIMATE, "What the work is expected to take, and by which source.", ESTIMATE.names),
        structure("actual", ACTUAL, "What the tracked time has taken so far.", ACTUAL.names),
        structure("total", TOTAL, "What the work may take, as somebody set it.", TOTAL.names),
        workspace_of_parent("project"),
    ),
    paths=(
        Path("gid", "/budgets/{gid}", paging=Paging.ONE),
        Path("parent", "/budgets", {"parent": "parent_gid"}, parent=OF_PROJECT, paging=Paging.WHOLE, opt_fields=False),
    ),
    rows=50,
    plan=WITH_TIMESHEETS,
)

RATES = Table(
    name="rates",
    row="what one hour of one user or placeholder costs in one project",
    documentation="https://developers.asana.com/reference/rates",
    columns=(
        gid("The rate's gid."),
        resource_type("rate"),
        *reference("parent", "The project that the rate holds in."),
        *reference("resource", "The user or placeholder that the rate is of.", typed=True),
        plain("rate", NUMBER, "The price of an hour."),
        plain("currency_code", TEXT, "The currency of the price, such as `EUR`; it is the organization's."),
        *reference("created_by", "The user who set the rate."),
        workspace_of_parent("project"),
    ),
    paths=(
        Path("gid", "/rates/{gid}", paging=Paging.ONE),
        # The listing's opt_fields name nothing of a row, which comes as it is.
        Path(
            "parent",
            "/rates",
            {"parent": "parent_gid"},
            filters=(Filter("resource_gid", ("=",), "resource"),),
            parent=OF_PROJECT,
            opt_fields=False,
        ),
    ),
    rows=100,
    plan=WITH_TIMESHEETS,
)

OOO_ENTRIES = Table(
    name="ooo_entries",
    row="one absence of one user, from one day to another",
    documentation="https://developers.asana.com/reference/ooo-entries",
    columns=(
        gid("The entry's gid."),
        resource_type("ooo_entry"),
        *reference("user", "The user who is out of office."),
        plain("start_date", DATE, "The first day of the absence."),
        plain("end_date", DATE, "The last day of the absence."),
        *reference("created_by", "The user who made the entry."),
        from_request("workspace_gid", "The gid of the workspace that the user is absent from."),
    ),
    paths=(
        Path("gid", "/ooo_entries/{gid}", paging=Paging.ONE),
        Path(
            "user",
            "/ooo_entries",
            {"user": "user_gid", "workspace": "workspace_gid"},
            filters=AWAY,
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
        ),
        Path(
            "users",
            "/ooo_entries",
            {"user": "user_gid", "workspace": "workspace_gid"},
            filters=AWAY,
            parent=Parent("users", {"user_gid": "gid", "workspace_gid": "workspace_gid"}, {"user_name": "name"}),
        ),
    ),
    rows=100,
)
