"""`asanaql sync FILE`: a copy from the command line."""

from __future__ import annotations

import csv
import io
import signal
import sys

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


def test_a_run_that_is_interrupted_while_it_reads_what_hangs_on_tasks_ends_soon(start, server, file):
    process = start("--base-url", server, "sync", file, "--tables", "stories")
    while not process.stderr.readline().startswith("goals: "):
        pass  # The relations that are read whole come first.
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (130, "interrupted\n")
    assert kept(file, "SELECT count(*) FROM projects") == [(15,)]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_disk_that_is_full_is_told_and_the_next_run_goes_on(start, demo, server, file):
    import resource

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))

    process = start("--base-url", server, "sync", file, "--tables", "tasks", preexec_fn=small)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.splitlines()[-1].startswith(f"error: {file} could not be written to the end: ")
    assert "What was committed before is kept" in err
    assert "Traceback" not in err
    assert demo("sync", file, "--tables", "tasks").code == 0
    assert kept(file, "SELECT count(*) FROM tasks") == [(1586,)]


def test_a_place_where_nothing_can_be_written_is_told(demo, tmp_path):
    ended = demo("sync", tmp_path / "none" / "work.duckdb", "--tables", "users")
    assert (ended.code, ended.out) == (2, "")
    assert "none/work.duckdb cannot be opened: " in ended.err


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("mysql://me:secret@host/asana", "error: mysql is no target of a copy."),
        ("postgresql://me:secret@127.0.0.1:1/asana", "error: postgresql://127.0.0.1:1/asana cannot be written: "),
        (":memory:", "error: The target names no file."),
        ("duckdb://", "error: The target names no file."),
        ("work.duckdb --copy other.duckdb", "error: work.duckdb is a DuckDB file, which is the copy itself"),
    ],
)
def test_a_target_that_cannot_be_written_is_told_before_anything_is_read(demo, tmp_path, monkeypatch, target, message):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    ended = demo("sync", *target.split(), "--tables", "users")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(message)
    assert "secret" not in ended.err


def test_a_file_may_be_an_address_and_its_name_look_like_one(demo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert demo("sync", "duckdb:///work.duckdb", "--tables", "users").code == 0
    assert demo("sync", "sqlite:work.duckdb", "--tables", "users").code == 0
    assert kept(tmp_path / "work.duckdb", "SELECT count(*) FROM users") == [(20,)]
    assert (tmp_path / "sqlite:work.duckdb").exists()


def test_a_directory_of_parquet_is_written_beside_the_copy_that_is_named(demo, tmp_path):
    arguments = [f"parquet:{tmp_path / 'lake'}", "--copy", tmp_path / "copy.duckdb", "--tables", "users"]
    ended = demo("sync", *arguments)
    assert ended.code == 0
    assert "users there: 20 rows; 20 added, 0 changed, 0 deleted\n" in ended.err
    assert kept(tmp_path / "copy.duckdb", "SELECT count(*) FROM users") == [(20,)]
    assert duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/lake/users/*.parquet'").fetchall() == [(20,)]
    assert "there: " not in demo("sync", *arguments).err
