"""Who is in which team and in which workspace."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.model import Filter, Paging, Parent, Path, Table
from asanaql.catalog.types import (
    BOOLEAN,
    DATE,
    TIMESTAMP,
    gid,
    plain,
    reference,
    resource_type,
    structure,
    workspace,
    workspace_of_parent,
)

VACATION = pa.struct([("start_on", DATE), ("end_on", DATE)])

TEAM_MEMBERSHIPS = Table(
    name="team_memberships",
    row="one user in one team",
    documentation="https://developers.asana.com/reference/team-memberships",
    columns=(
        gid("The membership's gid."),
        resource_type("team_membership"),
        *reference("user", "The user who is in the team."),
        *reference("team", "The team that the user is in."),
        workspace_of_parent("team"),
        plain("is_admin", BOOLEAN, "Whether the user is an admin of the team."),
        plain("is_guest", BOOLEAN, "Whether the user is a guest in the team."),
        plain("is_limited_access", BOOLEAN, "Whether the user sees only a part of what is in the team."),
    ),
    paths=(
        Path("gid", "/team_memberships/{gid}", paging=Paging.ONE),
        Path(
            "team",
            "/team_memberships",
            {"team": "team_gid"},
            parent=Parent("teams", {"team_gid": "gid"}, {"team_name": "name", "workspace_gid": "workspace_gid"}),
        ),
        Path(
            "user",
            "/team_memberships",
            {"user": "user_gid", "workspace": "workspace_gid"},
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
        ),
        Path(
            "of_team",
            "/teams/{team_gid}/team_memberships",
            parent=Parent("teams", {"team_gid": "gid"}, {"team_name": "name", "workspace_gid": "workspace_gid"}),
            spare=True,
        ),
        Path(
            "of_user",
            "/users/{user_gid}/team_memberships",
            {"workspace": "workspace_gid"},
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
            spare=True,
        ),
    ),
    rows=500,
)

WORKSPACE_MEMBERSHIPS = Table(
    name="workspace_memberships",
    row="one user in one workspace",
    documentation="https://developers.asana.com/reference/workspace-memberships",
    columns=(
        gid("The membership's gid."),
        resource_type("workspace_membership"),
        *reference("user", "The user who is in the workspace."),
        *workspace("The workspace that the user is in."),
        *reference("user_task_list", "The user's My Tasks in the workspace."),
        plain("is_active", BOOLEAN, "Whether the user is in the workspace now, or is invited to it."),
        plain("is_admin", BOOLEAN, "Whether the user is an admin of the workspace."),
        plain("is_guest", BOOLEAN, "Whether the user is a guest in the workspace."),
        plain("is_view_only", BOOLEAN, "Whether the user's license is for viewing only."),
        plain("created_at", TIMESTAMP, "When the membership was created."),
        structure(
            "vacation_dates",
            VACATION,
            "The first and the last day of the user's vacation; NULL when none is set, its end when it is open.",
            ("start_on", "end_on"),
            heavy=False,
        ),
    ),
    paths=(
        Path("gid", "/workspace_memberships/{gid}", paging=Paging.ONE),
        Path(
            "workspace",
            "/workspaces/{workspace_gid}/workspace_memberships",
            filters=(Filter("user_gid", ("=",), "user"),),
            parent=Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"}),
        ),
        Path("user", "/users/{user_gid}/workspace_memberships"),
    ),
    rows=100,
)
