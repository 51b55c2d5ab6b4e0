"""Exactly which requests lead from one object to others: from tasks to what they have, from goals to those above."""

from __future__ import annotations

from collections import Counter

import pytest

import asanaql
from tests.few import few

#: What each relation asks a task for, the list of a task that says whether there is any, and the rows' other key.
BRIDGES = {
    "task_projects": ("projects", "projects", "project_gid"),
    "task_tags": ("tags", "tags", "tag_gid"),
    "task_dependencies": ("dependencies", "dependencies", "gid"),
    "task_dependents": ("dependents", "dependents", "gid"),
}
ONLY_IN_PROJECTS = "{0}: Asana cannot list all tasks: these are the {1} of tasks in projects. "

bridges = pytest.mark.parametrize("relation", BRIDGES)


def addressed(sent):
    """How often each address was asked, pages of tasks left out."""
    return Counter(path for path, _ in sent if path.count("/") == 3)


def having(tasks, field):
    """The tasks whose list of this name is not empty, each once."""
    return list({task["gid"]: task for task in tasks if task[field]}.values())


def pairs(relation, tasks):
    """The two keys of every row."""
    _, field, _ = BRIDGES[relation]
    return sorted((task["gid"], other["gid"]) for task in tasks for other in task[field])


@pytest.fixture(scope="module")
def small(small_world, asana_of):
    return asana_of(small_world)


# Whole.


@bridges
def test_a_whole_scan_asks_only_the_tasks_that_have_any_and_says_which_it_cannot_see(small, relation):
    what, field, key = BRIDGES[relation]
    world = small.world
    listed = [
        task
        for project in world.under("workspace.projects", world.workspace)
        for task in world.tasks_in(project["gid"])
    ]
    result = small.open(cache=False, catalog=few(relation)).sql(f"SELECT task_gid, {key} FROM {relation}")
    small.service.log.clear()
    rows, sent = result.fetchall(), small.sent()
    asked = having(listed, field)
    assert addressed(sent) == Counter(f"/tasks/{task['gid']}/{what}" for task in asked)
    assert len(sent) == 2 + 4 + len(asked)
    assert 0 < len(asked) < len({task["gid"] for task in listed}) or field == "projects"
    assert sorted(rows) == pairs(relation, asked)
    [warning] = result.warnings
    assert warning.startswith(ONLY_IN_PROJECTS.format(relation, what))
    assert warning.endswith("need task_gid in the statement.")


# By key.


@bridges
def test_a_task_that_is_named_is_asked_alone_though_it_has_none(alone, cold, relation):
    what, field, key = BRIDGES[relation]
    for task in (having(alone.world.tasks, field)[0], next(task for task in alone.world.tasks if not task[field])):
        result = cold.sql(f"SELECT task_gid, {key} FROM {relation} WHERE task_gid = '{task['gid']}'")
        alone.service.log.clear()
        assert sorted(result.fetchall()) == pairs(relation, [task])
        assert (alone.sent(), result.warnings) == ([(f"/tasks/{task['gid']}/{what}", {})], [])


@bridges
def test_every_column_of_a_task_that_is_named_comes_with_the_same_request(alone, cold, relation):
    what, field, _ = BRIDGES[relation]
    task = having(alone.world.tasks, field)[0]
    sent, rows = alone.sends(cold, f"SELECT * FROM {relation} WHERE task_gid = '{task['gid']}'")
    assert sent == [(f"/tasks/{task['gid']}/{what}", {})]
    assert len(rows) == len(task[field])


@bridges
def test_keys_are_carried_from_tasks_and_only_from_those_that_have_any(asana, relation):
    what, field, key = BRIDGES[relation]
    tasks = asana.world.tasks_in(asana.notable["biggest"])
    query = (
        f"SELECT b.task_gid, b.{key} FROM tasks AS t JOIN {relation} AS b ON b.task_gid = t.gid "
        f"WHERE t.project_gid = '{asana.notable['biggest']}' AND t.completed"
    )
    sent, rows = asana.sends(asana.open(cache=False, catalog=few(*BRIDGES)), query)
    done = [task for task in tasks if task["completed"]]
    asked = having(done, field)
    assert addressed(sent) == Counter(f"/tasks/{task['gid']}/{what}" for task in asked)
    assert sorted(rows) == pairs(relation, done) != []


def test_the_tasks_of_a_user_lead_to_their_projects_and_those_in_none_are_not_asked(asana):
    user = asana.world.users[6]
    tasks = asana.world.under("user.tasks", user)
    query = (
        "SELECT p.task_gid, p.project_gid FROM task_projects AS p "
        f"WHERE p.task_gid IN (SELECT gid FROM user_tasks WHERE assignee_gid = '{user['gid']}')"
    )
    sent, rows = asana.sends(asana.open(cache=False, catalog=few(*BRIDGES, "user_tasks")), query)
    in_some = having(tasks, "projects")
    assert 0 < len(in_some) < len(tasks)
    assert addressed(sent) == Counter(f"/tasks/{task['gid']}/projects" for task in in_some)
    assert sorted(rows) == pairs("task_projects", tasks)


@bridges
def test_with_and_without_planning_and_pushing_the_rows_are_the_same(small, relation):
    key = BRIDGES[relation][2]
    query = (
        f"SELECT b.task_gid, b.{key}, b.name FROM tasks AS t JOIN {relation} AS b ON b.task_gid = t.gid "
        "WHERE t.name > 'M' ORDER BY ALL"
    )
    planned = small.open(cache=False).sql(query).fetchall()
    assert planned == small.open(cache=False, plan=False).sql(query).fetchall()
    assert planned == small.open(cache=False, push=False).sql(query).fetchall() != []


# Goals.


def test_the_goals_above_all_goals_take_a_request_for_each(alone, cold):
    world, goals = alone.world, alone.world.all("goal")
    sent, rows = alone.sends(cold, "SELECT goal_gid, gid, name FROM goal_parents")
    assert sent[:2] == [("/workspaces", {}), ("/goals", {"workspace": world.workspace["gid"]})]
    assert sorted(sent[2:]) == sorted((f"/goals/{goal['gid']}/parentGoals", {}) for goal in goals)
    expected = [
        (goal["gid"], each["gid"], each["name"]) for goal in goals for each in world.under("supporter.goals", goal)
    ]
    assert sorted(rows) == sorted(expected) != []
    assert len({goal for goal, *_ in rows}) < len(goals)


def test_the_goals_above_a_named_one_take_one_request_for_all_columns(alone, cold):
    goal = next(goal for goal in alone.world.all("goal") if alone.world.under("supporter.goals", goal))
    sent, rows = alone.sends(cold, f"SELECT * FROM goal_parents WHERE goal_gid = '{goal['gid']}'")
    assert sent == [(f"/goals/{goal['gid']}/parentGoals", {})]
    assert len(rows) == 1


# By a custom id.


def test_a_task_is_found_by_its_custom_id(alone, cold):
    custom_id, task = list(alone.world.custom_ids.items())[3]
    workspace = alone.world.workspace["gid"]
    columns = "gid, name, custom_id, workspace_gid, assignee_gid, len(memberships), len(custom_fields), notes"
    sent, rows = alone.sends(cold, f"SELECT {columns} FROM custom_id_tasks WHERE custom_id = '{custom_id}'")
    assert sent == [("/workspaces", {}), (f"/workspaces/{workspace}/tasks/custom_id/{custom_id}", {})]
    assert alone.fields == ["email_domains,is_organization,name", ""]
    assignee = task["assignee"] and task["assignee"]["gid"]
    sizes = len(task["memberships"]), len(task["custom_fields"])
    assert rows == [(task["gid"], task["name"], custom_id, workspace, assignee, *sizes, task["notes"])]


def test_several_custom_ids_are_asked_for_side_by_side(alone, cold):
    wanted = list(alone.world.custom_ids)[:3]
    sent, rows = alone.sends(cold, f"SELECT custom_id FROM custom_id_tasks WHERE custom_id IN {tuple(wanted)}")
    assert len(sent) == 1 + 3
    assert sorted(rows) == sorted((custom_id,) for custom_id in wanted)


def test_a_custom_id_that_nothing_has_is_an_error_that_quotes_asana(cold):
    with pytest.raises(
        asanaql.ApiError, match=r"404 to GET /workspaces/\d+/tasks/custom_id/OKA-0: custom_id: Not a rec"
    ):
        cold.sql("SELECT name FROM custom_id_tasks WHERE custom_id = 'OKA-0'").fetchall()
