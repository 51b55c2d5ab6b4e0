"""The four relations that show tasks: in a project, under a task, of a user, with a tag."""

from __future__ import annotations

from asanaql.catalog.model import Column, Counts, Descent, Each, Filter, Form, Paging, Parent, Path, Split, Table
from asanaql.catalog.task_columns import DETAILS, TASK
from asanaql.catalog.types import BOOLEAN, INTEGER, element, from_request

DOCUMENTATION = "https://developers.asana.com/reference/tasks"
HOME = "A task in no project is in user_tasks (by assignee), subtasks (by parent) or tag_tasks (by tag)."
SINCE = ("=", ">", ">=")

# What listings below other addresses take. completed_since returns what is incomplete too, so it serves two columns.
COMPLETED = (
    Filter("completed", ("=",), "completed_since", Form.INCOMPLETE),
    Filter("completed_at", SINCE, "completed_since", Form.SINCE),
)
# What every listing under /tasks takes.
LISTING = (Filter("modified_at", SINCE, "modified_since", Form.SINCE), *COMPLETED)

IN_PROJECT = Parent(
    "projects",
    {"project_gid": "gid"},
    {
        "project_name": "name",
        "workspace_gid": "workspace_gid",
        "workspace_name": "workspace_name",
        "project_archived": "archived",
        "project_team_gid": "team_gid",
    },
)

TASKS = Table(
    name="tasks",
    row="one task in one project; a task in two projects has two rows, one in no project has none",
    documentation=DOCUMENTATION,
    each=Each(list="memberships", pinned=("project_gid", "section_gid")),
    required=("project_gid",),
    elsewhere=HOME,
    columns=(
        *TASK,
        *element("project", "The project that this row shows the task in.", "memberships", "project"),
        *element("section", "The section of that project that holds the task.", "memberships", "section"),
        *DETAILS,
        from_request("project_archived", "Whether that project is archived.", type=BOOLEAN, hidden=True),
        from_request("project_team_gid", "The gid of the team of that project.", hidden=True),
    ),
    paths=(
        Path("gid", "/tasks/{gid}", paging=Paging.ONE),
        Path("section", "/tasks", {"section": "section_gid"}, filters=LISTING),
        Path(
            "project",
            "/tasks",
            {"project": "project_gid"},
            filters=LISTING,
            parent=IN_PROJECT,
            pages=3,
            split=Split(
                path="section",
                table="sections",
                match={"project_gid": "project_gid"},
                keys={"section_gid": "gid"},
            ),
        ),
        Path(
            "counts",
            "/projects/{project_gid}/task_counts",
            parent=IN_PROJECT,
            paging=Paging.COUNTS,
            counts=Counts(
                every="num_tasks",
                column="completed",
                by={True: "num_completed_tasks", False: "num_incomplete_tasks"},
            ),
        ),
        Path(
            "assignee",
            "/tasks",
            {"assignee": "assignee_gid", "workspace": "workspace_gid"},
            filters=LISTING,
            parent=Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"}),
        ),
        Path("of_project", "/projects/{project_gid}/tasks", filters=COMPLETED, parent=IN_PROJECT, pages=3, spare=True),
        Path("of_section", "/sections/{section_gid}/tasks", filters=COMPLETED, spare=True),
    ),
    rows=20_000,
)

SUBTASKS = Table(
    name="subtasks",
    row="one task directly under another",
    documentation=DOCUMENTATION,
    required=("parent_gid",),
    elsewhere="A task that is no subtask is in tasks (by project), user_tasks (by assignee) or tag_tasks (by tag).",
    columns=(
        *TASK,
        *DETAILS,
        Column("depth", INTEGER, "How many levels it is below root_gid where that is given, else 1.", constant=1),
        from_request("root_gid", "All subtasks below this task, on every level, by its gid.", hidden=True),
    ),
    paths=(
        Path("gid", "/tasks/{gid}", paging=Paging.ONE),
        Path("root", "/tasks/{root_gid}/subtasks", descent=Descent("num_subtasks", level="depth")),
        Path(
            "parent",
            "/tasks/{parent_gid}/subtasks",
            descent=Descent("num_subtasks"),
            parent=Parent(
                "tasks",
                {"parent_gid": "gid"},
                {"parent_name": "name", "workspace_gid": "workspace_gid", "workspace_name": "workspace_name"},
                where=(("num_subtasks", ">", 0),),
            ),
            note=(
                "Asana cannot list all subtasks: these are the ones below tasks in projects, on every level. "
                "Those of tasks in no project need parent_gid in the statement."
            ),
        ),
    ),
    rows=5000,
)

USER_TASKS = Table(
    name="user_tasks",
    row="one task assigned to one user, in a project or not",
    documentation=DOCUMENTATION,
    required=("assignee_gid",),
    elsewhere="A task assigned to nobody is in tasks (by project), subtasks (by parent) or tag_tasks (by tag).",
    columns=(
        *TASK,
        *DETAILS,
        from_request("user_task_list_gid", "Only the tasks of this My Tasks, by its gid.", hidden=True),
    ),
    paths=(
        Path("gid", "/tasks/{gid}", paging=Paging.ONE),
        Path(
            "assignee",
            "/tasks",
            {"assignee": "assignee_gid", "workspace": "workspace_gid"},
            filters=LISTING,
            parent=Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"}),
            pages=2,
        ),
        Path(
            "users",
            "/tasks",
            {"assignee": "assignee_gid", "workspace": "workspace_gid"},
            filters=LISTING,
            parent=Parent(
                "users",
                {"assignee_gid": "gid", "workspace_gid": "workspace_gid"},
                {"assignee_name": "name", "workspace_name": "workspace_name"},
            ),
            pages=2,
        ),
        Path(
            "user_task_list",
            "/user_task_lists/{user_task_list_gid}/tasks",
            filters=COMPLETED,
            parent=Parent("user_task_lists", {"user_task_list_gid": "gid"}),
            pages=2,
        ),
    ),
    rows=15_000,
)

TAG_TASKS = Table(
    name="tag_tasks",
    row="one task with one tag; a task with two tags has two rows",
    documentation=DOCUMENTATION,
    each=Each(list="tags", pinned=("tag_gid",)),
    required=("tag_gid",),
    elsewhere="A task without a tag is in tasks (by project), user_tasks (by assignee) or subtasks (by parent).",
    columns=(
        *TASK,
        *element("tag", "The tag that this row is about.", "tags"),
        *DETAILS,
    ),
    paths=(
        Path("gid", "/tasks/{gid}", paging=Paging.ONE),
        Path(
            "tag",
            "/tags/{tag_gid}/tasks",
            parent=Parent(
                "tags",
                {"tag_gid": "gid"},
                {"tag_name": "name", "workspace_gid": "workspace_gid", "workspace_name": "workspace_name"},
            ),
        ),
    ),
    rows=2000,
)
