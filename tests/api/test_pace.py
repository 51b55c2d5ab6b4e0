from __future__ import annotations

import asyncio
import math
from collections import deque
from typing import Any, cast

import httpx
import pytest

from asanaql.api import Client, Meter, Request
from asanaql.errors import QueryError

ALL = Request("/projects")
SEARCH = Request("/workspaces/1/tasks/search")


async def asked_at(asana: Any, client: Client, *times: float, request: Request = ALL) -> None:
    """Ask for a page at each of the times, and wait for all of them."""

    async def ask(time: float) -> None:
        await asyncio.sleep(time)
        await client.page(request, asana.meter)

    await asyncio.gather(*(ask(time) for time in times))


def test_at_most_forty_are_in_flight(asana: Any) -> None:
    asana.latency = 1.0
    asana.ask(100)
    assert asana.most_in_flight == 40
    assert asana.times == [0.0] * 40 + [1.0] * 40 + [2.0] * 20


def test_a_full_bucket_lets_a_tenth_of_a_minutes_worth_go_at_once(asana: Any) -> None:
    asana.ask(153)
    assert asana.times == [0.0] * 150 + [0.04, 0.08, 0.12]
    assert asana.meter.waited == pytest.approx(0.12)


def test_the_plans_limit_can_be_given(asana: Any) -> None:
    asana.ask(18, per_minute=150)
    assert asana.times == [0.0] * 15 + [0.4, 0.8, 1.2]


def test_no_minute_holds_more_than_the_limit_and_the_burst(asana: Any) -> None:
    asana.ask(400, per_minute=150)
    most = max(sum(start <= time < start + 60 for time in asana.times) for start in asana.times)
    assert most == 15 + 149


def test_search_has_a_limit_of_its_own_and_holds_nobody_up(asana: Any) -> None:
    async def main(client: Client) -> None:
        await asyncio.gather(asked_at(asana, client, *[0.0] * 9, request=SEARCH), asked_at(asana, client, *[0.0] * 50))

    asana.run(main)
    searches = [time for time, sent in zip(asana.times, asana.sent, strict=True) if sent.url.path.endswith("/search")]
    assert searches == [0.0] * 6 + [1.0, 2.0, 3.0]
    assert sorted(asana.times)[:56] == [0.0] * 56


def test_retry_after_stops_everyone(asana: Any) -> None:
    asana.latency = 1.0
    asana.answer = lambda n, request: asana.refusal(429, retry_after="7") if n == 0 else asana.page([])
    asana.run(lambda client: asked_at(asana, client, 0.0, 0.5, 2.0, 3.0))
    # The second was under way. Then one goes first, and the rest follow at half the rate.
    assert asana.times == [0.0, 0.5, 8.0, 8.08, 8.16]
    assert (asana.meter.requests, asana.meter.retries) == (5, 1)
    assert asana.meter.waited == pytest.approx(7.16)


def test_429_without_retry_after_stops_everyone_for_the_backoff(asana: Any) -> None:
    asana.latency = 1.0
    asana.answer = lambda n, request: asana.refusal(429) if n == 0 else asana.page([])
    asana.run(lambda client: asked_at(asana, client, 0.0, 1.2))
    assert asana.times == [0.0, 1.5, 1.58]


def test_retry_after_on_a_server_error_stops_everyone_and_leaves_the_rate(asana: Any) -> None:
    asana.latency = 1.0
    asana.answer = lambda n, request: asana.refusal(503, retry_after="7") if n == 0 else asana.page([])
    asana.run(lambda client: asked_at(asana, client, 0.0, 2.0, 3.0))
    assert asana.times == [0.0, 8.0, 8.0, 8.0]


def test_a_server_error_stops_nobody_else(asana: Any) -> None:
    asana.answer = lambda n, request: asana.refusal(500) if n == 0 else asana.page([])
    asana.run(lambda client: asked_at(asana, client, 0.0, 0.1, 0.2))
    assert asana.times == [0.0, 0.1, 0.2, 0.5]
    assert asana.meter.waited == 0


def test_the_longest_of_several_retry_afters_holds(asana: Any) -> None:
    waits = ["5", "20", "3"]
    asana.answer = lambda n, request: asana.refusal(429, retry_after=waits[n]) if n < 3 else asana.page([])
    asana.ask(3)
    assert asana.times == pytest.approx([0.0, 0.0, 0.0, 20.0, 20.08, 20.16], abs=1e-3)


def test_who_waits_for_a_place_in_flight_waits_for_retry_after_too(asana: Any) -> None:
    asana.latency = 1.0
    asana.answer = lambda n, request: asana.refusal(429, retry_after="5") if n == 0 else asana.page([])
    asana.ask(2, in_flight=1)
    assert asana.times == [0.0, 6.0, 7.0]


def test_refusals_of_one_burst_halve_the_rate_once(asana: Any) -> None:
    asana.latency = 1.0
    asana.answer = lambda n, request: asana.refusal(429, retry_after="9") if n < 5 else asana.page([])
    asana.ask(5)
    assert asana.times == [0.0] * 5 + [10.0, 10.08, 10.16, 10.24, 10.32]


def test_a_refusal_after_the_wait_halves_it_again(asana: Any) -> None:
    asana.answer = lambda n, request: asana.refusal(429, retry_after="10") if n in (0, 3) else asana.page([])
    asana.latency = 0.01
    asana.run(lambda client: asked_at(asana, client, 0.0, 1.0, 1.0, 1.0, 1.0))
    # Refused at 0.01 and at 10.18: the gaps are those of 750 a minute, then of 375.
    assert asana.times == pytest.approx([0.0, 10.01, 10.09, 10.17, 20.18, 20.34, 20.5], abs=1e-3)


def test_the_free_plans_limit_is_found_and_no_request_lost(asana: Any) -> None:
    window: deque[float] = deque()

    def answer(n: int, request: httpx.Request) -> httpx.Response:
        now = asana.now()
        window.append(now)
        while window[0] <= now - 60:
            window.popleft()
        if len(window) <= 150:
            return cast(httpx.Response, asana.page([]))
        return cast(httpx.Response, asana.refusal(429, retry_after=str(math.ceil(window[-150] + 60 - now))))

    asana.latency = 0.1
    asana.answer = answer
    asana.ask(1000)
    # Every request of `ask` has its page, or it would have raised. At 150 a minute they would take 400 seconds.
    assert asana.times[-1] < 400 * 1.2
    assert asana.meter.retries <= 20


def test_the_rate_recovers_with_every_answer(asana: Any) -> None:
    asana.answer = lambda n, request: asana.refusal(429, retry_after="1") if n == 0 else asana.page([])

    async def main(client: Client) -> None:
        await client.page(ALL, asana.meter)
        await asyncio.gather(*(client.page(ALL, asana.meter) for _ in range(1000)))

    asana.run(main)
    gaps = [later - earlier for earlier, later in zip(asana.times[1:], asana.times[2:], strict=False)]
    # After n answers the rate is 750 + n/5 a minute; who waits already does not wait anew for one more.
    assert gaps == pytest.approx([60 / (750 + 0.2 * n) for n in range(1, 1001)], abs=3e-5)


def test_a_meter_shows_until_when_its_statement_waits(asana: Any) -> None:
    asana.answer = lambda n, request: asana.refusal(429, retry_after="30") if n == 0 else asana.page([])
    first, later, idle = Meter(), Meter(), Meter()

    async def main(client: Client) -> list[float | None]:
        one = asyncio.create_task(client.page(ALL, first))
        await asyncio.sleep(10)
        two = asyncio.create_task(client.page(ALL, later))
        await asyncio.sleep(1)
        seen = [first.waiting_until, later.waiting_until, idle.waiting_until]
        await asyncio.gather(one, two)
        return [*seen, first.waiting_until, later.waiting_until]

    assert asana.run(main) == [1030.0, 1030.0, None, None, None]
    assert [first.waited, later.waited, idle.waited] == pytest.approx([30.0, 20.08, 0.0])


def test_every_statement_in_the_line_shows_that_it_waits(asana: Any) -> None:
    first, behind = Meter(), Meter()

    async def main(client: Client) -> list[float | None]:
        asked = [asyncio.create_task(client.page(ALL, meter)) for meter in [first] * 17 + [behind]]
        await asyncio.sleep(0.5)
        seen = [first.waiting_until, behind.waiting_until]
        await asyncio.gather(*asked)
        return seen

    assert asana.run(main, per_minute=150) == pytest.approx([1000.8, 1000.8])
    assert [first.waited, behind.waited] == pytest.approx([0.8, 1.2])


def test_a_statement_that_gives_up_waits_no_more_while_another_still_does(asana: Any) -> None:
    asana.answer = lambda n, request: asana.refusal(429, retry_after="30") if n == 0 else asana.page([])
    first, later = Meter(), Meter()

    async def main(client: Client) -> None:
        one = asyncio.create_task(client.page(ALL, first))
        await asyncio.sleep(10)
        two = asyncio.create_task(client.page(ALL, later))
        await asyncio.sleep(5)
        two.cancel()
        await asyncio.gather(two, return_exceptions=True)
        assert [first.waiting_until, later.waiting_until] == [1030.0, None]
        await one

    asana.run(main)
    assert [first.waited, later.waited] == pytest.approx([30.0, 5.0])


@pytest.mark.parametrize(
    ("moment", "sent"), [(0.5, 1), (3.0, 1)], ids=["while it is in flight", "while it waits for Retry-After"]
)
def test_a_cancelled_request_gives_its_place_back(asana: Any, moment: float, sent: int) -> None:
    asana.latency = 1.0
    asana.answer = lambda n, request: asana.refusal(429, retry_after="5") if n == 0 else asana.page([])

    async def main(client: Client) -> None:
        asked = asyncio.create_task(client.page(ALL, asana.meter))
        await asyncio.sleep(moment)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        assert asana.in_flight == 0
        assert asana.meter.requests == sent
        assert asana.meter.waiting_until is None
        await asyncio.gather(*(client.page(ALL, asana.meter) for _ in range(3)))

    asana.run(main, in_flight=1)
    assert asana.most_in_flight == 1


def test_a_request_cancelled_in_the_line_takes_no_turn(asana: Any) -> None:
    asana.latency = 1.0

    async def main(client: Client) -> None:
        asked = [asyncio.create_task(client.page(ALL, asana.meter)) for _ in range(4)]
        await asyncio.sleep(0.5)
        asked[1].cancel()
        asked[2].cancel()
        await asyncio.gather(*asked, return_exceptions=True)

    asana.run(main, in_flight=1)
    assert asana.times == [0.0, 1.0]


def test_a_request_cancelled_while_it_backs_off_is_sent_no_more(asana: Any) -> None:
    asana.answer = lambda n, request: asana.refusal(500)

    async def main(client: Client) -> None:
        asked = asyncio.create_task(client.page(ALL, asana.meter))
        await asyncio.sleep(0.25)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        await asyncio.sleep(60)

    asana.run(main)
    assert asana.times == [0.0]


@pytest.mark.parametrize("in_flight", [1, 40])
def test_a_limit_ends_the_statement_before_the_request_over_it(asana: Any, in_flight: int) -> None:
    asana.latency = 1.0
    asana.meter = Meter(3)
    with pytest.raises(QueryError, match="GET /projects"):
        asana.ask(10, in_flight=in_flight)
    assert len(asana.sent) == 3


def test_retries_count_against_the_limit(asana: Any) -> None:
    asana.meter = Meter(3)
    asana.answer = lambda n, request: asana.refusal(500)
    with pytest.raises(QueryError, match="send again GET /projects"):
        asana.ask()
    assert (len(asana.sent), asana.meter.retries) == (3, 2)


def test_who_may_send_nothing_more_is_told_without_waiting(asana: Any) -> None:
    asana.answer = lambda n, request: asana.refusal(429, retry_after="600")
    asana.meter = Meter(1)

    async def main(client: Client) -> float:
        with pytest.raises(QueryError):
            await client.page(ALL, asana.meter)
        now: float = asana.now()
        return now

    assert asana.run(main) == 0.0
