"""Tracked time: its entries, the categories they can have, and the weekly timesheets that are approved."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.model import Filter, Form, Paging, Parent, Path, Table
from asanaql.catalog.types import (
    BOOLEAN,
    DATE,
    INTEGER,
    TEXT,
    TIMESTAMP,
    from_request,
    gid,
    plain,
    reference,
    resource_type,
    structure,
    workspace,
)

WITH_TIME_TRACKING = "an Asana plan with time tracking, such as Advanced or Enterprise"
WITH_TIMESHEETS = "an Asana plan with the add-on Timesheets and Budgets"

CATEGORIES = pa.list_(pa.struct([("gid", TEXT), ("name", TEXT), ("color", TEXT)]))

# In a workspace Asana demands a first or a last day; nothing was tracked before this one.
EVER = {"entered_on_start_date": "1900-01-01"}
ENTERED_ON = (
    Filter("entered_on", ("=", ">", ">="), "entered_on_start_date", Form.DATE_SINCE),
    Filter("entered_on", ("=", "<", "<="), "entered_on_end_date", Form.DATE_UNTIL),
)

# What only the record of a single entry tells.
OF_RECORD = ("task_name", "description", "billable_status", "approval_status", "created_at")
LACKING = ("task_gid", *OF_RECORD)
# What a listing tells of an entry, or the argument or key that it is listed by.
LISTED = (
    "task_gid",
    "attributable_to_gid",
    "attributable_to_name",
    "created_by_gid",
    "created_by_name",
    "entered_on",
    "duration_minutes",
    "categories",
    "workspace_gid",
    "user_gid",
    "portfolio_gid",
    "timesheet_approval_status_gid",
    "time_tracking_category_gid",
)

TIME_TRACKING_ENTRIES = Table(
    name="time_tracking_entries",
    row="one entry of time tracked on one task",
    documentation="https://developers.asana.com/reference/time-tracking-entries",
    columns=(
        gid("The entry's gid."),
        resource_type("time_tracking_entry"),
        *reference("task", "The task that the time was tracked on."),
        *reference("attributable_to", "The project whose budget the time counts for; NULL when it counts for none."),
        *reference("created_by", "The user who made the entry, perhaps on behalf of another."),
        plain("entered_on", DATE, "The day that the time was tracked for."),
        plain("duration_minutes", INTEGER, "How long it was, in minutes."),
        structure("categories", CATEGORIES, "The time tracking categories of the entry.", ("name", "color")),
        plain("description", TEXT, "What was done, as text; NULL when nobody wrote it.", sparse=True),
        plain("billable_status", TEXT, "Whether it is `billable`, `nonBillable` or `notApplicable`.", sparse=True),
        plain("approval_status", TEXT, "How far the entry is approved, such as `DRAFT` or `SUBMITTED`.", sparse=True),
        plain("created_at", TIMESTAMP, "When the entry was made."),
        from_request("workspace_gid", "The gid of the workspace that the time was tracked in."),
        from_request("user_gid", "Only the entries of this user, by gid.", hidden=True),
        from_request("portfolio_gid", "Only the entries of the projects in this portfolio, by its gid.", hidden=True),
        from_request("timesheet_approval_status_gid", "Only the entries of this timesheet, by its gid.", hidden=True),
        from_request("time_tracking_category_gid", "Only the entries of this category, by its gid.", hidden=True),
    ),
    paths=(
        Path(
            "gid",
            "/time_tracking_entries/{gid}",
            paging=Paging.ONE,
            parent=Parent("time_tracking_entries", {"gid": "gid"}, {name: name for name in LISTED}),
        ),
        Path(
            "task",
            "/tasks/{task_gid}/time_tracking_entries",
            parent=Parent("tasks", {"task_gid": "gid"}, {"workspace_gid": "workspace_gid"}, partial=True),
            lacks=OF_RECORD,
        ),
        Path(
            "attributable_to",
            "/time_tracking_entries",
            {"attributable_to": "attributable_to_gid"},
            filters=ENTERED_ON,
            parent=Parent("projects", {"attributable_to_gid": "gid"}, {"workspace_gid": "workspace_gid"}, partial=True),
            pages=2,
            lacks=LACKING,
        ),
        Path(
            "user",
            "/time_tracking_entries",
            {"user": "user_gid", "workspace": "workspace_gid"},
            filters=ENTERED_ON,
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
            pages=2,
            always=EVER,
            lacks=LACKING,
        ),
        Path(
            "portfolio",
            "/time_tracking_entries",
            {"portfolio": "portfolio_gid"},
            filters=ENTERED_ON,
            parent=Parent("portfolios", {"portfolio_gid": "gid"}, {"workspace_gid": "workspace_gid"}, partial=True),
            pages=5,
            lacks=LACKING,
        ),
        Path(
            "timesheet_approval_status",
            "/time_tracking_entries",
            {"timesheet_approval_status": "timesheet_approval_status_gid"},
            filters=ENTERED_ON,
            parent=Parent(
                "timesheet_approval_statuses",
                {"timesheet_approval_status_gid": "gid"},
                {"workspace_gid": "workspace_gid"},
                partial=True,
            ),
            lacks=LACKING,
        ),
        Path(
            "time_tracking_category",
            "/time_tracking_categories/{time_tracking_category_gid}/time_tracking_entries",
            filters=(
                Filter("entered_on", ("=", ">", ">="), "start_date", Form.DATE_SINCE),
                Filter("entered_on", ("=", "<", "<="), "end_date", Form.DATE_UNTIL),
            ),
            parent=Parent(
                "time_tracking_categories",
                {"time_tracking_category_gid": "gid"},
                {"workspace_gid": "workspace_gid"},
                partial=True,
            ),
            pages=2,
            lacks=LACKING,
        ),
        Path(
            "workspace",
            "/time_tracking_entries",
            {"workspace": "workspace_gid"},
            filters=ENTERED_ON,
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
            pages=20,
            always=EVER,
            lacks=LACKING,
        ),
    ),
    rows=2000,
    plan=WITH_TIME_TRACKING,
)

TIME_TRACKING_CATEGORIES = Table(
    name="time_tracking_categories",
    row="one category that time tracking entries can have, archived or not",
    documentation="https://developers.asana.com/reference/time-tracking-categories",
    columns=(
        gid("The category's gid."),
        resource_type("time_tracking_category"),
        plain("name", TEXT, "The category's name."),
        plain("color", TEXT, "The colour that the category is shown in, such as `blue`."),
        plain("is_archived", BOOLEAN, "Whether the category is archived, so that no new entry can have it."),
        from_request("workspace_gid", "The gid of the workspace that the category belongs to."),
    ),
    paths=(
        Path("gid", "/time_tracking_categories/{gid}", paging=Paging.ONE),
        # Without is_archived Asana lists those in use only.
        *(
            Path(
                name,
                "/time_tracking_categories",
                {"workspace": "workspace_gid"},
                parent=Parent("workspaces", {"workspace_gid": "gid"}),
                arm=name,
                always={"is_archived": written},
                fixed={"is_archived": archived},
            )
            for name, archived, written in (("in_use", False, "false"), ("archived", True, "true"))
        ),
    ),
    rows=20,
    plan=WITH_TIME_TRACKING,
)

TIMESHEET_APPROVAL_STATUSES = Table(
    name="timesheet_approval_statuses",
    row="one week's timesheet of one user, and how far it is approved",
    documentation="https://developers.asana.com/reference/timesheet-approval-statuses",
    columns=(
        gid("The timesheet's gid."),
        resource_type("timesheet_approval_status"),
        *reference("user", "The user whose timesheet it is."),
        *workspace("The workspace that the time was tracked in."),
        plain("start_date", DATE, "The first day of the week, a Monday."),
        plain("end_date", DATE, "The last day of the week, a Sunday."),
        plain("approval_status", TEXT, "How far it is approved: `DRAFT`, `SUBMITTED`, `APPROVED` or `REJECTED`."),
        plain("created_at", TIMESTAMP, "When the timesheet was made."),
    ),
    paths=(
        Path("gid", "/timesheet_approval_statuses/{gid}", paging=Paging.ONE),
        # from_date and to_date are not sent, as it is not said which of the dates they are about; nor is
        # approval_statuses, whose words are written otherwise than the values.
        Path(
            "workspace",
            "/timesheet_approval_statuses",
            {"workspace": "workspace_gid"},
            filters=(Filter("user_gid", ("=",), "user"),),
            parent=Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"}),
            pages=5,
        ),
    ),
    rows=500,
    plan=WITH_TIMESHEETS,
)
