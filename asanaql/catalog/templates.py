"""Templates of projects and of tasks."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.model import Paging, Parent, Path, Table
from asanaql.catalog.types import (
    BOOLEAN,
    JSON,
    TEXT,
    TIMESTAMP,
    from_request,
    gid,
    plain,
    reference,
    references,
    resource_type,
    structure,
    workspace_of_parent,
)

DATE_VARIABLES = pa.list_(pa.struct([("gid", TEXT), ("name", TEXT), ("description", TEXT)]))

PROJECT_TEMPLATES = Table(
    name="project_templates",
    row="one project template",
    documentation="https://developers.asana.com/reference/project-templates",
    columns=(
        gid("The template's gid."),
        resource_type("project_template"),
        plain("name", TEXT, "The template's name."),
        from_request("workspace_gid", "The gid of the workspace that the template belongs to."),
        *reference("team", "The team that the template is shared with; NULL when it is in no team."),
        *reference("owner", "The user who owns the template; NULL when nobody does.", ask="owner"),
        plain("public", BOOLEAN, "Whether everybody in the template's team sees it."),
        plain("color", TEXT, "The template's colour; NULL when it has none."),
        plain("description", TEXT, "The template's description as plain text.", heavy=True),
        plain("html_description", TEXT, "The template's description as HTML.", heavy=True),
        structure(
            "requested_dates",
            DATE_VARIABLES,
            "The dates that must be given when a project is made from the template.",
            ("name", "description"),
        ),
        references("requested_roles", "The roles that users can be given when a project is made from the template."),
    ),
    paths=(
        Path("gid", "/project_templates/{gid}", paging=Paging.ONE),
        Path("team", "/project_templates", {"team": "team_gid"}),
        Path(
            "workspace",
            "/project_templates",
            {"workspace": "workspace_gid"},
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
        ),
        Path("of_team", "/teams/{team_gid}/project_templates", spare=True),
    ),
    rows=50,
)

TASK_TEMPLATES = Table(
    name="task_templates",
    row="one task template of one project",
    documentation="https://developers.asana.com/reference/task-templates",
    columns=(
        gid("The template's gid."),
        resource_type("task_template"),
        plain("name", TEXT, "The template's name."),
        *reference("project", "The project that the template belongs to.", ask="project"),
        workspace_of_parent("project"),
        *reference("created_by", "The user who created the template.", ask="created_by"),
        plain("created_at", TIMESTAMP, "When the template was created."),
        plain(
            "template", JSON, "What a task made from the template gets: name, description, dates, subtasks.", heavy=True
        ),
    ),
    paths=(
        Path("gid", "/task_templates/{gid}", paging=Paging.ONE),
        Path(
            "project",
            "/task_templates",
            {"project": "project_gid"},
            parent=Parent(
                "projects", {"project_gid": "gid"}, {"project_name": "name", "workspace_gid": "workspace_gid"}
            ),
        ),
    ),
    rows=100,
)
