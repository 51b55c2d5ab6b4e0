"""The roles that decide what people may do in a workspace."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.model import Paging, Parent, Path, Table
from asanaql.catalog.types import (
    BOOLEAN,
    TEXT,
    TIMESTAMP,
    from_request,
    gid,
    plain,
    resource_type,
    structure,
    workspace,
)

ALLOWED = (
    "assign_roles",
    "create_and_edit_ai_automations",
    "create_and_edit_ai_teammates",
    "create_app_authorization",
    "create_global_custom_fields",
    "create_goal",
    "create_pat_authorization",
    "create_portfolio",
    "create_project",
    "create_read_only_link",
    "create_team",
    "download_mobile_attachments",
    "export_project_data",
    "import_data",
    "manage_roles",
    "proactive_ai",
    "share_goal_with_domain",
    "share_portfolios_with_org",
    "share_teams_with_org",
    "standard_ai",
    "upload_attachments",
    "view_public_teams",
    "view_shared_with_org_portfolios",
    "view_shared_with_org_projects",
    "view_shared_with_org_tasks",
)
PERMISSIONS = pa.struct(
    [("allowed_guest_invites", TEXT), ("task_deletion_policy", TEXT), *((name, BOOLEAN) for name in ALLOWED)]
)

IN_WORKSPACE = Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"})

ROLES = Table(
    name="roles",
    row="one role, Asana's own or the organization's, with what it permits; only admins can read them",
    documentation="https://developers.asana.com/reference/roles",
    columns=(
        gid("The role's gid."),
        resource_type("role"),
        plain("name", TEXT, "The role's name."),
        plain("description", TEXT, "What the role is for, as text."),
        plain("is_standard_role", BOOLEAN, "Whether the role is one of Asana's own."),
        plain("base_role_type", TEXT, "The standard role that it is made from, such as `member` or `admin`."),
        structure("permissions", PERMISSIONS, "What people with the role may do.", PERMISSIONS.names),
        plain("creation_time", TIMESTAMP, "When the role was created."),
        plain("modified_at", TIMESTAMP, "When the role was last changed."),
        *workspace("The workspace that the role belongs to."),
        from_request("archived", "Only the roles that are archived, or only the others.", type=BOOLEAN, hidden=True),
    ),
    paths=(
        Path("gid", "/roles/{gid}", paging=Paging.ONE),
        Path("workspace", "/roles", {"workspace": "workspace_gid"}, parent=IN_WORKSPACE),
        *(
            Path(
                name,
                "/roles",
                {"workspace": "workspace_gid"},
                parent=IN_WORKSPACE,
                always={"archived": written},
                fixed={"archived": archived},
            )
            for name, archived, written in (("in_use", False, "false"), ("archived", True, "true"))
        ),
    ),
    rows=10,
)
