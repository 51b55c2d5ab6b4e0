"""Tags."""

from __future__ import annotations

from asanaql.catalog.model import Paging, Parent, Path, Table
from asanaql.catalog.types import TEXT, TIMESTAMP, gid, plain, references, resource_type, workspace

TAGS = Table(
    name="tags",
    row="one tag",
    documentation="https://developers.asana.com/reference/tags",
    columns=(
        gid("The tag's gid."),
        resource_type("tag"),
        plain("name", TEXT, "The tag's name."),
        *workspace("The workspace that the tag belongs to."),
        plain("color", TEXT, "The tag's colour; NULL when it has none."),
        plain("created_at", TIMESTAMP, "When the tag was created."),
        plain("permalink_url", TEXT, "The tag's address in Asana."),
        plain("notes", TEXT, "The tag's description as plain text.", heavy=True),
        references("followers", "The users who are notified of changes of the tag."),
    ),
    paths=(
        Path("gid", "/tags/{gid}", paging=Paging.ONE),
        Path(
            "workspace",
            "/tags",
            {"workspace": "workspace_gid"},
            parent=Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"}),
        ),
        Path(
            "of_workspace",
            "/workspaces/{workspace_gid}/tags",
            parent=Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"}),
            spare=True,
        ),
    ),
    trusted=3600,
    rows=100,
)
