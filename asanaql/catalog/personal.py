"""What is for people rather than for work: lists of My Tasks, favorites, what typing finds, and AI teammates."""

from __future__ import annotations

from asanaql.catalog.model import Paging, Parent, Path, Table
from asanaql.catalog.types import (
    TEXT,
    from_request,
    gid,
    plain,
    reference,
    resource_type,
    structure,
)
from asanaql.catalog.workspaces import PHOTO, PHOTO_SIZES

FAVORITES = ("project", "portfolio", "task", "tag", "user", "project_template")

USER_TASK_LISTS = Table(
    name="user_task_lists",
    row="the My Tasks of one user in one workspace",
    documentation="https://developers.asana.com/reference/user-task-lists",
    columns=(
        gid("The list's gid."),
        resource_type("user_task_list"),
        plain("name", TEXT, "The list's name."),
        *reference("owner", "The user whose My Tasks it is.", ask="owner"),
        *reference("workspace", "The workspace that the list is in.", ask="workspace"),
    ),
    paths=(
        Path("gid", "/user_task_lists/{gid}", paging=Paging.ONE),
        Path(
            "owner",
            "/users/{owner_gid}/user_task_list",
            {"workspace": "workspace_gid"},
            parent=Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"}),
            paging=Paging.ONE,
        ),
        Path(
            "users",
            "/users/{owner_gid}/user_task_list",
            {"workspace": "workspace_gid"},
            parent=Parent(
                "users",
                {"owner_gid": "gid", "workspace_gid": "workspace_gid"},
                {"owner_name": "name", "workspace_name": "workspace_name"},
            ),
            paging=Paging.ONE,
        ),
    ),
    rows=100,
)


def _favorites(kind: str) -> Path:
    """The path to one's favorites of one kind; Asana answers nobody about the favorites of another."""
    return Path(
        kind,
        "/users/me/favorites",
        {"workspace": "workspace_gid"},
        always={"resource_type": kind},
        parent=Parent("workspaces", {"workspace_gid": "gid"}),
        arm=kind,
        fixed={"resource_type": kind},
    )


USER_FAVORITES = Table(
    name="user_favorites",
    row="one favorite of the token's own user, as the sidebar shows them; Asana tells nobody those of another",
    documentation="https://developers.asana.com/reference/getfavoritesforuser",
    columns=(
        gid("The gid of the object that is a favorite."),
        from_request("resource_type", "The kind of object, such as `project`, `portfolio` or `tag`."),
        plain("name", TEXT, "The name of the object."),
        from_request("workspace_gid", "The gid of the workspace that it is a favorite in."),
    ),
    paths=tuple(map(_favorites, FAVORITES)),
    rows=20,
)

TYPEAHEAD = Table(
    name="typeahead",
    row="one object that Asana offers where a person types, the likeliest first and 100 at most",
    documentation="https://developers.asana.com/reference/typeahead",
    columns=(
        gid("The object's gid."),
        from_request("resource_type", "The kind of object that was looked for, such as `task`, `user` or `actor`."),
        plain("name", TEXT, "The object's name."),
        from_request("query", "What was typed; an empty text finds what is most relevant to the token's user."),
        from_request("workspace_gid", "The gid of the workspace that was looked in."),
    ),
    paths=(
        Path(
            "query",
            "/workspaces/{workspace_gid}/typeahead",
            {"resource_type": "resource_type", "query": "query"},
            always={"count": "100"},
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
            paging=Paging.WHOLE,
            most=100,
        ),
    ),
    example="resource_type = 'task' AND query = 'launch'",
    rows=100,
)

AGENTS = Table(
    name="agents",
    row="one AI teammate in one workspace",
    documentation="https://developers.asana.com/reference/agents",
    columns=(
        gid("The agent's gid."),
        resource_type("agent"),
        plain("resource_subtype", TEXT, "The kind of agent, such as `asana_teammate`."),
        plain("name", TEXT, "The agent's name."),
        *reference("workspace", "The workspace that the agent works in.", ask="workspace"),
        plain("description", TEXT, "What the agent does, in short; NULL without a description.", heavy=True),
        plain("behavior_guidance", TEXT, "How the agent is told to behave; NULL when it is told nothing.", heavy=True),
        structure(
            "photo",
            PHOTO,
            "URLs of the agent's picture in several sizes in pixels; NULL when there is no picture.",
            tuple(f"image_{size}" for size in PHOTO_SIZES),
        ),
    ),
    paths=(
        Path("gid", "/agents/{gid}", paging=Paging.ONE),
        Path(
            "workspace",
            "/workspaces/{workspace_gid}/agents",
            parent=Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"}),
        ),
    ),
    rows=10,
)
