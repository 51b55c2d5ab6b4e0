"""What Asana's search finds: tasks and projects by what their listings cannot be asked for."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.model import Column, Filter, Form, Paging, Parent, Path, Search, Table, Told
from asanaql.catalog.project_columns import PROJECT_ONLY, work_columns
from asanaql.catalog.task_columns import DETAILS, TASK
from asanaql.catalog.types import BOOLEAN, DATE, TEXT, TIMESTAMP, from_request, gid, resource_type

PLAN = "a paid Asana plan"
SINCE, UNTIL = ("=", ">", ">="), ("=", "<", "<=")
GIDS, USERS = "gids", "users"
#: How a condition on a custom field may end, of a task's and of a project's.
ENDINGS = ("is_set", "value", "starts_with", "ends_with", "contains", "less_than", "greater_than")
DATE_ENDINGS = (*ENDINGS, "before", "after")
IN_WORKSPACES = Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"})
CONDITION = "Conditions in Asana's words, joined by &, such as `12345.value=abc` or `12345.is_set=true`."


def _one_of(column: str, parameter: str) -> Filter:
    """Any of several gids."""
    return Filter(column, ("=",), parameter, Form.LIST)


def _of_user(name: str) -> tuple[Filter, ...]:
    """What a task can be asked for about a user of its own: to be one of several, or none of several."""
    return _one_of(f"{name}_gid", f"{name}.any"), Filter(f"{name}_gid", ("<>",), f"{name}.not", Form.OTHERS)


def _at(*names: str) -> tuple[Filter, ...]:
    """Bounds of date-times."""
    return tuple(
        Filter(name, comparisons, f"{name}.{word}", form)
        for name in names
        for comparisons, word, form in ((SINCE, "after", Form.SINCE), (UNTIL, "before", Form.UNTIL))
    )


def _on(*names: str) -> tuple[Filter, ...]:
    """Days, bounds of days, and that there is none."""
    return tuple(
        taken
        for name in names
        for taken in (
            Filter(name, ("=",), name, Form.DATE_OR_NULL),
            Filter(name, (">", ">="), f"{name}.after", Form.DATE_SINCE),
            Filter(name, ("<", "<="), f"{name}.before", Form.DATE_UNTIL),
        )
    )


def _told(
    column: str,
    parameter: str,
    doc: str,
    *,
    kind: str = "",
    type: pa.DataType = TEXT,
    endings: tuple[str, ...] = (),
) -> tuple[Column, Told]:
    """An argument of the function, and what it tells Asana."""
    return from_request(column, doc, type=type, hidden=True), Told(column, parameter, kind, endings)


def _gids(column: str, parameter: str, doc: str) -> tuple[Column, Told]:
    return _told(column, parameter, doc, kind=GIDS)


def _users(column: str, parameter: str, doc: str) -> tuple[Column, Told]:
    return _told(column, parameter, doc, kind=USERS)


def _flag(column: str, doc: str) -> tuple[Column, Told]:
    return _told(column, column, doc, type=BOOLEAN)


def _days(*verbs: str) -> tuple[tuple[Column, Told], ...]:
    """Days on which something was done, which are those of the user's own time zone."""
    return tuple(
        _told(f"{verb}_on{suffix}", f"{verb}_on{suffix.replace('_', '.')}", f"{told.format(verb)}.", type=DATE)
        for verb in verbs
        for suffix, told in (
            ("", "Only what was {} on this day of the user's own time zone"),
            ("_after", "Only what was {} after this day of the user's own time zone"),
            ("_before", "Only what was {} before this day of the user's own time zone"),
        )
    )


_OF_TASKS = (
    _told("text", "text", "Only tasks in whose name or description Asana finds these words."),
    _gids("project_gid", "projects.any", "Only tasks in one of these projects: gids joined by commas."),
    _gids("projects_not", "projects.not", "Only tasks in none of these projects: gids joined by commas."),
    _gids("projects_all", "projects.all", "Only tasks in all of these projects: gids joined by commas."),
    _gids("section_gid", "sections.any", "Only tasks in one of these sections: gids joined by commas."),
    _gids("sections_not", "sections.not", "Only tasks in none of these sections: gids joined by commas."),
    _gids("sections_all", "sections.all", "Only tasks in all of these sections: gids joined by commas."),
    _gids("tag_gid", "tags.any", "Only tasks with one of these tags: gids joined by commas."),
    _gids("tags_not", "tags.not", "Only tasks with none of these tags: gids joined by commas."),
    _gids("tags_all", "tags.all", "Only tasks with all of these tags: gids joined by commas."),
    _gids("portfolio_gid", "portfolios.any", "Only tasks in one of these portfolios: gids joined by commas."),
    _gids("team_gid", "teams.any", "Only tasks of one of these teams: gids joined by commas."),
    _users("follower_gid", "followers.any", "Only tasks that one of these users follows, joined by commas."),
    _users("followers_not", "followers.not", "Only tasks that none of these users follows, joined by commas."),
    _users("assignee_not", "assignee.not", "Only tasks that none of these users is assigned, joined by commas."),
    _users("created_by_not", "created_by.not", "Only tasks that none of these users created, joined by commas."),
    _users("assigned_by_not", "assigned_by.not", "Only tasks that none of these users assigned, joined by commas."),
    _users("liked_by_not", "liked_by.not", "Only tasks that none of these users likes, joined by commas."),
    _users("commented_on_by_not", "commented_on_by.not", "Only tasks without a comment of these users."),
    _flag("is_subtask", "Only subtasks, or only what is none."),
    _flag("is_blocked", "Only tasks that wait for another, or only others."),
    _flag("is_blocking", "Only incomplete tasks that another waits for, or only others."),
    _flag("has_attachment", "Only tasks with an attachment, or only those without."),
    *_days("created", "completed", "modified"),
    _told("custom_field", "custom_fields", CONDITION, endings=DATE_ENDINGS),
    _told(
        "custom_type_status",
        "custom_types",
        "A custom type's status, such as `12.custom_type_status_option.gid=34`; needs resource_subtype = 'custom'.",
        endings=("custom_type_status_option.gid",),
    ),
)

SEARCH_TASKS = Table(
    name="search_tasks",
    row=(
        "one task of one workspace that Asana's search finds; the search lags behind Asana by up to a minute, "
        "takes 60 requests a minute, and shows a hundred tasks in each"
    ),
    documentation="https://developers.asana.com/reference/searchtasksforworkspace",
    columns=(*TASK, *DETAILS, *(column for column, _ in _OF_TASKS)),
    paths=(
        Path(
            "search",
            "/workspaces/{workspace_gid}/tasks/search",
            filters=(
                *(taken for name in ("assignee", "created_by", "assigned_by") for taken in _of_user(name)),
                Filter("resource_subtype", ("=",), "resource_subtype"),
                Filter("completed", ("=",), "completed", Form.BOOLEAN),
                *_on("due_on", "start_on"),
                *_at("due_at", "created_at", "completed_at", "modified_at"),
            ),
            parent=IN_WORKSPACES,
            paging=Paging.SEARCH,
            pages=200,
            told=tuple(told for _, told in _OF_TASKS),
            either=("project_gid", "section_gid"),
            search=Search(
                moments=("created_at", "modified_at"),
                flags=("completed", "is_subtask", "has_attachment", "is_blocked"),
                sorted_by=("created_at", "modified_at"),
            ),
        ),
    ),
    rows=20_000,
    plan=PLAN,
)

_OF_PROJECTS = (
    _told("text", "text", "Only projects in whose name Asana finds these words."),
    _users("member_gid", "members.any", "Only projects of which one of these users is a member, joined by commas."),
    _users("members_not", "members.not", "Only projects of which none of these users is a member, joined by commas."),
    _gids("portfolio_gid", "portfolios.any", "Only projects in one of these portfolios: gids joined by commas."),
    *_days("created", "completed"),
    _told("due_at_after", "due_at.after", "Only projects due after this moment, as Asana takes it.", type=TIMESTAMP),
    _told("due_at_before", "due_at.before", "Only projects due before this moment, as Asana takes it.", type=TIMESTAMP),
    _told("custom_field", "custom_fields", CONDITION, endings=ENDINGS),
)

SEARCH_PROJECTS = Table(
    name="search_projects",
    row=(
        "one project of one workspace that Asana's search finds; the search lags behind Asana by up to a minute, "
        "takes 60 requests a minute, and shows a hundred projects in each"
    ),
    documentation="https://developers.asana.com/reference/searchprojectsforworkspace",
    columns=(
        gid("The project's gid."),
        resource_type("project"),
        *work_columns("project", owner="owner"),
        *PROJECT_ONLY,
        *(column for column, _ in _OF_PROJECTS),
    ),
    paths=(
        Path(
            "search",
            "/workspaces/{workspace_gid}/projects/search",
            filters=(
                _one_of("owner_gid", "owner.any"),
                _one_of("team_gid", "teams.any"),
                Filter("completed", ("=",), "completed", Form.BOOLEAN),
                *_on("due_on", "start_on"),
                *_at("created_at", "completed_at"),
            ),
            parent=IN_WORKSPACES,
            paging=Paging.SEARCH,
            pages=2,
            told=tuple(told for _, told in _OF_PROJECTS),
            search=Search(moments=("created_at",), flags=("completed",), sorted_by=("created_at", "modified_at")),
        ),
    ),
    rows=200,
    plan=PLAN,
)
