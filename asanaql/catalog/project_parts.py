"""What belongs to a project and is asked for by it: brief, old statuses, counts, custom types, portfolios."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.model import Paging, Parent, Path, Table
from asanaql.catalog.types import (
    BOOLEAN,
    INTEGER,
    TEXT,
    TIMESTAMP,
    from_request,
    gid,
    plain,
    reference,
    resource_type,
    structure,
    workspace_of_parent,
)

STATUS_OPTIONS = pa.list_(
    pa.struct([("gid", TEXT), ("name", TEXT), ("completion_state", TEXT), ("enabled", BOOLEAN), ("color", TEXT)])
)
_COUNTED = {
    "num_tasks": "The number of tasks in the project, milestones among them.",
    "num_incomplete_tasks": "The number of tasks that are not complete.",
    "num_completed_tasks": "The number of tasks that are complete.",
    "num_milestones": "The number of milestones.",
    "num_incomplete_milestones": "The number of milestones that are not complete.",
    "num_completed_milestones": "The number of milestones that are complete.",
}
_WORKSPACE = {"workspace_gid": "workspace_gid"}
_NAMED = {"project_name": "name", **_WORKSPACE}

PROJECT_BRIEFS = Table(
    name="project_briefs",
    row="the brief of one project that has one",
    documentation="https://developers.asana.com/reference/project-briefs",
    columns=(
        gid("The brief's gid."),
        resource_type("project_brief"),
        plain("title", TEXT, "The brief's title."),
        *reference("project", "The project that the brief is about."),
        workspace_of_parent("project"),
        plain("permalink_url", TEXT, "The brief's address in Asana."),
        plain("text", TEXT, "The brief as plain text.", heavy=True),
        plain("html_text", TEXT, "The brief as HTML.", heavy=True),
    ),
    paths=(
        Path(
            "gid",
            "/project_briefs/{gid}",
            paging=Paging.ONE,
            parent=Parent("projects", {"gid": "project_brief_gid"}, {"project_gid": "gid", **_NAMED}),
        ),
    ),
    plan="a paid Asana plan",
    rows=50,
)

PROJECT_STATUSES = Table(
    name="project_statuses",
    row="one status update of one project in the old form; status_updates has them in the new one",
    documentation="https://developers.asana.com/reference/project-statuses",
    columns=(
        gid("The status's gid."),
        resource_type("project_status"),
        plain("title", TEXT, "The title."),
        from_request("project_gid", "The gid of the project that the status is about."),
        from_request("project_name", "The name of the project that the status is about."),
        workspace_of_parent("project"),
        plain("color", TEXT, "The state that it reports as a colour, such as `green`, or `complete`."),
        *reference("author", "The user who wrote it."),
        *reference("created_by", "The user who created it."),
        plain("created_at", TIMESTAMP, "When it was created."),
        plain("modified_at", TIMESTAMP, "When it was last changed; new comments do not count."),
        plain("text", TEXT, "The text as plain text.", heavy=True),
        plain("html_text", TEXT, "The text as HTML.", heavy=True),
    ),
    paths=(
        Path("gid", "/project_statuses/{gid}", paging=Paging.ONE),
        Path(
            "project",
            "/projects/{project_gid}/project_statuses",
            parent=Parent("projects", {"project_gid": "gid"}, _NAMED),
        ),
    ),
    rows=1000,
)

PROJECT_PORTFOLIO_SETTINGS = Table(
    name="project_portfolio_settings",
    row="one project in one portfolio, and whether the portfolio's members get access to the project",
    documentation="https://developers.asana.com/reference/project-portfolio-settings",
    columns=(
        gid("The setting's gid."),
        resource_type("project_portfolio_setting"),
        *reference("project", "The project that is in the portfolio.", ask="project"),
        *reference("portfolio", "The portfolio that the project is in.", ask="portfolio"),
        plain("is_access_control_inherited", BOOLEAN, "Whether members of the portfolio get access to the project."),
        plain("created_at", TIMESTAMP, "When the project was added to the portfolio."),
        workspace_of_parent("project"),
    ),
    paths=(
        Path("gid", "/project_portfolio_settings/{gid}", paging=Paging.ONE),
        Path(
            "portfolio",
            "/portfolios/{portfolio_gid}/project_portfolio_settings",
            # Asana lists one's own portfolios only, and projects are in those of others too.
            parent=Parent("portfolios", {"portfolio_gid": "gid"}, _WORKSPACE, partial=True),
        ),
        Path(
            "project",
            "/projects/{project_gid}/project_portfolio_settings",
            parent=Parent("projects", {"project_gid": "gid"}, _WORKSPACE),
        ),
    ),
    plan="an Asana Advanced or Enterprise plan",
    rows=200,
)

TASK_COUNTS = Table(
    name="task_counts",
    row="one project with the numbers of its tasks, each of which costs much of Asana's quota",
    documentation="https://developers.asana.com/reference/gettaskcountsforproject",
    columns=(
        from_request("project_gid", "The gid of the project whose tasks are counted."),
        from_request("project_name", "The name of the project whose tasks are counted."),
        workspace_of_parent("project"),
        *(plain(name, INTEGER, doc) for name, doc in _COUNTED.items()),
    ),
    paths=(
        Path(
            "project",
            "/projects/{project_gid}/task_counts",
            paging=Paging.ONE,
            parent=Parent("projects", {"project_gid": "gid"}, _NAMED),
        ),
    ),
    rows=200,
)

CUSTOM_TYPES = Table(
    name="custom_types",
    row="one custom type of tasks, whatever projects use it",
    documentation="https://developers.asana.com/reference/custom-types",
    distinct=True,
    columns=(
        gid("The custom type's gid."),
        resource_type("custom_type"),
        plain("name", TEXT, "The custom type's name, such as `Bug ticket`."),
        workspace_of_parent("projects that use the type"),
        structure(
            "status_options",
            STATUS_OPTIONS,
            "The statuses that a task of the type can have, each with whether it stands for complete.",
            ("name", "completion_state", "enabled", "color"),
        ),
        from_request("project_gid", "Only the custom types that this project uses, by its gid.", hidden=True),
    ),
    paths=(
        Path("gid", "/custom_types/{gid}", paging=Paging.ONE),
        Path(
            "project",
            "/custom_types",
            {"project": "project_gid"},
            parent=Parent("projects", {"project_gid": "gid"}, _WORKSPACE),
        ),
    ),
    plan="a paid Asana plan",
    rows=20,
)
