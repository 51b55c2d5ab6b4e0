"""Names are found by what is typed of them, in bounded work however many there are."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from asanaql.shell.completion import Names, suggestions
from asanaql.shell.completion.names import MOST

NAMES = Names({"projects": [("Beta", "2"), ("alpha", "1"), ("Alphabet", "3"), ("The alpha", "4"), ("alpha", "5")]})


def named(typed):
    return [group.name for group in NAMES.matching("projects", typed)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["alpha", "Alphabet", "Beta", "The alpha"]),
        ("al", ["alpha", "Alphabet", "The alpha"]),
        ("ALPHA", ["alpha", "Alphabet", "The alpha"]),
        ("bet", ["Beta", "Alphabet"]),
        ("pha", ["alpha", "Alphabet", "The alpha"]),
        ("x", []),
        ("a\nb", []),
    ],
)
def test_names_that_begin_so_come_before_those_that_hold_it(typed, expected):
    assert named(typed) == expected


def test_all_that_have_a_name_are_found_with_it():
    [namesakes, *_] = NAMES.matching("projects", "alpha")
    assert (namesakes.name, namesakes.gids) == ("alpha", ["1", "5"])


def test_a_gid_is_found_by_its_digits_and_by_its_name():
    assert [each.gid for each in NAMES.identified("projects", "4")] == ["4"]
    assert [each.gid for each in NAMES.identified("projects", "bet")] == ["2", "3"]


def test_an_unknown_relation_has_no_names():
    assert NAMES.matching("tags", "") == NAMES.identified("tags", "") == []


def test_the_same_name_and_gid_is_one():
    assert len(Names({"users": [("Ada", "1"), ("Ada", "1")]})) == 1


def test_a_line_break_in_a_name_is_borne():
    names = Names({"tags": [("one\ntwo", "1"), ("three", "2")]})
    assert [group.gids for group in names.matching("tags", "two")] == [["1"]]


def test_names_can_be_joined_by_others():
    joined = NAMES.joined({"projects": [("Gamma", "6")], "tags": [("red", "7")]})
    assert [group.name for group in joined.matching("projects", "gam")] == ["Gamma"]
    assert [group.name for group in joined.matching("tags", "")] == ["red"]
    assert named("gam") == []


def many(count):
    """A workspace with so many projects and a tenth of that users; half of the projects share a name."""
    projects = [(f"Project {number // 2} of the launch", f"{10**12 + number}") for number in range(count)]
    return Names({"projects": projects, "users": [(f"Person {number}", f"{number}") for number in range(count // 10)]})


TYPED = ("", "p", "project 1", "launch", "the", "zebra", "1", "10000000000")


@pytest.mark.parametrize("typed", TYPED)
def test_no_more_names_are_found_than_a_menu_can_show(typed):
    names = many(10_000)
    assert len(names.matching("projects", typed)) <= MOST
    assert len(names.identified("projects", typed)) <= MOST


def work(text, words):
    """How many lines of Python a key press runs."""
    lines = 0

    def trace(frame, event, argument):
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        suggestions(text, len(text), words)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("column", ["project_name", "project_gid"])
def test_a_key_press_does_the_same_work_whether_there_are_a_thousand_names_or_ten_thousand(column, typed, words):
    text = f"SELECT * FROM tasks WHERE {column} = '{typed}"
    few = work(text, replace(words, names=many(1_000)))
    lots = work(text, replace(words, names=many(10_000)))
    assert lots <= few + 10


def test_a_key_press_in_a_long_statement_does_work_in_proportion_to_its_length(words):
    def statement(lines):
        return "SELECT gid,\n" + "  name || 'x' AS label, -- a note\n" * lines + "FROM tasks WHERE "

    assert work(statement(400), words) < 2.5 * work(statement(200), words)
