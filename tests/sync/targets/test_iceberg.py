"""Iceberg: a relation's change is one commit on what it was compared with, and whatever reads Iceberg reads it."""

from __future__ import annotations

import sys

import duckdb
import pytest

from asanaql.errors import ConfigError
from asanaql.sync.targets.opening import opened


class Killed(BaseException):
    """The end of a process, as far as a test can see it."""


@pytest.fixture
def configured(iceberg, monkeypatch):
    """The catalog of the place, by pyiceberg's configuration."""
    from pyiceberg.utils.config import Config

    iceberg.directory.mkdir()
    for name, value in {
        "type": "sql",
        "uri": f"sqlite:///{iceberg.directory}/catalog.db",
        "warehouse": iceberg.directory.as_uri(),
    }.items():
        monkeypatch.setenv(f"PYICEBERG_CATALOG__ASANAQL__{name.upper()}", value)
    # It is read once, when pyiceberg is imported.
    monkeypatch.setattr("pyiceberg.catalog._ENV_CONFIG", Config())
    return "iceberg+asanaql"


def snapshots(iceberg, relation):
    return [snapshot.summary.operation.value for snapshot in iceberg.table(relation).snapshots()]


def files(iceberg, relation):
    return {task.file.file_path for task in iceberg.table(relation).scan().plan_files()}


def rows(table):
    return sorted(map(repr, table.to_pylist()))


def test_a_change_is_one_snapshot_and_files_without_changes_stay(iceberg, copy):
    copy.publish(iceberg.address)
    copy.run("INSERT INTO tasks (gid) VALUES ('7')")
    copy.publish(iceberg.address)
    first = files(iceberg, "tasks")
    copy.rename("7", "renamed")
    copy.publish(iceberg.address)
    assert snapshots(iceberg, "tasks") == ["append", "append", "overwrite"]
    assert snapshots(iceberg, "users") == ["append"]
    assert snapshots(iceberg, "nothing") == []
    assert len(first & files(iceberg, "tasks")) == 1
    assert iceberg.apart(copy, "tasks") == []


def test_what_an_earlier_snapshot_had_can_still_be_read(iceberg, copy):
    copy.publish(iceberg.address)
    copy.run("DELETE FROM tasks")
    copy.publish(iceberg.address)
    table = iceberg.table("tasks")
    assert table.scan().to_arrow().num_rows == 0
    assert table.scan(snapshot_id=table.snapshots()[0].snapshot_id).to_arrow().num_rows == 9


def test_pyiceberg_reads_what_the_copy_has_and_duckdb_reads_it_from_there(iceberg, copy):
    copy.publish(iceberg.address)
    copy.rename("4", "renamed")
    copy.publish(iceberg.address)
    # pyiceberg reads a list of structs that is NULL as an empty one (its issue 3833); in the files it is NULL.
    copy.run("UPDATE tasks SET custom_fields = coalesce(custom_fields, [])")
    assert copy.apart("tasks", iceberg.table("tasks").scan().to_arrow()) == []
    there = duckdb.connect()
    iceberg.table("tasks").scan().to_duckdb("there", connection=there)
    assert there.sql("SELECT count(*), count(DISTINCT _row) FROM there").fetchall() == [(9, 9)]


def test_a_run_that_is_killed_before_its_commit_is_done_again_by_the_next(iceberg, copy, monkeypatch):
    from pyiceberg.catalog.sql import SqlCatalog

    copy.publish(iceberg.address)
    before = rows(iceberg.rows("tasks"))
    copy.rename("4", "renamed")

    def commit_table(*arguments):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(SqlCatalog, "commit_table", commit_table)
        with pytest.raises(Killed):
            copy.publish(iceberg.address)
    assert rows(iceberg.rows("tasks")) == before
    assert copy.publish(iceberg.address)["tasks"] == (0, 3, 0)
    assert iceberg.apart(copy, "tasks") == []


@pytest.mark.parametrize("change", ["INSERT INTO tasks (gid) VALUES ('7')", "DELETE FROM tasks WHERE gid = '1'"])
def test_a_run_that_commits_second_writes_nothing_and_says_so(iceberg, configured, copy, monkeypatch, change):
    from pyiceberg.catalog.sql import SqlCatalog

    copy.publish(configured)
    copy.run(change)
    commit = SqlCatalog.commit_table

    def commit_table(*arguments):
        patched.undo()
        copy.publish(configured)
        return commit(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(SqlCatalog, "commit_table", commit_table)
        with pytest.raises(ConfigError, match=r"Another run wrote the table asana\.tasks meanwhile.* Run it again"):
            copy.publish(configured)
    assert len(snapshots(iceberg, "tasks")) == 2
    assert iceberg.apart(copy, "tasks") == []


def test_two_runs_into_one_directory_exclude_each_other(iceberg, copy):
    with (
        opened(iceberg.address, copy.duck),
        pytest.raises(ConfigError, match=r"Another run of sync writes into .*iceberg\. Wait for that to end\."),
    ):
        copy.publish(iceberg.address)
    assert copy.publish(iceberg.address)["users"] == (9, 0, 0)


def test_a_catalog_of_pyicebergs_configuration_is_written(iceberg, configured, copy):
    assert copy.publish(configured)["tasks"] == (9, 0, 0)
    assert iceberg.apart(copy, "tasks") == []
    assert copy.publish(f"{configured}/team.work")["tasks"] == (9, 0, 0)
    assert copy.publish(configured)["tasks"] == (0, 0, 0)


def test_a_catalog_that_is_not_configured_is_told(copy, monkeypatch, tmp_path):
    monkeypatch.setenv("PYICEBERG_HOME", str(tmp_path))
    with pytest.raises(ConfigError, match="The Iceberg catalog elsewhere is not configured"):
        copy.publish("iceberg+elsewhere")


def test_a_library_that_is_missing_is_told(copy, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyiceberg.catalog", None)
    with pytest.raises(ConfigError, match=r"pip install 'asanaql\[iceberg\]'"):
        copy.publish(f"iceberg:{tmp_path}")
