"""Every address that the demo service answers, as data.

A route's path names records by kind in braces; its listing says which records answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from asanaql.demo import goals_api, tasks_api, workspace_api
from asanaql.demo.ask import Ask
from asanaql.demo.refusals import DEPENDENCIES_ARE_PAID, FIELDS_ARE_PAID, GOALS_ARE_PAID, SEARCH_IS_PAID
from asanaql.demo.world import Record

PAGED = "paged"  # limit, offset, next_page
WHOLE = "whole"  # neither; cut at 2,000 rows
ENDLESS = "endless"  # next_page never ends once there was something
SINGLE = "single"  # one record
COUNTS = "counts"  # one record that shows nothing unasked


@dataclass(frozen=True)
class Route:
    """`paid` is the refusal of this route on a free plan, if it is refused there."""

    path: str
    records: Callable[[Ask], Sequence[Record] | Record]
    answer: str = PAGED
    paid: str = ""


def key(kind: str) -> Callable[[Ask], Record]:
    """The record that the path names."""
    return lambda ask: ask.keys[kind]


def under(parent: str, what: str) -> Callable[[Ask], Sequence[Record]]:
    """What hangs under the record that the path names."""
    return lambda ask: ask.world.under(f"{parent}.{what}", ask.keys[parent])


def listing(parent: str, what: str) -> Route:
    """A listing whose address is its parent's and its own name."""
    return Route(f"/{parent}s/{{{parent}}}/{what}", under(parent, what))


SINGLES = (
    "attachment",
    "custom_field",
    "goal_relationship",
    "portfolio",
    "portfolio_membership",
    "project",
    "project_template",
    "section",
    "status_update",
    "story",
    "tag",
    "task",
    "task_template",
    "team",
    "team_membership",
    "time_period",
    "user",
    "user_task_list",
    "webhook",
    "workspace",
    "workspace_membership",
)
PLURALS = {"story": "stories"}
FREE_REFUSES_ONE = {"custom_field": FIELDS_ARE_PAID, "goal_relationship": GOALS_ARE_PAID}

ROUTES: tuple[Route, ...] = (
    *(
        Route(f"/{PLURALS.get(kind, kind + 's')}/{{{kind}}}", key(kind), SINGLE, FREE_REFUSES_ONE.get(kind, ""))
        for kind in SINGLES
    ),
    Route("/workspaces", lambda ask: [ask.world.workspace]),
    Route("/users", workspace_api.users),
    Route("/workspaces/{workspace}/users", workspace_api.users_by_name, WHOLE),
    Route("/workspaces/{workspace}/users/{user}", key("user"), SINGLE),
    Route("/teams/{team}/users", workspace_api.team_users_by_name, WHOLE),
    Route("/workspaces/{workspace}/teams", workspace_api.teams),
    Route("/users/{user}/teams", workspace_api.teams_of_user),
    Route("/team_memberships", workspace_api.team_memberships),
    listing("team", "team_memberships"),
    Route("/users/{user}/team_memberships", workspace_api.team_memberships_of_user),
    Route("/workspaces/{workspace}/workspace_memberships", workspace_api.workspace_memberships),
    listing("user", "workspace_memberships"),
    Route("/users/{user}/user_task_list", workspace_api.task_list_of_user, SINGLE),
    Route("/projects", workspace_api.projects),
    Route("/workspaces/{workspace}/projects", workspace_api.projects_of_workspace),
    Route("/teams/{team}/projects", workspace_api.projects_of_team),
    Route("/tasks/{task}/projects", lambda ask: ask.keys["task"]["projects"]),
    listing("project", "sections"),
    Route("/projects/{project}/task_counts", tasks_api.task_counts, COUNTS),
    Route("/tasks", tasks_api.tasks),
    Route("/projects/{project}/tasks", tasks_api.tasks_under("project")),
    Route("/sections/{section}/tasks", tasks_api.tasks_under("section")),
    Route("/user_task_lists/{user_task_list}/tasks", tasks_api.tasks_under("user_task_list")),
    listing("tag", "tasks"),
    listing("task", "subtasks"),
    replace(listing("task", "dependencies"), paid=DEPENDENCIES_ARE_PAID),
    replace(listing("task", "dependents"), paid=DEPENDENCIES_ARE_PAID),
    Route("/workspaces/{workspace}/tasks/custom_id/{custom_id}", tasks_api.task_by_custom_id, SINGLE, FIELDS_ARE_PAID),
    Route("/workspaces/{workspace}/tasks/search", tasks_api.search, WHOLE, SEARCH_IS_PAID),
    Route("/tags", workspace_api.tags),
    listing("workspace", "tags"),
    Route("/tasks/{task}/tags", lambda ask: ask.keys["task"]["tags"]),
    listing("task", "stories"),
    replace(listing("goal", "stories"), paid=GOALS_ARE_PAID),
    Route("/attachments", workspace_api.attachments),
    replace(listing("workspace", "custom_fields"), paid=FIELDS_ARE_PAID),
    *(
        replace(listing(parent, "custom_field_settings"), paid=FIELDS_ARE_PAID)
        for parent in ("project", "portfolio", "goal")
    ),
    replace(listing("team", "custom_field_settings"), answer=WHOLE, paid=FIELDS_ARE_PAID),
    Route("/portfolios", goals_api.portfolios),
    listing("portfolio", "items"),
    Route("/portfolio_memberships", goals_api.portfolio_memberships),
    Route("/portfolios/{portfolio}/portfolio_memberships", goals_api.memberships_of_portfolio),
    Route("/project_templates", workspace_api.project_templates),
    listing("team", "project_templates"),
    Route("/task_templates", workspace_api.task_templates),
    Route("/status_updates", goals_api.status_updates),
    Route("/goals", goals_api.goals, paid=GOALS_ARE_PAID),
    Route("/goals/{goal}", key("goal"), SINGLE, GOALS_ARE_PAID),
    Route("/goals/{goal}/parentGoals", goals_api.parent_goals, WHOLE, GOALS_ARE_PAID),
    Route("/goal_relationships", goals_api.goal_relationships, paid=GOALS_ARE_PAID),
    Route("/time_periods", goals_api.time_periods),
    Route("/webhooks", workspace_api.webhooks),
    Route("/workspaces/{workspace}/audit_log_events", workspace_api.audit_log_events, ENDLESS),
)


def _shape(path: str) -> tuple[str, ...]:
    """A path with every second part blanked: the parts that name records."""
    return tuple("{}" if index % 2 else part for index, part in enumerate(path.strip("/").split("/")))


# Two routes have a word where others have a gid.
_WORDED = {"custom_id", "search"}
_BY_SHAPE = {_shape(route.path): route for route in ROUTES if not _WORDED.intersection(route.path.split("/"))}
_BY_WORD = [route for route in ROUTES if _WORDED.intersection(route.path.split("/"))]


def route_for(path: str) -> tuple[Route, dict[str, str]] | None:
    """The route of a path, and what the path has in its braces; None where nothing matches."""
    parts = path.strip("/").split("/")
    route = _BY_SHAPE.get(_shape(path))
    for worded in _BY_WORD:
        wanted = worded.path.strip("/").split("/")
        if len(wanted) == len(parts) and all(w == p or w[0] == "{" for w, p in zip(wanted, parts, strict=True)):
            route = worded
    if route is None or not all(parts):
        return None
    names = route.path.strip("/").split("/")
    return route, {name[1:-1]: part for name, part in zip(names, parts, strict=True) if name[0] == "{"}
