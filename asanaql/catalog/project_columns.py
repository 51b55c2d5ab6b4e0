"""The columns of projects and portfolios: those that both have, and those of a project only, which items show too."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.custom_field_types import compact_custom_fields, custom_field_settings
from asanaql.catalog.model import Column
from asanaql.catalog.types import (
    BOOLEAN,
    DATE,
    REFERENCE,
    TEXT,
    TIMESTAMP,
    current_status_update,
    identity,
    plain,
    reference,
    references,
    structure,
    workspace,
)

STATUS = pa.struct(
    [
        ("gid", TEXT),
        ("title", TEXT),
        ("text", TEXT),
        ("html_text", TEXT),
        ("color", TEXT),
        ("author", REFERENCE),
        ("created_at", TIMESTAMP),
        ("created_by", REFERENCE),
        ("modified_at", TIMESTAMP),
    ]
)
STATUS_FIELDS = ("title", "text", "html_text", "color", "author.name", "created_at", "created_by.name", "modified_at")


def work_columns(of: str, *, owner: str | None = None) -> tuple[Column, ...]:
    """The columns that a project and a portfolio have in common; `of` is the word for either, `owner` what to ask."""
    return (
        plain("name", TEXT, f"The {of}'s name."),
        *workspace(f"The workspace that the {of} belongs to."),
        *reference("owner", f"The user who owns the {of}; NULL when nobody does.", ask=owner),
        plain("archived", BOOLEAN, f"Whether the {of} is archived, and so left out of most views in Asana."),
        plain("created_at", TIMESTAMP, f"When the {of} was created."),
        plain("start_on", DATE, f"The day on which work on the {of} begins; NULL when none is set."),
        plain("due_on", DATE, f"The day on which the {of} is due; NULL when none is set."),
        plain("color", TEXT, f"The {of}'s colour; NULL when it has none."),
        plain("privacy_setting", TEXT, f"Who can find the {of}, such as `private` or `public_to_workspace`."),
        plain("public", BOOLEAN, f"Whether everybody in the workspace sees the {of}; `privacy_setting` says more."),
        plain("default_access_level", TEXT, f"The access that new members of the {of} get, such as `editor`."),
        plain("permalink_url", TEXT, f"The {of}'s address in Asana."),
        current_status_update(of),
        references("members", f"The members of the {of}."),
        custom_field_settings(f"The custom fields that what is in the {of} can have, with their definitions."),
        compact_custom_fields(f"The custom fields of the {of} itself with their values."),
    )


PROJECT_ONLY: tuple[Column, ...] = (
    *reference("team", "The team that the project is shared with; NULL when it is in no team."),
    plain("completed", BOOLEAN, "Whether the project is marked complete."),
    plain("completed_at", TIMESTAMP, "When the project was completed; NULL while it is not."),
    *reference("completed_by", "The user who completed the project; NULL while it is not complete.", sparse=True),
    plain("modified_at", TIMESTAMP, "When the project itself last changed; a change of its tasks does not count."),
    plain("due_date", DATE, "The project's `due_on`, under its old name."),
    plain("icon", TEXT, "The project's icon; NULL when it has none."),
    plain("default_view", TEXT, "The view in which the project opens, such as `list` or `board`."),
    plain(
        "minimum_access_level_for_customization",
        TEXT,
        "The least access a member needs to change how the project works, such as its fields and rules.",
    ),
    plain(
        "minimum_access_level_for_sharing",
        TEXT,
        "The least access a member needs to share the project and manage its members.",
    ),
    identity("project_brief", "The gid of the project's brief; NULL when it has none."),
    *reference("created_from_template", "The project template that the project was made from; NULL without one."),
    plain("notes", TEXT, "The project's description as plain text.", heavy=True),
    plain("html_notes", TEXT, "The project's description as HTML.", heavy=True),
    structure(
        "current_status",
        STATUS,
        "The project's latest status in the old form, before status updates; NULL when there is none.",
        STATUS_FIELDS,
    ),
    references("followers", "The members who are notified of the project's changes."),
)
