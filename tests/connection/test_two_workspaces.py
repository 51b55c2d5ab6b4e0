"""A token that sees two workspaces: a row's workspace is not known before asking, and rows must not depend on it."""

from __future__ import annotations

import json

import pytest

from asanaql.demo import DemoTransport, Service
from asanaql.demo.service import Answer
from asanaql.errors import ConfigError

OTHER = {"gid": "999000999", "resource_type": "workspace", "name": "The other one", "is_organization": True}


class TwoWorkspaces(Service):
    """The demo's workspace, and one in which there is nothing."""

    def answer(self, method, path, params, headers):
        if path == f"/workspaces/{OTHER['gid']}":
            return answer(OTHER)
        if OTHER["gid"] in path or OTHER["gid"] in dict(params).values():
            return answer([])
        real = super().answer(method, path, params, headers)
        if path != "/workspaces":
            return real
        content = json.loads(real.body)
        return answer([*content["data"], OTHER])


def answer(content) -> Answer:
    return Answer(200, {"content-type": "application/json"}, json.dumps({"data": content, "next_page": None}).encode())


@pytest.fixture
def service(asana) -> TwoWorkspaces:
    return TwoWorkspaces(asana.world)


@pytest.fixture
def connection(asana, service):
    return asana.open(transport=DemoTransport(service))


def homeless(asana):
    """A task in no project that somebody commented on."""
    world = asana.world
    return next(task for task in world.tasks if not world_projects(task) and world.under("task.stories", task))


def world_projects(task):
    return task.get("projects")


def test_both_workspaces_are_there_and_relations_are_read_through_both(connection) -> None:
    assert connection.sql("SELECT count(*) FROM workspaces").fetchone() == (2,)
    assert connection.sql("SELECT count(*) FROM projects").fetchone() == (15,)


@pytest.mark.parametrize("columns", ["gid, text, workspace_gid", "gid, text"])
def test_the_stories_of_a_task_in_no_project_are_the_same_whatever_is_read_of_them(asana, connection, columns) -> None:
    task = homeless(asana)
    rows = connection.sql(f"SELECT {columns} FROM stories WHERE task_gid = ?", [task["gid"]]).fetchall()
    assert {row[0] for row in rows} == {story["gid"] for story in asana.world.under("task.stories", task)}
    assert {row[2:] for row in rows} <= {(asana.world.workspace["gid"],), ()}


def test_the_workspace_of_a_section_is_read_from_its_project(asana, connection, service) -> None:
    gid = asana.notable["biggest"]
    service.log.clear()
    [(workspace,)] = connection.sql(
        "SELECT DISTINCT workspace_gid FROM sections WHERE project_gid = ?", [gid]
    ).fetchall()
    assert workspace == asana.world.workspace["gid"]
    assert [path for _, path, _ in service.log] == ["/workspaces", f"/projects/{gid}", f"/projects/{gid}/sections"]


def test_a_connection_confined_to_the_other_workspace_sees_nothing_of_the_first(asana, service) -> None:
    confined = asana.open(transport=DemoTransport(service), workspace=OTHER["name"])
    task = asana.world.tasks_in(asana.notable["hundred"])[0]
    assert confined.sql("SELECT gid FROM workspaces").fetchall() == [(OTHER["gid"],)]
    assert confined.sql("SELECT count(*) FROM tasks").fetchone() == (0,)
    assert confined.sql("SELECT count(*) FROM tasks WHERE gid = ?", [task["gid"]]).fetchone() == (0,)
    assert confined.sql("SELECT count(*) FROM users").fetchone() == (0,)


def test_a_connection_confined_to_one_workspace_does_not_take_the_others_rows_for_its_own(asana, service) -> None:
    confined = asana.open(transport=DemoTransport(service), workspace=OTHER["gid"])
    task = homeless(asana)
    project = asana.notable["biggest"]
    for query in (
        f"SELECT gid FROM stories WHERE task_gid = '{task['gid']}'",
        f"SELECT gid FROM sections WHERE project_gid = '{project}'",
        f"SELECT gid FROM status_updates WHERE parent_gid = '{project}'",
        f"SELECT gid FROM team_memberships WHERE team_gid = '{asana.world.teams[0]['gid']}'",
        f"SELECT gid FROM time_tracking_entries WHERE task_gid = '{asana.notable['clocked']}'",
        f"SELECT gid FROM time_tracking_entries WHERE attributable_to_gid = '{project}'",
        f"SELECT gid FROM allocations WHERE parent_gid = '{project}'",
        f"SELECT gid FROM budgets WHERE parent_gid = '{project}'",
        "SELECT gid FROM roles",
    ):
        assert confined.sql(query).fetchall() == []


PARENTS = {
    "goal": ["/goals/{}"],
    "project": ["/projects/{}"],
    "portfolio": ["/portfolios/{}"],
    # A custom field does not say its workspace either, which is told by what lists it.
    "custom_field": ["/workspaces/{workspace}/custom_fields"],
}


@pytest.mark.parametrize("kind", PARENTS)
def test_the_workspace_of_a_membership_is_read_from_its_parent_whatever_kind_it_is(asana, connection, service, kind):
    world = asana.world
    parent = world.all(kind)[0]
    service.log.clear()
    query = "SELECT gid, resource_subtype, workspace_gid FROM memberships WHERE parent_gid = ?"
    rows = connection.sql(query, [parent["gid"]]).fetchall()
    expected = [
        (each["gid"], f"{kind}_membership", world.workspace["gid"]) for each in world.under("memberships", parent)
    ]
    assert sorted(rows) == sorted(expected) != []
    paths = [path.format(parent["gid"], workspace=world.workspace["gid"]) for path in PARENTS[kind]]
    assert [path for _, path, _ in service.log if path in paths] == paths
    assert [path for _, path, _ in service.log].count("/memberships") == 1


# What tells the workspace of an entry that is listed by something of this kind: requests beside the listing itself.
TELLING = {
    "task": ("task_gid", ["/tasks/{}"]),
    "project": ("attributable_to_gid", ["/projects/{}"]),
    "timesheet_approval_status": ("timesheet_approval_status_gid", ["/timesheet_approval_statuses/{}"]),
    # A category does not say its workspace either: those in use and the archived ones are listed.
    "time_tracking_category": ("time_tracking_category_gid", ["/time_tracking_categories"] * 2),
}


@pytest.mark.parametrize("kind", TELLING)
def test_the_workspace_of_time_is_told_by_what_it_is_listed_by(asana, connection, service, kind) -> None:
    world, (argument, telling) = asana.world, TELLING[kind]
    what = f"{kind}.time_tracking_entries"
    record = max(world.all(kind), key=lambda each: len(world.under(what, each)))
    service.log.clear()
    query = (
        f"SELECT gid, duration_minutes, workspace_gid FROM asana_time_tracking_entries({argument} := {record['gid']})"
    )
    rows = connection.sql(query).fetchall()
    of_world = world.workspace["gid"]
    expected = [(each["gid"], each["duration_minutes"], of_world) for each in world.under(what, record)]
    assert sorted(rows) == sorted(expected) != []
    listed = [path for _, path, _ in service.log if not path.endswith("time_tracking_entries")]
    assert listed == ["/workspaces", *(path.format(record["gid"]) for path in telling)]


def test_the_time_of_a_user_is_listed_in_each_workspace(asana, connection) -> None:
    user = asana.world.users[0]
    found = connection.sql(f"SELECT gid, workspace_gid FROM asana_time_tracking_entries(user_gid := {user['gid']})")
    expected = asana.world.under("user.time_tracking_entries", user)
    assert sorted(found.fetchall()) == sorted((each["gid"], asana.world.workspace["gid"]) for each in expected)
    assert found.stats.requests == 1 + 2


def test_all_of_an_entry_is_read_of_its_record_and_the_listing_that_it_is_in(asana, connection, service) -> None:
    task = asana.notable["clocked"]
    entries = asana.world.under("task.time_tracking_entries", asana.world.find("task", task))
    service.log.clear()
    rows = connection.sql(f"SELECT * FROM time_tracking_entries WHERE task_gid = '{task}'").fetchall()
    assert {(row[0], row[-1]) for row in rows} == {(each["gid"], asana.world.workspace["gid"]) for each in entries}
    asked = [path for _, path, _ in service.log]
    assert sorted(asked) == sorted(
        [
            *("/workspaces", f"/tasks/{task}", *[f"/tasks/{task}/time_tracking_entries"] * 2),
            *(f"/time_tracking_entries/{each['gid']}" for each in entries),
        ]
    )


def test_favorites_and_what_typing_finds_are_looked_for_in_both(connection) -> None:
    favorites = connection.sql("SELECT count(*) FROM user_favorites WHERE resource_type = 'user'")
    assert (favorites.fetchall(), favorites.stats.requests) == ([(2,)], 1 + 2)
    found = connection.sql("SELECT DISTINCT workspace_gid FROM typeahead WHERE resource_type = 'user' AND query = 'i'")
    assert len(found.fetchall()) == 1
    assert found.stats.requests == 2


def test_what_says_no_workspace_is_asked_for_by_its_key_alone(asana, connection, service) -> None:
    service.log.clear()
    assert connection.sql("SELECT status FROM jobs WHERE gid = '1200000000000001'").fetchall() == [("succeeded",)]
    confined = asana.open(transport=DemoTransport(service), workspace=OTHER["gid"])
    assert confined.sql("SELECT status FROM jobs WHERE gid = '1200000000000001'").fetchall() == [("succeeded",)]
    assert [path for _, path, _ in service.log] == ["/jobs/1200000000000001"] * 2


def test_a_connection_may_turn_to_one_workspace_and_to_all_again(connection) -> None:
    connection.use_workspace("The other one")
    assert connection.workspace == OTHER["gid"]
    assert connection.sql("SELECT count(*) FROM projects").fetchone() == (0,)
    assert connection.sql("SELECT name FROM workspaces").fetchall() == [("The other one",)]
    connection.use_workspace(None)
    assert connection.sql("SELECT count(*) FROM projects").fetchone() == (15,)


def test_a_workspace_that_is_none_is_told_with_those_that_are(connection) -> None:
    connection.use_workspace(OTHER["gid"])
    with pytest.raises(
        ConfigError, match=r"no workspace called 'Nowhere'. The token sees: .*The other one \(999000999\)"
    ):
        connection.use_workspace("Nowhere")
    assert connection.workspace == OTHER["gid"]
