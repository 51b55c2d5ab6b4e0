"""What a refusal is about: a typed key, a filter's value, a parent, or a plan; and what the answer then lacks."""

from __future__ import annotations

import threading

import duckdb
import pytest

import asanaql
from asanaql.demo import DemoTransport, Service
from asanaql.errors import ApiError


def opened(asana, service, **settings):
    return asana.open(transport=DemoTransport(service), **settings)


def test_more_statements_at_once_than_are_remembered_each_say_what_they_lack(asana) -> None:
    asana.service.forbidden.add(asana.notable["private"])
    connection = asana.open(cache=False)
    started, said = threading.Barrier(20), []

    def read() -> None:
        with connection.cursor() as cursor:
            started.wait(20)
            result = cursor.sql("SELECT p.name, s.name FROM projects p JOIN sections s ON s.project_gid = p.gid")
            result.fetchall()
            said.append((result.stats.requests, len(result.warnings)))

    threads = [threading.Thread(target=read) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    projects = len(asana.world.projects)
    # A request that is on its way already is not sent again, whoever asks.
    assert [warnings for _, warnings in said] == [1] * 20
    assert sum(requests for requests, _ in said) == len(asana.service.log)
    assert max(requests for requests, _ in said) <= 3 + projects


@pytest.mark.parametrize("most", [2, 3])
def test_a_listing_of_teams_that_asana_ends_too_early_is_an_error_and_is_not_kept(asana, most) -> None:
    asana.service.most = most
    with pytest.raises(ApiError, match="upper limit"):
        asana.open().sql("SELECT count(*) FROM teams").fetchall()
    with pytest.raises(ApiError, match="upper limit"):
        asana.open().sql("SELECT count(*) FROM team_memberships").fetchall()
    asana.service.most = None
    kept = asana.open().sql("SELECT count(*) FROM team_memberships").fetchall()
    assert kept == asana.open(cache=False).sql("SELECT count(*) FROM team_memberships").fetchall()


@pytest.mark.parametrize(
    "condition",
    ["time_period_gid IN ({}, '12345')", "team_gid IN ('12345') OR time_period_gid = {}", "team_gid = '12345'"],
)
def test_an_unknown_id_in_a_filter_costs_no_rows(asana, connection, condition) -> None:
    [(known,)] = connection.sql("SELECT max(time_period_gid) FROM goals").fetchall()
    query = f"SELECT gid FROM goals WHERE {condition.format(repr(known))} ORDER BY gid"
    result = connection.sql(query)
    assert result.fetchall() == asana.open(push=False).sql(query).fetchall()
    assert result.warnings == []


def test_a_key_that_was_typed_is_an_error_though_its_workspace_was_not(connection) -> None:
    for query in (
        "SELECT gid FROM tasks WHERE assignee_gid = '99999'",
        "SELECT gid FROM user_tasks WHERE assignee_gid = '99999'",
        "SELECT gid FROM team_memberships WHERE user_gid = '99999'",
    ):
        with pytest.raises(ApiError, match="99999"):
            connection.sql(query).fetchall()


def test_a_listing_that_is_refused_halfway_says_how_far_it_came(asana) -> None:
    gid = asana.notable["biggest"]

    class RefusesTheSecondPage(Service):
        def answer(self, method, path, params, headers):
            asked = dict(params)
            self.forbidden = {gid} if asked.get("project") == gid and "offset" in asked else set()
            return super().answer(method, path, params, headers)

    result = opened(asana, RefusesTheSecondPage(asana.world)).sql(
        "SELECT count(gid) FROM tasks WHERE completed IS NOT NULL"
    )
    rows = len(asana.world.tasks_in(gid))
    whole = sum(len(asana.world.tasks_in(project["gid"])) for project in asana.world.projects)
    assert result.fetchall() == [(whole - rows + 100,)]
    [warning] = result.warnings
    assert warning.startswith(
        f"tasks: after 100 rows the rest is missing of project_gid {gid} (Atlas migration): Asana"
    )


def test_what_a_plan_hides_of_a_relation_does_not_cost_the_rest_of_it(asana) -> None:
    free = opened(asana, Service(asana.world, plan="free"))
    result = free.sql("SELECT DISTINCT parent_resource_type FROM status_updates ORDER BY ALL")
    assert result.fetchall() == [("portfolio",), ("project",)]
    assert any(
        each.startswith("status_updates: skipped those of every goal: Asana answered 402") for each in result.warnings
    )
    with pytest.raises(ApiError, match="402"):
        free.sql("SELECT gid FROM goals").fetchall()


def test_statements_of_one_transaction_on_a_raw_connection_each_ask_anew(asana) -> None:
    raw = asana.open(max_requests=3).duckdb
    query = f"SELECT count(gid) FROM tasks WHERE project_gid = '{asana.notable['hundred_and_one']}'"
    raw.sql("BEGIN")
    asana.service.log.clear()
    assert [raw.sql(query).fetchall() for _ in range(4)] == [[(101,)]] * 4
    assert len(asana.service.log) == 8
    raw.sql("COMMIT")


def test_an_attached_connection_can_be_closed_after_its_owner_closed_it(asana) -> None:
    before = threading.active_count()
    owner = duckdb.connect()
    attached = asanaql.attach(owner, demo=True, transport=DemoTransport(asana.service), cache=False)
    attached.sql("SELECT count(*) FROM workspaces").fetchall()
    owner.close()
    attached.close()
    assert threading.active_count() == before
