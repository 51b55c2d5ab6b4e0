"""What is asked for by another object of another relation: the projects of a task, the goals above a goal, and so on.

The rows are the other objects with all their columns; the key names the object that they were asked for by.
"""

from __future__ import annotations

from asanaql.catalog.goals import GOALS
from asanaql.catalog.model import Column, Paging, Parent, Path, Table
from asanaql.catalog.projects import PROJECTS
from asanaql.catalog.stories import ONLY_IN_PROJECTS
from asanaql.catalog.tags import TAGS
from asanaql.catalog.task_columns import DETAILS, TASK
from asanaql.catalog.tasks import DOCUMENTATION
from asanaql.catalog.types import TEXT, from_request

#: What Asana sends of a task only where it is asked for by name.
OPT_IN = frozenset(
    {
        "assigned_by",
        "completed_by",
        "created_by",
        "dependencies",
        "dependents",
        "external",
        "html_notes",
        "is_rendered_as_separator",
        "num_subtasks",
    }
)


def _once_more(name: str) -> Column:
    """The row's gid under the name that it has in other relations."""
    return Column(name, TEXT, "The gid once more, under the name that it has elsewhere.", ("gid",))


def _by_task(name: str, what: str, filled: str) -> Path:
    """The path to what one task has, asked for only where the task's list `filled` is not empty."""
    return Path(
        "task",
        f"/tasks/{{task_gid}}/{name}",
        parent=Parent("tasks", {"task_gid": "gid"}, where=((filled, "some", None),)),
        note=ONLY_IN_PROJECTS.format(what=what, key="task_gid"),
    )


TASK_PROJECTS = Table(
    name="task_projects",
    row="one project that one task is in",
    documentation="https://developers.asana.com/reference/getprojectsfortask",
    columns=(
        *PROJECTS.columns[:3],
        _once_more("project_gid"),
        from_request("task_gid", "The gid of the task that is in the project."),
        *PROJECTS.columns[3:],
    ),
    paths=(_by_task("projects", "projects", "projects"),),
    rows=20_000,
)

TASK_TAGS = Table(
    name="task_tags",
    row="one tag that one task has",
    documentation="https://developers.asana.com/reference/gettagsfortask",
    columns=(
        *TAGS.columns[:3],
        _once_more("tag_gid"),
        from_request("task_gid", "The gid of the task that has the tag."),
        *TAGS.columns[3:],
    ),
    paths=(_by_task("tags", "tags", "tags"),),
    rows=3000,
)

TASK_DEPENDENCIES = Table(
    name="task_dependencies",
    row="one task that must be done before another, the one named by task_gid",
    documentation=DOCUMENTATION,
    columns=(
        *TASK,
        from_request("task_gid", "The gid of the task that waits for this one."),
        *DETAILS,
    ),
    paths=(_by_task("dependencies", "dependencies", "dependencies"),),
    plan="a paid Asana plan",
    rows=1000,
)

TASK_DEPENDENTS = Table(
    name="task_dependents",
    row="one task that waits for another, the one named by task_gid",
    documentation=DOCUMENTATION,
    columns=(
        *TASK,
        from_request("task_gid", "The gid of the task that must be done before this one."),
        *DETAILS,
    ),
    paths=(_by_task("dependents", "dependents", "dependents"),),
    plan="a paid Asana plan",
    rows=1000,
)

GOAL_PARENTS = Table(
    name="goal_parents",
    row="one goal that another supports, the one named by goal_gid",
    documentation="https://developers.asana.com/reference/getparentgoalsforgoal",
    columns=(
        *GOALS.visible[:3],
        from_request("goal_gid", "The gid of the goal that supports this one."),
        *GOALS.visible[3:],
    ),
    paths=(
        Path(
            "goal",
            "/goals/{goal_gid}/parentGoals",
            parent=Parent("goals", {"goal_gid": "gid"}),
            paging=Paging.WHOLE,
        ),
    ),
    plan="an Asana Advanced or Enterprise plan",
    rows=50,
)

CUSTOM_ID_TASKS = Table(
    name="custom_id_tasks",
    row="the task that has one custom id, which a custom field of ids has handed out, such as `OKA-12`",
    documentation=DOCUMENTATION,
    columns=(
        *TASK,
        from_request("custom_id", "The task's custom id, as the task shows it."),
        *(column for column in DETAILS if column.path[0] not in OPT_IN),
    ),
    paths=(
        Path(
            "custom_id",
            "/workspaces/{workspace_gid}/tasks/custom_id/{custom_id}",
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
            paging=Paging.ONE,
            opt_fields=False,
        ),
    ),
    example="custom_id = 'OKA-12'",
    plan="a paid Asana plan",
    rows=1,
)
