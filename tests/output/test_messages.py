"""Errors with their place, and the line of numbers."""

from __future__ import annotations

import duckdb
import pytest

from asanaql import ApiError, AuthError, ConfigError, QueryError, RateLimited, ServerError, Stats
from asanaql.output.messages import error_text, exit_code, fitted, marked, stats_text

API = (403, "GET", "/projects/1", "Forbidden")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (QueryError("x"), 1),
        (duckdb.ParserException("x"), 1),
        (ConfigError("x"), 2),
        (ApiError(*API), 3),
        (AuthError(*API), 3),
        (RateLimited(*API), 3),
        (ServerError(*API), 3),
    ],
)
def test_every_error_has_its_exit_code(error, code):
    assert exit_code(error) == code


def test_a_known_place_is_marked_in_its_line():
    statement = "SELECT gid,\n  nmae\nFROM tasks"
    error = QueryError("There is no column nmae.", statement.index("nmae"))
    assert error_text(error, statement) == ("error: There is no column nmae.\n\nLINE 2:   nmae\n          ^")


@pytest.mark.parametrize(("position", "text"), [(0, "LINE 1: a b\n        ^"), (2, "LINE 1: a b\n          ^")])
def test_the_mark_is_below_the_character(position, text):
    assert marked("a b", position) == text


def test_duckdbs_own_text_is_kept_with_one_prefix():
    with pytest.raises(duckdb.Error) as caught:
        duckdb.execute("SELECT 1 +")
    assert error_text(caught.value).startswith("error: Parser Error: ")
    assert error_text(caught.value).count("error: ") == 1
    assert "LINE 1: SELECT 1 +" in error_text(caught.value)


def test_what_asana_says_cannot_command_the_terminal():
    assert error_text(ApiError(400, "GET", "/x", "\x1b[2J")) == "error: Asana answered 400 to GET /x: \\x1b[2J"


def test_numbers_are_in_one_line():
    stats = Stats(rows=5, seconds=1.23456, requests=7, cached=2, retries=1, bytes=9, waited=0.0, waiting=False)
    assert stats_text(stats) == "rows 5, seconds 1.235, requests 7, cached 2, retries 1"


ERROR = f"error: There is no such thing\n\nLINE 1: SELECT a, nothing_there, b FROM t\n{' ' * 18}{'^' * 13}"


@pytest.mark.parametrize("width", [20, 21, 28, 30, 40, 41])
def test_an_error_is_fitted_to_the_terminal_around_its_mark(width):
    *words, line, mark = fitted(ERROR, width).split("\n")
    assert max(map(len, [*words, line, mark])) <= width
    assert " ".join(words).split() == ["error:", "There", "is", "no", "such", "thing"]
    assert line.startswith("LINE 1: ")
    place, marked = mark.index("^"), mark.count("^")
    assert "nothing_there".startswith(line[place : place + marked])
    assert marked >= 6


def test_an_error_that_fits_is_left_as_it_is():
    assert fitted(ERROR, 41) == ERROR
    assert fitted("error: a\n\n  b  c", 80) == "error: a\n\n  b  c"
