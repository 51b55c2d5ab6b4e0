"""Addresses that show the same rows as another: each of them, named as the access path, gives those rows."""

from __future__ import annotations

import datetime as dt

import pytest

import asanaql
from asanaql.catalog import CATALOG
from asanaql.catalog.model import ACCESS_PATH
from asanaql.demo import build

SPARE = [(table.name, path.name) for table in CATALOG.values() for path in table.paths if path.spare]


def keys(world, name, path):
    """A value for each key of a path in the demo workspace, of something that has rows there."""
    project = world.find("project", world.notable["every_custom_field"])
    known = {
        "workspace_gid": world.workspace["gid"],
        "team_gid": world.teams[0]["gid"],
        "user_gid": world.users[4]["gid"],
        "project_gid": project["gid"],
        "section_gid": world.under("project.sections", project)[1]["gid"],
        "portfolio_gid": world.notable["mixed_portfolio"],
        "gid": world.users[4]["gid"] if name == "users" else "",
    }
    return {key: known[key] for key in path.keys}


def called(name, arguments):
    return f"asana_{name}({', '.join(f'{argument} := {value!r}' for argument, value in arguments.items())})"


def readable(table):
    """The columns that can be read on every path, a workspace that no row says left out."""
    return ", ".join(column.name for column in table.visible)


def test_there_are_spare_paths():
    assert len(SPARE) >= 11


@pytest.mark.parametrize(("name", "spare"), SPARE)
def test_a_spare_path_gives_the_rows_that_are_read_without_it(alone, cold, name, spare):
    table = CATALOG[name]
    arguments = keys(alone.world, name, table.path(spare))
    shown = readable(table)
    usual, rows = alone.sends(cold, f"SELECT {shown} FROM {called(name, arguments)}")
    named = {ACCESS_PATH.name: spare, **arguments}
    sent, same = alone.sends(cold, f"SELECT {shown} FROM {called(name, named)}")
    assert sorted(map(repr, same)) == sorted(map(repr, rows)) != []
    address = table.path(spare).endpoint.format(**arguments)
    assert address in [path for path, _ in sent]
    assert address not in [path for path, _ in usual]
    assert len(sent) >= len(usual)


@pytest.mark.parametrize(
    ("name", "spare"),
    [(name, spare) for name, spare in SPARE if CATALOG[name].path(spare).parent is not None and name != "users"],
)
def test_a_spare_path_without_keys_is_enumerated_as_the_usual_one(alone, cold, name, spare):
    missing = [key for key in CATALOG[name].path(spare).keys if key == "user_gid"]
    arguments = dict.fromkeys(missing, alone.world.users[4]["gid"])
    columns = "gid" if name != "tasks" else "gid, project_gid"
    _, rows = alone.sends(cold, f"SELECT {columns} FROM {called(name, arguments)}")
    _, same = alone.sends(cold, f"SELECT {columns} FROM {called(name, {ACCESS_PATH.name: spare, **arguments})}")
    assert sorted(same) == sorted(rows) != []


@pytest.mark.parametrize("spare", ["of_project", "of_section"])
@pytest.mark.parametrize(
    ("condition", "sent"),
    [
        ("NOT completed", {"completed_since": "now"}),
        ("completed_at >= '2026-02-01 00:00+00'", {"completed_since": "2026-01-31T23:59:59.999Z"}),
        # The address does not know it, so the rows are filtered by it alone.
        ("modified_at >= '2026-02-20 00:00+00'", {}),
    ],
)
def test_what_the_spare_address_of_tasks_cannot_filter_is_filtered_all_the_same(alone, cold, spare, condition, sent):
    path = CATALOG["tasks"].path(spare)
    arguments = keys(alone.world, "tasks", path)
    _, rows = alone.sends(cold, f"SELECT gid FROM {called('tasks', arguments)} WHERE {condition}")
    query = f"SELECT gid FROM {called('tasks', {ACCESS_PATH.name: spare, **arguments})} WHERE {condition}"
    asked, same = alone.sends(cold, query)
    assert sorted(same) == sorted(rows) != []
    assert dict(asked) == {path.endpoint.format(**arguments): sent}


def test_the_tasks_of_a_my_tasks_are_those_of_its_owner(alone, cold):
    world = alone.world
    owner = world.users[2]
    [task_list] = world.under("user.user_task_list", owner)
    columns = "gid, name, assignee_gid, completed, workspace_gid"
    _, rows = alone.sends(cold, f"SELECT {columns} FROM user_tasks WHERE assignee_gid = '{owner['gid']}'")
    sent, same = alone.sends(cold, f"SELECT {columns} FROM asana_user_tasks(user_task_list_gid := {task_list['gid']})")
    assert {path for path, _ in sent} == {f"/user_task_lists/{task_list['gid']}/tasks"}
    assert sorted(same) == sorted(rows) != []


def test_the_open_tasks_of_a_my_tasks_are_all_that_is_asked_for(alone, cold):
    [task_list] = alone.world.under("user.user_task_list", alone.world.me)
    query = f"SELECT gid FROM asana_user_tasks(user_task_list_gid := {task_list['gid']}) WHERE NOT completed"
    sent, rows = alone.sends(cold, query)
    assert sent[0] == (f"/user_task_lists/{task_list['gid']}/tasks", {"completed_since": "now"})
    assert len(rows) == sum(not task["completed"] for task in alone.world.under("user.tasks", alone.world.me))


def test_a_my_tasks_without_tasks_has_no_rows_and_an_unknown_one_is_an_error(alone, cold):
    [task_list] = alone.world.under("user.user_task_list", alone.world.users[-1])
    assert alone.sends(cold, f"SELECT gid FROM asana_user_tasks(user_task_list_gid := {task_list['gid']})")[1] == []
    with pytest.raises(asanaql.ApiError, match=r"404 to GET /user_task_lists/5/tasks\S*: user_task_list: Not a rec"):
        cold.sql("SELECT gid FROM asana_user_tasks(user_task_list_gid := 5)").fetchall()


# Listings that are cut.


@pytest.mark.parametrize(("spare", "key"), [("of_workspace", "workspace_gid"), ("of_team", "team_gid")])
def test_an_address_that_shows_two_thousand_users_says_that_there_can_be_more(asana_of, spare, key):
    world = build(now=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    parent = world.workspace if key == "workspace_gid" else world.teams[0]
    many = [{**world.users[place % 20], "gid": str(5_000_000 + place)} for place in range(2001)]
    world.arrange("workspace.users" if key == "workspace_gid" else "team.users", parent, many)
    large = asana_of(world)
    called = f"asana_users(access_path := '{spare}', {key} := {parent['gid']})"
    result = large.open(cache=False).sql(f"SELECT gid FROM {called}")
    assert len(result.fetchall()) == 2000
    [warning] = result.warnings
    assert warning.startswith(f"users: Asana shows no more than 2,000 rows of {key} {parent['gid']}")
