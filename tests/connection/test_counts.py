"""Counting tasks: one request for each project where nothing else is read, and the same numbers as by listing them."""

from __future__ import annotations

import datetime as dt

import pytest

from asanaql.demo import build


def counts_of(gid):
    return f"/projects/{gid}/task_counts", {}


def numbers(tasks):
    """How many tasks there are, and how many of them are completed."""
    return len(tasks), sum(task["completed"] for task in tasks)


@pytest.fixture(scope="module")
def truth(alone):
    """The tasks of each project by its gid."""
    return {project["gid"]: alone.world.tasks_in(project["gid"]) for project in alone.world.projects}


@pytest.fixture(scope="module")
def unpushed(alone):
    return alone.open(cache=False, push=False)


# Every project.


def test_a_count_of_all_tasks_takes_workspaces_projects_and_one_request_for_each_project(alone, cold, truth):
    sent, rows = alone.sends(cold, "SELECT count(*) FROM tasks")
    assert rows == [(sum(map(len, truth.values())),)]
    assert sent[:2] == [("/workspaces", {}), alone.listing_of_projects]
    assert sorted(sent[2:]) == sorted(map(counts_of, truth))
    assert alone.fields[2:] == ["num_tasks"] * len(truth)


def test_kept_projects_leave_one_request_for_each(asana, connection):
    asana.sends(connection, "SELECT count(*) FROM tasks")
    sent, _ = asana.sends(connection, "SELECT project_name, count(*) FROM tasks GROUP BY ALL")
    assert sorted(sent) == sorted(counts_of(project["gid"]) for project in asana.world.projects)


GROUPED = [
    "project_gid",
    "project_name",
    "project_gid, project_name, workspace_gid, workspace_name, resource_type",
]


@pytest.mark.parametrize("columns", GROUPED)
def test_groups_by_what_is_known_of_a_project_are_counted(alone, cold, columns):
    counted, rows = alone.sends(cold, f"SELECT {columns}, count(*) FROM tasks GROUP BY ALL ORDER BY ALL")
    listed, same = alone.sends(cold, f"SELECT {columns}, count(gid) FROM tasks GROUP BY ALL ORDER BY ALL")
    assert rows == same
    assert len(counted) == 2 + len(alone.world.projects) < len(listed)


def test_a_count_with_a_filter_asks_for_both_kinds(alone, cold, truth):
    query = "SELECT project_gid, count(*), count(*) FILTER (WHERE completed) FROM tasks GROUP BY ALL"
    sent, rows = alone.sends(cold, query)
    assert sorted(rows) == sorted((gid, *numbers(tasks)) for gid, tasks in truth.items() if tasks)
    assert len(sent) == 2 + len(truth)
    assert set(alone.fields[2:]) == {"num_completed_tasks,num_incomplete_tasks"}


def test_the_function_s_arguments_narrow_which_projects_are_counted(alone, cold, truth):
    archived = [project["gid"] for project in alone.world.projects if project["archived"]]
    sent, rows = alone.sends(cold, "SELECT count(*) FROM asana_tasks(project_archived := TRUE)")
    assert rows == [(sum(len(truth[gid]) for gid in archived),)]
    assert sorted(sent[2:]) == sorted(map(counts_of, archived))


def test_a_join_counts_the_projects_that_it_keeps(alone, cold, truth):
    named = [project["gid"] for project in alone.world.projects if "a" in project["name"].casefold()]
    assert 0 < len(named) < len(truth)
    query = "SELECT count(*) FROM tasks t JOIN projects p ON p.gid = t.project_gid WHERE p.name ILIKE '%a%'"
    sent, rows = alone.sends(cold, query)
    assert rows == [(sum(len(truth[gid]) for gid in named),)]
    assert sorted(sent[2:]) == sorted(map(counts_of, named))


def test_a_project_that_may_not_be_counted_is_skipped_with_a_warning(asana, connection):
    gid = asana.notable["private"]
    asana.service.forbidden.add(gid)
    result = connection.sql("SELECT count(*) FROM tasks")
    others = [project["gid"] for project in asana.world.projects if project["gid"] != gid]
    assert result.fetchall() == [(sum(len(asana.world.tasks_in(other)) for other in others),)]
    [warning] = result.warnings
    assert warning.startswith(f"tasks: skipped project_gid {gid} ")


# One project.


@pytest.mark.parametrize(
    ("condition", "field"),
    [
        ("", "num_tasks"),
        ("AND completed = FALSE", "num_incomplete_tasks"),
        ("AND completed = TRUE", "num_completed_tasks"),
        ("AND NOT completed", "num_incomplete_tasks"),
        ("AND completed", "num_completed_tasks"),
        ("AND completed IS NOT TRUE", "num_incomplete_tasks"),
        ("AND completed IN (TRUE, FALSE)", "num_completed_tasks,num_incomplete_tasks"),
    ],
)
@pytest.mark.parametrize("push", [True, False])
def test_a_project_is_counted_in_one_request_for_the_field_that_tells(
    alone, cold, unpushed, truth, condition, field, push
):
    gid = alone.notable["biggest"]
    query = f"SELECT count(*) FROM tasks WHERE project_gid = '{gid}' {condition}"
    sent, rows = alone.sends(cold if push else unpushed, query)
    total, done = numbers(truth[gid])
    wanted = {"num_incomplete_tasks": total - done, "num_completed_tasks": done}
    assert rows == [(wanted.get(field, total),)]
    if push:
        assert (sent, alone.fields) == ([counts_of(gid)], [field])


@pytest.mark.parametrize("column", ["gid", "name", "section_gid", "due_on"])
def test_a_count_of_a_column_lists_the_tasks(alone, cold, truth, column):
    gid = alone.notable["hundred"]
    sent, [(found,)] = alone.sends(cold, f"SELECT count({column}) FROM tasks WHERE project_gid = '{gid}'")
    assert sent == [("/tasks", {"project": gid})]
    assert found <= len(truth[gid]) if column == "due_on" else found == len(truth[gid])


def test_a_count_by_what_no_count_tells_lists_the_tasks(alone, cold, truth):
    gid = alone.notable["biggest"]
    query = f"SELECT count(*) FROM tasks WHERE project_gid = '{gid}' AND due_on IS NULL"
    sent, rows = alone.sends(cold, query)
    assert rows == [(sum(task["due_on"] is None for task in truth[gid]),)]
    assert {path for path, _ in sent} == {"/tasks"}


def test_the_rows_themselves_are_given_where_nothing_else_is_read(alone, cold, truth):
    gid = alone.notable["biggest"]
    query = f"SELECT project_name, completed FROM tasks WHERE project_gid = '{gid}'"
    sent, rows = alone.sends(cold, query)
    name = alone.project("biggest")["name"]
    assert sorted(rows) == sorted((name, task["completed"]) for task in truth[gid])
    assert sent == [(f"/projects/{gid}", {}), counts_of(gid)]


# Sizes.


def projects_of(sizes):
    """A workspace whose first projects have just so many tasks."""
    world = build(now=dt.datetime(2026, 3, 2, tzinfo=dt.UTC), seed=8)
    long = max((world.tasks_in(project["gid"]) for project in world.projects), key=len)
    kept = world.projects[: len(sizes)]
    world.arrange("workspace.projects", world.workspace, kept)
    for project, size in zip(kept, sizes, strict=True):
        world.arrange("project.tasks", project, long[:size])
    return world, kept


def test_projects_of_any_size_are_counted_as_they_are_listed(asana_of):
    sizes = (0, 1, 100, 101)
    world, kept = projects_of(sizes)
    small = asana_of(world)
    query = "SELECT p.gid, count(t.completed) FROM projects p LEFT JOIN tasks t ON t.project_gid = p.gid GROUP BY ALL"
    sent, rows = small.sends(small.open(cache=False), query)
    assert sorted(rows) == sorted((project["gid"], size) for project, size in zip(kept, sizes, strict=True))
    assert sorted(sent[2:]) == sorted(counts_of(project["gid"]) for project in kept)
    for statement in (
        "SELECT project_gid, completed, count(*) FROM tasks GROUP BY ALL ORDER BY ALL",
        "SELECT project_gid, count(*) FROM tasks WHERE NOT completed GROUP BY ALL ORDER BY ALL",
    ):
        counted = small.sends(small.open(cache=False), statement)[1]
        assert counted == small.sends(small.open(cache=False, push=False), statement)[1]
        assert counted == small.sends(small.open(cache=False), statement.replace("count(*)", "count(gid)"))[1]
