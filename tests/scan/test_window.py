from __future__ import annotations

import asyncio
from collections.abc import Callable

from asanaql.scan.window import WIDEST, Window


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
