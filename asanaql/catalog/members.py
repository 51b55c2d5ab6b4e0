"""Who has access to what: memberships of goals, projects, portfolios and fields, and requests to become a member.

The address of all memberships takes no opt_fields: a row has what Asana sends unasked, which depends on its parent.
"""

from __future__ import annotations

from asanaql.catalog.model import Column, Filter, Paging, Parent, Path, Table
from asanaql.catalog.types import TEXT, gid, plain, reference, resource_type, workspace_of_parent

_ACCESS = "What the member may do, such as `admin`, `editor`, `commenter`, `viewer` or `user`."
_GOAL = (("resource_subtype",), "goal_membership")
_MEMBER_KIND = ("member", "resource_type")
_OF_MEMBER = Filter("member_gid", ("=",), "member")
_WORKSPACE = {"workspace_gid": "workspace_gid"}


def _member(of: str) -> tuple[Column, ...]:
    """The columns of the user or team that has access; `of` is the word for what they have access to."""
    return reference("member", f"The user or team that is a member of the {of}.", typed=True)


def _arm(kind: str) -> Path:
    """The path to the memberships of one kind of object."""
    return Path(
        kind,
        "/memberships",
        {"parent": "parent_gid"},
        filters=(_OF_MEMBER,),
        parent=Parent(f"{kind}s", {"parent_gid": "gid"}, {"parent_name": "name", **_WORKSPACE}),
        opt_fields=False,
        arm=kind,
        fixed={"resource_subtype": f"{kind}_membership", "parent_resource_type": kind},
    )


MEMBERSHIPS = Table(
    name="memberships",
    row="one user or team that is a member of one goal, project, portfolio, custom field or custom type",
    documentation="https://developers.asana.com/reference/memberships",
    columns=(
        gid("The membership's gid."),
        resource_type("membership"),
        plain("resource_subtype", TEXT, "What it is a membership of, such as `project_membership`.", sparse=True),
        *reference("parent", "The goal, project, portfolio, custom field or custom type of the member.", typed=True),
        *_member("parent"),
        plain("access_level", TEXT, _ACCESS),
        plain("role", TEXT, "The access to a goal in old words, `editor` or `commenter`; NULL otherwise.", sparse=True),
        *reference("goal", "The parent once more, where it is a goal, as Asana named it in former times.", sparse=True),
        workspace_of_parent("parent"),
    ),
    paths=(
        Path("gid", "/memberships/{gid}", paging=Paging.ONE, opt_fields=False),
        # The only memberships that Asana lists by their member are those of a team in projects.
        Path(
            "team",
            "/memberships",
            {"member": "member_gid"},
            always={"resource_subtype": "project_membership"},
            parent=Parent("teams", {"member_gid": "gid"}, _WORKSPACE),
            opt_fields=False,
            confined={"resource_subtype": "project_membership", "member_resource_type": "team"},
        ),
        *(_arm(kind) for kind in ("project", "portfolio", "goal", "custom_field", "custom_type")),
    ),
    rows=2000,
)

GOAL_MEMBERSHIPS = Table(
    name="goal_memberships",
    row="one user or team that is a member of one goal",
    documentation="https://developers.asana.com/reference/getmemberships",
    required=("resource_subtype",),
    elsewhere="Memberships of projects, portfolios, custom fields and custom types are in memberships.",
    columns=(
        gid("The membership's gid."),
        resource_type("membership"),
        Column("resource_subtype", TEXT, "Always `goal_membership`.", ("resource_subtype",), sparse=True, when=_GOAL),
        *reference("goal", "The goal that the user or team is a member of.", source="parent"),
        *_member("goal"),
        plain("access_level", TEXT, "What the member may do: `admin`, `editor`, `commenter` or `viewer`."),
        plain("role", TEXT, "The access in old words, `editor` or `commenter`.", sparse=True),
        workspace_of_parent("goal"),
    ),
    paths=(
        Path("gid", "/memberships/{gid}", paging=Paging.ONE, opt_fields=False),
        Path(
            "goal",
            "/memberships",
            {"parent": "goal_gid"},
            filters=(_OF_MEMBER,),
            parent=Parent("goals", {"goal_gid": "gid"}, {"goal_name": "name", **_WORKSPACE}),
            opt_fields=False,
        ),
    ),
    plan="an Asana Advanced or Enterprise plan",
    rows=200,
)

PROJECT_MEMBERSHIPS = Table(
    name="project_memberships",
    row="one user or team that is a member of one project",
    documentation="https://developers.asana.com/reference/project-memberships",
    columns=(
        gid("The membership's gid."),
        resource_type("project_membership"),
        *reference("project", "The project that the user or team is a member of.", source="parent"),
        *_member("project"),
        Column(
            "user_gid",
            TEXT,
            "The gid of the member where that is a user; NULL where it is a team.",
            ("member", "gid"),
            ("member",),
            sparse=True,
            when=(_MEMBER_KIND, "user"),
        ),
        plain("access_level", TEXT, "What the member may do: `admin`, `editor`, `commenter` or `viewer`."),
        workspace_of_parent("project"),
    ),
    paths=(
        Path("gid", "/project_memberships/{gid}", paging=Paging.ONE),
        Path(
            "project",
            "/projects/{project_gid}/project_memberships",
            filters=(Filter("user_gid", ("=",), "user"),),
            parent=Parent("projects", {"project_gid": "gid"}, {"project_name": "name", **_WORKSPACE}),
        ),
    ),
    rows=1000,
)


def _requests_arm(kind: str) -> Path:
    """The path to the requests for access to one kind of object."""
    return Path(
        kind,
        "/access_requests",
        {"target": "target_gid"},
        filters=(Filter("requester_gid", ("=",), "user"),),
        parent=Parent(f"{kind}s", {"target_gid": "gid"}, _WORKSPACE),
        paging=Paging.WHOLE,
        arm=kind,
        fixed={"target_resource_type": kind},
    )


ACCESS_REQUESTS = Table(
    name="access_requests",
    row="one request for access to one project or portfolio that waits for an answer",
    documentation="https://developers.asana.com/reference/access-requests",
    columns=(
        gid("The request's gid."),
        resource_type("access_request"),
        Column("target_gid", TEXT, "The gid of the project or portfolio.", ("target", "gid"), ("target",)),
        Column(
            "target_resource_type",
            TEXT,
            "The kind of what access is asked for, `project` or `portfolio`.",
            ("target", "resource_type"),
            ("target",),
        ),
        *reference("requester", "The user who asks for access."),
        plain("approval_status", TEXT, "Whether the request is `pending`, `approved` or `denied`."),
        plain("message", TEXT, "What the user wrote with the request; empty without a message."),
        workspace_of_parent("project or portfolio"),
    ),
    paths=(_requests_arm("project"), _requests_arm("portfolio")),
    plan="a paid Asana plan",
    rows=20,
)
