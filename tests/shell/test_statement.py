"""When what was typed is finished, and where the cursor is in it."""

from __future__ import annotations

import pytest

from asanaql.shell.statement import finished, is_command


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
