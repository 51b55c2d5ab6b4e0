"""What Asana lists nowhere, so that only a key that somebody has leads to it: jobs, exports, reactions."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.model import Column, Paging, Path, Table
from asanaql.catalog.types import (
    TEXT,
    TIMESTAMP,
    from_request,
    gid,
    identity,
    plain,
    reference,
    resource_type,
    structure,
)

_EXPORT_PARTS = {"created_at": TIMESTAMP, "completed_at": TIMESTAMP, "download_url": TEXT}
EXPORT = pa.struct([("gid", TEXT), *_EXPORT_PARTS.items()])


def _export(name: str, what: str) -> Column:
    """The column of an export that a job makes."""
    doc = f"The export of {what} that the job makes, with its URL once it is complete; NULL in other jobs."
    return structure(name, EXPORT, doc, tuple(_EXPORT_PARTS), sparse=True)


JOBS = Table(
    name="jobs",
    row="one piece of work that Asana does in the background, such as the copying of a project",
    documentation="https://developers.asana.com/reference/jobs",
    columns=(
        gid("The job's gid, which Asana tells where the job is started."),
        resource_type("job"),
        plain("resource_subtype", TEXT, "What the job does, such as `duplicate_project`."),
        plain("status", TEXT, "How far it is: `not_started`, `in_progress`, `succeeded` or `failed`."),
        *reference("new_project", "The project that the job makes; NULL in other jobs.", sparse=True),
        *reference("new_task", "The task that the job makes; NULL in other jobs.", sparse=True),
        *reference("new_portfolio", "The portfolio that the job makes; NULL in other jobs.", sparse=True),
        *reference("new_project_template", "The project template that the job makes; NULL in other jobs.", sparse=True),
        _export("new_graph_export", "an object and what is below it"),
        _export("new_resource_export", "many objects"),
    ),
    paths=(Path("gid", "/jobs/{gid}", paging=Paging.ONE),),
    example="gid = '…'",
    rows=1,
)

ORGANIZATION_EXPORTS = Table(
    name="organization_exports",
    row="one export of all data of an organization, which only a service account may read",
    documentation="https://developers.asana.com/reference/organization-exports",
    columns=(
        gid("The export's gid, which Asana tells where the export is asked for."),
        resource_type("organization_export"),
        *reference("organization", "The organization that is exported."),
        identity(
            "workspace",
            "The gid of the organization once more, under the name that it has elsewhere.",
            ask="organization.name",
            source="organization",
        ),
        plain("state", TEXT, "How far it is: `pending`, `started`, `finished` or `error`."),
        plain("created_at", TIMESTAMP, "When the export was asked for."),
        plain("download_url", TEXT, "A URL of the export that is good for an hour; NULL until it is finished."),
    ),
    paths=(Path("gid", "/organization_exports/{gid}", paging=Paging.ONE),),
    example="gid = '…'",
    plan="a service account of an Asana Enterprise+ organization",
    rows=1,
)

REACTIONS = Table(
    name="reactions",
    row="one user's reaction with one emoji to one story or status update",
    documentation="https://developers.asana.com/reference/reactions",
    columns=(
        gid("The reaction's gid."),
        plain("emoji", TEXT, "The emoji as the user chose it, with its skin tone."),
        *reference("user", "The user who reacted."),
        from_request("target_gid", "The gid of the story or status update that the user reacted to."),
        from_request("emoji_base", "The emoji without its skin tone."),
    ),
    paths=(Path("target", "/reactions", {"target": "target_gid", "emoji_base": "emoji_base"}, opt_fields=False),),
    example="target_gid = '…' AND emoji_base = '👍'",
    rows=10,
)
