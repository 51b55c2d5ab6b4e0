"""Searches read whole: an Asana of the test's own that shows a hundred rows, in an order that ties do not keep."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from asanaql.api import Page, Request
from asanaql.api.search import searched, sorted_by
from asanaql.catalog.model import Search
from asanaql.errors import ApiError

FLAGS = ("completed", "is_subtask")
WHOLE = Search(("created_at", "modified_at"), FLAGS, ("created_at",))
PLAIN = Search(("created_at",), ("completed",), ("created_at",))
EPOCH = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


def at(milliseconds: int) -> str:
    moment = EPOCH + dt.timedelta(milliseconds=milliseconds)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def row(gid: int, created: int, modified: int = 0, *, completed: bool = False, is_subtask: bool = False) -> Any:
    return {
        "gid": str(gid),
        "created_at": at(created),
        "modified_at": at(modified),
        "completed": completed,
        "is_subtask": is_subtask,
    }


class Asana:
    """Answers searches over `rows`; whether `before` and `after` mean the moment itself too, `including` says.

    `meanwhile` is called with the number of every request before it is answered.
    """

    def __init__(self, rows: Sequence[Any], *, including: bool = False) -> None:
        self.rows = list(rows)
        self.asked: list[dict[str, str]] = []
        self.cut: list[str] = []
        self.given: list[str] = []
        self.pages: list[int] = []
        self.meanwhile: Callable[[int], None] = lambda number: None
        self._including = including

    async def fetch(self, request: Request) -> Page:
        asked = dict(request.params)
        self.meanwhile(len(self.asked))
        self.asked.append(asked)
        matching = [each for each in self.rows if all(self._matches(each, *pair) for pair in asked.items())]
        random.Random(len(self.asked)).shuffle(matching)
        matching.sort(key=lambda each: each[asked["sort_by"]], reverse=asked["sort_ascending"] == "false")
        fields = {"gid", *asked["opt_fields"].split(",")}
        return Page(
            [{k: v for k, v in each.items() if k in fields} for each in matching[: int(asked["limit"])]], None, 0
        )

    def _matches(self, each: Any, name: str, text: str) -> bool:
        field, _, word = name.partition(".")
        if word == "after":
            return bool(each[field] > text or (self._including and each[field] == text))
        if word == "before":
            return bool(each[field] < text or (self._including and each[field] == text))
        return each[name] == (text == "true") if name in FLAGS else True

    def read(self, search: Search = WHOLE, **params: str) -> Asana:
        async def main() -> None:
            request = Request("/search", tuple(sorted({"opt_fields": "created_at", **params}.items())))
            async for rows in searched(self.fetch, request, search, set(), self.cut.append):
                self.pages.append(len(rows))
                self.given += [each["gid"] for each in rows]

        asyncio.run(main())
        return self


both = pytest.mark.parametrize("including", [False, True], ids=["excluding", "including"])


def gids(*rows: Any) -> list[str]:
    return sorted(each["gid"] for each in rows)


def test_the_first_rows_in_an_order_are_a_hundred() -> None:
    asked = sorted_by(Request("/search"), "modified_at", ascending=False)
    assert dict(asked.params) == {"sort_by": "modified_at", "sort_ascending": "false", "limit": "100"}


@pytest.mark.parametrize("rows", [0, 1, 99])
def test_a_page_that_is_not_full_is_the_last(rows: int) -> None:
    asana = Asana([row(n, n) for n in range(rows)]).read()
    assert (len(asana.given), asana.pages) == (rows, [rows])
    assert asana.asked == [
        {"sort_by": "created_at", "sort_ascending": "true", "limit": "100", "opt_fields": "created_at"}
    ]


@both
def test_the_next_page_begins_a_millisecond_before_the_end_of_the_last(including: bool) -> None:
    rows = [row(n, n * 5) for n in range(250)]
    asana = Asana(rows, including=including).read()
    assert sorted(asana.given) == gids(*rows)
    assert [asked.get("created_at.after") for asked in asana.asked] == [None, at(99 * 5 - 1), at(198 * 5 - 1)]
    assert asana.pages == [100, 99, 51]


@both
def test_as_many_rows_as_a_page_holds_are_followed_by_a_page_that_repeats_the_last(including: bool) -> None:
    asana = Asana([row(n, n * 5) for n in range(100)], including=including).read()
    assert asana.pages == [100, 0]


@both
def test_rows_that_share_their_moment_at_a_pages_edge_are_given_once(including: bool) -> None:
    rows = [row(n, n if n < 80 else 80 if n < 140 else n) for n in range(300)]
    asana = Asana(rows, including=including).read()
    assert sorted(asana.given) == gids(*rows)
    assert len(asana.given) == len(set(asana.given))
    assert len(asana.asked) == 4


@both
def test_neighbouring_moments_are_told_apart(including: bool) -> None:
    rows = [row(n, n // 60) for n in range(600)]
    asana = Asana(rows, including=including).read()
    assert sorted(asana.given) == gids(*rows)
    assert asana.cut == []


@both
def test_more_rows_of_one_moment_than_a_page_holds_are_told_apart_by_when_they_changed(including: bool) -> None:
    rows = [row(n, 0, n) for n in range(250)] + [row(1000 + n, 1 + n) for n in range(120)]
    asana = Asana(rows, including=including).read()
    assert sorted(asana.given) == gids(*rows)
    assert asana.cut == []
    [*_, narrowed] = [asked for asked in asana.asked if asked["sort_by"] == "modified_at"]
    assert narrowed["created_at.after"] == at(-1)
    assert narrowed["created_at.before"] == at(1)
    assert narrowed["opt_fields"] == "created_at,modified_at"


@both
@pytest.mark.parametrize("moment", [0, 1, 2])
def test_crowded_moments_side_by_side_are_read_to_their_ends(including: bool, moment: int) -> None:
    rows = [row(n, n // 130 if n < 390 else 500 + n, n) for n in range(600)]
    rows += [row(1000 + n, moment, n) for n in range(100)]
    asana = Asana(rows, including=including).read()
    assert sorted(asana.given) == gids(*rows)
    assert len(asana.given) == len(set(asana.given))


def test_what_is_excluded_by_the_bound_costs_a_crowded_moment_one_request_less() -> None:
    rows = [row(n, 0, n) for n in range(150)] + [row(1000 + n, 5) for n in range(10)]
    excluding, including = Asana(rows).read(), Asana(rows, including=True).read()
    # Two pages that begin alike, two of the moment by when its rows changed, and what is behind it.
    assert len(excluding.asked) == 5
    assert len(including.asked) == 6
    assert [asked.get("created_at.after") for asked in including.asked][-2:] == [at(0), at(1)]


@both
def test_rows_that_share_every_moment_are_told_apart_by_flags(including: bool) -> None:
    rows = [row(n, 0, 0, completed=n % 2 == 0, is_subtask=n % 3 == 0) for n in range(250)]
    asana = Asana(rows, including=including).read()
    assert sorted(asana.given) == gids(*rows)
    assert asana.cut == []
    assert [(asked["completed"], asked.get("is_subtask")) for asked in asana.asked if "completed" in asked] == [
        ("true", None),
        ("true", "true"),
        ("true", "false"),
        ("false", None),
        ("false", "true"),
        ("false", "false"),
    ]


def test_what_cannot_be_told_apart_is_said() -> None:
    rows = [row(n, 0, 0, completed=n < 30) for n in range(1500)]
    asana = Asana(rows).read()
    assert asana.cut == [f"created_at = {at(0)}, modified_at = {at(0)}, completed = false, is_subtask = false"]
    assert 130 <= len(asana.given) < 1500
    assert len(asana.given) == len(set(asana.given))


def test_a_flag_that_the_search_is_asked_for_already_tells_nothing_apart() -> None:
    rows = [row(n, 0, is_subtask=n < 60) for n in range(150)]
    asana = Asana(rows).read(completed="false")
    assert sorted(asana.given) == gids(*rows)
    assert {asked["completed"] for asked in asana.asked} == {"false"}


def test_a_search_by_one_moment_goes_on_to_its_flags_at_once() -> None:
    rows = [row(n, 0, completed=n < 60) for n in range(150)]
    asana = Asana(rows).read(PLAIN)
    assert sorted(asana.given) == gids(*rows)
    assert {asked["sort_by"] for asked in asana.asked} == {"created_at"}


@both
def test_the_statements_own_bounds_hold_on_every_page_and_in_every_moment(including: bool) -> None:
    rows = [row(n, n // 150, n) for n in range(900)]
    bounds = {"created_at.after": at(1), "created_at.before": at(4)}
    asana = Asana(rows, including=including).read(**bounds)
    within = range(1, 5) if including else range(2, 4)
    assert sorted(asana.given) == gids(*(each for each in rows if each["created_at"] in {at(n) for n in within}))
    assert min(asked["created_at.after"] for asked in asana.asked) == at(1)
    assert max(asked["created_at.before"] for asked in asana.asked) == at(4)


@both
def test_a_row_that_is_edited_between_pages_is_neither_lost_nor_repeated(including: bool) -> None:
    rows = [row(n, n // 3 if n < 450 else 150, n) for n in range(900)]
    asana = Asana(rows, including=including)

    def edit(number: int) -> None:
        for each in asana.rows[number * 37 :: 50]:
            each["modified_at"] = at(10_000 + number)

    asana.meanwhile = edit
    asana.read()
    assert sorted(asana.given) == gids(*rows)
    assert len(asana.given) == len(set(asana.given))


@both
def test_rows_that_vanish_and_come_between_pages_cost_no_other(including: bool) -> None:
    rows = [row(n, n * 2) for n in range(500)]
    asana = Asana(rows, including=including)

    def change(number: int) -> None:
        asana.rows.pop(number * 7)
        asana.rows.append(row(5000 + number, 2000 + number))

    asana.meanwhile = change
    asana.read()
    staying = {each["gid"] for each in asana.rows if int(each["gid"]) < 5000}
    assert staying <= set(asana.given)
    assert len(asana.given) == len(set(asana.given))


@both
@pytest.mark.parametrize("seed", range(40))
def test_every_row_of_a_random_search_is_given_once(including: bool, seed: int) -> None:
    dice = random.Random(seed)
    created, modified = dice.choice((1, 3, 10, 1000)), dice.choice((2, 5, 500))
    rows = [
        row(
            n,
            dice.randrange(created),
            dice.randrange(modified),
            completed=dice.random() < 0.5,
            is_subtask=dice.random() < 0.5,
        )
        for n in range(dice.choice((90, 100, 101, 350, 700)))
    ]
    asana = Asana(rows, including=including).read()
    assert len(asana.given) == len(set(asana.given))
    alike = Counter(tuple(each[name] for name in ("created_at", "modified_at", *FLAGS)) for each in rows)
    if max(alike.values()) < 100:
        assert asana.cut == []
        assert sorted(asana.given) == gids(*rows)
    else:
        assert asana.cut


def test_whoever_has_enough_asks_no_further() -> None:
    asana = Asana([row(n, n) for n in range(300)])

    async def main() -> None:
        request = Request("/search", (("opt_fields", "created_at"),))
        reading = searched(asana.fetch, request, WHOLE, set(), asana.cut.append)
        await anext(reading)
        await reading.aclose()

    asyncio.run(main())
    assert len(asana.asked) == 1


def test_what_was_given_before_is_not_given_again() -> None:
    asana = Asana([row(n, n) for n in range(150)])
    given = {"7", "149"}

    async def main() -> list[str]:
        request = Request("/search", (("opt_fields", "created_at"),))
        pages = [rows async for rows in searched(asana.fetch, request, WHOLE, given, asana.cut.append)]
        return [each["gid"] for rows in pages for each in rows]

    assert sorted(asyncio.run(main()), key=int) == [str(n) for n in range(150) if n not in (7, 149)]
    assert len(given) == 150


def test_a_row_without_its_moment_is_an_error_where_the_search_must_be_read_on() -> None:
    rows = [row(n, n) for n in range(100)]
    asana = Asana(rows)

    async def main(rows: Sequence[Any]) -> None:
        async def fetch(request: Request) -> Page:
            return Page([{"gid": each["gid"]} for each in rows], None, 0)

        async for _ in searched(fetch, Request("/search"), WHOLE, set(), asana.cut.append):
            pass

    asyncio.run(main(rows[:99]))
    with pytest.raises(ApiError, match="a row has no created_at"):
        asyncio.run(main(rows))


def test_an_asana_that_passes_over_the_bound_is_an_error_not_a_loop() -> None:
    async def fetch(request: Request) -> Page:
        return Page([row(n, n) for n in range(100)], None, 0)

    async def main() -> None:
        async for _ in searched(fetch, Request("/search"), WHOLE, set(), [].append):
            pass

    with pytest.raises(ApiError, match="would never end"):
        asyncio.run(main())
