"""What happened to an object or in a workspace since a sync token was given, and the tokens to begin with."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from asanaql.catalog.model import Column, Paging, Parent, Path, Table
from asanaql.catalog.types import JSON, TEXT, TIMESTAMP, from_request, plain, reference

DOCUMENTATION = "https://developers.asana.com/reference/events"


def _change(part: str, type: pa.DataType, doc: str) -> Column:
    """A column for one part of what changed; events of other actions have none."""
    return Column(f"change_{part}", type, doc, ("change", part), (f"change.{part}",), sparse=True)


_EVENT: tuple[Column, ...] = (
    plain("created_at", TIMESTAMP, "When it happened."),
    plain("action", TEXT, "What happened: `changed`, `added`, `removed`, `deleted` or `undeleted`."),
    plain("type", TEXT, "The kind of the object, under its old name; `resource_resource_type` is newer."),
    *reference("user", "The user who did it; NULL when Asana itself did.", ask="user.name"),
    *reference("resource", "The object that it happened to.", typed=True),
    *reference("parent", "The object that it was added to or removed from; NULL for other actions.", typed=True),
    _change("field", TEXT, "The field that changed; NULL unless `action` is `changed`."),
    _change("action", TEXT, "How the field changed: `changed`, `added` or `removed`."),
    _change("new_value", JSON, "The field's new value where it holds a single one."),
    _change("added_value", JSON, "What was added to a field that holds several values."),
    _change("removed_value", JSON, "What was removed from a field that holds several values."),
    from_request("sync", "The sync token that was asked with; without one Asana only begins to watch."),
    from_request("next_sync", "The sync token that later events can be asked for with, for a day."),
)


def _paths(first: Path) -> tuple[Path, ...]:
    """The first call, which gives a token and no events, and the calls after it."""
    told = replace(first, paging=Paging.SYNC, tells="next_sync")
    since = replace(told, name="since", parameters={**first.parameters, "sync": "sync"})
    return replace(told, fixed={"sync": None}), since


EVENTS = Table(
    name="events",
    row="one thing that happened to a task, project or goal, or to what is in it, since a sync token was given",
    documentation=DOCUMENTATION,
    columns=(
        from_request("subscribed_gid", "The gid of the task, project or goal whose events are asked for."),
        *_EVENT,
    ),
    paths=_paths(Path("first", "/events", {"resource": "subscribed_gid"})),
    example="subscribed_gid = '…' AND sync = '…'",
    rows=100,
)

WORKSPACE_EVENTS = Table(
    name="workspace_events",
    row="one thing that happened in a workspace since a sync token was given; only a service account may ask",
    documentation=DOCUMENTATION,
    columns=(
        from_request("workspace_gid", "The gid of the workspace whose events are asked for."),
        *_EVENT,
    ),
    paths=_paths(
        Path(
            "first",
            "/workspaces/{workspace_gid}/events",
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
            opt_fields=False,
        )
    ),
    plan="a service account of an Asana Enterprise organization",
    rows=1000,
)

SYNC_TOKENS = Table(
    name="sync_tokens",
    row="the sync token from which on the events of one task, project or goal can be asked for",
    documentation=DOCUMENTATION,
    columns=(
        from_request("subscribed_gid", "The gid of the task, project or goal whose events it is for."),
        from_request("sync", "The token, good for a day; events since now are `events` with it as `sync`."),
    ),
    paths=(
        Path(
            "resource", "/events", {"resource": "subscribed_gid"}, paging=Paging.TOKEN, tells="sync", opt_fields=False
        ),
    ),
    example="subscribed_gid = '…'",
    rows=1,
)
