from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from asanaql.api import Meter
from asanaql.catalog import CATALOG
from asanaql.errors import ApiError, QueryError
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.run import started
from asanaql.scan.statement import Statement

TASKS = CATALOG["tasks"]


@pytest.fixture
def loop(bench: Any) -> Iterator[Any]:
    """The loop of the account, which has a thread of its own here."""
    yield bench.account.loop
    bench.account.loop.close()


def scan(bench: Any, gid: str, statement: Statement | None = None) -> Iterator[Any]:
    """The chunks of one project's tasks."""
    key = Conjunct("project_gid", "=", (gid,))
    return started(bench.account, statement or Statement(Meter()), TASKS, TASKS.columns[:1], [key]).taken()


class Held:
    """Requests that are answered when told to; says when one has arrived and when one was cancelled."""

    def __init__(self, first: int = 0) -> None:
        self.arrived, self.cancelled, self.told = threading.Event(), threading.Event(), threading.Event()
        self._first = first

    async def __call__(self, request: httpx.Request) -> None:
        self._first -= 1
        if self._first >= 0 or self.told.is_set():
            return
        self.arrived.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise


def test_the_chunks_of_a_scan_come_and_end(bench: Any, world: Any, loop: Any) -> None:
    sizes = [len(chunk[0]) for chunk in scan(bench, world.notable["biggest"]) if chunk is not None]
    assert sizes == [100] * 6 + [4]


def test_while_nothing_comes_none_comes(bench: Any, world: Any, loop: Any) -> None:
    bench.wire.hold = Held()
    reading = scan(bench, world.notable["single"])
    assert [next(reading), next(reading)] == [None, None]
    reading.close()


def test_an_error_is_raised_where_the_chunk_is_taken(bench: Any, loop: Any) -> None:
    with pytest.raises(ApiError, match="4242"):
        list(scan(bench, "4242"))


def test_a_scan_that_is_dropped_ends_what_it_had_in_flight(bench: Any, world: Any, loop: Any) -> None:
    bench.wire.hold = held = Held(first=1)
    reading = scan(bench, world.notable["biggest"])
    assert len(next(reading)[0]) == 100
    next(reading)
    assert held.arrived.wait(10)
    reading.close()
    assert held.cancelled.wait(10)


def test_a_connection_that_is_closed_meanwhile_is_an_error(bench: Any, world: Any, loop: Any) -> None:
    bench.wire.hold = Held()
    reading = scan(bench, world.notable["single"])
    next(reading)
    loop.close()
    with pytest.raises(QueryError, match="The connection was closed while the statement was read"):
        list(reading)


def test_a_scan_may_be_dropped_after_the_connection_was_closed(
    bench: Any, world: Any, loop: Any, caplog: pytest.LogCaptureFixture
) -> None:
    bench.wire.hold = Held()
    reading = scan(bench, world.notable["single"])
    next(reading)
    loop.close()
    reading.close()
    assert caplog.records == []


def test_a_scan_that_is_read_whole_and_alone_starts_at_full_width(bench: Any, world: Any, loop: Any) -> None:
    statement = Statement(Meter(), whole=True)
    statement.scans["tasks"] = 1
    bench.wire.hold = held = Held(first=2)
    reading = started(bench.account, statement, TASKS, TASKS.columns[:1], []).taken()
    while bench.wire.paths.count("/tasks") < 15:
        next(reading)
    assert held.arrived.is_set()
    reading.close()


def test_another_scan_starts_with_one_page(bench: Any, world: Any, loop: Any) -> None:
    bench.wire.hold = held = Held(first=2)
    reading = started(bench.account, Statement(Meter()), TASKS, TASKS.columns[:1], []).taken()
    assert held.arrived.wait(10)
    assert [next(reading), next(reading)] == [None, None]
    assert bench.wire.paths == ["/workspaces", "/projects", "/tasks"]
    reading.close()


def test_a_statement_that_ends_gives_up_what_its_scans_have_in_flight(bench: Any, world: Any, loop: Any) -> None:
    bench.wire.hold = held = Held(first=1)
    statement = Statement(Meter())
    reading = scan(bench, world.notable["biggest"], statement)
    assert len(next(reading)[0]) == 100
    next(reading)
    assert held.arrived.wait(10)
    statement.end()
    assert held.cancelled.wait(10)
    reading.close()
