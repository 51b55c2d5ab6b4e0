from __future__ import annotations

from dataclasses import replace

import pytest

from asanaql.api import Log, Meter, Request, Sent
from asanaql.errors import QueryError

REQUEST = Request("/projects/12/tasks", (("opt_fields", "name"),))


def test_without_a_limit_anything_may_be_sent() -> None:
    meter = Meter()
    for _ in range(5000):
        meter.spend(REQUEST, "send")
    assert meter.requests == 5000


def test_the_request_over_the_limit_is_named_and_not_counted() -> None:
    meter = Meter(1)
    meter.spend(REQUEST, "send")
    with pytest.raises(QueryError) as caught:
        meter.spend(REQUEST, "send again")
    assert meter.requests == 1
    for part in ("1 requests", "send again GET /projects/12/tasks", "--max-requests", "max_requests"):
        assert part in str(caught.value)


def test_a_limit_of_none_at_all_sends_nothing() -> None:
    with pytest.raises(QueryError):
        Meter(0).check(REQUEST, "send")


def test_waits_that_overlap_are_counted_once_and_the_longest_shows() -> None:
    meter = Meter()
    meter.wait(10.0, 15.0)
    meter.wait(11.0, 14.0)
    seen = [(meter.waited, meter.waiting_until)]
    for now in (14.0, 15.0):
        meter.resume(now)
        seen.append((meter.waited, meter.waiting_until))
    assert seen == [(0.0, 15.0), (0.0, 15.0), (5.0, None)]


def test_what_the_cache_answered_is_counted_and_entered_as_the_request_it_saved() -> None:
    log = Log()
    meter = Meter(log=log, statement=3)
    meter.answered_from_cache(REQUEST, 30, "tasks", "1.b")
    assert (meter.requests, meter.cached) == (0, 1)
    parameters = {"opt_fields": "name"}
    saved = Sent(path="/projects/12/tasks", parameters=parameters, statement=3, subject="tasks", scan="1.b", rows=30)
    assert log.snapshot() == (replace(saved, cached=True),)


def test_a_statement_that_nobody_numbered_takes_the_next_number_when_it_first_enters_something() -> None:
    log = Log()
    idle, later, earlier, opening = Meter(log=log), Meter(log=log), Meter(log=log), Meter(log=log, statement=0)
    for meter in (earlier, later, earlier, opening):
        meter.answered_from_cache(REQUEST, 1, "tasks")
    assert [entry.statement for entry in log.snapshot()] == [1, 2, 1, 0]
    assert idle.statement is None
