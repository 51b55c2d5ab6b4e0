"""The rules of the addresses about members. Source: https://developers.asana.com/reference/memberships"""

from __future__ import annotations

from collections.abc import Sequence

from asanaql.demo.ask import Ask
from asanaql.demo.refusals import REQUESTS_ARE_PAID, Refusal, missing
from asanaql.demo.route import SINGLE, WHOLE, Route, single
from asanaql.demo.world import Record

PARENTS = ("goal", "project", "portfolio", "custom_field", "custom_type")
ONLY_IN_PROJECTS = "resource_subtype: Must be project_membership when parent is not specified"
ONLY_OF_TEAMS = "member: Must be a team when parent is not specified"


def memberships(ask: Ask) -> Sequence[Record]:
    """Those of a goal, project, portfolio, custom field or custom type, or those of a team in projects."""
    parent, member = ask.record("parent", *PARENTS), ask.record("member", "user", "team")
    if parent is not None:
        found = ask.world.under("memberships", parent)
        return [each for each in found if member is None or each["member"] is member]
    if member is None:
        raise missing("parent")
    if ask.need("resource_subtype") != "project_membership":
        raise Refusal(400, ONLY_IN_PROJECTS)
    if member["resource_type"] != "team":
        raise Refusal(400, ONLY_OF_TEAMS)
    return [each for project in ask.world.projects for each in _of(ask.world.under("memberships", project), member)]


def _of(found: Sequence[Record], member: Record) -> list[Record]:
    return [each for each in found if each["member"] is member]


def membership(ask: Ask) -> Record:
    """One membership; that of a goal shows more here than in lists."""
    found = ask.keys["membership"]
    if found["resource_subtype"] != "goal_membership":
        return found
    more = {"user": found["member"]} if found["member"]["resource_type"] == "user" else {}
    return {**found, **more, "workspace": ask.world.workspace}


def project_memberships(ask: Ask) -> Sequence[Record]:
    """Those of the project of the path, of one user if one is named."""
    user = ask.record("user")
    found = ask.world.under("project.project_memberships", ask.keys["project"])
    return found if user is None else _of(found, user)


def access_requests(ask: Ask) -> Sequence[Record]:
    """Those that wait for an answer, of one user if one is named."""
    user = ask.record("user")
    found = ask.world.under("access_requests", ask.needed("target", "project", "portfolio"))
    return [each for each in found if user is None or each["requester"] is user]


ROUTES: tuple[Route, ...] = (
    Route("/memberships", memberships),
    Route("/memberships/{membership}", membership, SINGLE),
    single("project_membership"),
    Route("/projects/{project}/project_memberships", project_memberships),
    Route("/access_requests", access_requests, WHOLE, REQUESTS_ARE_PAID),
)
