"""When what was typed is finished, and where the cursor is in it."""

from __future__ import annotations

import pytest

from asanaql.shell.statement import current, finished, in_literal, is_command


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1;",
        "SELECT 1 ;  ",
        "SELECT 1; -- done",
        "SELECT 1; /* done */ ",
        "SELECT ';';",
        "SELECT 'é;漢';",
        "SELECT 1;\nSELECT 2;",
        ";",
        "",
        "   ",
        ".help",
        "  .tables user",
    ],
)
def test_enter_runs_what_is_finished(text):
    assert finished(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1",
        "SELECT ';",
        "SELECT ';'",
        "SELECT 'é;漢'",
        'SELECT "a;',
        "SELECT 1 -- ;",
        "SELECT 1 /* ;",
        "SELECT $$ ; $$",
        "SELECT $$ ;",
        "SELECT 1; SELECT 2",
        "-- only a comment;",
    ],
)
def test_enter_starts_a_new_line_in_what_is_not(text):
    assert not finished(text)


def test_a_dot_makes_a_command_and_a_number_does_not():
    assert is_command(" .help")
    assert not is_command("SELECT .5;")


@pytest.mark.parametrize(
    "before", ["SELECT '", "SELECT 'a b", "SELECT 'it''s ", "-- note", "SELECT 1 -- a", "/* a ", "'é"]
)
def test_the_cursor_is_in_a_literal(before):
    assert in_literal(before)


@pytest.mark.parametrize("before", ["", "SELECT ", "SELECT 'a' ", "-- a\n", "/* a */ ", "SELECT 'é漢' FROM "])
def test_the_cursor_is_not_in_a_literal(before):
    assert not in_literal(before)


@pytest.mark.parametrize(
    ("marked", "statement", "place"),
    [
        ("SELECT ^1", "SELECT 1", 7),
        ("SELECT 1; FROM ^tasks; SELECT 3", " FROM tasks;", 6),
        ("SELECT 'é;'; FROM ^", " FROM ", 6),
        ("SELECT 1;^", "", 0),
    ],
)
def test_the_statement_that_the_cursor_is_in(marked, statement, place):
    cursor = marked.index("^")
    assert current(marked.replace("^", ""), cursor) == (statement, place)
