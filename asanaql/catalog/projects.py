"""Projects and their sections."""

from __future__ import annotations

from asanaql.catalog.model import Filter, Form, Paging, Parent, Path, Split, Table
from asanaql.catalog.project_columns import PROJECT_ONLY, work_columns
from asanaql.catalog.types import (
    TEXT,
    TIMESTAMP,
    gid,
    plain,
    reference,
    references,
    resource_type,
    workspace_of_parent,
)

PROJECTS = Table(
    name="projects",
    row="one project",
    documentation="https://developers.asana.com/reference/projects",
    columns=(
        gid("The project's gid."),
        resource_type("project"),
        *work_columns("project", owner="owner"),
        *PROJECT_ONLY,
    ),
    paths=(
        Path("gid", "/projects/{gid}", paging=Paging.ONE),
        Path(
            "team",
            "/teams/{team_gid}/projects",
            filters=(Filter("archived", ("=",), "archived", Form.BOOLEAN),),
        ),
        Path(
            "workspace",
            "/projects",
            {"workspace": "workspace_gid"},
            filters=(Filter("archived", ("=",), "archived", Form.BOOLEAN),),
            parent=Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"}),
            split=Split(
                path="team",
                table="teams",
                match={"workspace_gid": "workspace_gid"},
                keys={"team_gid": "gid"},
                remainder="projects in no team",
            ),
        ),
        Path(
            "of_workspace",
            "/workspaces/{workspace_gid}/projects",
            filters=(Filter("archived", ("=",), "archived", Form.BOOLEAN),),
            parent=Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"}),
            spare=True,
        ),
    ),
    trusted=300,
    rows=200,
)

SECTIONS = Table(
    name="sections",
    row="one section of one project",
    documentation="https://developers.asana.com/reference/sections",
    columns=(
        gid("The section's gid."),
        resource_type("section"),
        plain("name", TEXT, "The section's name, which is the column's title on a board."),
        *reference("project", "The project that the section divides."),
        workspace_of_parent("project"),
        plain("created_at", TIMESTAMP, "When the section was created."),
        references("projects", "The section's project once more, in the list that Asana sent in former times."),
    ),
    paths=(
        Path("gid", "/sections/{gid}", paging=Paging.ONE),
        Path(
            "project",
            "/projects/{project_gid}/sections",
            parent=Parent(
                "projects",
                {"project_gid": "gid"},
                {"project_name": "name", "workspace_gid": "workspace_gid"},
            ),
        ),
    ),
    trusted=300,
    rows=1000,
)
