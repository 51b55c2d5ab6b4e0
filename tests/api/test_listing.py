from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from asanaql.api import Page, Request, TooLong, pages
from asanaql.catalog.model import Paging
from asanaql.errors import ApiError, RateLimited

Answer = Page | ApiError
EXPIRED = ApiError(400, "GET", "/x", "offset: Your pagination token has expired.")
INVALID = ApiError(400, "GET", "/x", "offset: Your pagination token is invalid.")
END = ApiError(400, "GET", "/x", "There is currently an upper limit on the number of results returned for this query.")


def page(gids: str, offset: str | None = None) -> Page:
    return Page([{"gid": gid} for gid in gids], offset, 0)


class Listing:
    """Reads a listing whose n-th request is answered by the n-th of `answers`."""

    def __init__(self, *answers: Answer, paging: Paging = Paging.OFFSET) -> None:
        self.answers = iter(answers)
        self.paging = paging
        self.asked: list[tuple[tuple[str, str], ...]] = []
        self.got: list[str] = []
        self.asked_by_then: list[int] = []
        self.error: ApiError | None = None

    async def fetch(self, request: Request) -> Page:
        self.asked.append(request.params)
        answer = next(self.answers)
        if isinstance(answer, ApiError):
            raise answer
        return answer

    @property
    def offsets(self) -> list[str | None]:
        return [dict(params).get("offset") for params in self.asked]

    async def _read(self, enough: Callable[[], bool]) -> None:
        rows = pages(self.fetch, Request("/x", (("a", "b"),)), self.paging)
        try:
            async for some in rows:
                self.got.append("".join(row.get("gid", "?") for row in some))
                self.asked_by_then.append(len(self.asked))
                if enough():
                    return
        except ApiError as error:
            self.error = error

    def read(self, enough: Callable[[], bool] = lambda: False) -> Listing:
        asyncio.run(self._read(enough))
        return self


def test_each_page_is_asked_for_when_it_is_wanted() -> None:
    listing = Listing(page("ab", "o1"), page("cd", "o2"), page("e")).read()
    assert listing.got == ["ab", "cd", "e"]
    assert listing.asked == [
        (("a", "b"), ("limit", "100")),
        (("a", "b"), ("limit", "100"), ("offset", "o1")),
        (("a", "b"), ("limit", "100"), ("offset", "o2")),
    ]
    assert listing.asked_by_then == [1, 2, 3]


def test_who_has_enough_after_one_page_asks_for_one() -> None:
    listing = Listing(page("ab", "o1")).read(enough=lambda: True)
    assert (listing.got, len(listing.asked)) == (["ab"], 1)


def test_an_empty_listing_is_one_empty_page() -> None:
    assert Listing(page("")).read().got == [""]


def test_an_empty_page_in_the_middle_does_not_end_a_listing() -> None:
    assert Listing(page("", "o1"), page("a")).read().got == ["", "a"]


@pytest.mark.parametrize("paging", [Paging.ONE, Paging.WHOLE])
def test_what_comes_at_once_is_asked_without_a_limit(paging: Paging) -> None:
    listing = Listing(Page({"gid": "a"}, None, 0), paging=paging).read()
    assert (listing.got, listing.asked) == (["a"], [(("a", "b"),)])


def test_what_should_come_at_once_and_does_not_is_still_read_to_its_end() -> None:
    listing = Listing(page("a", "o1"), page("b"), paging=Paging.WHOLE).read()
    assert (listing.got, listing.asked) == (["a", "b"], [(("a", "b"),), (("a", "b"), ("offset", "o1"))])


def test_an_endless_listing_ends_at_its_first_empty_page_even_under_the_same_offset() -> None:
    listing = Listing(page("a", "o1"), page("b", "o2"), page("", "o2"), paging=Paging.ENDLESS).read()
    assert (listing.got, listing.offsets, listing.error) == (["a", "b"], [None, "o1", "o2"], None)
    assert listing.asked[0] == (("a", "b"), ("limit", "100"))


@pytest.mark.parametrize("answers", [("o1", "o1"), ("o1", "o2", "o1")])
def test_an_offset_that_repeats_is_an_error_not_a_loop(answers: tuple[str, ...]) -> None:
    listing = Listing(*(page(gid, offset) for gid, offset in zip("abc", answers, strict=False))).read()
    assert "".join(listing.got) == "abc"[: len(answers)]
    assert listing.error is not None
    assert "never end" in listing.error.said
    assert len(listing.asked) == len(answers)


@pytest.mark.parametrize("refusal", [EXPIRED, INVALID])
def test_an_expired_offset_starts_again_and_gives_no_gid_twice(refusal: ApiError) -> None:
    listing = Listing(
        page("ab", "o1"), page("cd", "o2"), refusal, page("abc", "p1"), page("def", "p2"), page("g")
    ).read()
    assert listing.got == ["ab", "cd", "", "ef", "g"]
    assert listing.offsets == [None, "o1", "o2", None, "p1", "p2"]
    assert listing.asked_by_then == [1, 2, 4, 5, 6]
    assert listing.error is None


def test_a_listing_may_give_the_same_offsets_after_it_started_again() -> None:
    listing = Listing(page("a", "o1"), EXPIRED, page("a", "o1"), page("b")).read()
    assert (listing.got, listing.error) == (["a", "", "b"], None)


def test_the_fourth_restart_that_gives_nothing_new_is_an_error() -> None:
    stuck = (page("a", "o1"), EXPIRED)
    listing = Listing(*stuck * 4).read()
    assert listing.got == ["a", "", "", ""]
    assert len(listing.asked) == 8
    assert listing.error is not None
    assert "expired" in listing.error.said
    assert "3 times" in listing.error.advice


def test_restarts_count_from_the_last_new_row() -> None:
    stuck = (page("a", "o1"), EXPIRED)
    further = (page("a", "o1"), page("b", "o2"), EXPIRED)
    listing = Listing(*stuck * 3, *further, *stuck * 3).read()
    assert "".join(listing.got) == "ab"
    assert len(listing.asked) == 15
    assert listing.error is not None


def test_rows_without_a_gid_cannot_be_told_apart_so_the_expiry_is_an_error() -> None:
    listing = Listing(Page([{"name": "x"}], "o1", 0), EXPIRED).read()
    assert (listing.got, len(listing.asked)) == (["?"], 2)
    assert listing.error is not None
    assert "no gid" in listing.error.advice


def test_rows_without_a_gid_are_never_taken_for_repeats() -> None:
    assert Listing(Page([{}, {}], "o1", 0), Page([{}], None, 0)).read().got == ["??", "?"]


def test_a_row_that_moved_to_a_later_page_meanwhile_is_given_once() -> None:
    assert Listing(page("ab", "o1"), page("bc")).read().got == ["ab", "c"]


def test_an_offset_of_the_callers_own_making_is_not_restarted() -> None:
    listing = Listing(INVALID).read()
    assert listing.error is INVALID
    assert len(listing.asked) == 1


def test_the_end_of_the_range_tells_what_was_listed() -> None:
    listing = Listing(page("ab", "o1"), page("c", "o2"), END).read()
    assert listing.got == ["ab", "c"]
    assert isinstance(listing.error, TooLong)
    assert listing.error.gids == {"a", "b", "c"}
    assert (listing.error.status, listing.error.said) == (400, END.said)


def test_any_other_refusal_is_passed_on_as_it_is() -> None:
    refusal = RateLimited(429, "GET", "/x", "Too many")
    listing = Listing(page("a", "o1"), refusal).read()
    assert (listing.got, listing.error) == (["a"], refusal)
