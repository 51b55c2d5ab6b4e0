"""The relations search_tasks and search_projects: every row once, whatever happens, at the pace of searches."""

from __future__ import annotations

import datetime as dt

import pytest

from asanaql.demo import DemoTransport, Service, build

from .asanas import NOW, SIZE, SORTED, Busy, Including, searches, stamp, world_of_a_large_project


@pytest.fixture(scope="module")
def large(asana_of):
    return asana_of(world_of_a_large_project())


@pytest.mark.parametrize("kind", [Service, Including])
def test_a_project_of_1150_tasks_is_found_whole_and_each_task_once(large, kind):
    large.service = kind(large.world)
    connection = large.open(cache=False)
    project = large.world.notable["large"]
    sent, rows = large.sends(connection, f"SELECT gid FROM asana_search_tasks(project_gid := '{project}')")
    assert len(rows) == SIZE
    assert {gid for (gid,) in rows} == {task["gid"] for task in large.world.tasks_in(project)}
    assert sent[0] == ("/workspaces", {})
    asked = searches(large)
    # Four pages reach into the 150 tasks of one moment, two read these by when they changed, and nine what was created
    # after them, each page repeating a row of the one before. Where a bound includes its moment, one page tells so.
    assert len(asked) == 4 + 2 + 9 + (kind is Including)
    assert all(params["projects.any"] == project for params in asked)
    assert [params["sort_by"] for params in asked].count("modified_at") == 2
    assert all(params["sort_ascending"] == "true" for params in asked)


@pytest.mark.parametrize("including", [False, True], ids=["excluding", "including"])
def test_tasks_that_are_edited_and_deleted_meanwhile_cost_no_other_and_come_once(asana_of, including):
    world = world_of_a_large_project()
    project = world.notable["large"]
    asana = asana_of(world)
    asana.service = Busy(world, including=including)
    before = {task["gid"] for task in world.tasks_in(project)}
    rows = asana.open(cache=False).sql(f"SELECT gid FROM asana_search_tasks(project_gid := '{project}')").fetchall()
    found = [gid for (gid,) in rows]
    assert len(asana.service.deleted) > 10
    assert len(found) == len(set(found))
    assert before - asana.service.deleted <= set(found) <= before


def test_a_project_that_is_searched_has_the_tasks_that_it_lists(asana, connection):
    project = asana.notable["biggest"]
    columns = "gid, name, completed, assignee_name, due_on, created_at, modified_at"
    listed = connection.sql(f"SELECT {columns} FROM tasks WHERE project_gid = '{project}' ORDER BY gid").fetchall()
    found = connection.sql(f"SELECT {columns} FROM asana_search_tasks(project_gid := '{project}') ORDER BY gid")
    assert found.fetchall() == listed


def test_more_tasks_alike_than_can_be_told_apart_are_a_warning(asana_of):
    world = world_of_a_large_project()
    moment = stamp(NOW - dt.timedelta(days=99))
    for task in world.tasks[:700]:
        task.update(created_at=moment, modified_at=moment, completed=False, parent=None)
    asana = asana_of(world)
    result = asana.open(cache=False).sql("SELECT gid FROM search_tasks")
    assert len(result.fetchall()) < len(world.tasks)
    assert result.warnings
    for said in result.warnings:
        assert said.startswith("search_tasks: 100 rows or more cannot be told apart, those with created_at = ")
        assert "is_subtask = false" in said


def test_two_moments_of_150_projects_are_told_apart_as_far_as_asana_can(asana_of):
    world = build(now=NOW, seed=11)
    template = world.projects[0]
    for place in range(400):
        made = {**template, "gid": str(70_000_000 + place), "completed": place % 3 == 0}
        made["created_at"] = stamp(NOW - dt.timedelta(days=place // 150))
        world.add(made)
    asana = asana_of(world)
    result = asana.open(cache=False).sql("SELECT count(*), count(DISTINCT gid) FROM search_projects")
    [(rows, distinct)] = result.fetchall()
    # A hundred of each 150 are not complete, and nothing else tells them apart.
    assert rows == distinct <= len(world.projects)
    assert len(result.warnings) == 2


# What is sent.


def test_a_relation_that_is_searched_asks_each_workspace_and_always_for_the_moment_of_creation(alone, cold):
    workspace = alone.world.workspace["gid"]
    sent, rows = alone.sends(cold, "SELECT name FROM search_projects")
    assert sent == [("/workspaces", {}), (f"/workspaces/{workspace}/projects/search", SORTED)]
    assert sorted(rows) == sorted((project["name"],) for project in alone.world.projects)
    assert alone.fields[1] == "created_at,name"
    sent, _ = alone.sends(cold, f"SELECT name FROM search_projects WHERE workspace_gid = '{workspace}'")
    assert sent == [(f"/workspaces/{workspace}/projects/search", SORTED)]


def test_a_limit_that_the_first_page_satisfies_costs_that_page(alone, cold):
    sent, rows = alone.sends(cold, "SELECT name FROM search_tasks LIMIT 20")
    assert (len(sent), len(rows)) == (2, 20)


def test_tasks_are_never_searched_for_unasked(alone, cold):
    for query in (
        "SELECT name FROM tasks WHERE completed = FALSE AND due_on < '2026-02-01' LIMIT 3",
        f"SELECT name FROM user_tasks WHERE assignee_gid = '{alone.world.me['gid']}' AND due_on < '2026-02-01'",
    ):
        sent, _ = alone.sends(cold, query)
        assert not [path for path, _ in sent if "search" in path]


# At the pace that Asana allows.


class Timed(Service):
    """Notes when it is searched, by the connection's clock."""

    clock = None
    times = ()

    def answer(self, method, path, params, headers):
        if path.endswith("/search"):
            self.times = [*self.times, self.clock()]
        return super().answer(method, path, params, headers)


def test_a_minute_holds_sixty_searches_and_the_burst_of_a_tenth(asana_of):
    asana = asana_of(world_of_a_large_project())
    service = Timed(asana.world)
    connection = asana.open(cache=False, transport=DemoTransport(service))
    service.clock = connection._clock
    for _ in range(4):
        connection.sql("SELECT count(*) FROM search_tasks").fetchall()
        for _ in range(20):
            connection.sql("SELECT count(*) FROM search_projects").fetchall()
    assert len(service.times) > 150
    assert max(sum(0 <= time - start < 60 for time in service.times) for start in service.times) <= 66
    # No faster, and no slower: the first six at once, then one a second.
    assert service.times[-1] - service.times[0] == pytest.approx(len(service.times) - 6)
