"""Subtasks of subtasks: below one task with their depth, and below all tasks in projects."""

from __future__ import annotations

from collections import Counter

import pytest

import asanaql

RECURSIVE = """
WITH RECURSIVE below(gid, depth) AS (
    SELECT gid, 1 FROM pairs WHERE parent_gid = '{root}'
    UNION ALL SELECT p.gid, b.depth + 1 FROM pairs p JOIN below b ON p.parent_gid = b.gid
)
SELECT gid, depth FROM below ORDER BY ALL
"""


def below(world, task, depth=1):
    """The subtasks of a task on all levels, each with its parent and depth."""
    for child in world.under("task.subtasks", task):
        yield task["gid"], child["gid"], depth
        yield from below(world, child, depth + 1)


def tree(world):
    """The task in a project with the most levels below it."""
    roots = [task for task in world.tasks if task["projects"] and world.under("task.subtasks", task)]
    return max(roots, key=lambda task: (max(depth for _, _, depth in below(world, task)), task["gid"]))


def asked(sent):
    return Counter(path.split("/")[2] for path, _ in sent if path.endswith("/subtasks"))


def test_all_levels_below_a_task_have_their_depth(alone, cold):
    root = tree(alone.world)
    expected = sorted(below(alone.world, root))
    assert max(depth for _, _, depth in expected) == 3
    query = f"SELECT parent_gid, gid, depth FROM asana_subtasks(root_gid := '{root['gid']}')"
    sent, rows = alone.sends(cold, query)
    assert sorted(rows) == expected
    having = {root["gid"], *(parent for parent, _, _ in expected)}
    assert asked(sent) == dict.fromkeys(having, 1)
    assert len(sent) == len(having)


def test_one_level_below_a_task_is_one_request(alone, cold):
    root = tree(alone.world)
    sent, rows = alone.sends(cold, f"SELECT gid, depth FROM subtasks WHERE parent_gid = '{root['gid']}'")
    assert sorted(rows) == sorted((child["gid"], 1) for child in alone.world.under("task.subtasks", root))
    assert sent == [(f"/tasks/{root['gid']}/subtasks", {})]


def test_the_whole_relation_holds_subtasks_of_every_level_once(alone, cold):
    world = alone.world
    in_projects = [task for task in world.tasks if task["projects"]]
    expected = {pair[:2] for task in in_projects for pair in below(world, task)}
    sent, rows = alone.sends(cold, "SELECT parent_gid, gid, depth FROM subtasks")
    assert sorted(rows) == sorted((*pair, 1) for pair in expected)
    assert any(world.find("task", parent)["parent"] for parent, _ in expected)
    assert asked(sent) == dict.fromkeys({parent for parent, _ in expected}, 1)
    assert cold.sql("SELECT gid FROM subtasks").fetchall() and len(rows) == len(expected)


def test_the_recursive_form_is_what_a_recursive_statement_finds(alone, cold):
    root = tree(alone.world)["gid"]
    cold.sql("CREATE TEMP TABLE pairs AS SELECT parent_gid, gid FROM subtasks")
    found = cold.sql(f"SELECT gid, depth FROM asana_subtasks(root_gid := '{root}') ORDER BY ALL").fetchall()
    assert found == cold.sql(RECURSIVE.format(root=root)).fetchall()


def test_a_subtask_that_may_not_be_read_is_skipped_and_said(world, asana_of):
    own = asana_of(world)
    root = tree(world)
    lower = next(child for child in world.under("task.subtasks", root) if world.under("task.subtasks", child))
    own.service.forbidden.add(lower["gid"])
    result = own.open(cache=False).sql(f"SELECT gid FROM asana_subtasks(root_gid := '{root['gid']}')")
    lost = {gid for _, gid, _ in below(world, lower)}
    assert {gid for (gid,) in result.fetchall()} == {gid for _, gid, _ in below(world, root)} - lost
    [warning] = result.warnings
    assert warning.startswith(f"subtasks: skipped root_gid {lower['gid']}")


def test_a_root_that_is_unknown_is_an_error(cold):
    with pytest.raises(asanaql.ApiError, match="404 to GET /tasks/1/subtasks"):
        cold.sql("SELECT gid FROM asana_subtasks(root_gid := '1')").fetchall()


def test_the_depth_narrows_the_rows_and_not_the_reading(alone, cold):
    root = tree(alone.world)
    query = f"SELECT gid FROM asana_subtasks(root_gid := '{root['gid']}') WHERE depth = 3"
    rows = cold.sql(query).fetchall()
    assert sorted(rows) == sorted((gid,) for _, gid, depth in below(alone.world, root) if depth == 3)
