"""Exactly which requests the other relations are read with."""

from __future__ import annotations

import math

import pytest

import asanaql
from asanaql.catalog import CATALOG
from tests.few import few

PAGE = 100


# The other relations, one case each.


def cases(world):
    """A statement for each relation and the requests of the demo workspace's own shape."""
    workspace = world.workspace["gid"]
    project = world.notable["hundred"]
    parent = next(task for task in world.tasks if task["num_subtasks"])
    told = next(task for task in world.tasks if world.under("task.stories", task))
    goal, tag, team, user = world.all("goal")[0], world.all("tag")[0], world.teams[3], world.users[3]
    portfolio = world.all("portfolio")[0]
    tag_pages = math.ceil(len(world.under("tag.tasks", tag)) / PAGE)
    found = ("/workspaces", {})
    return {
        "workspaces": ("SELECT name FROM workspaces", [found]),
        "users": ("SELECT name FROM users", [found, ("/users", {"workspace": workspace})]),
        "teams": ("SELECT name FROM teams", [found, (f"/workspaces/{workspace}/teams", {})]),
        "team_memberships": (
            f"SELECT user_name FROM team_memberships WHERE team_gid = '{team['gid']}'",
            [("/team_memberships", {"team": team["gid"]})],
        ),
        "workspace_memberships": (
            f"SELECT is_admin FROM workspace_memberships WHERE user_gid = '{user['gid']}'",
            [(f"/users/{user['gid']}/workspace_memberships", {})],
        ),
        "projects": (
            f"SELECT name FROM projects WHERE team_gid = '{team['gid']}' AND archived = FALSE",
            [(f"/teams/{team['gid']}/projects", {"archived": "false"})],
        ),
        "sections": (
            f"SELECT name FROM sections WHERE project_gid = '{project}'",
            [(f"/projects/{project}/sections", {})],
        ),
        "subtasks": (
            f"SELECT name FROM subtasks WHERE parent_gid = '{parent['gid']}'",
            [(f"/tasks/{parent['gid']}/subtasks", {})],
        ),
        "tag_tasks": (
            f"SELECT name FROM tag_tasks WHERE tag_gid = '{tag['gid']}'",
            [(f"/tags/{tag['gid']}/tasks", {})] * tag_pages,
        ),
        "tags": ("SELECT name FROM tags", [found, ("/tags", {"workspace": workspace})]),
        "stories": (
            f"SELECT text FROM stories WHERE task_gid = '{told['gid']}'",
            [(f"/tasks/{told['gid']}/stories", {})],
        ),
        "attachments": (
            f"SELECT name FROM attachments WHERE parent_gid = '{project}'",
            [("/attachments", {"parent": project})],
        ),
        "custom_fields": ("SELECT name FROM custom_fields", [found, (f"/workspaces/{workspace}/custom_fields", {})]),
        "custom_field_settings": (
            f"SELECT gid FROM custom_field_settings WHERE parent_gid = '{project}'",
            [(f"/projects/{project}/custom_field_settings", {})],
        ),
        "portfolios": (
            f"SELECT name FROM portfolios WHERE owner_gid = '{world.me['gid']}'",
            [found, ("/portfolios", {"workspace": workspace, "owner": world.me["gid"]})],
        ),
        "portfolio_items": (
            f"SELECT name FROM portfolio_items WHERE portfolio_gid = '{portfolio['gid']}'",
            [(f"/portfolios/{portfolio['gid']}/items", {})],
        ),
        "portfolio_memberships": (
            f"SELECT user_name FROM portfolio_memberships WHERE portfolio_gid = '{portfolio['gid']}'",
            [("/portfolio_memberships", {"portfolio": portfolio["gid"]})],
        ),
        "project_templates": (
            f"SELECT name FROM project_templates WHERE team_gid = '{world.teams[0]['gid']}'",
            [("/project_templates", {"team": world.teams[0]["gid"]})],
        ),
        "task_templates": (
            f"SELECT name FROM task_templates WHERE project_gid = '{project}'",
            [("/task_templates", {"project": project})],
        ),
        "status_updates": (
            f"SELECT title FROM status_updates WHERE parent_gid = '{project}' AND created_at >= '2026-01-01 00:00+00'",
            [("/status_updates", {"parent": project, "created_since": "2025-12-31T23:59:59.999Z"})],
        ),
        "goals": (
            f"SELECT name FROM asana_goals(supporting_project_gid := '{project}')",
            [("/goals", {"project": project})],
        ),
        "goal_relationships": (
            f"SELECT gid FROM goal_relationships WHERE supported_goal_gid = '{goal['gid']}'",
            [("/goal_relationships", {"supported_goal": goal["gid"]})],
        ),
        "time_periods": ("SELECT display_name FROM time_periods", [found, ("/time_periods", {"workspace": workspace})]),
        "webhooks": (
            f"SELECT target FROM webhooks WHERE resource_gid = '{project}'",
            [found, ("/webhooks", {"workspace": workspace, "resource": project})],
        ),
        "audit_log_events": (
            "SELECT event_type FROM audit_log_events WHERE created_at >= '2026-03-01 00:00:00+00'"
            " AND created_at < '2026-03-01 12:00:00+00' AND event_type = 'nothing_of_the_kind'",
            [
                found,
                (
                    f"/workspaces/{workspace}/audit_log_events",
                    {
                        "start_at": "2026-02-28T23:59:59.999Z",
                        "end_at": "2026-03-01T12:00:00.002Z",
                        "event_type": "nothing_of_the_kind",
                    },
                ),
            ],
        ),
    }


#: The relations of these cases; those of the others are in files of their own.
NAMED = (
    *("workspaces", "users", "teams", "team_memberships", "workspace_memberships", "projects", "sections", "subtasks"),
    *("tag_tasks", "tags", "stories", "attachments", "custom_fields", "custom_field_settings", "portfolios"),
    *("portfolio_items", "portfolio_memberships", "project_templates", "task_templates", "status_updates", "goals"),
    *("goal_relationships", "time_periods", "webhooks", "audit_log_events"),
)


@pytest.mark.parametrize("name", NAMED)
def test_each_relation_is_read_from_its_own_endpoint_and_nothing_else(alone, cold, name):
    query, expected = cases(alone.world)[name]
    assert alone.sends(cold, query)[0] == expected


def test_attachments_of_a_key_are_asked_for_once_whatever_it_is_of(alone, cold):
    brief = next(project["project_brief"] for project in alone.world.projects if project["project_brief"])
    sent, _ = alone.sends(cold, f"SELECT name FROM attachments WHERE parent_gid = '{brief['gid']}'")
    assert sent == [("/attachments", {"parent": brief["gid"]})]


def test_a_key_of_an_unknown_kind_is_tried_at_each_address_until_one_knows_it(alone, cold):
    goal = alone.world.all("goal")[0]["gid"]
    sent, rows = alone.sends(cold, f"SELECT gid FROM custom_field_settings WHERE parent_gid = '{goal}'")
    kinds = ("projects", "portfolios", "goals")
    assert sent == [(f"/{kind}/{goal}/custom_field_settings", {}) for kind in kinds]
    assert rows


def test_the_kind_of_a_parent_says_which_address_knows_it(alone, cold):
    goal = alone.world.all("goal")[0]["gid"]
    query = f"SELECT gid FROM custom_field_settings WHERE parent_gid = '{goal}' AND parent_resource_type = 'goal'"
    assert alone.sends(cold, query)[0] == [(f"/goals/{goal}/custom_field_settings", {})]


@pytest.mark.parametrize(
    ("name", "column", "kind"),
    [
        ("status_updates", "parent_resource_type", "goal"),
        ("attachments", "parent_resource_type", "project"),
        ("stories", "target_resource_type", "goal"),
    ],
)
def test_only_what_is_of_the_kind_that_rows_must_hang_on_is_asked(alone, cold, name, column, kind):
    sent, rows = alone.sends(cold, f"SELECT {column} FROM {name} WHERE {column} = '{kind}'")
    assert set(rows) == {(kind,)}
    of_the_kind = alone.world.all(kind)
    assert [path for path, _ in sent[:2]] == ["/workspaces", f"/{kind}s"]
    assert len(sent) == 2 + len(of_the_kind)


@pytest.mark.parametrize(
    ("name", "column", "kind", "named"),
    [
        ("team_memberships", "team_name", "team", "Operations"),
        ("portfolio_memberships", "portfolio_name", "portfolio", "Company bets"),
        ("project_memberships", "project_name", "project", "Website relaunch"),
        ("goal_memberships", "goal_name", "goal", "Answer support within a day"),
        ("goal_relationships", "supported_goal_name", "goal", "Answer support within a day"),
    ],
)
def test_only_the_parent_of_the_name_that_is_asked_for_is_asked(alone, cold, name, column, kind, named):
    sent, rows = alone.sends(cold, f"SELECT {column} FROM {name} WHERE {column} = '{named}'")
    assert set(rows) == {(named,)}
    assert [path.rsplit("/", 1)[1] for path, _ in sent[:2]] == ["workspaces", f"{kind}s"]
    assert len(sent) == 3


@pytest.mark.parametrize(
    ("name", "column", "named", "kinds"),
    [
        ("status_updates", "parent_name", "Atlas migration", ("project", "portfolio", "goal")),
        ("custom_field_settings", "parent_name", "Website relaunch", ("project", "portfolio", "goal", "team")),
    ],
)
def test_parents_of_every_kind_are_told_apart_by_their_name(alone, cold, name, column, named, kinds):
    sent, rows = alone.sends(cold, f"SELECT {column} FROM {name} WHERE {column} = '{named}'")
    assert set(rows) == {(named,)}
    assert len(sent) == 1 + len(kinds) + 1


def test_a_key_of_the_wrong_kind_is_an_error_of_the_first_address(alone, cold):
    tag = alone.world.all("tag")[0]["gid"]
    with pytest.raises(asanaql.ApiError, match=rf"404 to GET /projects/{tag}/custom_field_settings"):
        alone.sends(cold, f"SELECT gid FROM custom_field_settings WHERE parent_gid = '{tag}'")
    assert len(alone.sent()) == 4


#: Requests of `SELECT * … LIMIT 1`, where the first parent that is listed has children at once.
FIRST_ROW = {
    "workspaces": 1,
    "users": 2,
    "teams": 2,
    "projects": 2,
    "tags": 2,
    "custom_fields": 2,
    "portfolios": 2,
    "project_templates": 2,
    "goals": 2,
    "time_periods": 2,
    "webhooks": 2,
    "audit_log_events": 2,
    "search_tasks": 2,
    "search_projects": 2,
    "workspace_memberships": 2,
    "team_memberships": 3,
    "sections": 3,
    "tasks": 3,
    "user_tasks": 3,
    "portfolio_memberships": 3,
}
#: The others search for a first parent with children, page by page and then wider: not more than this.
SEARCHING = 200


@pytest.mark.parametrize("name", CATALOG)
def test_the_first_row_of_each_relation_is_found_without_reading_it_whole(asana, tmp_path, needed, name):
    connection = asana.open(cache=tmp_path, catalog=few(name))
    where = " AND ".join(["TRUE", *(f"{key} = '{value}'" for key, value in needed(name).items())])
    sent, rows = asana.sends(connection, f"SELECT * FROM {name} WHERE {where} LIMIT 1")
    assert len(rows) == 1
    if name in FIRST_ROW:
        assert len(sent) == FIRST_ROW[name]
    assert len(sent) <= SEARCHING
