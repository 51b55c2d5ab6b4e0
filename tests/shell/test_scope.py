"""Which relations a statement reads, as far as it is typed."""

from __future__ import annotations

import pytest

from asanaql.shell.scope import called, scope_of, wants_table


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("SELECT", {}),
        ("SELECT * FROM tasks", {"tasks": "tasks"}),
        ("SELECT * FROM Tasks AS T", {"t": "tasks"}),
        ("select t. from tasks t where", {"t": "tasks"}),
        ("SELECT * FROM asana.tasks x", {"x": "tasks"}),
        ("FROM tasks, projects p LIMIT 5", {"tasks": "tasks", "p": "projects"}),
        ("FROM tasks t JOIN projects p ON t.project_gid = p.gid", {"t": "tasks", "p": "projects"}),
        ("FROM tasks LEFT JOIN users u USING (gid)", {"tasks": "tasks", "u": "users"}),
        ("FROM asana_tasks(project_gid := '1') t", {"t": "tasks"}),
        ("FROM asana_tasks(modified_since := now())", {"asana_tasks": "tasks"}),
        ("FROM asana_tables", {"asana_tables": "asana_tables"}),
        ("FROM asana_project('Launch plan') p", {"p": "tasks"}),
        ("FROM asana_portfolio('Company bets') p", {"p": "portfolio_items"}),
        ("SELECT (SELECT max(x) FROM tags g) FROM tasks t", {"g": "tags", "t": "tasks"}),
        ("SELECT gid, tags FROM tasks", {"tasks": "tasks"}),
        ("FROM tasks WHERE gid IN ('a', 'b') ORDER BY a, b", {"tasks": "tasks"}),
        ("FROM tasks -- FROM users\n", {"tasks": "tasks"}),
        ("SELECT 'FROM users' FROM tasks", {"tasks": "tasks"}),
    ],
)
def test_names_and_what_they_stand_for(statement, names):
    assert scope_of(statement) == names


@pytest.mark.parametrize(
    "before", ["FROM ", "SELECT * FROM ", "FROM tasks, ", "FROM tasks t JOIN ", "FROM asana.", "DESCRIBE "]
)
def test_a_relation_comes_next(before):
    assert wants_table(before)


@pytest.mark.parametrize(
    "before", ["", "SELECT ", "FROM tasks ", "SELECT gid, ", "FROM tasks WHERE ", "FROM (", "FROM tasks ORDER BY gid, "]
)
def test_no_relation_comes_next(before):
    assert not wants_table(before)


@pytest.mark.parametrize(
    ("before", "relation"),
    [
        ("FROM asana_tasks(", "tasks"),
        ("FROM asana_tasks(project_gid := '1', ", "tasks"),
        ("FROM asana_tasks(modified_since := coalesce(a, b), ", "tasks"),
        ("FROM asana_tasks(modified_since := coalesce(", ""),
        ("FROM asana_tasks(project_gid := ", ""),
        ("FROM asana_tasks(project_gid := '1') WHERE gid IN (", ""),
        ("SELECT count(", ""),
        ("", ""),
    ],
)
def test_the_function_whose_arguments_are_typed(before, relation):
    assert called(before) == relation
