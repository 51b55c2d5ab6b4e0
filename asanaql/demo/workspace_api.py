"""The rules of the addresses about the workspace: people, teams, projects, tags, templates, webhooks, audit log.

Source: https://developers.asana.com/reference/rest-api-reference
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from asanaql.demo.ask import Ask
from asanaql.demo.refusals import FIELDS_ARE_PAID, Refusal, missing
from asanaql.demo.route import ENDLESS, SINGLE, WHOLE, Route, key, listing, single
from asanaql.demo.world import Record


def users(ask: Ask) -> Sequence[Record]:
    """The users of a team or of the workspace, in the order in which they came."""
    ask.record("workspace")
    team = ask.record("team")
    return ask.world.under("team.users", team) if team else ask.world.under("workspace.users", ask.world.workspace)


def users_by_name(ask: Ask) -> Sequence[Record]:
    """The users of the workspace of the path, by name."""
    return sorted(ask.world.under("workspace.users", ask.keys["workspace"]), key=_name)


def team_users_by_name(ask: Ask) -> Sequence[Record]:
    """The users of the team of the path, by name."""
    return sorted(ask.world.under("team.users", ask.keys["team"]), key=_name)


def _name(record: Record) -> str:
    return str(record["name"])


def teams(ask: Ask) -> Sequence[Record]:
    """The teams of an organization; a personal workspace has none, and says so with an error."""
    return ask.world.under("workspace.teams", _organization(ask.keys["workspace"]))


def teams_of_user(ask: Ask) -> Sequence[Record]:
    """The teams of a user in an organization."""
    _organization(ask.needed("organization", "workspace"))
    return ask.world.under("user.teams", ask.keys["user"])


def _organization(workspace: Record) -> Record:
    if not workspace["is_organization"]:
        raise Refusal(400, "organization: Not an organization")
    return workspace


def team_memberships(ask: Ask) -> Sequence[Record]:
    """Those of a team, or of a user in a workspace."""
    team, user, workspace = ask.record("team"), ask.record("user"), ask.record("workspace")
    if team:
        found = ask.world.under("team.team_memberships", team)
        return [m for m in found if m["user"] is user] if user else found
    if not user or not workspace:
        raise missing("team" if not user else "workspace")
    return ask.world.under("user.team_memberships", user)


def team_memberships_of_user(ask: Ask) -> Sequence[Record]:
    """The team memberships of the user of the path."""
    ask.needed("workspace")
    return ask.world.under("user.team_memberships", ask.keys["user"])


def workspace_memberships(ask: Ask) -> Sequence[Record]:
    """Who is in the workspace, or whether one user is."""
    user = ask.record("user")
    found = ask.world.under("workspace.workspace_memberships", ask.keys["workspace"])
    return [membership for membership in found if membership["user"] is user] if user else found


def task_list_of_user(ask: Ask) -> Record:
    """The task list of the user of the path."""
    ask.needed("workspace")
    return ask.world.under("user.user_task_list", ask.keys["user"])[0]


def projects(ask: Ask) -> Sequence[Record]:
    """The projects of a team or of the workspace, those in use first."""
    ask.record("workspace")
    team = ask.record("team")
    parent = ("team.projects", team) if team else ("workspace.projects", ask.world.workspace)
    return _archived(ask, ask.world.under(*parent))


def projects_of_workspace(ask: Ask) -> Sequence[Record]:
    """The projects of the workspace of the path."""
    return _archived(ask, ask.world.under("workspace.projects", ask.keys["workspace"]))


def projects_of_team(ask: Ask) -> Sequence[Record]:
    """The projects of the team of the path."""
    return _archived(ask, ask.world.under("team.projects", ask.keys["team"]))


def _archived(ask: Ask, found: Sequence[Record]) -> Sequence[Record]:
    archived = ask.flag("archived")
    return found if archived is None else [project for project in found if project["archived"] == archived]


def tags(ask: Ask) -> Sequence[Record]:
    """The tags of the workspace."""
    return ask.world.under("workspace.tags", ask.record("workspace") or ask.world.workspace)


def attachments(ask: Ask) -> Sequence[Record]:
    """Those of a task, a project or a project brief."""
    parent = ask.needed("parent", "task", "project", "project_brief")
    return ask.world.under("attachments", parent)


def project_templates(ask: Ask) -> Sequence[Record]:
    """Those of a team or of a workspace."""
    workspace, team = ask.record("workspace"), ask.record("team")
    if team:
        return ask.world.under("team.project_templates", team)
    return ask.world.under("workspace.project_templates", workspace or ask.world.workspace)


def task_templates(ask: Ask) -> Sequence[Record]:
    """The task templates of a project."""
    return ask.world.under("project.task_templates", ask.needed("project"))


def webhooks(ask: Ask) -> Sequence[Record]:
    """The webhooks of a workspace, of one resource if one is named."""
    found = ask.world.under("workspace.webhooks", ask.needed("workspace"))
    resource = ask.params.get("resource")
    return found if resource is None else [hook for hook in found if hook["resource"]["gid"] == resource]


def audit_log_events(ask: Ask) -> Sequence[Record]:
    """The events of a workspace, oldest first: start_at is included, end_at is not."""
    start, end = ask.moment("start_at"), ask.moment("end_at")
    found = [
        event
        for event in ask.world.under("workspace.audit_log_events", ask.keys["workspace"])
        if (start is None or event["created_at"] >= start) and (end is None or event["created_at"] < end)
    ]
    for name, part, inner in (
        ("event_type", "event_type", None),
        ("actor_type", "actor", "actor_type"),
        ("actor_gid", "actor", "gid"),
        ("resource_gid", "resource", "gid"),
    ):
        if name in ask.params:
            found = [e for e in found if (e[part].get(inner) if inner else e[part]) == ask.params[name]]
    return found


ROUTES: tuple[Route, ...] = (
    *map(single, ("attachment", "project", "project_template", "tag", "task_template", "team", "team_membership")),
    *map(single, ("user", "user_task_list", "webhook", "workspace", "workspace_membership")),
    single("custom_field", paid=FIELDS_ARE_PAID),
    Route("/workspaces", lambda ask: [ask.world.workspace]),
    Route("/users", users),
    Route("/workspaces/{workspace}/users", users_by_name, WHOLE),
    Route("/workspaces/{workspace}/users/{user}", key("user"), SINGLE),
    Route("/teams/{team}/users", team_users_by_name, WHOLE),
    Route("/workspaces/{workspace}/teams", teams),
    Route("/users/{user}/teams", teams_of_user),
    Route("/team_memberships", team_memberships),
    listing("team", "team_memberships"),
    Route("/users/{user}/team_memberships", team_memberships_of_user),
    Route("/workspaces/{workspace}/workspace_memberships", workspace_memberships),
    listing("user", "workspace_memberships"),
    Route("/users/{user}/user_task_list", task_list_of_user, SINGLE),
    Route("/projects", projects),
    Route("/workspaces/{workspace}/projects", projects_of_workspace),
    Route("/teams/{team}/projects", projects_of_team),
    Route("/tags", tags),
    listing("workspace", "tags"),
    Route("/attachments", attachments),
    replace(listing("workspace", "custom_fields"), paid=FIELDS_ARE_PAID),
    *(
        replace(listing(parent, "custom_field_settings"), paid=FIELDS_ARE_PAID)
        for parent in ("project", "portfolio", "goal")
    ),
    replace(listing("team", "custom_field_settings"), answer=WHOLE, paid=FIELDS_ARE_PAID),
    Route("/project_templates", project_templates),
    listing("team", "project_templates"),
    Route("/task_templates", task_templates),
    Route("/webhooks", webhooks),
    Route("/workspaces/{workspace}/audit_log_events", audit_log_events, ENDLESS),
)
