"""The names that completion offers: those that are kept on disk, and those that answers have shown."""

from __future__ import annotations

import io
import threading

import pytest

import asanaql
from asanaql.demo import DEMO_BASE_URL, DemoTransport, Service, build
from asanaql.shell.behind import Behind
from asanaql.shell.completion import Names
from asanaql.shell.names import kept_names, learned
from asanaql.shell.opening import Opening, Wishes
from asanaql.shell.preferences import Preferences
from asanaql.shell.prompt import Colours, Words
from asanaql.shell.screen import Screen
from asanaql.shell.sitting import Sitting


@pytest.fixture(scope="module")
def world():
    return build()


@pytest.fixture
def service(world):
    return Service(world)


@pytest.fixture
def opened(service, tmp_path):
    """Connections that share a cache, closed at the end."""
    connections = []

    def opened(**settings):
        settings = {"cache": tmp_path, **settings}
        connection = asanaql.connect(
            "an-invented-token", base_url=DEMO_BASE_URL, transport=DemoTransport(service), **settings
        )
        connections.append(connection)
        return connection

    yield opened
    for connection in connections:
        connection.close()


def found(names, relation, typed=""):
    return [group.name for group in names.matching(relation, typed)]


def test_there_are_no_names_before_anything_is_kept_and_nothing_is_sent_for_them(opened, service):
    assert len(kept_names(opened())) == 0
    assert service.log == []


def test_the_names_that_a_fan_out_has_kept_are_found_without_a_request(opened, service):
    opened().sql("SELECT gid FROM tasks LIMIT 1").fetchall()
    sent = len(service.log)
    names = kept_names(opened())
    assert "Atlas migration" in found(names, "projects")
    assert found(names, "workspaces") == ["Okafor & Töchter"]
    assert found(names, "users") == []
    assert len(service.log) == sent


def test_sections_are_found_though_they_are_kept_project_by_project(opened):
    connection = opened()
    rows = connection.sql("SELECT * FROM sections").fetchall()
    names = kept_names(connection)
    assert sum(len(group.gids) for group in names.matching("sections", "")) == len({row[0] for row in rows})


def test_without_a_cache_there_are_no_names(opened):
    connection = opened(cache=False)
    connection.sql("SELECT gid FROM tasks LIMIT 1").fetchall()
    assert len(kept_names(connection)) == 0


def test_names_are_read_while_another_thread_runs_a_statement(opened):
    connection = opened()
    connection.sql("FROM projects").fetchall()
    kept: list[Names] = []
    with connection.sql("SELECT gid FROM tasks").reader() as reader:
        rows = reader.read_next_batch().num_rows
        thread = threading.Thread(target=lambda: kept.append(kept_names(connection)))
        thread.start()
        thread.join()
        rows += reader.read_all().num_rows
    assert "Atlas migration" in found(kept[0], "projects")
    assert [(rows,)] == connection.sql("SELECT count(*) FROM tasks").fetchall()


def test_a_renamed_object_has_its_latest_name(opened, world, monkeypatch):
    connection = opened()
    connection.sql("FROM projects").fetchall()
    project = next(each for each in world.projects if each["name"] == "Atlas migration")
    monkeypatch.setitem(project, "name", "Atlas, once more")
    connection.sql("FROM projects").fetchall()
    assert found(kept_names(connection), "projects", "atlas") == ["Atlas, once more"]


def test_an_answer_teaches_the_names_that_it_shows():
    known = Names({"users": [("Ada Example", "1")]})
    shown = learned(
        [
            "gid",
            "assignee_gid",
            "Assignee_Name",
            "section_gid",
            "section_name",
            "project_name",
            "parent_gid",
            "parent_name",
        ],
        [
            ("9", "2", "Grace Example", "5", "To do", "Launch plan", "7", "A task"),
            ("10", None, None, "5", "To do", "Launch plan", None, None),
        ],
    )
    names = known.joined(shown)
    assert found(names, "users") == ["Ada Example", "Grace Example"]
    assert found(names, "sections") == ["To do"]
    assert found(names, "projects") == []
    assert len(names) == 3


def test_an_answer_without_names_teaches_nothing():
    assert learned(["count"], [(1,)]) == {}


def test_who_is_greeted_has_the_workspaces_completed_at_no_further_request(opened, service):
    sitting = Sitting(Wishes(demo=True), Screen(io.StringIO(), io.StringIO()), Preferences())
    sitting.opening = Opening(opened)
    words, said = Words(), []
    Behind(sitting, words, Colours(), said.append, said.append).start(greet=True)
    for thread in threading.enumerate():
        if thread.name == "asanaql-behind":
            thread.join()
    assert said[0].startswith("Hello Ines Okafor. Workspace: Okafor & Töchter\n")
    assert found(words.words.names, "workspaces", "Oka") == ["Okafor & Töchter"]
    assert [path for _, path, _ in service.log] == ["/users/me"]
