from __future__ import annotations

import pytest

from asanaql.api import Meter, Request
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
