"""Goals, what supports them, and the time periods that they are set for."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.custom_field_types import compact_custom_fields, custom_field_settings
from asanaql.catalog.model import Filter, Form, Paging, Parent, Path, Table
from asanaql.catalog.types import (
    BOOLEAN,
    DATE,
    INTEGER,
    NUMBER,
    TEXT,
    current_status_update,
    from_request,
    gid,
    identity,
    likes,
    plain,
    reference,
    references,
    resource_type,
    structure,
    workspace,
    workspace_of_parent,
)

PERIOD_PARTS = ("start_on", "end_on", "period", "display_name")
PERIOD = pa.struct([("gid", TEXT), ("start_on", DATE), ("end_on", DATE), ("period", TEXT), ("display_name", TEXT)])
_METRIC = {
    "resource_subtype": TEXT,
    "progress_source": TEXT,
    "unit": TEXT,
    "currency_code": TEXT,
    "precision": INTEGER,
    "initial_number_value": NUMBER,
    "target_number_value": NUMBER,
    "current_number_value": NUMBER,
    "current_display_value": TEXT,
    "is_custom_weight": BOOLEAN,
    "can_manage": BOOLEAN,
}
METRIC = pa.struct([("gid", TEXT), *_METRIC.items()])

GOALS = Table(
    name="goals",
    row="one goal",
    documentation="https://developers.asana.com/reference/goals",
    plan="an Asana Advanced or Enterprise plan",
    columns=(
        gid("The goal's gid."),
        resource_type("goal"),
        plain("name", TEXT, "The goal's name."),
        *workspace("The workspace that the goal belongs to."),
        *reference("team", "The team that the goal is of; NULL when it is of none."),
        *reference("owner", "The user who owns the goal; NULL when nobody does."),
        plain("status", TEXT, "How the goal stands, such as `green`, or how it ended, such as `achieved`."),
        plain("start_on", DATE, "The day on which work on the goal begins; NULL when none is set."),
        plain("due_on", DATE, "The day on which the goal is due; NULL when none is set."),
        identity(
            "time_period",
            "The gid of the time period that the goal is set for; NULL when none is.",
            ask="time_period.display_name",
        ),
        structure(
            "time_period",
            PERIOD,
            "The time period that the goal is set for; NULL when none is.",
            PERIOD_PARTS,
            heavy=False,
        ),
        plain(
            "is_workspace_level",
            BOOLEAN,
            "Whether the goal is the whole organization's; NULL where the workspace is no organization.",
            sparse=True,
        ),
        plain("privacy_setting", TEXT, "Who can find the goal, such as `private` or `public_to_workspace`."),
        plain("default_access_level", TEXT, "The access that new members of the goal get, such as `editor`."),
        structure("metric", METRIC, "How progress is measured and where it stands; NULL without it.", tuple(_METRIC)),
        plain("liked", BOOLEAN, "Whether the token's own user likes the goal."),
        plain("num_likes", INTEGER, "The number of users who like the goal."),
        likes("likes", "Who likes the goal."),
        plain("notes", TEXT, "The goal's description as plain text.", heavy=True),
        plain("html_notes", TEXT, "The goal's description as HTML.", heavy=True),
        current_status_update("goal"),
        references("followers", "The users who are notified of the goal's changes."),
        custom_field_settings("The custom fields that the goal has, with their definitions."),
        compact_custom_fields("The custom fields of the goal with their values."),
        from_request("supporting_project_gid", "Only the goals that this project supports, by its gid.", hidden=True),
        from_request("supporting_portfolio_gid", "Only the goals that this portfolio supports, by gid.", hidden=True),
        from_request("supporting_task_gid", "Only the goals that this task supports, by its gid.", hidden=True),
    ),
    paths=(
        Path("gid", "/goals/{gid}", paging=Paging.ONE),
        Path(
            "workspace",
            "/goals",
            {"workspace": "workspace_gid"},
            filters=(
                Filter("team_gid", ("=",), "team"),
                Filter("is_workspace_level", ("=",), "is_workspace_level", Form.BOOLEAN),
                Filter("time_period_gid", ("=", "IN"), "time_periods", Form.LIST),
            ),
            parent=Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"}),
        ),
        Path("supporting_project", "/goals", {"project": "supporting_project_gid"}),
        Path("supporting_portfolio", "/goals", {"portfolio": "supporting_portfolio_gid"}),
        Path("supporting_task", "/goals", {"task": "supporting_task_gid"}),
    ),
    trusted=300,
    rows=50,
)

GOAL_RELATIONSHIPS = Table(
    name="goal_relationships",
    row="one goal, project, portfolio or task that supports one goal",
    documentation="https://developers.asana.com/reference/goal-relationships",
    plan="an Asana Advanced or Enterprise plan",
    columns=(
        gid("The relationship's gid."),
        resource_type("goal_relationship"),
        plain("resource_subtype", TEXT, "Whether a goal supports, `subgoal`, or other work, `supporting_work`."),
        *reference("supported_goal", "The goal that is supported."),
        *reference("supporting_resource", "The goal, project, portfolio or task that supports it.", typed=True),
        plain("contribution_weight", NUMBER, "How much the support counts for the goal's progress, 0 to 1."),
        workspace_of_parent("supported goal"),
    ),
    paths=(
        Path("gid", "/goal_relationships/{gid}", paging=Paging.ONE),
        Path(
            "supported_goal",
            "/goal_relationships",
            {"supported_goal": "supported_goal_gid"},
            filters=(Filter("resource_subtype", ("=",), "resource_subtype"),),
            parent=Parent(
                "goals",
                {"supported_goal_gid": "gid"},
                {"supported_goal_name": "name", "workspace_gid": "workspace_gid"},
            ),
        ),
    ),
    rows=100,
)

TIME_PERIODS = Table(
    name="time_periods",
    row="one time period that goals can be set for",
    documentation="https://developers.asana.com/reference/time-periods",
    columns=(
        gid("The time period's gid."),
        resource_type("time_period"),
        plain("display_name", TEXT, "The time period's name, such as `Q1 FY26`."),
        plain("period", TEXT, "Which part of the fiscal year it is: `FY`, `H1`, `H2` or `Q1` to `Q4`."),
        plain("start_on", DATE, "Its first day."),
        plain("end_on", DATE, "Its last day."),
        identity("parent", "The gid of the longer time period that it is a part of.", ask="parent.display_name"),
        structure("parent", PERIOD, "The longer time period that it is a part of; NULL for a year.", PERIOD_PARTS),
        from_request("workspace_gid", "The gid of the workspace that the time period belongs to."),
    ),
    paths=(
        Path("gid", "/time_periods/{gid}", paging=Paging.ONE),
        Path(
            "workspace",
            "/time_periods",
            {"workspace": "workspace_gid"},
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
        ),
    ),
    rows=50,
)
