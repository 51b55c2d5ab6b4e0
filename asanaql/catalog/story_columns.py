"""The columns of a story: who did what when, and, by the kind of story, what was there before and after."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.model import Column
from asanaql.catalog.types import (
    BOOLEAN,
    DATE,
    ENUM_OPTION,
    ENUM_OPTIONS,
    INTEGER,
    NUMBER,
    REFERENCE,
    TEXT,
    TIMESTAMP,
    gid,
    likes,
    plain,
    reactions,
    reference,
    references,
    resource_type,
    structure,
)

DATES = pa.struct([("start_on", DATE), ("due_on", DATE), ("due_at", TIMESTAMP)])
PREVIEW_PARTS = ("title", "title_link", "header", "header_link", "text", "html_text", "footer", "fallback")
PREVIEWS = pa.list_(pa.struct([(part, TEXT) for part in PREVIEW_PARTS]))
STORY = pa.struct(
    [
        ("gid", TEXT),
        ("resource_subtype", TEXT),
        ("text", TEXT),
        ("created_at", TIMESTAMP),
        ("created_by", REFERENCE),
    ]
)
TASK = pa.struct([("gid", TEXT), ("name", TEXT), ("resource_subtype", TEXT)])
OPTION_FIELDS = ("name", "enabled", "color")


def _before_and_after(kind: str, what: str, type: pa.DataType) -> tuple[Column, ...]:
    """`old_<kind>` and `new_<kind>`, for what Asana sends as one value or as an object asked for by its bare name."""
    return (
        plain(f"old_{kind}", type, f"{what} before the change; NULL in stories of other kinds.", sparse=True),
        plain(f"new_{kind}", type, f"{what} after the change; NULL in stories of other kinds.", sparse=True),
    )


def _structures(kind: str, what: str, type: pa.DataType, fields: tuple[str, ...]) -> tuple[Column, ...]:
    """`old_<kind>` and `new_<kind>`, for objects asked for member by member."""
    before = f"{what} before the change; NULL in stories of other kinds."
    after = f"{what} after the change; NULL in stories of other kinds."
    return (
        structure(f"old_{kind}", type, before, fields, sparse=True),
        structure(f"new_{kind}", type, after, fields, sparse=True),
    )


_WHAT: tuple[Column, ...] = (
    gid("The story's gid."),
    resource_type("story"),
    plain("resource_subtype", TEXT, "The kind of story, such as `comment_added` or `due_date_changed`."),
    plain("type", TEXT, "Whether a person wrote it, `comment`, or Asana did, `system`."),
    plain("text", TEXT, "The comment, or Asana's sentence about what happened, as plain text."),
    plain("html_text", TEXT, "The same text as HTML.", heavy=True),
    plain("created_at", TIMESTAMP, "When the story was written."),
    *reference("created_by", "The user who wrote it or made the change; NULL when Asana itself did."),
    plain("source", TEXT, "The part of Asana it came from, such as `web`, `mobile` or `api`."),
)

_COMMENT: tuple[Column, ...] = (
    *reference("target", "The object that the story is about.", typed=True),
    plain("is_editable", BOOLEAN, "Whether the text can still be edited; comments only.", sparse=True),
    plain("is_edited", BOOLEAN, "Whether the text was edited; comments only.", sparse=True),
    plain("is_pinned", BOOLEAN, "Whether the comment is pinned to the top; comments only.", sparse=True),
    plain("sticker_name", TEXT, "The sticker in the comment; NULL without one.", sparse=True),
    plain("liked", BOOLEAN, "Whether the token's own user likes the story.", sparse=True),
    plain("num_likes", INTEGER, "The number of users who like the story.", sparse=True),
    likes("likes", "Who likes the story.", sparse=True),
    plain("hearted", BOOLEAN, "The same as `liked`, under its old name.", sparse=True),
    plain("num_hearts", INTEGER, "The same as `num_likes`, under its old name.", sparse=True),
    likes("hearts", "The same as `likes`, under its old name.", sparse=True),
    reactions("The emoji that users reacted to the story with, and how many did.", sparse=True),
    structure("previews", PREVIEWS, "Previews of the links in a comment.", PREVIEW_PARTS, sparse=True),
)

_ABOUT: tuple[Column, ...] = (
    *reference("assignee", "The user whom the task was assigned to; NULL in stories of other kinds.", sparse=True),
    *reference("follower", "The user who was added as a follower; NULL in stories of other kinds.", sparse=True),
    *reference("project", "The project of the change; NULL in stories that are about none.", sparse=True),
    *reference("tag", "The tag that was added or removed; NULL in stories of other kinds.", sparse=True),
    *reference("custom_field", "The custom field that changed; NULL in stories of other kinds.", sparse=True),
    *reference("dependency", "The task that became or ceased to be a dependency; NULL otherwise.", sparse=True),
    *reference("duplicate_of", "The task that this one was marked a duplicate of; NULL otherwise.", sparse=True),
    *reference("duplicated_from", "The task that this one was copied from; NULL otherwise.", sparse=True),
    structure(
        "task",
        TASK,
        "Another task that the story speaks of; NULL when it speaks of none.",
        ("name", "resource_subtype"),
        sparse=True,
    ),
    structure(
        "story",
        STORY,
        "Another story that this one speaks of; NULL when it speaks of none.",
        ("resource_subtype", "text", "created_at", "created_by.name"),
        sparse=True,
    ),
)

_CHANGE: tuple[Column, ...] = (
    *_before_and_after("name", "The task's name", TEXT),
    *_before_and_after("resource_subtype", "The kind of the task", TEXT),
    *_before_and_after("approval_status", "The state of the approval", TEXT),
    *_structures("dates", "The task's dates", DATES, ("start_on", "due_on", "due_at")),
    *reference("old_section", "The section before the move; NULL in stories of other kinds.", sparse=True),
    *reference("new_section", "The section after the move; NULL in stories of other kinds.", sparse=True),
    *_before_and_after("text_value", "The text custom field's value", TEXT),
    *_before_and_after("number_value", "The number custom field's value", NUMBER),
    *_structures("enum_value", "The option chosen in the custom field", ENUM_OPTION, OPTION_FIELDS),
    *_structures("multi_enum_values", "The options chosen in the custom field", ENUM_OPTIONS, OPTION_FIELDS),
    *_before_and_after("date_value", "The date custom field's value", DATES),
    references("old_people_value", "The users in the custom field before the change; NULL otherwise.", sparse=True),
    references("new_people_value", "The users in the custom field after the change; NULL otherwise.", sparse=True),
)

STORY_COLUMNS = (*_WHAT, *_COMMENT, *_ABOUT, *_CHANGE)
