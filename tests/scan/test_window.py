from __future__ import annotations

import asyncio
from collections.abc import Callable

from asanaql.scan.window import A_FIELD, MOST_BYTES, WIDEST, Window


def taken(window: Window, then: Callable[[], None] | None = None) -> int:
    """How many pages may be asked for, now or after `then`, before the next has to wait."""

    async def main() -> int:
        count = 0

        async def take() -> None:
            nonlocal count
            while True:
                await window.take()
                count += 1

        taking = asyncio.create_task(take())
        await settled()
        if then is not None:
            then()
            count = 0
            await settled()
        taking.cancel()
        return count

    return asyncio.run(main())


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_a_scan_begins_with_one_page() -> None:
    assert taken(Window()) == 1


def test_a_scan_that_is_read_whole_begins_at_full_width() -> None:
    assert taken(Window(WIDEST)) == WIDEST


def test_a_page_that_was_consumed_widens_the_window_eightfold() -> None:
    window = Window()
    assert taken(window, window.consumed) == 8
    assert window.size == 8


def test_the_window_grows_to_its_widest_and_no_further() -> None:
    window = Window()
    for _ in range(5):
        window.consumed()
    assert window.size == WIDEST


def test_a_page_that_was_not_needed_frees_its_place_without_widening() -> None:
    window = Window(2)
    assert taken(window, window.unused) == 1
    assert window.size == 2


def test_who_waits_longest_is_next() -> None:
    async def main() -> list[str]:
        window, order = Window(1), list[str]()

        async def take(name: str, times: int) -> None:
            for _ in range(times):
                await window.take()
                order.append(name)

        taking = [asyncio.create_task(take("new listings", 3)), asyncio.create_task(take("a listing read on", 1))]
        for _ in range(4):
            await settled()
            window.unused()
        await asyncio.gather(*taking)
        return order

    assert asyncio.run(main()) == ["new listings", "new listings", "a listing read on", "new listings"]


def test_one_that_waits_no_longer_takes_no_place() -> None:
    async def main() -> None:
        window = Window(1)
        await window.take()
        before, after = asyncio.create_task(window.take()), asyncio.create_task(window.take())
        await settled()
        before.cancel()
        window.unused()
        await settled()
        assert (before.cancelled(), after.done()) == (True, True)

    asyncio.run(main())


def test_one_that_is_given_up_as_its_turn_comes_passes_it_on() -> None:
    async def main() -> None:
        window = Window(1)
        await window.take()
        before, after = asyncio.create_task(window.take()), asyncio.create_task(window.take())
        await settled()
        window.unused()
        before.cancel()
        await settled()
        assert (before.cancelled(), after.done()) == (True, True)

    asyncio.run(main())


def test_fewer_large_pages_are_read_ahead() -> None:
    window = Window(WIDEST)
    window.weigh(MOST_BYTES // 20)
    assert taken(window) == 20


def test_pages_of_many_fields_are_taken_for_large_until_one_has_come() -> None:
    window = Window(WIDEST, fields=MOST_BYTES // A_FIELD // 20)
    assert taken(window) == 20
    window.weigh(1000)
    assert taken(window) == WIDEST - 20


def test_small_pages_are_read_ahead_at_full_width() -> None:
    window = Window(WIDEST)
    window.weigh(MOST_BYTES // 1000)
    assert taken(window) == WIDEST


def test_some_pages_are_read_ahead_however_large_they_are() -> None:
    window = Window(WIDEST)
    window.weigh(2 * MOST_BYTES)
    assert taken(window) == 8


def test_a_window_of_one_page_stays_that_small() -> None:
    window = Window()
    window.weigh(MOST_BYTES)
    assert taken(window) == 1
