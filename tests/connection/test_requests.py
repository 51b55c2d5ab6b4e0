"""Exactly which requests a statement about tasks sends to the demo workspace, with nothing kept from before."""

from __future__ import annotations

import math
from collections import Counter

import pytest

import asanaql
from asanaql.catalog import CATALOG

LIGHT_WORKSPACE = "email_domains,is_organization,name"
PAGE = 100


def of_project(gid, **more):
    return "/tasks", {"project": gid, **more}


# A project's tasks.


@pytest.mark.parametrize(
    ("name", "size", "pages"), [("empty", 0, 1), ("single", 1, 1), ("hundred", 100, 1), ("hundred_and_one", 101, 2)]
)
def test_a_project_s_tasks_take_its_pages_and_nothing_else(alone, cold, name, size, pages):
    gid = alone.notable[name]
    sent, rows = alone.sends(cold, f"SELECT gid, name FROM tasks WHERE project_gid = '{gid}'")
    assert (sent, len(rows)) == ([of_project(gid)] * pages, size)


def test_the_largest_project_takes_seven_requests(alone, cold):
    gid = alone.notable["biggest"]
    sent, rows = alone.sends(cold, f"SELECT name FROM tasks WHERE project_gid = '{gid}'")
    assert (sent, len(rows)) == ([of_project(gid)] * 7, 604)


def test_changes_of_a_project_take_the_pages_of_what_changed(alone, cold):
    gid = alone.notable["biggest"]
    query = f"SELECT name FROM tasks WHERE project_gid = '{gid}' AND modified_at > '2026-02-20 00:00:00+00'"
    sent, rows = alone.sends(cold, query)
    changed = [task for task in alone.world.tasks_in(gid) if task["modified_at"] > "2026-02-20"]
    assert len(rows) == len(changed)
    since = of_project(gid, modified_since="2026-02-19T23:59:59.999Z")
    assert sent == [since] * math.ceil(len(changed) / PAGE)
    assert len(sent) < 7


def test_open_tasks_of_a_project_take_the_pages_of_what_is_open(alone, cold):
    gid = alone.notable["biggest"]
    sent, rows = alone.sends(cold, f"SELECT name FROM tasks WHERE project_gid = '{gid}' AND completed = FALSE")
    open_tasks = [task for task in alone.world.tasks_in(gid) if not task["completed"]]
    assert len(rows) == len(open_tasks)
    assert sent == [of_project(gid, completed_since="now")] * math.ceil(len(open_tasks) / PAGE)
    assert len(sent) < 7


# Keys.


def test_one_gid_takes_one_request(alone, cold):
    task = alone.world.tasks[0]
    sent, rows = alone.sends(cold, f"SELECT name FROM tasks WHERE gid = '{task['gid']}'")
    assert (sent, rows) == ([(f"/tasks/{task['gid']}", {})], [(task["name"],)])


def test_three_gids_take_three_requests(alone, cold):
    tasks = alone.world.tasks[:3]
    listed = ", ".join(f"'{task['gid']}'" for task in tasks)
    sent, rows = alone.sends(cold, f"SELECT DISTINCT gid FROM tasks WHERE gid IN ({listed})")
    assert sent == [(f"/tasks/{task['gid']}", {}) for task in tasks]
    assert {gid for (gid,) in rows} == {task["gid"] for task in tasks}


def test_one_section_takes_its_pages(alone, cold):
    for section in alone.world.under("project.sections", alone.project("biggest")):
        sent, rows = alone.sends(cold, f"SELECT name FROM tasks WHERE section_gid = '{section['gid']}'")
        assert sent == [("/tasks", {"section": section["gid"]})] * alone.pages_of("section.tasks", section)
        assert len(rows) == len(alone.world.under("section.tasks", section))


@pytest.mark.parametrize("relation", ["tasks", "user_tasks"])
def test_one_assignee_takes_the_workspace_and_the_pages_of_his_tasks(alone, cold, relation):
    user = alone.world.users[0]
    sent, _ = alone.sends(cold, f"SELECT name FROM {relation} WHERE assignee_gid = '{user['gid']}'")
    workspace = alone.world.workspace["gid"]
    pages = alone.pages_of("user.tasks", user)
    assert pages > 1
    assert sent == [("/workspaces", {}), *[("/tasks", {"assignee": user["gid"], "workspace": workspace})] * pages]


def test_a_connection_with_a_workspace_does_not_ask_for_workspaces(asana):
    user, workspace = asana.world.users[-1], asana.world.workspace["gid"]
    confined = asana.open(workspace=workspace)
    sent, rows = asana.sends(confined, f"SELECT name FROM user_tasks WHERE assignee_gid = '{user['gid']}'")
    assert (sent, rows) == ([("/tasks", {"assignee": user["gid"], "workspace": workspace})], [])


def test_a_workspace_given_by_name_is_looked_up_when_connecting(asana):
    asana.service.log.clear()
    opened = asana.open(workspace=asana.world.workspace["name"], cache=False)
    assert asana.sent() == [("/workspaces", {})]
    assert asana.sends(opened, "SELECT count(*) FROM projects") == (
        [("/projects", {"workspace": asana.world.workspace["gid"]})],
        [(15,)],
    )


def test_counting_projects_takes_the_workspace_and_their_pages(alone, cold):
    workspace = alone.world.workspace["gid"]
    sent, rows = alone.sends(cold, "SELECT count(*) FROM projects")
    assert (sent, rows) == ([("/workspaces", {}), ("/projects", {"workspace": workspace})], [(15,)])


# LIMIT, and what stops early.


@pytest.mark.parametrize("residual", ["", " AND name ILIKE '%e%'"])
def test_a_limit_on_a_large_project_takes_one_page(alone, cold, residual):
    gid = alone.notable["biggest"]
    sent, rows = alone.sends(cold, f"SELECT name FROM tasks WHERE project_gid = '{gid}'{residual} LIMIT 5")
    assert (sent, len(rows)) == ([of_project(gid)], 5)


def test_a_limit_on_a_full_scan_takes_one_listing_as_far_as_it_goes(asana, connection):
    sent, rows = asana.sends(connection, "SELECT name FROM tasks LIMIT 5")
    assert [path for path, _ in sent[:3]] == ["/workspaces", "/projects", "/tasks"]
    assert len(rows) == 5
    # The first project that Asana lists may be empty, after which the scan widens.
    assert len(sent) <= 3 + 8


NOTHING = [
    "SELECT gid FROM tasks LIMIT 0",
    "SELECT gid FROM tasks WHERE FALSE",
    "EXPLAIN SELECT gid FROM tasks",
    "DESCRIBE tasks",
    "DESCRIBE SELECT * FROM tasks",
    "SHOW TABLES",
    "SUMMARIZE SELECT 1",
    "SELECT column_name FROM information_schema.columns WHERE table_name = 'tasks'",
    "SELECT * FROM asana_columns",
    "SELECT * FROM asana_tables",
    "SELECT * FROM tasks WHERE gid = '1' AND gid = '2'",
    "SELECT * FROM tasks WHERE completed = TRUE AND completed = FALSE",
    "SELECT * FROM tasks WHERE project_gid IN ('1', '2') AND project_gid IN ('3')",
    "SELECT * FROM tasks WHERE gid = NULL",
    "SELECT * FROM stories WHERE task_gid = '1' AND goal_gid = '2'",
    "SELECT * FROM custom_field_settings WHERE parent_resource_type = 'task'",
    "CREATE OR REPLACE VIEW mine AS SELECT * FROM tasks",
    "PREPARE mine AS SELECT * FROM tasks WHERE gid = $1",
]


@pytest.mark.parametrize("query", NOTHING)
def test_a_statement_that_needs_no_row_of_asana_sends_nothing(alone, cold, query):
    sent, _ = alone.sends(cold, query)
    assert sent == []


def test_a_result_that_is_never_read_sends_nothing(alone, cold):
    alone.service.log.clear()
    result = cold.sql("SELECT * FROM tasks")
    assert result.columns[:3] == ["gid", "resource_type", "name"]
    assert alone.sent() == []


def test_a_result_read_twice_sends_its_requests_once(alone, cold):
    gid = alone.notable["hundred_and_one"]
    alone.service.log.clear()
    result = cold.sql(f"SELECT name FROM tasks WHERE project_gid = '{gid}'")
    assert result.arrow().num_rows == len(result.fetchall()) == 101
    assert len(alone.sent()) == 2 == result.stats.requests


# Several scans in one statement.


def test_a_self_join_reads_the_listing_once(alone, cold):
    gid = alone.notable["hundred_and_one"]
    query = f"SELECT a.name, b.name FROM tasks a JOIN tasks b USING (gid) WHERE a.project_gid = '{gid}'"
    sent, rows = alone.sends(cold, f"{query} AND b.project_gid = '{gid}'")
    assert (sent, len(rows)) == ([of_project(gid)] * 2, 101)


def test_a_self_join_reads_the_listing_once_for_each_set_of_columns(alone, cold):
    gid = alone.notable["hundred_and_one"]
    query = f"SELECT a.name, b.completed FROM tasks a JOIN tasks b USING (gid) WHERE a.project_gid = '{gid}'"
    sent, rows = alone.sends(cold, f"{query} AND b.project_gid = '{gid}'")
    assert (sent, len(rows)) == ([of_project(gid)] * 4, 101)
    assert Counter(alone.fields) == {"name": 2, "completed": 2}


def test_the_next_statement_reads_the_listing_again(alone, cold):
    gid = alone.notable["hundred"]
    for _ in range(2):
        sent, _ = alone.sends(cold, f"SELECT name FROM tasks WHERE project_gid = '{gid}'")
        assert sent == [of_project(gid)]


# Other ways to write the same.


def same_thing(gid):
    plain = f"SELECT name FROM tasks WHERE project_gid = '{gid}' AND completed = FALSE"
    return [
        plain,
        f"WITH found AS (SELECT * FROM tasks) SELECT name FROM found WHERE project_gid = '{gid}' AND completed = FALSE",
        f"SELECT name FROM (SELECT * FROM tasks WHERE completed = FALSE) WHERE project_gid = '{gid}'",
        f"SELECT name FROM asana.tasks WHERE project_gid = '{gid}' AND completed = FALSE",
        f"SELECT name FROM asana_tasks(project_gid := '{gid}', completed := FALSE)",
        f"SELECT name FROM asana_tasks(project_gid := {gid}) WHERE completed = FALSE",
        f"SELECT name FROM asana.asana_tasks(completed := FALSE) WHERE project_gid = '{gid}'",
        f"FROM open_tasks SELECT name WHERE project_gid = '{gid}'",
        f"EXECUTE of_project('{gid}')",
        f"SELECT name FROM tasks WHERE project_gid IN ('{gid}') AND (completed = FALSE OR FALSE)",
        f"CREATE OR REPLACE TABLE kept AS {plain}",
    ]


@pytest.mark.parametrize("place", range(len(same_thing(""))))
def test_every_way_to_write_it_sends_the_same(alone, cold, place):
    gid = alone.notable["hundred_and_one"]
    cold.sql("CREATE OR REPLACE VIEW open_tasks AS SELECT * FROM tasks WHERE completed = FALSE")
    cold.sql("PREPARE of_project AS SELECT name FROM tasks WHERE project_gid = $1 AND completed = FALSE")
    sent, _ = alone.sends(cold, same_thing(gid)[place])
    assert sent == [of_project(gid, completed_since="now")]
    assert alone.fields == ["completed,name"]


@pytest.mark.parametrize("params", [["?"], {"project": "$project"}])
def test_parameters_of_a_statement_reach_asana(alone, cold, params):
    gid = alone.notable["hundred"]
    [mark] = params if isinstance(params, list) else params.values()
    values = [gid] if isinstance(params, list) else {"project": gid}
    sent, rows = alone.sends(cold, f"SELECT name FROM tasks WHERE project_gid = {mark}", values)
    assert (sent, len(rows)) == ([of_project(gid)], 100)


def test_a_function_s_bound_is_sent_as_the_parameter_it_is_named_after(alone, cold):
    gid = alone.notable["hundred"]
    query = f"SELECT gid FROM asana_tasks(project_gid := '{gid}', modified_since := '2026-02-20 00:00:00+00')"
    sent, rows = alone.sends(cold, query)
    assert sent == [of_project(gid, modified_since="2026-02-19T23:59:59.999Z")]
    assert len(rows) == len([task for task in alone.world.tasks_in(gid) if task["modified_at"] >= "2026-02-20"])


# Fields.


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        ("gid", "name"),
        ("name", "name"),
        ("name, due_on", "due_on,name"),
        ("project_gid, gid", "name"),
        ("resource_type, gid", "name"),
        ("assignee_gid", "assignee.name"),
        ("assignee_gid, assignee_name", "assignee.name"),
        ("section_name", "memberships.project.name,memberships.section.name"),
        ("tags", "tags.name"),
        ("count(gid)", "name"),
        ("count(gid) FILTER (completed)", "completed"),
    ],
)
def test_the_fields_asked_for_are_those_of_the_columns_read(alone, cold, columns, fields):
    alone.sends(cold, f"SELECT {columns} FROM tasks WHERE project_gid = '{alone.notable['hundred']}'")
    assert alone.fields == [fields]


def test_a_column_of_a_residual_filter_is_asked_for_too(alone, cold):
    gid = alone.notable["hundred"]
    alone.sends(cold, f"SELECT gid FROM tasks WHERE project_gid = '{gid}' AND due_on < '2026-03-01'")
    assert alone.fields == ["due_on"]


def test_a_project_s_name_is_taken_from_its_tasks_memberships(alone, cold):
    gid = alone.notable["hundred"]
    sent, _ = alone.sends(cold, f"SELECT project_name, name FROM tasks WHERE project_gid = '{gid}'")
    assert sent == [of_project(gid)]
    assert alone.fields == ["memberships.project.name,name"]


def test_custom_fields_are_asked_for_only_where_they_are_read(alone, cold):
    gid = alone.notable["hundred"]
    alone.sends(cold, f"SELECT custom_fields FROM tasks WHERE project_gid = '{gid}'")
    assert all(field.startswith("custom_fields.") for field in alone.fields[0].split(","))


def test_parents_are_asked_for_with_their_light_fields(alone, cold):
    alone.sends(cold, "SELECT gid FROM tasks")
    workspaces, projects, *_ = alone.fields
    assert workspaces == LIGHT_WORKSPACE
    asked = set(projects.split(","))
    assert {"name", "archived", "team.name", "modified_at"} <= asked
    heavy = {field for column in CATALOG["projects"].columns if column.heavy for field in column.fields}
    assert not asked & heavy


# The bound.


def test_a_statement_stops_at_its_bound_and_says_what_it_was_about_to_do(asana):
    bounded = asana.open(max_requests=3)
    gid = asana.notable["biggest"]
    with pytest.raises(asanaql.QueryError, match=rf"sent 3 requests.*about to send GET /tasks\?.*project={gid}"):
        asana.sends(bounded, f"SELECT name FROM tasks WHERE project_gid = '{gid}'")
    assert len(asana.sent()) == 3
    sent, _ = asana.sends(bounded, f"SELECT name FROM tasks WHERE project_gid = '{asana.notable['hundred']}'")
    assert len(sent) == 1
