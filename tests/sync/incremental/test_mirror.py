"""A connection with a mirror answers from the copy what that has, as Asana would, and the rest by Asana."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pytest

import asanaql
from asanaql.demo import DemoTransport, Service
from asanaql.demo.changes import Changes
from asanaql.errors import ConfigError
from asanaql.shell.greeting import answering
from tests.sync.incremental.conftest import LATER, Kept

#: What the copy of these tests has.
HAS = ["projects", "sections", "tasks", "subtasks", "custom_fields"]


class Mirrored:
    """A copy of some relations, its workspace, and what was sent to that."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        kept.file.unlink()
        kept.sync(tables=HAS, now=LATER)
        self.service = Service(kept.world)
        self.now = LATER

    def open(self, **settings: Any) -> asanaql.Connection:
        settings = {"demo": True, "transport": DemoTransport(self.service), **settings}
        return asanaql.connect(now=lambda: self.now, cache=False, **settings)

    @property
    def sent(self) -> list[str]:
        """The addresses that were asked for since the last time."""
        found = [path for _, path, _ in self.service.log]
        self.service.log.clear()
        return found


@pytest.fixture
def mirrored(kept: Kept) -> Mirrored:
    return Mirrored(kept)


@pytest.fixture
def both(mirrored: Mirrored) -> Iterator[tuple[Mirrored, asanaql.Connection, asanaql.Connection]]:
    with mirrored.open(mirror=mirrored.kept.file) as mirror, mirrored.open() as live:
        yield mirrored, mirror, live


STATEMENTS = [
    "SELECT * FROM tasks ORDER BY gid, project_gid",
    "SELECT count(*), max(num_subtasks) FROM asana_tasks(completed := FALSE)",
    "SELECT name FROM asana.main.projects ORDER BY gid",
    "SELECT s.name, count(t.gid) FROM sections s LEFT JOIN tasks t ON t.section_gid = s.gid GROUP BY ALL ORDER BY ALL",
    "SELECT * FROM asana_project('Website relaunch') ORDER BY gid",
    "SELECT p.name, g.name FROM projects p, goals g ORDER BY p.gid, g.gid",
    "SELECT t.name, st.text FROM tasks t JOIN stories st ON st.task_gid = t.gid WHERE t.completed ORDER BY st.gid",
    "DESCRIBE tasks",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_statement_has_the_answer_that_asana_gives(both: Any, statement: str) -> None:
    _, mirror, live = both
    ours, theirs = mirror.sql(statement), live.sql(statement)
    assert ours.columns == theirs.columns
    assert ours.fetchall() == theirs.fetchall()


def test_what_the_copy_has_costs_no_request_and_what_it_lacks_does(both: Any) -> None:
    mirrored, mirror, _ = both
    assert len(mirror.sql("FROM tasks JOIN projects ON projects.gid = project_gid").fetchall()) > 100
    assert mirrored.sent == []
    assert mirror.sql("SELECT count(*) FROM goals").fetchall() == [(7,)]
    assert mirrored.sent != []


def test_it_is_told_where_each_relation_is_answered_from_and_how_old_it_is(both: Any) -> None:
    _, mirror, live = both
    query = "SELECT table_name, answered_from, synced_at FROM asana_tables WHERE table_name IN ('tasks', 'goals')"
    assert sorted(mirror.sql(query).fetchall()) == [("goals", "Asana", None), ("tasks", "the copy", LATER)]
    assert {each for _, each, _ in live.sql(query).fetchall()} == {"Asana"}


def test_no_token_is_needed_for_what_the_copy_has(mirrored: Mirrored, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASANA_ACCESS_TOKEN", raising=False)
    with mirrored.open(mirror=mirrored.kept.file, demo=False, transport=None) as mirror:
        assert len(mirror.sql("FROM projects").fetchall()) == len(mirrored.kept.world.projects)
        with pytest.raises(ConfigError, match="ASANA_ACCESS_TOKEN"):
            mirror.sql("FROM goals").fetchall()


def test_an_argument_that_the_copy_cannot_tell_of_is_an_error(both: Any) -> None:
    _, mirror, _ = both
    with pytest.raises(duckdb.Error, match=r"An argument of asana_subtasks asks for what the copy in .* cannot tell"):
        mirror.sql("FROM asana_subtasks(root_gid := '1')").fetchall()


def test_without_a_greatest_age_it_stays_as_it_is(both: Any) -> None:
    mirrored, mirror, _ = both
    before = mirror.sql("SELECT name FROM tasks ORDER BY ALL").fetchall()
    Changes(mirrored.kept.world, 1).apply(10, ["rename_task"])
    assert mirror.sql("SELECT name FROM tasks ORDER BY ALL").fetchall() == before
    assert mirrored.sent == []


def test_what_is_older_is_brought_up_to_date_first(mirrored: Mirrored) -> None:
    changes = Changes(mirrored.kept.world, 2)
    query = "SELECT * FROM tasks ORDER BY gid, project_gid"
    with mirrored.open(mirror=mirrored.kept.file, max_age="15 minutes") as mirror, mirrored.open() as live:
        mirror.sql("CREATE VIEW mine AS SELECT * FROM tasks")
        for statement in (query, "SELECT * FROM mine ORDER BY gid, project_gid"):
            changes.apply(20, ["rename_task", "complete_task", "move_to_section", "create_task", "delete_task"])
            assert mirror.sql(statement).stats.requests == 0
            mirrored.now += dt.timedelta(minutes=16)
            answer = mirror.sql(statement)
            assert answer.fetchall() == live.sql(query).fetchall()
            # One for each project's events, one for the list of projects, which is as old, and for what was told.
            assert len(mirrored.kept.world.projects) < answer.stats.requests < 60
        assert mirror.sql("SELECT count(*) FROM sections").stats.requests > 0


def test_it_is_brought_up_to_date_inside_a_transaction_as_well(mirrored: Mirrored) -> None:
    [done] = Changes(mirrored.kept.world, 4).apply(1, ["create_section"])
    mirrored.now += dt.timedelta(hours=1)
    with mirrored.open(mirror=mirrored.kept.file, max_age="15 minutes") as mirror:
        mirror.sql("CREATE TABLE mine AS SELECT 1 AS a")
        mirror.sql("BEGIN")
        mirror.sql("INSERT INTO mine VALUES (2)")
        assert mirror.sql("SELECT count(*) FROM sections").stats.requests > 0
        mirror.sql("COMMIT")
        assert mirror.sql("SELECT count(*) FROM mine").fetchall() == [(2,)]
        assert mirror.sql(f"SELECT count(*) FROM sections WHERE gid = '{done.gid}'").fetchall() == [(1,)]


def test_a_copy_is_made_inside_a_transaction_as_well(mirrored: Mirrored, tmp_path: Path) -> None:
    with mirrored.open() as live:
        live.sql("BEGIN")
        assert live.sync(tmp_path / "other.duckdb", ["tags"]).copied[0].added > 0
        live.sql("ROLLBACK")
    assert Kept(mirrored.kept.world, tmp_path / "other.duckdb").rows("SELECT count(*) > 0 FROM tags") == [(True,)]


def test_two_threads_bring_it_up_to_date_one_after_the_other(mirrored: Mirrored) -> None:
    Changes(mirrored.kept.world, 5).apply(5, ["rename_task"])
    mirrored.now += dt.timedelta(hours=1)
    query = "SELECT count(*), max(modified_at) FROM tasks"
    with mirrored.open(mirror=mirrored.kept.file, max_age="15 minutes") as mirror, mirrored.open() as live:
        with ThreadPoolExecutor(3) as pool:
            found = list(pool.map(lambda each: each.sql(query).fetchall(), [mirror.cursor() for _ in range(3)]))
        assert found == [live.sql(query).fetchall()] * 3


def test_a_workspace_confines_the_copy_too(both: Any) -> None:
    _, mirror, _ = both
    mirror.use_workspace("1")
    assert mirror.sql("SELECT count(*) FROM tasks").fetchall() == [(0,)]
    assert mirror.sql("SELECT count(*) FROM asana_tasks()").fetchall() == [(0,)]
    mirror.use_workspace(None)
    assert mirror.sql("SELECT count(*) > 100 FROM tasks").fetchall() == [(True,)]


def test_a_copy_of_a_mirror_is_a_copy_of_asana(mirrored: Mirrored, tmp_path: Path) -> None:
    Changes(mirrored.kept.world, 3).apply(5, ["rename_task"])
    with mirrored.open(mirror=mirrored.kept.file) as mirror:
        mirror.sync(tmp_path / "other.duckdb", ["tasks"])
    other = Kept(mirrored.kept.world, tmp_path / "other.duckdb")
    assert other.differences(["tasks"]) == {}


def test_what_cannot_be_a_mirror_is_told(mirrored: Mirrored, tmp_path: Path) -> None:
    missing, other = tmp_path / "missing.duckdb", tmp_path / "other.duckdb"
    with pytest.raises(ConfigError, match=r"There is no copy at .*missing.duckdb: `asanaql sync .*` makes one"):
        mirrored.open(mirror=missing)
    duckdb.connect(other).close()
    with pytest.raises(ConfigError, match="is no copy of Asana"):
        mirrored.open(mirror=other)
    with pytest.raises(ConfigError, match="A greatest age is that of a mirror"):
        mirrored.open(max_age="1h")
    with pytest.raises(ConfigError, match="'soon' is no length of time"):
        mirrored.open(mirror=mirrored.kept.file, max_age="soon")


def test_a_copy_that_another_program_writes_is_told(mirrored: Mirrored) -> None:
    held = f"import duckdb; c = duckdb.connect({str(mirrored.kept.file)!r}); print('open', flush=True); input()"
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", held], **pipes) as writing:
        assert writing.stdout is not None and writing.stdout.readline() == "open\n"
        with pytest.raises(ConfigError, match="is open in another program"):
            mirrored.open(mirror=mirrored.kept.file)
        writing.communicate("\n")


def test_the_shell_says_what_the_copy_answers_and_shows_none_of_its_tables_as_ones_own(both: Any) -> None:
    _, mirror, live = both
    said = answering("work.duckdb", mirror.mirrored)
    assert said == (
        "The copy work.duckdb answers 8 relations, as they were on 2026-03-02 at 05:00 UTC or later; "
        "the others are asked of Asana."
    )
    assert mirror.own_tables() == live.own_tables() == {}
