"""The copy is exact also where tokens have expired, events were lost, and Asana answers with errors in between."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from asanaql.demo.changes import Changes
from asanaql.errors import AuthError
from asanaql.sync import deriving, following
from tests.sync.incremental.conftest import OF_TASKS, Kept, untold


@pytest.mark.parametrize("seed", [20, 21, 22])
def test_where_tokens_have_expired_projects_are_read_anew(kept: Kept, seed: int) -> None:
    changes = Changes(kept.world, seed)
    changes.apply(100)
    changes.forget_tokens()
    changes.apply(100)
    assert untold(kept.sync(tables=OF_TASKS)) == []
    assert kept.differences(OF_TASKS) == {}


@pytest.mark.parametrize("seed", [30, 31, 32])
def test_where_an_event_was_lost_none_is_trusted_and_that_is_said(kept: Kept, seed: int) -> None:
    changes = Changes(kept.world, seed)
    changes.apply(200)
    assert changes.lose_events(0.1) > 20
    assert len(untold(kept.sync(tables=OF_TASKS))) == 1
    assert kept.differences(OF_TASKS) == {}
    changes.apply(20)
    assert untold(kept.sync(tables=OF_TASKS)) == []
    assert kept.differences(OF_TASKS) == {}


@pytest.mark.parametrize("seed", [40, 41, 42])
def test_errors_in_between_are_waited_out(kept: Kept, seed: int) -> None:
    Changes(kept.world, seed).apply(200)
    dice = random.Random(seed)
    faults = {number: dice.choice([429, 500, 503]) for number in range(1, 2000) if dice.random() < 0.1}
    kept.sync(faults=faults, tables=OF_TASKS)
    assert kept.differences(OF_TASKS) == {}


def test_an_event_that_may_still_arrive_is_awaited_until_the_next_run(kept: Kept) -> None:
    task = kept.world.tasks_in(kept.world.notable["hundred"])[0]
    task |= {"name": "Renamed", "modified_at": "2026-03-02T10:00:00.000Z"}
    assert untold(kept.sync(now=dt.datetime(2026, 3, 2, 10, 1, tzinfo=dt.UTC), tables=OF_TASKS)) == []
    assert kept.rows("SELECT awaited FROM asana_sync_projects WHERE len(awaited) > 0") == [([task["gid"]],)]
    assert kept.differences(OF_TASKS) == {}
    [warning] = untold(kept.sync(now=dt.datetime(2026, 3, 2, 15, tzinfo=dt.UTC), tables=OF_TASKS))
    assert task["gid"] in warning
    assert kept.rows("SELECT count(*) FROM asana_sync_projects WHERE len(awaited) > 0") == [(0,)]


def test_what_is_made_of_tasks_is_the_same_in_any_number_of_steps(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deriving, "_TOGETHER", 7)
    Changes(kept.world, 50).apply(100)
    kept.sync(tables=OF_TASKS)
    assert kept.differences(OF_TASKS) == {}
    assert kept.sync(tables=OF_TASKS).copied[-1].changed == 0


def test_an_event_is_awaited_however_often_the_copy_is_brought_up_to_date_meanwhile(kept: Kept) -> None:
    task = kept.world.tasks_in(kept.world.notable["hundred"])[0]
    task |= {"name": "Renamed", "modified_at": "2026-03-02T10:00:00.000Z"}
    for minute in (1, 2, 9):
        assert untold(kept.sync(now=dt.datetime(2026, 3, 2, 10, minute, tzinfo=dt.UTC), tables=OF_TASKS)) == []
        assert kept.rows("SELECT awaited FROM asana_sync_projects WHERE len(awaited) > 0") == [([task["gid"]],)]
    [warning] = untold(kept.sync(now=dt.datetime(2026, 3, 2, 10, 12, tzinfo=dt.UTC), tables=OF_TASKS))
    assert task["gid"] in warning


def test_what_is_read_anew_after_a_lost_event_is_so_also_where_that_is_interrupted(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = Changes(kept.world, 33)
    changes.apply(200)
    changes.lose_events(0.1)
    monkeypatch.setattr(following, "_TOGETHER", 2)
    with pytest.raises(AuthError):
        kept.sync(tables=OF_TASKS, faults={110: 401})
    [(read,)] = kept.rows("SELECT count(*) FROM asana_sync_projects")
    assert 0 < read < len(kept.world.projects)
    kept.sync(tables=OF_TASKS)
    assert kept.differences(OF_TASKS) == {}
