from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from asanaql.api import Page, Request
from asanaql.catalog import CATALOG
from asanaql.catalog.model import Counts
from asanaql.demo import World
from asanaql.errors import ApiError
from asanaql.scan.counted import counted, counting

Equal = Callable[..., Any]

TASKS = CATALOG["tasks"]
COUNTS = Counts("num_all", "completed", {True: "num_done", False: "num_open"})
ASKED = Request("/projects/7/task_counts")
BOTH = {"num_done": {"completed": True}, "num_open": {"completed": False}}


def told(columns: str, **context: Any) -> dict[str, Any]:
    return dict(counting(COUNTS, [TASKS.column(name) for name in columns.split()], context))


def test_only_the_fields_that_the_columns_need_are_asked_for() -> None:
    assert told("") == told("project_gid", project_gid="7") == {"num_all": {}}
    assert told("project_gid completed", project_gid="7") == BOTH
    assert told("completed", completed=True) == {"num_done": {}}
    assert told("completed", completed=False) == told("", completed=False) == {"num_open": {}}


def test_there_are_as_many_rows_as_the_fields_say_each_with_what_its_field_counts() -> None:
    numbers = {"num_done": 2, "num_open": 3}
    rows = counted(Page(numbers, None, 10), BOTH, ASKED)
    assert rows == [{"completed": True}] * 2 + [{"completed": False}] * 3
    assert counted(Page({"num_all": 0}, None, 10), {"num_all": {}}, ASKED) == []


@pytest.mark.parametrize("content", [{}, [], {"num_done": 2}, {"num_done": 2, "num_open": None}, [{"num_open": 1}]])
def test_a_number_that_is_missing_is_an_error_and_never_none(content: Any) -> None:
    with pytest.raises(ApiError) as caught:
        counted(Page(content, None, 10), BOTH, ASKED)
    assert (caught.value.status, caught.value.path) == (200, "/projects/7/task_counts")
    assert "the answer does not say num_" in caught.value.said
    assert str(caught.value).endswith("With count(gid) in place of count(*), rows are listed instead of counted.")


def counts_of(gid: str) -> str:
    return f"/projects/{gid}/task_counts"


def test_every_project_is_counted_as_it_is_listed(bench: Any, world: World) -> None:
    made = bench.scan("tasks", ["project_gid", "project_name", "completed"])
    seen = sorted(tuple(row.values()) for row in made.rows)
    assert seen == sorted(
        (project["gid"], project["name"], task["completed"])
        for project in world.projects
        for task in world.tasks_in(project["gid"])
    )
    assert (made.error, made.warnings) == (None, [])
    assert sorted(bench.wire.paths[2:]) == sorted(counts_of(project["gid"]) for project in world.projects)
    listed = bench.scan("tasks", ["gid", "project_gid", "project_name", "completed"])
    assert sorted(tuple(row.values())[1:] for row in listed.rows) == seen


@pytest.mark.parametrize("status", [403, 404])
def test_in_a_fan_out_a_project_that_may_not_be_counted_is_skipped_and_named(
    bench: Any, world: World, refusal: Callable[..., httpx.Response], status: int
) -> None:
    gid = world.notable["every_custom_field"]
    bench.wire.reply = lambda request: refusal(status, "Not for you.") if gid in request.url.path else None
    made = bench.scan("tasks", ["project_gid"])
    others = sum(len(world.tasks_in(project["gid"])) for project in world.projects if project["gid"] != gid)
    assert (made.error, len(made.rows)) == (None, others)
    [warning] = made.warnings
    assert warning.startswith(f"tasks: skipped project_gid {gid} (Website relaunch): Asana answered {status} to GET ")
    assert warning.endswith("Not for you.")


@pytest.mark.parametrize("status", [403, 404])
def test_a_project_that_the_person_wrote_and_may_not_count_is_an_error(
    bench: Any, world: World, equal: Equal, refusal: Callable[..., httpx.Response], status: int
) -> None:
    bench.wire.reply = lambda request: refusal(status, "Not for you.")
    made = bench.scan("tasks", ["completed"], equal("project_gid", world.notable["single"]))
    assert isinstance(made.error, ApiError)
    assert (made.error.status, made.error.said, made.rows) == (status, "Not for you.", [])


@pytest.mark.parametrize("numbers", [{}, {"num_tasks": None}])
def test_an_answer_without_its_number_fails_the_scan_in_a_fan_out_too(
    bench: Any, world: World, numbers: dict[str, Any]
) -> None:
    lacking = counts_of(world.notable["hundred"])
    bench.wire.reply = lambda request: (
        httpx.Response(200, json={"data": numbers}) if request.url.path.endswith(lacking) else None
    )
    made = bench.scan("tasks", ["project_gid"])
    assert isinstance(made.error, ApiError)
    assert made.error.path == lacking
    assert made.error.said == "the answer does not say num_tasks."


def test_counting_says_nothing_about_the_size_of_listings(bench: Any, world: World, equal: Equal) -> None:
    pages = {path.name: bench.account.sizes.pages(TASKS, path) for path in TASKS.paths}
    bench.scan("tasks", ["completed"], equal("project_gid", world.notable["biggest"]))
    bench.scan("tasks", ["completed"])
    assert pages == {path.name: bench.account.sizes.pages(TASKS, path) for path in TASKS.paths}


def test_once_listings_are_known_to_take_one_request_they_are_read_again(
    bench: Any, world: World, equal: Equal
) -> None:
    key = equal("project_gid", world.notable["single"])
    bench.scan("tasks", ["completed"], key)
    bench.scan("tasks", ["gid"], key)
    bench.scan("tasks", ["completed"], key)
    assert bench.wire.paths == [counts_of(world.notable["single"]), "/tasks", "/tasks"]
