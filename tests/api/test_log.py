from __future__ import annotations

import asyncio
import threading
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from asanaql.api import Client, Log, Meter, Request, Sent
from asanaql.errors import ApiError, QueryError


@pytest.fixture
def log(asana: Any) -> Log:
    """The log of what the Asana's meter sends as statement 7."""
    made = Log()
    asana.meter = Meter(log=made, statement=7)
    return made


def told(log: Log, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(entry, name) for name in names) for entry in log.snapshot()]


def test_an_entry_says_who_asked_what_and_what_came(asana: Any, log: Log) -> None:
    asana.latency = 0.25
    asana.answer = lambda n, request: asana.page([{"gid": "1"}, {"gid": "2"}])
    request = Request("/tasks", (("project", "12"), ("opt_fields", "name"), ("limit", "100"), ("offset", "eyJ0")))
    page = asana.run(lambda client: client.page(request, asana.meter, "tasks", "1.a"))
    assert log.snapshot() == (
        Sent(
            statement=7,
            subject="tasks",
            scan="1.a",
            path="/tasks",
            parameters={"project": "12", "opt_fields": "name", "limit": "100", "offset": "eyJ0"},
            status=200,
            rows=2,
            bytes=page.size,
            seconds=0.25,
        ),
    )
    assert (log.snapshot()[0].method, log.snapshot()[0].waited) == ("GET", 0.0)


def test_a_single_object_is_one_row(asana: Any, log: Log) -> None:
    asana.answer = lambda n, request: asana.page({"gid": "1"})
    asana.ask()
    assert told(log, "rows") == [(1,)]


def test_a_send_after_429_is_an_entry_of_its_own_and_says_how_long_it_was_held_back(asana: Any, log: Log) -> None:
    asana.answer = lambda n, request: asana.refusal(429, retry_after="13") if n < 2 else asana.page([])
    asana.ask()
    assert told(log, "status", "retried", "waited", "rows") == [
        (429, False, 0.0, None),
        (429, True, 13.0, None),
        (200, True, 13.0, 0),
    ]


def test_the_wait_before_a_repeated_send_does_not_count_the_answer_before_it(asana: Any, log: Log) -> None:
    asana.latency = 0.25
    asana.answer = lambda n, request: asana.refusal(500) if n < 3 else asana.page([])
    asana.ask()
    assert told(log, "status", "retried", "waited", "seconds") == [
        (500, False, 0.0, 0.25),
        (500, True, 0.5, 0.25),
        (500, True, 1.0, 0.25),
        (200, True, 2.0, 0.25),
    ]


def test_requests_that_wait_for_a_place_in_flight_say_so(asana: Any, log: Log) -> None:
    asana.latency = 1.0
    asana.ask(3, in_flight=1)
    assert told(log, "waited", "seconds") == [(0.0, 1.0), (1.0, 1.0), (2.0, 1.0)]


def test_a_broken_connection_has_no_status_and_an_unreadable_answer_has_one(asana: Any, log: Log) -> None:
    answers = [httpx.ReadError(""), httpx.Response(200, text="<html>"), asana.page([])]
    asana.answer = lambda n, request: answers[n]
    size = asana.ask().size
    assert told(log, "status", "rows", "bytes") == [(None, None, 0), (200, None, 6), (200, 0, size)]
    assert sum(entry.bytes for entry in log.snapshot()) == asana.meter.bytes


def test_a_refusal_is_an_entry_with_its_status(asana: Any, log: Log) -> None:
    asana.answer = lambda n, request: asana.refusal(403)
    with pytest.raises(ApiError):
        asana.ask()
    assert told(log, "status", "rows", "retried") == [(403, None, False)]


def test_a_send_that_nobody_waits_for_any_more_is_an_entry_without_a_status(asana: Any, log: Log) -> None:
    asana.latency = 60.0

    async def main(client: Client) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.page(Request("/projects"), asana.meter), 5.0)

    asana.run(main)
    assert asana.meter.requests == 1
    assert told(log, "status", "rows", "seconds") == [(None, None, 5.0)]


def test_a_send_is_an_entry_while_it_is_on_its_way(asana: Any, log: Log) -> None:
    asana.latency = 60.0

    async def main(client: Client) -> None:
        asked = [asyncio.create_task(client.page(Request(f"/users/{n}"), asana.meter)) for n in range(2)]
        await asyncio.sleep(1.0)
        assert len(log.snapshot()) == asana.meter.requests == 2
        assert told(log, "path", "status", "seconds") == [("/users/0", None, 0.0), ("/users/1", None, 0.0)]
        await asyncio.gather(*asked)

    asana.run(main)
    assert told(log, "path", "status", "seconds") == [("/users/0", 200, 60.0), ("/users/1", 200, 60.0)]


def test_entries_are_in_the_order_in_which_they_were_sent(asana: Any, log: Log) -> None:
    async def answer(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(9.0 - float(request.url.path[-1]))
        return httpx.Response(200, json={"data": []})

    async def main(client: Client) -> None:
        await asyncio.gather(*(client.page(Request(f"/users/{n}"), asana.meter) for n in range(3)))

    asana.run(main, transport=httpx.MockTransport(answer))
    assert told(log, "path", "seconds") == [("/users/0", 9.0), ("/users/1", 8.0), ("/users/2", 7.0)]


def test_what_was_never_sent_is_no_entry(asana: Any, log: Log) -> None:
    asana.latency = 60.0

    async def main(client: Client) -> None:
        asked = asyncio.gather(*(client.page(Request(f"/users/{n}"), asana.meter) for n in range(3)))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asked, 5.0)

    asana.run(main, in_flight=1)
    asana.meter.limit = 1
    with pytest.raises(QueryError):
        asana.ask()
    assert told(log, "path") == [("/users/0",)]


def test_there_are_as_many_entries_as_the_meter_has_counted(asana: Any, log: Log) -> None:
    """A fan-out in which some are sent again, some refused and some answered by the cache."""

    def answer(n: int, request: httpx.Request) -> Any:
        if request.url.path.endswith("/3/tasks"):
            return asana.refusal(404)
        return asana.refusal(429, retry_after="2") if n % 5 == 4 else asana.page([{"gid": str(n)}])

    async def main(client: Client) -> None:
        asked = (client.page(Request(f"/projects/{n}/tasks"), asana.meter, "tasks") for n in range(30))
        await asyncio.gather(*asked, return_exceptions=True)
        asana.meter.answered_from_cache(Request("/projects"), 30, "projects")

    asana.answer = answer
    asana.run(main)
    entries = log.snapshot()
    assert len(entries) == asana.meter.requests + asana.meter.cached
    assert [entry.retried for entry in entries].count(True) == asana.meter.retries > 0
    assert [entry.cached for entry in entries].count(True) == asana.meter.cached == 1
    assert {entry.path for entry in entries} == {"/projects", *(f"/projects/{n}/tasks" for n in range(30))}


def test_a_meter_without_a_log_enters_nothing_and_counts_all_the_same(asana: Any) -> None:
    asana.ask()
    asana.meter.answered_from_cache(Request("/projects"), 3, "projects")
    assert (asana.meter.requests, asana.meter.cached) == (1, 1)


def test_the_token_is_in_no_entry(asana: Any, token: str) -> None:
    log = Log(token)
    asana.meter = Meter(log=log)
    asana.answer = lambda n, request: httpx.Response(401, text=f"Bearer {token}", headers={"x-seen": token})
    written = Request(f"/projects/{quote(token, safe='')}/tasks", (("assignee", token), ("text", f"x{token}y")))
    with pytest.raises(ApiError):
        asana.run(lambda client: client.page(written, asana.meter))
    asana.meter.answered_from_cache(written, 0, "tasks")
    assert asana.sent[0].headers["authorization"] == f"Bearer {token}"
    assert told(log, "status", "path", "parameters") == [
        (status, "/projects/[token]/tasks", {"assignee": "[token]", "text": "x[token]y"}) for status in (401, None)
    ]
    assert "invented-token" not in repr(log.snapshot()) + repr(vars(asana.meter))


def test_the_oldest_entries_are_forgotten_and_counted() -> None:
    log = Log(most=3)
    for n in range(5):
        log.enter(Sent(path=f"/{n}", parameters={}))
    assert told(log, "path") == [("/2",), ("/3",), ("/4",)]
    assert log.dropped == 2


def test_what_becomes_known_of_a_forgotten_entry_is_let_go() -> None:
    log = Log(most=1)
    first, second = (log.enter(Sent(path=path, parameters={})) for path in ("/1", "/2"))
    log.amend(first, status=404)
    log.amend(second, status=200)
    assert told(log, "path", "status") == [("/2", 200)]


def test_a_log_keeps_ten_thousand_entries() -> None:
    log = Log()
    for _ in range(10_000):
        log.enter(Sent(path="/projects", parameters={}))
    assert (len(log.snapshot()), log.dropped) == (10_000, 0)
    log.enter(Sent(path="/users", parameters={}))
    assert (len(log.snapshot()), log.dropped) == (10_000, 1)


def test_a_snapshot_stays_as_it_was() -> None:
    log = Log()
    before = log.snapshot()
    log.enter(Sent(path="/projects", parameters={}))
    assert (len(before), len(log.snapshot())) == (0, 1)


def test_threads_may_add_and_read_at_once() -> None:
    log = Log(most=50)
    seen: list[int] = []

    def add() -> None:
        for _ in range(500):
            log.enter(Sent(path="/projects", parameters={}, statement=log.begin()))
            seen.append(len(log.snapshot()))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (max(seen), log.dropped, log.begin()) == (50, 1950, 2001)
