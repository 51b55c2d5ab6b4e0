"""Calls in a text: found where they are written, whatever is around them, and nowhere else."""

from __future__ import annotations

import subprocess
import sys

import pytest

from asanaql.errors import QueryError
from asanaql.typed.calls import calls
from asanaql.typed.kinds import PORTFOLIO, PROJECT


def found(text):
    return [(text[each.start : each.end], each.kind.word, each.named) for each in calls(text)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("FROM asana_project('Launch plan')", "Launch plan"),
        ("FROM asana_project('It''s \"fine\"')", 'It\'s "fine"'),
        ("FROM asana_project($$It's fine$$)", "It's fine"),
        ("FROM asana_project($q$It's $$ fine$q$)", "It's $$ fine"),
        ("FROM asana_project(1201234567890123)", "1201234567890123"),
        ("FROM asana_project('a\n🚀 b')", "a\n🚀 b"),
        ("FROM asana_project('')", ""),
        ("FROM asana_project('-- no comment /* here */')", "-- no comment /* here */"),
    ],
)
def test_the_name_is_read_as_sql_reads_a_text(text, named):
    assert found(text) == [(text.removeprefix("FROM "), "project", named)]


@pytest.mark.parametrize(
    "written",
    [
        "asana_project('x')",
        "ASANA_Project ( 'x' )",
        "\"asana_project\"('x')",
        "asana_project /* of us */ ('x' -- that one\n)",
        "asana.asana_project('x')",
        "asana . main . asana_project('x')",
        "main.asana_project('x')",
        "memory.main.asana_project('x')",
    ],
)
@pytest.mark.parametrize(
    "around",
    [
        "FROM {}",
        "EXPLAIN SELECT * FROM {} p",
        "SELECT * FROM t JOIN {} AS p ON true",
        "FROM a, {} p",
        "FROM p: {}",
        "COPY {} TO 'x.parquet'",
        "DESCRIBE {}",
        "PREPARE q AS FROM {}",
        "'é𝄞' /* 🚀 */ FROM {} -- asana_project('y')",
        "WITH c AS (FROM {}) SELECT ')' FROM c",
    ],
)
def test_a_call_is_found_with_its_schema_wherever_it_stands(written, around):
    assert found(around.format(written)) == [(written, "project", "x")]


def test_several_calls_are_told_apart_and_in_order():
    text = "FROM asana_project('a') JOIN asana_portfolio('b') USING (gid); FROM asana_project('a')"
    assert [(each.kind, each.named) for each in calls(text)] == [(PROJECT, "a"), (PORTFOLIO, "b"), (PROJECT, "a")]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1",
        "SELECT 'asana_project(''x'')'",
        "SELECT $$asana_project('x')$$",
        "SELECT 1 -- asana_project('x')",
        "SELECT 1 /* asana_project('x') */",
        "FROM asana_projects('x')",
        "FROM my_asana_project('x')",
        "FROM mine.asana_project('x')",
        "FROM mine.asana.asana_project('x')",
        "SELECT asana_project FROM t",
        "SELECT asana_project, ('x') FROM t",
        "SELECT 'asana_project' ('x')",
        "SELECT 'unfinished asana_project('x",
        "asana_project",
        "",
    ],
)
def test_what_only_looks_like_a_call_is_none(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "?",
        "$1",
        "$name",
        "'a' || 'b'",
        "'a', 'b'",
        "name",
        "project := 'a'",
        "(SELECT 'a')",
        "E'a'",
        "-1",
        "1.5",
        "NULL",
    ],
)
@pytest.mark.parametrize("function", ["asana_project", "asana_portfolio"])
def test_anything_but_a_text_is_an_error_that_shows_what_to_write(function, inside):
    text = f"SELECT 1 FROM {function}({inside})"
    with pytest.raises(QueryError) as caught:
        calls(text)
    assert f"{function}('Launch plan')" in str(caught.value)
    assert text[caught.value.position :].startswith(function)


def test_a_call_that_is_not_finished_is_an_error_too():
    with pytest.raises(QueryError):
        calls("FROM asana_project('a'")


def test_looking_for_calls_needs_no_reader_of_sql():
    program = (
        "import sys; from asanaql.typed.rewriting import stated\n"
        "stated('SELECT 1'); stated(\"FROM asana_project('a')\"); print('sqlglot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
