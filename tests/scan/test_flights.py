"""A request that is on its way is not sent again; whoever waits for it is not bound to who sent it."""

from __future__ import annotations

import asyncio

import pytest

from asanaql.api import Page, Request
from asanaql.errors import ApiError, QueryError
from asanaql.scan.flights import Flights

ASKED = Request("/users")


class Asana:
    """Answers when told to; counts what it is asked."""

    def __init__(self, error: Exception | None = None) -> None:
        self.times = 0
        self.ready = asyncio.Event()
        self.error = error

    async def answer(self, request: Request) -> Page:
        self.times += 1
        await self.ready.wait()
        if self.error is not None:
            raise self.error
        return Page([{"gid": str(self.times)}], None, 1)


async def together(flights: Flights, *asanas: Asana) -> list[object]:
    waiting = [asyncio.create_task(flights.page(ASKED, asana.answer)) for asana in asanas]
    await asyncio.sleep(0)
    for asana in asanas:
        asana.ready.set()
    return await asyncio.gather(*waiting, return_exceptions=True)


def test_two_who_ask_the_same_get_one_answer() -> None:
    async def main() -> tuple[list[object], int]:
        asana = Asana()
        return await together(Flights(), asana, asana), asana.times

    answers, times = asyncio.run(main())
    assert answers[0] == answers[1] and times == 1


def test_what_has_landed_is_asked_for_anew() -> None:
    async def main() -> int:
        flights, asana = Flights(), Asana()
        asana.ready.set()
        await flights.page(ASKED, asana.answer)
        await flights.page(ASKED, asana.answer)
        return asana.times

    assert asyncio.run(main()) == 2


def test_a_refusal_is_everyones() -> None:
    async def main() -> tuple[list[object], int]:
        asana = Asana(ApiError(403, "GET", "/users", "no"))
        return await together(Flights(), asana, asana), asana.times

    answers, times = asyncio.run(main())
    assert times == 1 and all(isinstance(each, ApiError) for each in answers)


def test_the_bound_of_one_statement_is_not_the_others() -> None:
    async def main() -> list[object]:
        return await together(Flights(), Asana(QueryError("as many as it may")), Asana())

    bound, free = asyncio.run(main())
    assert isinstance(bound, QueryError) and isinstance(free, Page)


def test_one_that_is_given_up_leaves_the_other_its_answer() -> None:
    async def main() -> Page:
        flights, first, second = Flights(), Asana(), Asana()
        given_up = asyncio.create_task(flights.page(ASKED, first.answer))
        await asyncio.sleep(0)
        waiting = asyncio.create_task(flights.page(ASKED, second.answer))
        await asyncio.sleep(0)
        given_up.cancel()
        second.ready.set()
        return await waiting

    assert isinstance(asyncio.run(main()), Page)


@pytest.mark.parametrize("times", [1, 3])
def test_nothing_is_left_behind(times: int) -> None:
    async def main() -> dict[Request, object]:
        flights, asana = Flights(), Asana()
        asana.ready.set()
        for _ in range(times):
            await flights.page(ASKED, asana.answer)
        await asyncio.sleep(0)
        return dict(flights._out)

    assert asyncio.run(main()) == {}
