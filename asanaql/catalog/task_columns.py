"""The columns of a task, declared once for the four relations that show tasks."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.custom_field_types import custom_fields
from asanaql.catalog.model import Column
from asanaql.catalog.types import (
    BOOLEAN,
    DATE,
    INTEGER,
    NUMBER,
    REFERENCE,
    TEXT,
    TIMESTAMP,
    gid,
    identity,
    likes,
    plain,
    reference,
    references,
    resource_type,
    structure,
    workspace,
)

EXTERNAL = pa.struct([("gid", TEXT), ("data", TEXT)])
MEMBERSHIPS = pa.list_(pa.struct([("project", REFERENCE), ("section", REFERENCE)]))
TASK_GIDS = pa.list_(pa.struct([("gid", TEXT)]))

TASK: tuple[Column, ...] = (
    gid("The task's gid."),
    resource_type("task"),
    plain("name", TEXT, "The task's name, as a line in a list shows it."),
)

_WHAT: tuple[Column, ...] = (
    plain("resource_subtype", TEXT, "The kind of task: `default_task`, `milestone`, `approval` or `custom`."),
    plain("completed", BOOLEAN, "Whether the task is complete."),
    plain("completed_at", TIMESTAMP, "When the task was completed; NULL while it is not."),
    *reference("completed_by", "The user who completed the task; NULL while it is not complete.", sparse=True),
    *reference("assignee", "The user whom the task is assigned to; NULL when nobody."),
    *reference(
        "assignee_section",
        "The section of the assignee's My Tasks that holds the task; only for tasks assigned to the token's own user.",
        sparse=True,
    ),
    plain(
        "assignee_status", TEXT, "Where My Tasks held the task before it had sections, such as `inbox`.", sparse=True
    ),
    *reference("assigned_by", "The user who assigned the task; NULL when nobody did."),
    plain("approval_status", TEXT, "The state of an approval, such as `pending`; NULL for other tasks.", sparse=True),
)

_WHEN: tuple[Column, ...] = (
    plain("created_at", TIMESTAMP, "When the task was created."),
    identity("created_by", "The gid of the user who created the task; NULL when Asana itself did."),
    plain("modified_at", TIMESTAMP, "When the task last changed; a change of its subtasks does not count."),
    plain("start_on", DATE, "The day on which work begins; NULL when none is set."),
    plain("start_at", TIMESTAMP, "The moment at which work begins; NULL when only a day or nothing is set."),
    plain("due_on", DATE, "The day on which the task is due, also where a time is set; NULL when it is not due."),
    plain("due_at", TIMESTAMP, "The moment at which the task is due; NULL when only a day or nothing is set."),
    plain("actual_time_minutes", NUMBER, "Time recorded on the task, in minutes; NULL when none was."),
)

_WHERE: tuple[Column, ...] = (
    *workspace("The workspace that the task belongs to."),
    *reference("parent", "The task that this one is a subtask of; NULL when it is none."),
    plain("num_subtasks", INTEGER, "The number of direct subtasks."),
    plain("permalink_url", TEXT, "The task's address in Asana."),
    *reference("custom_type", "The custom type of the task; NULL when it has none.", sparse=True),
    *reference(
        "custom_type_status_option", "The status of the task within its custom type; NULL without one.", sparse=True
    ),
    plain("is_rendered_as_separator", BOOLEAN, "Whether lists show the task as a heading between tasks."),
    plain("liked", BOOLEAN, "Whether the token's own user likes the task."),
    plain("num_likes", INTEGER, "The number of users who like the task."),
    plain("hearted", BOOLEAN, "The same as `liked`, under its old name."),
    plain("num_hearts", INTEGER, "The same as `num_likes`, under its old name."),
)

_HEAVY: tuple[Column, ...] = (
    plain("notes", TEXT, "The task's description as plain text.", heavy=True),
    plain("html_notes", TEXT, "The task's description as HTML.", heavy=True),
    structure(
        "memberships",
        MEMBERSHIPS,
        "All projects of the task that the token can see, each with the section that holds the task there.",
        ("project.name", "section.name"),
    ),
    references("projects", "All projects of the task that the token can see."),
    references("tags", "The task's tags."),
    references("followers", "The users who are notified of the task's changes."),
    plain("dependencies", TASK_GIDS, "The tasks that must be done before this one, by gid.", heavy=True),
    plain("dependents", TASK_GIDS, "The tasks that wait for this one, by gid.", heavy=True),
    likes("likes", "Who likes the task."),
    likes("hearts", "The same as `likes`, under its old name."),
    plain(
        "external",
        EXTERNAL,
        "What an app stored with the task; only the OAuth app that stored it can see it.",
        sparse=True,
        heavy=True,
    ),
    custom_fields("The task's custom fields, each with its definition and its value."),
)

DETAILS = (*_WHAT, *_WHEN, *_WHERE, *_HEAVY)
