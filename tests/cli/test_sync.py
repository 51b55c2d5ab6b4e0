"""`asanaql sync FILE`: a copy from the command line."""

from __future__ import annotations

import csv
import io
import signal

import duckdb
import pytest

from asanaql.cli.options import read_options


@pytest.fixture
def file(tmp_path):
    return tmp_path / "work.duckdb"


def summary(ended):
    return {row["relation"]: row for row in csv.DictReader(io.StringIO(ended.out))}


def kept(file, query):
    with duckdb.connect(file) as opened:
        return opened.sql(query).fetchall()


def test_relations_are_copied_and_told_one_by_one_and_all_at_the_end(demo, file):
    ended = demo("sync", file, "--tables", "projects,tasks")
    assert ended.code == 0
    assert ended.err.splitlines()[2:4] == [
        "projects: 15 rows; 15 added, 0 changed, 0 deleted; 1 requests",
        "tags: 8 rows; 8 added, 0 changed, 0 deleted; 1 requests",
    ]
    assert ended.err.endswith("tasks: 1,586 rows; 1,586 added, 0 changed, 0 deleted; 26 requests\n")
    assert (summary(ended)["tasks"]["added"], summary(ended)["tasks"]["requests"]) == ("1586", "26")
    assert kept(file, "SELECT count(*) FROM tasks") == [(1586,)]
    again = demo("sync", file, "--tables", "projects,tasks")
    assert {(row["added"], row["changed"], row["deleted"]) for row in summary(again).values()} == {("0", "0", "0")}


def test_a_project_that_may_not_be_read_deletes_nothing_and_is_said(run, service, server, file, monkeypatch):
    monkeypatch.setenv("ASANA_ACCESS_TOKEN", "an-invented-token")
    run("--base-url", server, "sync", file, "--tables", "sections")
    service.forbidden.add(service.world.notable["hundred"])
    ended = run("--base-url", server, "sync", file, "--tables", "sections")
    assert ended.code == 0
    assert "sections: 58 rows; 0 added, 0 changed, 0 deleted" in ended.err
    assert "warning: sections: skipped " in ended.err
    assert "warning: Where rows could not be read, none was deleted.\n" in ended.err
    assert kept(file, "SELECT count(*) FROM sections") == [(58,)]


def test_mistakes_are_told(demo, run, file):
    misspelt = demo("sync", file, "--tables", "taks")
    assert misspelt.code == 2
    assert misspelt.err.startswith("error: There is no relation taks. Did you mean tasks?")
    file.write_text("no database")
    assert demo("sync", file).code == 2


def test_what_a_run_may_send_is_bounded_only_where_that_is_said(demo, file):
    assert not read_options(["sync", "work.duckdb"]).bounded
    ended = demo("--max-requests", "5", "sync", file, "--tables", "projects,tasks")
    assert ended.code == 1
    assert "error: " in ended.err
    assert kept(file, "SELECT count(*) FROM projects") == [(15,)]


def test_a_run_that_is_told_to_end_leaves_what_it_had_committed(start, service, server, file):
    process = start("--base-url", server, "sync", file, "--tables", "projects,stories")
    assert [process.stderr.readline().partition(":")[0] for _ in range(3)] == ["workspaces", "users", "projects"]
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.endswith("interrupted\n")
    assert kept(file, "SELECT relation FROM asana_sync_log")[:3] == [("workspaces",), ("users",), ("projects",)]
    assert kept(file, "SELECT count(*) FROM projects") == [(15,)]
