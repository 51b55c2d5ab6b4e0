"""When what was typed is finished, and where the cursor is in it."""

from __future__ import annotations

import pytest

from asanaql.shell.statement import finished, is_command, pieces


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
        "help",
        "Exit;",
        "?",
        "-- only a comment;",
        "/* two\nlines */",
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
        "-- a comment\nSELECT 1",
        "/* not closed",
        "helpless",
    ],
)
def test_enter_starts_a_new_line_in_what_is_not(text):
    assert not finished(text)


def test_a_dot_makes_a_command_and_a_number_does_not():
    assert is_command(" .help")
    assert not is_command("SELECT .5;")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".mode csv\nSELECT 1;\n", [".mode csv", "SELECT 1;"]),
        ("SELECT 1;\n.mode csv\nSELECT\n2;", ["SELECT 1;", ".mode csv", "SELECT\n2;"]),
        ("-- a note\n.mode csv", ["-- a note", ".mode csv"]),
        ("/* a\n.note */\n.mode csv", ["/* a\n.note */", ".mode csv"]),
        ("SELECT 1; -- done\n.mode csv", ["SELECT 1; -- done", ".mode csv"]),
        ("SELECT 1 -- not yet\n.5;", ["SELECT 1 -- not yet\n.5;"]),
        ("SELECT ';\n.mode csv\n';", ["SELECT ';\n.mode csv\n';"]),
        ("SELECT 'a\u2028b';", ["SELECT 'a\u2028b';"]),
        ("SELECT 1; SELECT 2", ["SELECT 1; SELECT 2"]),
    ],
)
def test_commands_have_a_line_each_and_statements_end_with_a_semicolon(text, expected):
    assert pieces(text) == expected
