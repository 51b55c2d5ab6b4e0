"""A directory of Parquet: only files that change are written, each at once, and whatever reads Parquet reads them."""

from __future__ import annotations

import os
import subprocess
import sys

import duckdb
import polars
import pyarrow.dataset
import pyarrow.parquet
import pytest

from asanaql.errors import ConfigError
from asanaql.sync.targets.opening import opened

#: Publishes a DuckDB file, and is killed where it is about to rename its second file.
KILLED = """
import os, signal, sys
import duckdb
from asanaql.sync.targets import publish

renames = 0

def hook(event, arguments):
    global renames
    if event == "os.rename":
        renames += 1
        if renames == 2:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(hook)
duck = duckdb.connect()
duck.execute(f"ATTACH '{sys.argv[1]}' AS asana_copy (READ_ONLY)")
publish(duck, "asana_copy.main", ["tasks"], sys.argv[2])
"""


class Killed(BaseException):
    """The end of a process, as far as a test can see it."""


def changed(before, after):
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def test_only_the_files_of_projects_that_changed_are_written(parquet, copy):
    copy.publish(parquet.address)
    before = parquet.files("tasks")
    assert sorted(before) == [
        "tasks/project=a%2Fb%20c%3Dd%25/rows.parquet",
        "tasks/project=none/rows.parquet",
        "tasks/project=p1/rows.parquet",
        "tasks/project=p2/rows.parquet",
    ]
    copy.rename("1", "renamed")
    copy.publish(parquet.address)
    assert changed(before, parquet.files("tasks")) == ["tasks/project=p1/rows.parquet"]


def test_a_row_that_moves_to_another_project_moves_to_its_file(parquet, copy):
    copy.publish(parquet.address)
    before = parquet.files("tasks")
    copy.run("UPDATE tasks SET project_gid = 'p3' WHERE gid = '1'")
    copy.publish(parquet.address)
    assert changed(before, parquet.files("tasks")) == ["tasks/project=p1/rows.parquet", "tasks/project=p3/rows.parquet"]
    assert parquet.apart(copy, "tasks") == []


def test_the_file_of_a_project_without_rows_goes_with_its_directory(parquet, copy):
    copy.publish(parquet.address)
    copy.run("DELETE FROM tasks WHERE project_gid = 'p2' OR project_gid IS NULL")
    copy.publish(parquet.address)
    assert not (parquet.directory / "tasks" / "project=p2").exists()
    # The rows without a project have theirs always: it says what the columns are.
    assert (parquet.directory / "tasks" / "project=none" / "rows.parquet").exists()


def test_pyarrow_reads_what_the_copy_has(parquet, copy):
    copy.publish(parquet.address)
    for relation in copy.relations:
        there = pyarrow.dataset.dataset(parquet.directory / relation, partitioning="hive").to_table()
        assert copy.apart(relation, there) == []
    p1 = pyarrow.dataset.dataset(parquet.directory / "tasks", partitioning="hive")
    assert p1.to_table(filter=pyarrow.dataset.field("project") == "p1").num_rows == 2


def test_polars_reads_what_the_copy_has(parquet, copy):
    copy.publish(parquet.address)
    for relation in copy.relations:
        assert copy.apart(relation, polars.scan_parquet(parquet.directory / relation).collect().to_arrow()) == []


def test_projects_are_texts_for_duckdb_even_where_all_are_numbers(parquet, copy):
    copy.run("UPDATE tasks SET project_gid = '12010000'")
    copy.publish(parquet.address)
    files = f"read_parquet('{parquet.directory}/tasks/**/*.parquet', hive_partitioning = true)"
    assert duckdb.sql(f"SELECT DISTINCT project, project_gid FROM {files}").fetchall() == [("12010000", "12010000")]


def test_a_directory_can_be_named_with_a_slash_alone(parquet, copy):
    copy.publish(f"{parquet.directory}/")
    assert parquet.apart(copy, "tasks") == []


@pytest.mark.parametrize("renames", range(5))
def test_a_run_that_is_killed_while_files_are_renamed_is_completed_by_the_next(parquet, copy, monkeypatch, renames):
    copy.publish(parquet.address)
    copy.run("ALTER TABLE tasks ADD COLUMN notes VARCHAR; UPDATE tasks SET notes = gid WHERE gid = '1'")
    copy.run("UPDATE tasks SET project_gid = 'p1' WHERE gid = '6'; UPDATE tasks SET project_gid = 'p3' WHERE gid = '5'")
    rename, done = os.replace, []

    def replace(*names):
        if len(done) == renames:
            raise Killed
        done.append(names)
        rename(*names)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace)
        if renames < 4:
            with pytest.raises(Killed):
                copy.publish(parquet.address)
        else:
            copy.publish(parquet.address)
    # Whatever is there can be read, by name at least.
    files = [str(parquet.directory / name) for name in parquet.files("tasks")]
    duckdb.read_parquet(files, union_by_name=True).fetchall()
    copy.publish(parquet.address)
    assert parquet.apart(copy, "tasks") == []
    assert sorted(each.name for each in parquet.directory.iterdir()) == [".asanaql.lock", "nothing", "tasks", "users"]
    assert set(copy.publish(parquet.address).values()) == {(0, 0, 0)}


def test_a_run_that_is_killed_while_it_adds_a_column_is_completed_by_the_next(parquet, copy, monkeypatch):
    copy.publish(parquet.address)
    copy.run("ALTER TABLE tasks ADD COLUMN notes VARCHAR; UPDATE tasks SET notes = gid WHERE gid = '1'")
    rename = os.replace

    def replace(*names):
        rename(*names)
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(os, "replace", replace)
        copy.publish(parquet.address)
    # The only file with another row has been written, and the others lack the column.
    copy.publish(parquet.address)
    schemas = [pyarrow.parquet.read_schema(parquet.directory / name) for name in parquet.files("tasks")]
    assert ["notes" in schema.names for schema in schemas] == [True] * 4


def test_a_process_that_is_killed_leaves_no_lock_and_no_half_of_a_file(parquet, copy, tmp_path):
    file = tmp_path / "copy.duckdb"
    copy.duck.execute(f"ATTACH '{file}' AS kept; COPY FROM DATABASE asana_copy TO kept; DETACH kept")
    ended = subprocess.run([sys.executable, "-c", KILLED, file, parquet.address], check=False)
    assert ended.returncode == -9
    assert list(parquet.files("tasks")) == ["tasks/project=none/rows.parquet"]
    copy.publish(parquet.address)
    assert parquet.apart(copy, "tasks") == []


def test_two_runs_exclude_each_other(parquet, copy):
    with (
        opened(parquet.address, copy.duck),
        pytest.raises(ConfigError, match=r"Another run of sync writes into .*parquet\. Wait for that to end\."),
    ):
        copy.publish(parquet.address)
    copy.publish(parquet.address)
    assert parquet.apart(copy, "tasks") == []


def test_a_place_that_cannot_be_written_is_told(copy, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ConfigError, match="file cannot be written"):
        copy.publish(f"parquet:{tmp_path}/file")


def test_a_file_that_is_no_parquet_is_told(parquet, copy):
    copy.publish(parquet.address)
    (parquet.directory / "users" / "rows.parquet").write_text("no Parquet")
    with pytest.raises(
        ConfigError, match=r"users/rows\.parquet cannot be read: .* Remove it; the next run makes it anew"
    ):
        copy.publish(parquet.address)
