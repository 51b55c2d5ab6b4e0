"""What hangs on other objects: stories, attachments and status updates."""

from __future__ import annotations

from asanaql.catalog.model import Column, Filter, Form, Paging, Parent, Path, Table
from asanaql.catalog.story_columns import STORY_COLUMNS
from asanaql.catalog.types import (
    BOOLEAN,
    INTEGER,
    TEXT,
    TIMESTAMP,
    gid,
    likes,
    plain,
    reactions,
    reference,
    resource_type,
    workspace_of_parent,
)

TARGET_KIND = ("target", "resource_type")
_WORKSPACE = {"workspace_gid": "workspace_gid"}

ONLY_IN_PROJECTS = (
    "Asana cannot list all tasks: these are the {what} of tasks in projects. "
    "Those of tasks in no project need {key} in the statement."
)


def _target(kind: str, doc: str) -> Column:
    """The gid of the object a story is about, where it is of that kind."""
    return Column(f"{kind}_gid", TEXT, doc, ("target", "gid"), ("target",), sparse=True, when=(TARGET_KIND, kind))


STORIES = Table(
    name="stories",
    row="one comment on, or one change of, a task or a goal",
    documentation="https://developers.asana.com/reference/stories",
    columns=(
        *STORY_COLUMNS,
        _target("task", "The gid of the task that the story is about; NULL when it is about a goal."),
        _target("goal", "The gid of the goal that the story is about; NULL when it is about a task."),
        workspace_of_parent("task or goal"),
    ),
    paths=(
        Path("gid", "/stories/{gid}", paging=Paging.ONE),
        Path(
            "task",
            "/tasks/{task_gid}/stories",
            parent=Parent("tasks", {"task_gid": "gid"}, {"target_name": "name", **_WORKSPACE}),
            arm="task",
            fixed={"goal_gid": None, "target_resource_type": "task"},
            note=ONLY_IN_PROJECTS.format(what="stories", key="task_gid"),
        ),
        Path(
            "goal",
            "/goals/{goal_gid}/stories",
            parent=Parent("goals", {"goal_gid": "gid"}, {"target_name": "name", **_WORKSPACE}),
            arm="goal",
            fixed={"task_gid": None, "target_resource_type": "goal"},
        ),
    ),
    rows=100_000,
)

_PARENT = {"parent_gid": "gid"}
_OF_PARENT = {"parent_name": "name", **_WORKSPACE}

ATTACHMENTS = Table(
    name="attachments",
    row="one file or link attached to a task, a project or a project's brief",
    documentation="https://developers.asana.com/reference/attachments",
    columns=(
        gid("The attachment's gid."),
        resource_type("attachment"),
        plain("name", TEXT, "The name of the file."),
        plain("resource_subtype", TEXT, "Where the file is kept, such as `asana`, `gdrive` or `external`."),
        plain("host", TEXT, "The same as `resource_subtype`, under its old name."),
        *reference("parent", "The task, project or project brief that it is attached to.", typed=True),
        workspace_of_parent("task or project"),
        plain("created_at", TIMESTAMP, "When it was attached."),
        plain("size", INTEGER, "The size in bytes; NULL unless Asana itself keeps the file.", sparse=True),
        plain("download_url", TEXT, "A URL of the content that is good for some minutes; NULL where there is none."),
        plain("permanent_url", TEXT, "A URL of the content that stays good, for people who are logged in to Asana."),
        plain("view_url", TEXT, "A URL of a page that shows the file; NULL when there is none."),
        plain(
            "connected_to_app", BOOLEAN, "Whether the app that asks has attached it; external links only.", sparse=True
        ),
    ),
    paths=(
        Path("gid", "/attachments/{gid}", paging=Paging.ONE),
        Path(
            "task",
            "/attachments",
            {"parent": "parent_gid"},
            parent=Parent("tasks", _PARENT, _OF_PARENT),
            arm="task",
            fixed={"parent_resource_type": "task"},
            note=ONLY_IN_PROJECTS.format(what="attachments", key="parent_gid"),
        ),
        Path(
            "project",
            "/attachments",
            {"parent": "parent_gid"},
            parent=Parent("projects", _PARENT, _OF_PARENT),
            arm="project",
            fixed={"parent_resource_type": "project"},
        ),
        Path(
            "project_brief",
            "/attachments",
            {"parent": "parent_gid"},
            parent=Parent("projects", {"parent_gid": "project_brief_gid"}, _WORKSPACE),
            arm="project_brief",
            fixed={"parent_resource_type": "project_brief"},
        ),
    ),
    rows=10_000,
)


def _status_arm(kind: str) -> Path:
    """The path to the status updates of one kind of object."""
    return Path(
        kind,
        "/status_updates",
        {"parent": "parent_gid"},
        filters=(Filter("created_at", ("=", ">", ">="), "created_since", Form.SINCE),),
        parent=Parent(f"{kind}s", _PARENT, _OF_PARENT),
        arm=kind,
        fixed={"parent_resource_type": kind},
    )


STATUS_UPDATES = Table(
    name="status_updates",
    row="one status update of a project, a portfolio or a goal",
    documentation="https://developers.asana.com/reference/status-updates",
    columns=(
        gid("The status update's gid."),
        resource_type("status_update"),
        plain("title", TEXT, "The title."),
        plain("resource_subtype", TEXT, "What it is about, such as `project_status_update`."),
        plain("status_type", TEXT, "The state that it reports, such as `on_track` or `at_risk`."),
        *reference("parent", "The project, portfolio or goal that it is about.", typed=True),
        workspace_of_parent("project, portfolio or goal"),
        *reference("author", "The user who wrote it."),
        *reference("created_by", "The user who created it."),
        plain("created_at", TIMESTAMP, "When it was created."),
        plain("modified_at", TIMESTAMP, "When it was last changed; new comments and likes do not count."),
        plain("text", TEXT, "The text as plain text.", heavy=True),
        plain("html_text", TEXT, "The text as HTML.", heavy=True),
        plain("liked", BOOLEAN, "Whether the token's own user likes it."),
        plain("num_likes", INTEGER, "The number of users who like it."),
        likes("likes", "Who likes it."),
        plain("hearted", BOOLEAN, "The same as `liked`, under its old name."),
        plain("num_hearts", INTEGER, "The same as `num_likes`, under its old name."),
        likes("hearts", "The same as `likes`, under its old name."),
        reactions("The emoji that users reacted to it with, and how many did."),
    ),
    paths=(
        Path("gid", "/status_updates/{gid}", paging=Paging.ONE),
        _status_arm("project"),
        _status_arm("portfolio"),
        _status_arm("goal"),
    ),
    rows=1000,
)
