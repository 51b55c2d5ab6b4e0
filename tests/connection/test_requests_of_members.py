"""Exactly which requests tell who has access to what, and that a row is the same however it was reached."""

from __future__ import annotations

from collections import Counter

import pytest

KINDS = ("goal", "project", "portfolio", "custom_field", "custom_type")


def of(parent, **more):
    return "/memberships", {"parent": parent["gid"], **more}


def parents(world):
    """Everything that memberships are listed by, by its kind: of portfolios Asana lists one's own only."""
    found = {kind: world.all(kind) for kind in KINDS}
    found["portfolio"] = [each for each in found["portfolio"] if each["owner"] is world.me]
    return found


# All memberships.


def test_all_memberships_are_those_of_everything_that_can_have_some(alone, cold):
    world = alone.world
    sent, rows = alone.sends(cold, "SELECT gid, resource_subtype, parent_gid FROM memberships")
    wanted = [of(parent) for each in parents(world).values() for parent in each]
    assert sorted(map(repr, (each for each in sent if each[0] == "/memberships"))) == sorted(map(repr, wanted))
    listed = [("/workspaces", {}), alone.listing_of_projects]
    listed += [("/custom_types", {"project": project["gid"]}) for project in world.projects]
    listed += [(path, {"workspace": world.workspace["gid"]}) for path in ("/goals", "/portfolios")]
    listed += [(f"/workspaces/{world.workspace['gid']}/custom_fields", {})]
    assert len(sent) == len(wanted) + len(listed)
    assert [each for each in listed if each not in sent] == []
    assert sorted(rows) == sorted(
        (each["gid"], each["resource_subtype"], parent["gid"])
        for kind in parents(world).values()
        for parent in kind
        for each in world.under("memberships", parent)
    )
    assert {subtype for _, subtype, _ in rows} == {f"{kind}_membership" for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_of_membership_says_which_parents_are_asked(alone, cold, kind):
    sent, rows = alone.sends(cold, f"SELECT parent_gid FROM memberships WHERE resource_subtype = '{kind}_membership'")
    asked = Counter(params["parent"] for path, params in sent if path == "/memberships")
    assert asked == Counter(parent["gid"] for parent in parents(alone.world)[kind])
    assert {gid for (gid,) in rows} <= set(asked)
    assert alone.sends(cold, f"SELECT parent_gid FROM memberships WHERE parent_resource_type = '{kind}'")[0] == sent


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("condition", ["", "AND resource_subtype IS NOT NULL"])
def test_the_memberships_of_a_key_are_one_request_whatever_it_is_of(alone, cold, kind, condition):
    parent = parents(alone.world)[kind][0]
    query = f"SELECT gid, resource_subtype, parent_resource_type FROM memberships WHERE parent_gid = '{parent['gid']}'"
    sent, rows = alone.sends(cold, f"{query} {condition}")
    assert sent == [of(parent)]
    assert sorted(rows) == sorted(
        (each["gid"], f"{kind}_membership", kind) for each in alone.world.under("memberships", parent)
    )


def test_memberships_of_a_key_are_not_taken_for_those_of_another_kind(alone, cold):
    goal = alone.world.all("goal")[0]
    for condition in ("resource_subtype = 'project_membership'", "parent_resource_type = 'project'"):
        query = f"SELECT gid FROM memberships WHERE parent_gid = '{goal['gid']}' AND {condition}"
        assert alone.sends(cold, query) == ([of(goal)], [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_membership_by_its_gid_is_the_row_of_the_list(alone, cold, kind):
    parent = parents(alone.world)[kind][0]
    gid = alone.world.under("memberships", parent)[0]["gid"]
    single, found = alone.sends(cold, f"SELECT * EXCLUDE workspace_gid FROM memberships WHERE gid = '{gid}'")
    listed = f"SELECT * EXCLUDE workspace_gid FROM memberships WHERE gid = '{gid}' AND parent_gid = '{parent['gid']}'"
    assert single == [(f"/memberships/{gid}", {})]
    assert found == cold.sql(listed).fetchall() != []
    by_list = listed.replace("FROM memberships", f"FROM asana_memberships(access_path := '{kind}')")
    assert alone.sends(cold, by_list) == ([of(parent)], found)


def test_the_member_narrows_what_each_parent_is_asked_for(alone, cold):
    user = alone.world.users[3]
    where = f"member_gid = '{user['gid']}' AND resource_subtype = 'project_membership'"
    sent, rows = alone.sends(cold, f"SELECT parent_gid FROM memberships WHERE {where}")
    assert sent[2:] != []
    assert {params["member"] for path, params in sent if path == "/memberships"} == {user["gid"]}
    expected = [project["gid"] for project in alone.world.projects if user in project["members"]]
    assert sorted(gid for (gid,) in rows) == sorted(expected) != []


# Those of teams, which Asana lists by their member.

TEAM = "resource_subtype = 'project_membership' AND member_resource_type = 'team'"


def test_a_teams_memberships_in_projects_are_one_request(alone, cold):
    team = alone.world.teams[1]
    sent, rows = alone.sends(cold, f"SELECT parent_gid FROM memberships WHERE {TEAM} AND member_gid = '{team['gid']}'")
    assert sent == [("/memberships", {"member": team["gid"], "resource_subtype": "project_membership"})]
    assert sorted(gid for (gid,) in rows) == sorted(p["gid"] for p in alone.world.under("team.projects", team))


def test_those_of_all_teams_are_asked_for_by_team_and_the_same_by_project(asana):
    query = f"SELECT gid, parent_gid, member_gid, workspace_gid FROM memberships WHERE {TEAM}"
    by_team, rows = asana.sends(asana.open(cache=False), query)
    assert [params.get("member") for path, params in by_team if path == "/memberships"] == [
        team["gid"] for team in asana.world.teams
    ]
    named = query.replace("FROM memberships", "FROM asana_memberships(access_path := 'project')")
    by_project, same = asana.sends(asana.open(cache=False), named)
    assert sorted(rows) == sorted(same) != []
    assert len(by_team) < len(by_project)


@pytest.mark.parametrize("said", ["resource_subtype = 'project_membership'", "member_resource_type = 'team'"])
def test_a_member_of_unknown_kind_is_looked_for_in_every_parent(alone, cold, said):
    team = alone.world.teams[1]["gid"]
    sent, _ = alone.sends(cold, f"SELECT parent_gid FROM memberships WHERE {said} AND member_gid = '{team}'")
    asked = [params for path, params in sent if path == "/memberships"]
    assert len(asked) >= len(alone.world.projects)
    assert all("parent" in params and "resource_subtype" not in params for params in asked)


# Of goals and of projects.


def test_goal_memberships_are_asked_for_by_goal(alone, cold):
    goals = alone.world.all("goal")
    sent, rows = alone.sends(cold, "SELECT gid, goal_gid, goal_name, role FROM goal_memberships")
    assert sent == [
        ("/workspaces", {}),
        ("/goals", {"workspace": alone.world.workspace["gid"]}),
        *(of(goal) for goal in goals),
    ]
    assert sorted(rows) == sorted(
        (each["gid"], goal["gid"], goal["name"], each["role"])
        for goal in goals
        for each in alone.world.under("memberships", goal)
    )


def test_what_is_a_membership_of_no_goal_is_no_goal_membership(alone, cold):
    project = alone.project("biggest")
    assert alone.sends(cold, f"SELECT gid FROM goal_memberships WHERE goal_gid = '{project['gid']}'") == (
        [of(project)],
        [],
    )
    gid = alone.world.under("memberships", project)[0]["gid"]
    result = cold.sql(f"SELECT gid FROM goal_memberships WHERE gid = '{gid}'")
    assert result.fetchall() == []
    [warning] = result.warnings
    assert warning.startswith(f"goal_memberships: {gid} exists but is not in this relation.")


def test_project_memberships_of_a_user_are_asked_of_every_project(alone, cold):
    user = alone.world.users[3]
    sent, rows = alone.sends(cold, f"SELECT project_gid FROM project_memberships WHERE user_gid = '{user['gid']}'")
    assert sent[:2] == [("/workspaces", {}), alone.listing_of_projects]
    expected = [
        (f"/projects/{project['gid']}/project_memberships", {"user": user["gid"]}) for project in alone.world.projects
    ]
    assert sorted(map(repr, sent[2:])) == sorted(map(repr, expected))
    assert sorted(gid for (gid,) in rows) == sorted(p["gid"] for p in alone.world.projects if user in p["members"])


def test_a_project_membership_of_a_team_has_no_user(alone, cold):
    project = alone.project("hundred")
    columns = "member_resource_type, member_gid, user_gid"
    query = f"SELECT {columns} FROM project_memberships WHERE project_gid = '{project['gid']}'"
    sent, rows = alone.sends(cold, query)
    assert sent == [(f"/projects/{project['gid']}/project_memberships", {})]
    assert {(kind, user == member) for kind, member, user in rows} == {("user", True), ("team", False)}
    assert [user for kind, _, user in rows if kind == "team"] == [None]


def test_a_project_membership_by_its_gid_is_the_row_of_the_list(alone, cold):
    project = alone.project("hundred")["gid"]
    listed = cold.sql(
        f"SELECT * EXCLUDE workspace_gid FROM project_memberships WHERE project_gid = '{project}'"
    ).fetchall()
    for row in listed:
        query = f"SELECT * EXCLUDE workspace_gid FROM project_memberships WHERE gid = '{row[0]}'"
        assert alone.sends(cold, query) == ([(f"/project_memberships/{row[0]}", {})], [row])


# Requests for access.


def test_access_requests_are_asked_for_by_project_and_by_portfolio(alone, cold):
    world = alone.world
    targets = [*world.projects, *parents(world)["portfolio"]]
    sent, rows = alone.sends(cold, "SELECT gid, target_gid, target_resource_type FROM access_requests")
    asked = [params for path, params in sent if path == "/access_requests"]
    assert Counter(params["target"] for params in asked) == Counter(target["gid"] for target in targets)
    assert len(sent) == 3 + len(targets)
    assert sorted(rows) == sorted(
        (each["gid"], target["gid"], target["resource_type"])
        for target in targets
        for each in world.under("access_requests", target)
    )
    assert {kind for *_, kind in rows} == {"project", "portfolio"}


def test_access_requests_for_one_object_are_one_request_that_the_user_narrows(alone, cold):
    project = alone.project("private")
    wanted = alone.world.under("access_requests", project)[1]
    where = f"target_gid = '{project['gid']}' AND requester_gid = '{wanted['requester']['gid']}'"
    sent, rows = alone.sends(cold, f"SELECT gid, message FROM access_requests WHERE {where}")
    assert sent == [("/access_requests", {"target": project["gid"], "user": wanted["requester"]["gid"]})]
    assert rows == [(wanted["gid"], wanted["message"])]
