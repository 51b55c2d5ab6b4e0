"""Of some projects, or of what was lately modified: what is kept is what that says, whatever changes later."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from asanaql.demo import Service
from asanaql.demo.changes import Changes
from asanaql.errors import ConfigError, QueryError
from tests.sync.incremental.conftest import FOLLOWED, Faulty, Kept

MONTH = dt.timedelta(days=30)
BOUND = "TIMESTAMPTZ '2026-01-31 05:00:00+00'"
#: What has a row for each project, or for each of something in it.
OF_PROJECTS = ["sections", "custom_field_settings", "project_memberships"]


@pytest.fixture
def bounded(kept: Kept, tmp_path: Path) -> Kept:
    """A copy of what was modified within a month."""
    found = Kept(kept.world, tmp_path / "bounded.duckdb")
    found.sync(tables=["stories"], since=MONTH)
    return found


def hanging(copy: Kept) -> list[tuple[object, ...]]:
    """The comments of tasks that the copy does not have."""
    return copy.rows("SELECT gid FROM stories WHERE task_gid IS NOT NULL AND task_gid NOT IN (SELECT gid FROM tasks)")


def test_a_bounded_copy_has_the_tasks_modified_since_then_and_what_hangs_on_them(bounded: Kept, kept: Kept) -> None:
    within = kept.rows(f"SELECT gid, project_gid FROM tasks WHERE modified_at >= {BOUND} ORDER BY ALL")
    assert bounded.rows("SELECT gid, project_gid FROM tasks ORDER BY ALL") == within
    assert 0 < len(within) < kept.rows("SELECT count(*) FROM tasks")[0][0]
    assert hanging(bounded) == []


def test_a_task_outside_the_bound_comes_in_when_it_is_modified_and_not_when_it_is_commented(
    bounded: Kept, kept: Kept
) -> None:
    [(outside, project)] = kept.rows(
        f"SELECT gid, project_gid FROM tasks WHERE modified_at < {BOUND} ORDER BY ALL LIMIT 1"
    )
    one = f"SELECT count(*) FROM tasks WHERE gid = '{outside}'"
    changes = Changes(kept.world, 1)
    changes.apply(40, ["comment"])
    bounded.sync(tables=["stories"], since=MONTH)
    assert hanging(bounded) == []
    assert bounded.rows(one) == [(0,)]
    [task] = [each for each in kept.world.tasks_in(project) if each["gid"] == outside]
    task |= {"name": "Renamed", "modified_at": "2026-03-02T04:59:00.000Z"}
    bounded.sync(tables=["stories"])
    assert bounded.rows(one) == [(1,)]


def test_the_bound_stays_that_of_the_run_that_made_the_copy_until_all_is_read(bounded: Kept, kept: Kept) -> None:
    before = bounded.rows("SELECT count(*) FROM tasks")
    bounded.sync(tables=["stories"], since=dt.timedelta(days=3650))
    assert bounded.rows("SELECT count(*) FROM tasks") == before
    bounded.sync(tables=["stories"], full=True)
    assert bounded.rows("SELECT count(*) FROM tasks") == kept.rows("SELECT count(*) FROM tasks") > before


@pytest.fixture
def chosen(kept: Kept, tmp_path: Path) -> Kept:
    """A copy of two projects, the one by its name."""
    found = Kept(kept.world, tmp_path / "chosen.duckdb")
    found.sync(tables=[*FOLLOWED, *OF_PROJECTS], projects=two(kept))
    return found


def two(kept: Kept) -> list[str]:
    [(gid, _), (_, name)] = kept.rows(
        "SELECT project_gid, any_value(project_name) FROM tasks GROUP BY project_gid "
        "HAVING count(*) > 10 ORDER BY project_gid LIMIT 2"
    )
    return [gid, name]


def test_of_some_projects_all_that_is_of_projects_is_confined_to_them(chosen: Kept, kept: Kept) -> None:
    gids = [gid for (gid,) in chosen.rows("SELECT gid FROM projects")]
    assert len(gids) == 2
    for relation in ("tasks", *OF_PROJECTS):
        key = "parent_gid" if relation == "custom_field_settings" else "project_gid"
        of_them = f"SELECT gid FROM {relation} WHERE {key} IN ('{gids[0]}', '{gids[1]}') ORDER BY gid"
        assert chosen.rows(f"SELECT gid FROM {relation} ORDER BY gid") == kept.rows(of_them), relation
    assert hanging(chosen) == []
    assert chosen.rows("SELECT count(*) FROM subtasks") < kept.rows("SELECT count(*) FROM subtasks")
    assert chosen.rows("SELECT count(*) FROM users") == kept.rows("SELECT count(*) FROM users")


def test_other_projects_take_the_place_of_the_former_only_where_deletions_are_allowed(chosen: Kept, kept: Kept) -> None:
    [(other,)] = kept.rows(
        f"SELECT project_gid FROM tasks WHERE project_gid <> '{two(kept)[0]}' AND project_name <> "
        f"$${two(kept)[1]}$$ GROUP BY project_gid HAVING count(*) > 5 ORDER BY project_gid LIMIT 1"
    )
    before = chosen.rows("SELECT gid FROM tasks ORDER BY gid")
    with chosen.opened(Faulty(Service(kept.world), {})) as connection, pytest.raises(QueryError, match="allow-deletes"):
        connection.sync(chosen.file, FOLLOWED, projects=[other])
    assert chosen.rows("SELECT gid FROM tasks ORDER BY gid") == before
    chosen.sync(tables=FOLLOWED, projects=[other])
    assert chosen.rows("SELECT DISTINCT project_gid FROM tasks") == [(other,)]
    assert hanging(chosen) == []
    assert chosen.rows("SELECT project_gid FROM asana_sync_projects") == [(other,)]


def test_projects_that_are_none_are_told(kept: Kept, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"There is no project Atlantis, 4711\. Give names or gids of projects\."):
        Kept(kept.world, tmp_path / "none.duckdb").sync(tables=["tasks"], projects=["Atlantis", "4711"])
