"""`-o`: one answer into one file, whole or not at all."""

from __future__ import annotations

import json

import duckdb
import pytest


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "parquet"])
def test_the_answer_goes_into_the_file_and_nowhere_else(demo, tmp_path, ending):
    path = tmp_path / f"projects.{ending}"
    ended = demo("-c", "SELECT gid, name, created_at, members FROM projects", "-o", path)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert len(duckdb.sql(f"SELECT gid FROM '{path}'").fetchall()) == 15
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_statements_without_rows_may_stand_beside_the_one_with(demo, tmp_path):
    path = tmp_path / "a.json"
    ended = demo("-c", "CREATE TABLE t AS SELECT 1 AS a; FROM t; DROP TABLE t", "-o", path)
    assert (ended.code, json.loads(path.read_text())) == (0, [{"a": 1}])


@pytest.mark.parametrize(
    ("sql", "code", "message"),
    [
        ("SELECT 1; SELECT 2", 2, "Two statements give rows"),
        ("SET threads = 1", 2, "No statement gives rows"),
        ("SELECT 1; SELECT nope", 1, "Binder Error"),
        ("SELECT CASE WHEN i < 50000 THEN i ELSE error('late') END FROM range(60000) t (i)", 1, "late"),
        ("SELECT * FROM tasks WHERE gid = '1'", 3, "404"),
        ("SELECT gid FROM stories", 1, "--max-requests"),
    ],
)
def test_an_error_leaves_no_file(demo, tmp_path, sql, code, message):
    ended = demo("--max-requests", "20", "-c", sql, "-o", tmp_path / "a.csv")
    assert ended.code == code
    assert message in ended.err
    assert ended.err.count("error: ") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_error_leaves_what_was_there(demo, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("before")
    assert demo("-c", "SELECT nope", "-o", path).code == 1
    assert path.read_text() == "before"


def test_an_unknown_ending_names_those_there_are(demo, tmp_path):
    ended = demo("-c", "SELECT 1", "-o", tmp_path / "a.xlsx")
    assert ended.code == 2
    assert ".parquet .csv .json .jsonl .arrow" in ended.err


def test_a_place_that_cannot_be_written_costs_no_request(run, service, server, tmp_path, monkeypatch):
    monkeypatch.setenv("ASANA_ACCESS_TOKEN", "an-invented-token")
    ended = run("--base-url", server, "-c", "SELECT gid FROM projects", "-o", tmp_path / "missing" / "a.csv")
    assert ended.code == 2
    assert ended.err.startswith("error: Cannot write ")
    assert service.log == []
