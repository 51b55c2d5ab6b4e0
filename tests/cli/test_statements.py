"""Statements on the command line: where they come from, where answers go, what follows them."""

from __future__ import annotations

import json

import duckdb
import pytest


def test_an_answer_is_csv_where_there_is_no_terminal(demo):
    ended = demo("-c", "SELECT 1 AS a, NULL AS b, 'Zoë' AS c")
    assert (ended.code, ended.out, ended.err) == (0, "a,b,c\n1,,Zoë\n", "")


def test_asanas_rows_are_answered(demo):
    ended = demo("--format", "jsonl", "-c", "SELECT name, count(*) OVER () AS n FROM projects ORDER BY name LIMIT 1")
    assert json.loads(ended.out)["n"] == 15


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("csv", "a\n1\n"),
        ("json", '[\n  {"a":1}\n]\n'),
        ("jsonl", '{"a":1}\n'),
        ("markdown", "| a |\n| --: |\n| 1 |\n"),
        ("line", "a = 1\n"),
        ("box", "┌───────┐\n│   a   │\n│ int32 │\n├───────┤\n│     1 │\n└───────┘\n"),
    ],
)
def test_the_format_is_as_asked(demo, format, text):
    assert demo("--format", format, "-c", "SELECT 1 AS a").out == text


def test_statements_are_separated_by_semicolons(demo):
    ended = demo("-c", "SELECT ';' AS a; -- ;\nSELECT 2 AS b;;")
    assert (ended.code, ended.out) == (0, "a\n;\nb\n2\n")


@pytest.mark.parametrize("format", ["markdown", "line"])
def test_answers_that_would_run_together_are_set_apart(demo, format):
    answers = demo("--format", format, "-c", "SELECT 1 AS a; SELECT 2 AS a").out.split("\n\n")
    assert len(answers) == 2


def test_scripts_run_in_order(demo, tmp_path):
    script = tmp_path / "script.sql"
    script.write_text("\ufeffINSERT INTO t VALUES ('Größe');", encoding="utf-8")
    ended = demo("-c", "CREATE TABLE t (a VARCHAR)", "-f", script, "-c", "FROM t")
    assert (ended.code, ended.out) == (0, "a\nGröße\n")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE t (a INTEGER)",
        "SET threads = 1",
        "BEGIN",
        "CREATE TABLE t AS SELECT 1 AS a",
        "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1); UPDATE t SET a = 2; DELETE FROM t; DROP TABLE t",
        "ATTACH ':memory:' AS other",
        "CREATE VIEW mine AS FROM tasks",
        "",
        " ; -- nothing",
    ],
)
def test_a_statement_without_rows_prints_nothing(demo, statement):
    ended = demo("-c", statement)
    assert (ended.code, ended.out, ended.err) == (0, "", "")


def test_copy_writes_its_file_and_prints_nothing(demo, tmp_path):
    path = tmp_path / "projects.parquet"
    ended = demo("-c", f"COPY (SELECT gid, name FROM projects) TO '{path}'")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert len(duckdb.sql(f"FROM '{path}'").fetchall()) == 15


def test_returning_gives_rows(demo):
    ended = demo("-c", "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2) RETURNING a")
    assert ended.out == "a\n1\n2\n"


def test_nothing_runs_when_a_later_statement_cannot_be_read(demo):
    ended = demo("-c", "SELECT 1", "-c", "SELEC 2")
    assert (ended.code, ended.out) == (1, "")
    assert "SELEC 2" in ended.err


def test_a_statement_that_fails_stops_the_rest_and_what_was_printed_stays(demo):
    ended = demo("-c", "SELECT 1 AS a; SELECT nope FROM projects; SELECT 3 AS c")
    assert (ended.code, ended.out) == (1, "a\n1\n")
    assert ended.err.startswith("error: Binder Error: ")
    assert ended.err.count("error: ") == 1


def test_stats_are_one_line_on_standard_error(demo):
    ended = demo("--stats", "--no-cache", "-c", "SELECT gid FROM projects")
    assert ended.out.count("\n") == 16
    assert ended.err.startswith("rows 15, seconds ")
    assert ended.err.endswith("requests 2, cached 0, retries 0\n")
    assert ended.err.count("\n") == 1


def test_warnings_follow_the_data_on_standard_error(run, service, server, monkeypatch):
    monkeypatch.setenv("ASANA_ACCESS_TOKEN", "an-invented-token")
    service.forbidden.add(service.world.notable["hundred"])
    ended = run("--base-url", server, "-c", "SELECT count(*) AS n FROM sections")
    assert ended.code == 0
    assert ended.out.startswith("n\n")
    assert ended.err.startswith("warning: ")
    assert "403" in ended.err
    assert not ended.err.startswith("warning: warning")
