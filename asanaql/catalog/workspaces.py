"""Workspaces, and the people and teams in them."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.custom_field_types import compact_custom_fields, custom_field_settings
from asanaql.catalog.model import Each, Paging, Parent, Path, Table
from asanaql.catalog.types import (
    BOOLEAN,
    TEXT,
    TEXTS,
    element,
    from_request,
    gid,
    identity,
    plain,
    reference,
    references,
    resource_type,
    structure,
)

# Only an organization has teams; Asana answers 400 when a personal workspace is asked for them.
IN_ORGANIZATIONS = Parent("workspaces", {"workspace_gid": "gid"}, where=(("is_organization", "=", True),))
IN_WORKSPACE = Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"})
IN_TEAM = Parent(
    "teams", {"team_gid": "gid"}, {"workspace_gid": "workspace_gid", "workspace_name": "organization_name"}
)
#: So many users are shown at once by the addresses that show no pages of them.
MOST_USERS = 2000

PHOTO_SIZES = ("21x21", "27x27", "36x36", "60x60", "128x128", "1024x1024")
PHOTO = pa.struct([(f"image_{size}", TEXT) for size in PHOTO_SIZES])

ACCESS_LEVELS = {
    "edit_team_name_or_description": "Who can change the team's name and description.",
    "edit_team_visibility_or_trash_team": "Who can change the team's visibility and delete the team.",
    "member_invite_management": "Who can decide on invitations of members.",
    "guest_invite_management": "Who can decide on invitations of guests.",
    "join_request_management": "Who can decide on requests to join, in a team that is joined by request.",
    "team_member_removal": "Who can remove members.",
    "team_content_management": "Who can create content and share it with the team.",
}

WORKSPACES = Table(
    name="workspaces",
    row="one workspace or organization that the token can see",
    documentation="https://developers.asana.com/reference/workspaces",
    columns=(
        gid("The workspace's gid."),
        resource_type("workspace"),
        plain("name", TEXT, "The workspace's name."),
        plain("email_domains", TEXTS, "The e-mail domains of the organization; empty for a workspace that is none."),
        plain("is_organization", BOOLEAN, "Whether the workspace is an organization, which is what can have teams."),
    ),
    paths=(
        Path("gid", "/workspaces/{gid}", paging=Paging.ONE),
        Path("all", "/workspaces"),
    ),
    trusted=3600,
    rows=1,
)

USERS = Table(
    name="users",
    row="one user in one workspace; a user of two workspaces has two rows",
    documentation="https://developers.asana.com/reference/users",
    each=Each(list="workspaces", pinned=("workspace_gid",)),
    required=("workspace_gid",),
    columns=(
        gid("The user's gid, the same in each of the user's workspaces."),
        resource_type("user"),
        plain("name", TEXT, "The user's name."),
        plain("email", TEXT, "The user's e-mail address; NULL where the token may not see it."),
        *element("workspace", "The workspace that this row is about.", "workspaces"),
        structure(
            "photo",
            PHOTO,
            "URLs of the user's picture in several sizes in pixels; NULL when there is no picture.",
            tuple(f"image_{size}" for size in PHOTO_SIZES),
        ),
        references("workspaces", "All workspaces of the user that the token can see too."),
        compact_custom_fields("Custom fields with their values for this user; NULL where the plan has none."),
        from_request("team_gid", "Only the users who are members of this team, by its gid.", hidden=True),
    ),
    paths=(
        Path("gid", "/users/{gid}", paging=Paging.ONE),
        Path(
            "workspace",
            "/users",
            {"workspace": "workspace_gid"},
            parent=IN_WORKSPACE,
        ),
        Path(
            "team",
            "/users",
            {"team": "team_gid"},
            parent=IN_TEAM,
        ),
        Path(
            "of_workspace",
            "/workspaces/{workspace_gid}/users",
            parent=IN_WORKSPACE,
            paging=Paging.WHOLE,
            spare=True,
            most=MOST_USERS,
        ),
        Path(
            "of_workspace_by_gid",
            "/workspaces/{workspace_gid}/users/{gid}",
            parent=IN_WORKSPACE,
            paging=Paging.ONE,
            spare=True,
        ),
        Path(
            "of_team",
            "/teams/{team_gid}/users",
            parent=IN_TEAM,
            paging=Paging.WHOLE,
            spare=True,
            most=MOST_USERS,
        ),
    ),
    trusted=3600,
    rows=100,
)

TEAMS = Table(
    name="teams",
    row="one team of an organization",
    documentation="https://developers.asana.com/reference/teams",
    columns=(
        gid("The team's gid."),
        resource_type("team"),
        plain("name", TEXT, "The team's name."),
        *reference("organization", "The organization that the team belongs to."),
        identity(
            "workspace",
            "The gid of the organization once more, under the name that it has elsewhere.",
            ask="organization.name",
            source="organization",
        ),
        plain("visibility", TEXT, "Who in the organization can see and join the team, such as `public`."),
        plain("endorsed", BOOLEAN, "Whether the organization endorses the team."),
        plain("permalink_url", TEXT, "The team's address in Asana."),
        *(plain(f"{name}_access_level", TEXT, doc) for name, doc in ACCESS_LEVELS.items()),
        plain("description", TEXT, "The team's description as plain text.", heavy=True),
        plain("html_description", TEXT, "The team's description as HTML.", heavy=True),
        custom_field_settings("The custom fields of the team, with their definitions."),
        from_request("user_gid", "Only the teams that this user is in, by gid.", hidden=True),
    ),
    paths=(
        Path("gid", "/teams/{gid}", paging=Paging.ONE),
        Path("workspace", "/workspaces/{workspace_gid}/teams", parent=IN_ORGANIZATIONS, empty=(400,)),
        Path(
            "user",
            "/users/{user_gid}/teams",
            {"organization": "workspace_gid"},
            parent=IN_ORGANIZATIONS,
            empty=(400,),
        ),
    ),
    trusted=3600,
    rows=50,
)
