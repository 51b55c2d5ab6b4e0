"""What happened in several projects is asked for side by side, and a refusal of one is no reason for the others."""

from __future__ import annotations

import pytest

from asanaql.api import Meter, Told
from asanaql.errors import ApiError, QueryError
from asanaql.scan.watching import watched
from tests.scan.conftest import Bench


def test_a_project_without_a_token_is_given_one_and_one_with_a_token_its_events(bench: Bench) -> None:
    projects = [project["gid"] for project in bench.wire.service.world.projects[:3]]
    biggest = bench.wire.service.world.notable["biggest"]
    begun = watched(bench.account, dict.fromkeys(projects), Meter())
    assert [(told.rows, told.lost) for told in begun.values() if isinstance(told, Told)] == [([], "")] * 3
    meter = Meter()
    told = watched(bench.account, {biggest: "demo:0"}, meter)[biggest]
    assert isinstance(told, Told)
    assert len(told.rows) > 100
    assert meter.requests == 2
    assert set(told.rows[0]) <= {"action", "change", "created_at", "gid", "parent", "resource"}


def test_a_token_that_asana_no_longer_knows_is_told_with_the_next(bench: Bench) -> None:
    [project] = [each["gid"] for each in bench.wire.service.world.projects[:1]]
    told = watched(bench.account, {project: "demo:99999999"}, Meter())[project]
    assert isinstance(told, Told)
    assert told.lost.startswith("Sync token invalid or too old")
    assert told.sync.startswith("demo:")


def test_a_refusal_about_one_project_stands_in_its_place(bench: Bench) -> None:
    known, hidden = (project["gid"] for project in bench.wire.service.world.projects[:2])
    bench.wire.service.forbidden.add(hidden)
    told = watched(bench.account, {known: None, hidden: None, "1": None}, Meter())
    assert isinstance(told[known], Told)
    assert [error.status for error in (told[hidden], told["1"]) if isinstance(error, ApiError)] == [403, 404]


def test_it_ends_where_the_statement_may_send_no_more(bench: Bench) -> None:
    projects = [project["gid"] for project in bench.wire.service.world.projects[:5]]
    with pytest.raises(QueryError, match="as many as it may"):
        watched(bench.account, dict.fromkeys(projects), Meter(3))
