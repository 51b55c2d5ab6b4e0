"""What may come next, as data: the files beside this one hold a text with the cursor (^) in it, and what is suggested.

`=>` is followed by the suggestions in their order, all of them unless the last is …; a name that a menu shows in the
place of a gid stands in parentheses. ⏎ is the end of a line.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from asanaql.shell.completion import suggestions

FILES = sorted(Path(__file__).parent.glob("*.txt"))


def read(file):
    """The cases of a file: where it is, the text, and what is expected."""
    lines = file.read_text(encoding="utf-8").splitlines()
    for number, (text, told) in enumerate(pairwise(lines), 1):
        if told.startswith("=>"):
            yield pytest.param(text, told[2:].strip(), id=f"{file.stem}:{number}")


CASES = [case for file in FILES for case in read(file)]


def suggested(marked, words):
    """The suggestions for a text with a cursor in it, as the files write them."""
    before, _, after = marked.replace("⏎", "\n").partition("^")
    found = suggestions(before + after, len(before), words)
    return [f"{each.text.rstrip()} ({each.shown})" if each.shown else each.text.rstrip() for each in found]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_could_come_next(text, expected, words):
    found = suggested(text, words)
    if expected.endswith("…"):
        wanted = expected.removesuffix("…").rstrip().removesuffix(",")
        count = len(wanted.split(", ")) if wanted else 0
        assert len(found) > count
        found = found[:count]
        expected = wanted
    assert ", ".join(found) == expected


def test_every_line_of_the_files_is_read():
    for file in FILES:
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]
        assert len(lines) == 2 * len(list(read(file))), file.name
    assert len(CASES) > 500


@pytest.mark.parametrize(
    ("text", "words_that_are_out_of_place"),
    [
        ("SELECT ^", {"JOIN", "WHERE", "FROM", "ON"}),
        ("FROM ^", {"SELECT", "WHERE", "count("}),
        ("FROM tasks ^", {"FROM", "SELECT DISTINCT", "count(", "name"}),
        ("FROM tasks WHERE ^", {"WHERE", "JOIN", "GROUP BY", "AND"}),
        ("FROM tasks WHERE name = ^", {"AND", "WHERE", "LIKE"}),
        ("FROM tasks WHERE name = 'a' ^", {"WHERE", "LIKE", "name", "FROM"}),
        ("FROM tasks ORDER BY ^", {"WHERE", "GROUP BY", "DESC"}),
    ],
)
def test_no_word_is_suggested_out_of_place(text, words_that_are_out_of_place, words):
    assert words_that_are_out_of_place.isdisjoint(suggested(text, words))


def test_a_suggestion_replaces_what_was_typed_and_says_what_it_is(words):
    [found] = suggestions("SELECT assignee_na FROM tasks", len("SELECT assignee_na"), words)
    assert (found.text, found.replaces, found.kind) == ("assignee_name", len("assignee_na"), "column")
    assert found.about.startswith("The name of the user whom the task is assigned to")


def test_a_gid_is_inserted_and_its_name_shown(words):
    typed = "FROM tasks WHERE project_gid = 'launch pl"
    [found] = suggestions(typed, len(typed), words)
    assert (found.text, found.replaces, found.shown, found.about) == ("11'", len("launch pl"), "Launch plan", "11")


def test_a_number_that_is_a_gid_is_put_into_quotes(words):
    typed = "FROM tasks WHERE project_gid = 12"
    [found] = suggestions(typed, len(typed), words)
    assert (found.text, found.replaces) == ("'12'", 2)


def test_of_several_gids_only_the_last_is_replaced(words):
    typed = "FROM asana_search_tasks(tag_gid := '51,lat"
    [found] = suggestions(typed, len(typed), words)
    assert (found.text, found.replaces) == ("52'", len("lat"))


def test_a_name_that_several_have_is_suggested_once_where_the_name_is_meant(words):
    typed = "FROM tasks WHERE project_name = 'web"
    [found] = suggestions(typed, len(typed), words)
    assert (found.text, found.about) == ("Website'", "2 of this name")


def test_a_name_in_quotes_replaces_the_quote_too(words):
    typed = 'SELECT "cost c'
    [found] = suggestions(typed + " FROM costs", len(typed), words)
    assert (found.text, found.replaces) == ('"Cost centre"', len('"cost c'))


def test_an_argument_is_followed_by_its_sign(words):
    typed = "FROM asana_tasks(project_g"
    [found] = suggestions(typed, len(typed), words)
    assert found.text == "project_gid := "


def test_nothing_is_suggested_without_words():
    from asanaql.shell.completion import Vocabulary

    assert suggestions("FROM tasks WHERE name = 'a", 26, Vocabulary()) == []
    assert suggestions(".he", 3, Vocabulary()) == []
