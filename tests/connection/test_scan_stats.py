"""What `stats.scans` says of the scans of a statement, while it runs and afterwards."""

from __future__ import annotations

import asyncio

import httpx
import pytest

import asanaql
from asanaql import ScanStats
from asanaql.catalog import CATALOG
from asanaql.demo import DemoTransport

from .conftest import Clock


class Watched(DemoTransport):
    """Remembers what the statement that is run said whenever a request of it arrived."""

    def __init__(self, service):
        super().__init__(service)
        self.seen = []

    async def handle_async_request(self, request):
        self.seen.append(self.connection.stats)
        await asyncio.sleep(0)
        return await super().handle_async_request(request)


@pytest.fixture
def watched(asana):
    """A connection with nothing kept yet, and what its statements said."""
    transport = Watched(asana.service)
    transport.connection = asana.open(transport=transport)
    return transport


def last_of(watched, query):
    """The scans of a statement at its end."""
    watched.seen.clear()
    watched.connection.sql(query).fetchall()
    return watched.connection.stats.scans


def test_a_fan_out_that_has_been_read_before_takes_the_requests_that_were_expected_from_its_first(watched, asana):
    last_of(watched, "SELECT name FROM tasks")
    pages = sum(asana.pages.values())
    [tasks] = last_of(watched, "SELECT name FROM tasks")
    assert len(watched.seen) == pages
    assert {stats.scans[0].expected for stats in watched.seen} == {pages}
    rows = sum(len(asana.world.tasks_in(project["gid"])) for project in asana.world.projects)
    assert tasks == ScanStats("tasks", "", pages, pages, rows, cached=2, ended=True)


def test_a_fan_out_is_guessed_more_closely_once_its_parents_are_known(watched, asana):
    [tasks] = last_of(watched, "SELECT name FROM tasks")
    guesses = [stats.scans[0].expected for stats in watched.seen]
    assert (tasks.requests, tasks.cached) == (2 + sum(asana.pages.values()), 0)
    # While workspaces and projects are asked for, the catalog's guess of how many there are is all that is known.
    pages = CATALOG["tasks"].path("project").pages
    assert guesses[:2] == [round(2 + CATALOG["projects"].rows * pages)] * 2
    assert guesses[2] == 2 + len(asana.world.projects) * pages
    assert guesses[-1] == tasks.requests == tasks.expected


def test_requests_of_all_scans_are_those_of_the_statement(watched):
    query = "SELECT count(*) FROM stories s JOIN tasks t ON t.gid = s.task_gid WHERE t.name LIKE 'Draft%'"
    scans = last_of(watched, query)
    stats = watched.connection.stats
    assert {scan.relation for scan in scans} == {"stories", "tasks"}
    assert sum(scan.requests for scan in scans) == stats.requests > 10
    assert all(scan.ended and scan.expected == scan.requests for scan in scans)
    assert sum(scan.cached for scan in scans) == stats.cached


def test_scans_have_the_names_of_the_log_and_tell_what_is_read_for_its_keys(watched, asana):
    name = asana.project("biggest")["name"]
    query = f"SELECT t.name FROM tasks t JOIN projects p ON p.gid = t.project_gid WHERE p.name = '{name}'"
    result = watched.connection.sql(query)
    result.fetchall()
    keys, tasks = result.stats.scans
    assert [(scan.relation, scan.keys) for scan in (keys, tasks)] == [("projects", True), ("tasks", False)]
    named = {sent.scan: sent.subject for sent in watched.connection._account.log.snapshot()}
    assert (named[keys.scan], named[tasks.scan]) == ("projects", "tasks")
    assert tasks.requests == asana.pages[asana.notable["biggest"]]
    assert tasks.rows == len(asana.world.tasks_in(asana.notable["biggest"]))


def test_what_one_scan_asks_is_not_expected_of_the_other(watched, asana):
    pages = sum(asana.pages.values())
    last_of(watched, "SELECT name FROM tasks")
    scans = last_of(watched, "SELECT a.name FROM tasks a UNION ALL SELECT b.name FROM tasks b")
    assert watched.connection.stats.requests == pages
    assert len(scans) == 2
    assert sum(scan.requests for scan in scans) == sum(scan.expected for scan in scans) == pages
    assert {scan.rows for scan in scans} == {scans[0].rows}


def test_a_cached_listing_is_counted_for_the_scan_that_it_is_for(watched):
    last_of(watched, "SELECT name FROM tasks")
    scans = last_of(watched, "SELECT count(*) FROM sections")
    assert [(scan.relation, scan.cached) for scan in scans] == [("sections", 2)]
    assert watched.connection.stats.cached == 2


def test_nothing_is_expected_where_a_limit_may_end_the_scan(watched):
    [tasks] = last_of(watched, "SELECT name FROM tasks LIMIT 3")
    assert {scan.expected for stats in watched.seen for scan in stats.scans} == {None}
    assert tasks.expected == tasks.requests == watched.connection.stats.requests


def test_what_is_asked_before_the_statement_is_a_scan_too(watched, asana):
    gid = asana.notable["biggest"]
    scans = last_of(watched, f"SELECT name FROM asana_project('{gid}')")
    assert [scan.relation for scan in scans] == ["custom_field_settings", "tasks"]
    assert sum(scan.requests for scan in scans) == watched.connection.stats.requests


def test_a_refused_listing_is_a_request_that_is_done(asana, world):
    class Refusing(DemoTransport):
        async def handle_async_request(self, request):
            if request.url.params.get("project") == asana.notable["biggest"]:
                return httpx.Response(403, json={"errors": [{"message": "Forbidden"}]})
            return await super().handle_async_request(request)

    connection = asana.open(transport=Refusing(asana.service))
    result = connection.sql("SELECT name FROM tasks")
    result.fetchall()
    [tasks] = result.stats.scans
    assert tasks.requests == tasks.expected == result.stats.requests
    assert tasks.requests == 2 + sum(asana.pages.values()) - asana.pages[asana.notable["biggest"]] + 1


def test_a_statement_that_reads_nothing_of_asana_has_no_scans(connection):
    result = connection.sql("SELECT 1")
    result.fetchall()
    assert (result.stats.scans, result.stats.waits) == ((), 0.0)


def test_the_seconds_that_asanas_limit_will_last_are_those_of_the_clients_clock(asana):
    waits = []

    class Counted(Clock):
        async def sleep(self, seconds):
            waits.append((connection.stats.waiting, connection.stats.waits))
            self.now += seconds / 2
            waits.append((connection.stats.waiting, connection.stats.waits))
            self.now += seconds / 2
            await asyncio.sleep(0)

    class Limited(DemoTransport):
        refused = False

        async def handle_async_request(self, request):
            if self.refused:
                return await super().handle_async_request(request)
            self.refused = True
            return httpx.Response(429, headers={"Retry-After": "30"}, json={"errors": [{"message": "Slow down"}]})

    clock = Counted()
    connection = asanaql.connect(
        demo=True, transport=Limited(asana.service), cache=False, clock=clock, sleep=clock.sleep
    )
    with connection:
        connection.sql("SELECT name FROM workspaces").fetchall()
        assert waits == [(True, 30.0), (True, 15.0)]
        assert (connection.stats.waiting, connection.stats.waits, connection.stats.waited) == (False, 0.0, 30.0)
