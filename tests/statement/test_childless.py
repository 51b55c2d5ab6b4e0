"""Which rows of a giver have nothing in the receiver, and how that is written in SQL."""

from __future__ import annotations

import duckdb
import pytest

from asanaql.catalog import CATALOG
from asanaql.statement.childless import conditions, written


def of(receiver: str, column: str, giver: str, given: str = "gid") -> list[str]:
    return written(conditions(CATALOG, CATALOG[receiver], column, CATALOG[giver], given))


@pytest.mark.parametrize(
    ("receiver", "column", "condition"),
    [
        ("subtasks", "parent_gid", '"num_subtasks" > 0'),
        ("task_tags", "task_gid", 'len("tags") > 0'),
        ("task_projects", "task_gid", 'len("projects") > 0'),
        ("task_dependencies", "task_gid", 'len("dependencies") > 0'),
        ("task_dependents", "task_gid", 'len("dependents") > 0'),
    ],
)
@pytest.mark.parametrize("giver", ["tasks", "user_tasks", "tag_tasks", "subtasks"])
def test_every_relation_of_tasks_says_which_of_them_can_have_some(
    receiver: str, column: str, condition: str, giver: str
) -> None:
    assert of(receiver, column, giver) == [condition]


def test_what_is_no_task_says_nothing_of_what_tasks_have() -> None:
    assert of("task_tags", "task_gid", "projects") == []
    assert of("task_tags", "task_gid", "tasks", "project_gid") == []


def test_a_parent_that_needs_no_condition_has_none() -> None:
    assert of("stories", "task_gid", "tasks") == []


def test_a_list_that_is_empty_or_null_has_nothing_in_sql() -> None:
    [condition] = of("task_tags", "task_gid", "tasks")
    with duckdb.connect() as duck:
        lists = "(VALUES ([{'gid': '1'}]), ([]), (NULL)) t(tags)"
        assert duck.sql(f"SELECT tags FROM {lists} WHERE {condition}").fetchall() == [([{"gid": "1"}],)]
