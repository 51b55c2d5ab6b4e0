"""Whether the first page in an order holds the rows that are wanted, and which these are."""

from __future__ import annotations

from typing import Any

import pytest

from asanaql.scan.first import First, Order
from asanaql.scan.rows import Context, Row

CONTEXT: Context = {"workspace_gid": "7"}


def page(*values: Any) -> list[Row]:
    """Rows with these values, each a number of minutes or not a text at all."""
    return [
        {"gid": str(n), "modified_at": f"2026-03-02T{v // 60:02d}:{v % 60:02d}:00.000Z" if isinstance(v, int) else v}
        for n, v in enumerate(values)
    ]


def wanted(rows: list[Row], most: int, *, descending: bool = True, failing: tuple[int, ...] = ()) -> list[str] | None:
    """The gids of the rows that are wanted; the rows at the places `failing` pass no filter."""

    def passing(some: Any, context: Context) -> list[bool]:
        assert context is CONTEXT
        return [place not in failing for place in range(len(some))]

    found = First(Order("modified_at", descending, most), passing).of_page(rows, CONTEXT)
    return None if found is None else [row["gid"] for row in found]


LATEST = page(*range(200, 100, -1))
EARLIEST = page(*range(100))


def gids(most: int) -> list[str]:
    return [str(n) for n in range(most)]


@pytest.mark.parametrize("most", [1, 10, 99])
def test_a_full_page_holds_as_many_rows_as_come_before_its_last(most: int) -> None:
    assert wanted(LATEST, most) == gids(most)
    assert wanted(EARLIEST, most, descending=False) == gids(most)


def test_the_last_row_of_a_full_page_may_share_its_place_with_others() -> None:
    assert wanted(LATEST, 100) is None
    tied = page(*range(200, 110, -1), *[110] * 10)
    assert wanted(tied, 90) == gids(90)
    assert wanted(tied, 91) is None
    assert wanted(page(*[5] * 100), 1) is None


def test_rows_that_share_the_place_of_the_last_one_wanted_are_wanted_too() -> None:
    assert wanted(page(300, 299, *[298] * 5, *range(200, 107, -1)), 3) == gids(7)


def test_a_page_that_is_not_full_is_all_there_is() -> None:
    assert wanted(LATEST[:99], 50) == gids(99)
    assert wanted([], 5) == []
    assert wanted(page(1, 2, None, 3), 5) == gids(4)


def test_only_rows_that_pass_the_filter_count() -> None:
    assert wanted(LATEST, 3, failing=(0, 2)) == gids(5)
    assert wanted(LATEST, 98, failing=(5,)) == gids(99)
    assert wanted(LATEST, 99, failing=(5,)) is None


def test_values_out_of_order_say_that_asana_sorted_by_others() -> None:
    assert wanted(page(*range(200, 150, -1), 175, *range(150, 101, -1)), 5) is None
    assert wanted(LATEST, 5, descending=False) is None
    assert wanted(EARLIEST, 5) is None


@pytest.mark.parametrize("value", [None, 7.5, {"moment": 1}])
def test_a_row_without_a_moment_has_no_place(value: Any) -> None:
    assert wanted([*LATEST[:50], {"gid": "x", "modified_at": value}, *LATEST[51:]], 5) is None
    assert wanted([*LATEST[:50], {"gid": "x"}, *LATEST[51:]], 5) is None


@pytest.mark.parametrize(("rows", "on_a_page"), [(1, True), (99, True), (100, False), (5000, False)])
def test_a_page_holds_ninety_nine_rows_and_one_after_them(rows: int, on_a_page: bool) -> None:
    assert Order("created_at", False, rows).on_a_page is on_a_page
