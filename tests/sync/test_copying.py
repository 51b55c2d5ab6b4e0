"""A copy equals what Asana has, at the cost of what differs, and nothing is lost where something could not be read."""

from __future__ import annotations

import subprocess
import sys

import duckdb
import pytest

from asanaql.demo import Service
from asanaql.errors import ConfigError, QueryError
from asanaql.sync.selection import relations

SOME = ["users", "projects", "sections", "tasks", "tags"]


def counts(report):
    return {each.relation: (each.added, each.changed, each.deleted) for each in report.copied}


def changed(report):
    return {name: count for name, count in counts(report).items() if any(count)}


def of(name, report):
    [found] = [each for each in report.copied if each.relation == name]
    return found


def asked_by_task(table):
    """Whether the relation is read task by task."""
    return any(path.parent is not None and path.parent.table == "tasks" for path in table.paths)


def test_a_first_run_copies_everything_and_a_second_writes_nothing(copying):
    connection = copying.open()
    first = connection.sync(copying.file, SOME)
    assert counts(first)["tasks"] == (1586, 0, 0)
    assert [each.relation for each in first.copied] == ["workspaces", "users", *SOME[1:4], "tags", "custom_fields"]
    assert copying.different(*SOME) == {}
    moments = copying.kept("SELECT DISTINCT _synced_at FROM tasks")
    second = connection.sync(copying.file, SOME)
    assert set(counts(second).values()) == {(0, 0, 0)}
    assert copying.kept("SELECT DISTINCT _synced_at FROM tasks") == moments


def test_every_relation_that_can_be_kept_is_copied_exactly(copying):
    connection = copying.open()
    # Those that are asked for task by task would take long, and differ in nothing else.
    tables = [table.name for table in relations(connection.catalog, None) if not asked_by_task(table)]
    report = connection.sync(copying.file, tables)
    assert len(tables) > 35
    assert [each.relation for each in report.copied if each.skipped] == []
    assert copying.different(*tables) == {}


def test_only_what_changed_is_written(copying):
    connection = copying.open()
    connection.sync(copying.file, SOME)
    hundred = copying.project_tasks("hundred")
    hundred[0]["name"] = "Renamed"
    second = connection.sync(copying.file, ["tasks"])
    assert changed(second) == {"tasks": (0, 1, 0)}
    assert copying.kept("SELECT count(*) FROM tasks WHERE name = 'Renamed'") == [(1,)]
    assert len(copying.kept("SELECT DISTINCT _synced_at FROM tasks")) == 2


def test_rows_that_are_gone_are_deleted_or_kept_as_gone(copying):
    connection = copying.open()
    connection.sync(copying.file, ["tasks"])
    copying.drop("hundred", 5)
    assert changed(connection.sync(copying.file, ["tasks"], keep_deleted=True)) == {"tasks": (0, 0, 5)}
    assert copying.kept("SELECT count(*), count(_deleted_at) FROM tasks") == [(1586, 5)]
    assert changed(connection.sync(copying.file, ["tasks"])) == {}
    copying.drop("hundred", 3)
    assert changed(connection.sync(copying.file, ["tasks"])) == {"tasks": (0, 0, 3)}
    assert copying.kept("SELECT count(*), count(_deleted_at) FROM tasks") == [(1583, 5)]


def test_more_than_a_tenth_is_deleted_only_where_it_is_allowed(copying):
    connection = copying.open()
    connection.sync(copying.file, ["projects", "tasks"])
    copying.drop("biggest", 604)
    with pytest.raises(QueryError, match=r"tasks: 604 of 1,586 rows are not there any more.*--allow-deletes"):
        connection.sync(copying.file, ["tasks"], full=True)
    assert copying.kept("SELECT count(*) FROM tasks") == [(1586,)]
    report = connection.sync(copying.file, ["tasks"], full=True, allow_deletes=True)
    assert changed(report) == {"tasks": (0, 0, 604)}
    assert copying.different("tasks") == {}


def test_a_project_that_could_not_be_read_stays_as_it_was_and_the_others_do_not(copying):
    connection = copying.open()
    connection.sync(copying.file, ["tasks"])
    copying.service.forbidden.add(copying.world.notable["hundred"])
    copying.drop("hundred", 5)
    copying.drop("hundred_and_one", 2)
    tasks = of("tasks", connection.sync(copying.file, ["tasks"], full=True))
    assert (tasks.rows, tasks.deleted, tasks.complete) == (1584, 2, False)
    assert len(tasks.warnings) == 1
    [(logged,)] = copying.kept("SELECT warnings FROM asana_sync_log WHERE relation = 'tasks' ORDER BY run DESC LIMIT 1")
    assert logged == list(tasks.warnings)
    copying.service.forbidden.clear()
    connection.sync(copying.file, ["tasks"], full=True)
    assert copying.different("tasks") == {}


def test_what_a_plan_does_not_allow_is_skipped_and_said(copying):
    copying.service = Service(copying.world, plan="free")
    connection = copying.open()
    report = connection.sync(copying.file, ["goals", "projects"])
    skipped = {each.relation: each.skipped for each in report.copied}
    assert skipped["projects"] is None
    assert "402" in skipped["goals"]
    assert copying.kept("SELECT relation, skipped IS NOT NULL FROM asana_sync_log ORDER BY relation") == [
        ("goals", True),
        ("projects", False),
    ]


def test_a_column_that_is_new_is_added_and_one_of_another_type_is_an_error(copying):
    connection = copying.open()
    connection.sync(copying.file, ["tags"])
    copying.kept("ALTER TABLE tags DROP COLUMN notes; SELECT 1")
    [tags] = connection.sync(copying.file, ["tags"]).copied
    assert (tags.added, tags.changed) == (0, tags.rows)
    assert copying.different("tags") == {}
    copying.kept("ALTER TABLE tags ALTER COLUMN created_at TYPE VARCHAR; SELECT 1")
    with pytest.raises(QueryError, match=r"tags\.created_at is VARCHAR there, and TIMESTAMP WITH TIME ZONE now"):
        connection.sync(copying.file, ["tags"])


def test_each_relation_is_committed_with_its_line_in_the_log(copying):
    connection = copying.open()

    class Stopped(Exception):
        pass

    def told(copied):
        if copied.relation == "projects":
            raise Stopped

    with pytest.raises(Stopped):
        connection.sync(copying.file, SOME, told=told)
    assert copying.kept("SELECT relation FROM asana_sync_log") == [("workspaces",), ("users",), ("projects",)]
    assert copying.kept("SELECT count(*) FROM projects") == [(15,)]
    assert set(counts(connection.sync(copying.file, ["users", "projects"])).values()) == {(0, 0, 0)}


def test_a_file_that_another_program_has_open_is_told(copying):
    duckdb.connect(copying.file).close()
    held = f"import duckdb, sys; c = duckdb.connect({str(copying.file)!r}); print('open', flush=True); input()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", held], **pipes) as other:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(ConfigError, match="is open in another program, perhaps another run of sync"):
            copying.open().sync(copying.file, ["tags"])
        other.communicate("\n")
    assert copying.open().sync(copying.file, ["tags"]).copied[0].added > 0


def test_a_file_that_is_no_database_is_told(copying):
    copying.file.write_text("no database")
    with pytest.raises(ConfigError, match="cannot be opened"):
        copying.open().sync(copying.file, ["tags"])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("taks", r"no relation taks\. Did you mean tasks"),
        ("events", "events cannot be kept"),
        ("search_tasks", "cannot be kept"),
    ],
)
def test_a_relation_that_cannot_be_kept_is_told(copying, name, message):
    with pytest.raises(ConfigError, match=message):
        copying.open().sync(copying.file, [name])
    assert not copying.file.exists()
