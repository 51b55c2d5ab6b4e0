"""Runs that keep only some of the relations leave to others what these have to read."""

from __future__ import annotations

import pytest

from asanaql.demo.changes import Changes
from asanaql.demo.changes.places import enter
from asanaql.demo.changes.scene import Scene
from asanaql.sync import following, tasks
from tests.sync.incremental.conftest import FOLLOWED, OF_TASKS, Kept, untold


def test_what_a_run_does_not_keep_is_read_by_the_next_that_does(kept: Kept) -> None:
    changes = Changes(kept.world, 60)
    for tables in (["tasks"], ["subtasks"], ["tasks", "stories"]):
        changes.apply(50)
        kept.sync(tables=tables)
        assert kept.differences(tables) == {}
    changes.apply(50)
    kept.sync(tables=OF_TASKS)
    assert kept.differences(OF_TASKS) == {}
    kept.sync(tables=OF_TASKS)
    projects = len(kept.world.projects)
    assert {name: kept.requests[name] for name in [*FOLLOWED, "task_projects", "task_tags"]} == {
        "tasks": 2 * projects,  # its events, and its tasks or those that were modified
        "subtasks": 0,
        "stories": len(kept.world.all("goal")),
        "attachments": projects + len(kept.world.all("project_brief")),
        "task_projects": 0,
        "task_tags": 0,
    }


def test_a_comment_that_is_deleted_is_no_lost_event_where_comments_are_not_kept(kept: Kept) -> None:
    kept.file.unlink()
    kept.sync(tables=["attachments"])
    Changes(kept.world, 65).apply(12, ["delete_comment"])
    report = kept.sync(tables=["attachments"])
    assert untold(report) == []
    assert kept.differences(["tasks", "attachments"]) == {}


def test_a_task_counts_one_less_below_it_when_that_was_in_a_project_itself_and_is_deleted(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in a project of many pages: only what is told of is read, and the task above is not.
    monkeypatch.setattr(tasks, "_PAGE", 1)
    changes = Changes(kept.world, 66)
    below = next(each for each in kept.world.all("task") if each["parent"] and each["parent"]["projects"])
    monkeypatch.setattr(Scene, "a_task", lambda scene: below)
    another = next(each for each in kept.world.projects if each not in below["parent"]["projects"])
    enter(changes._scene, below, another)
    kept.sync(tables=OF_TASKS)
    assert kept.differences(OF_TASKS) == {}
    changes.apply(1, ["delete_task"])
    kept.sync(tables=OF_TASKS)
    assert kept.differences(OF_TASKS) == {}


def test_a_relation_that_is_new_in_the_copy_is_read_whole(kept: Kept) -> None:
    kept.file.unlink()
    changes = Changes(kept.world, 61)
    kept.sync(tables=["tasks", "subtasks"])
    changes.apply(30)
    kept.sync(tables=["stories"])
    assert kept.differences(["stories"]) == {}
    kept.sync(tables=["subtasks"])
    assert kept.differences(["subtasks"]) == {}


def test_a_task_that_could_not_be_read_stays_as_it_was_and_is_asked_for_again(kept: Kept) -> None:
    changes = Changes(kept.world, 62)
    told = {done.gid for done in changes.apply(12, ["comment"])}
    story = kept.world.find("story", max(told))
    assert story is not None
    task = story["target"]
    while not task["projects"]:
        told = {done.gid for done in changes.apply(1, ["comment"])}
        story = kept.world.find("story", max(told))
        assert story is not None
        task = story["target"]
    before = kept.rows(f"SELECT count(*) FROM stories WHERE task_gid = '{task['gid']}'")
    report = kept.sync(tables=["stories"], forbidden=(task["gid"],))
    [said] = [warning for each in report.copied if each.relation == "stories" for warning in each.warnings]
    assert task["gid"] in said
    assert kept.rows(f"SELECT count(*) FROM stories WHERE task_gid = '{task['gid']}'") == before
    kept.sync(tables=["stories"])
    assert kept.differences(["stories"]) == {}


@pytest.mark.parametrize("seed", [63, 64])
def test_projects_that_are_brought_up_to_date_in_steps_are_exact_too(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(following, "_AT_ONCE", 2)
    Changes(kept.world, seed).apply(200)
    report = kept.sync(tables=OF_TASKS)
    assert untold(report) == []
    assert kept.differences(OF_TASKS) == {}
