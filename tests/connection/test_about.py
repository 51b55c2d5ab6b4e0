"""Whom a connection asks for, and what it keeps."""

from __future__ import annotations

import pytest

from asanaql.errors import QueryError


@pytest.fixture
def con(asana_of, world, tmp_path):
    asana = asana_of(world, tmp_path)
    return asana, asana.open()


def test_the_person_costs_one_request(con) -> None:
    asana, connection = con
    person = connection.person()
    assert (person.name, [name for _, name in person.workspaces]) == ("Ines Okafor", ["Okafor & Töchter"])
    assert asana.sent() == [("/users/me", {})]


def above(asana, connection):
    """What is asked for before the tasks of all projects."""
    sent, _ = asana.sends(connection, "SELECT gid FROM tasks LIMIT 1")
    return [path for path, _ in sent if path != "/tasks"]


def test_what_is_forgotten_is_asked_for_again_and_nothing_else(con) -> None:
    asana, connection = con
    assert above(asana, connection) == ["/workspaces", "/projects"]
    assert above(asana, connection) == []
    assert connection.forget("projects") == 1
    assert above(asana, connection) == ["/projects"]


def test_everything_can_be_forgotten(con) -> None:
    asana, connection = con
    above(asana, connection)
    assert connection.forget() == 2
    assert above(asana, connection) == ["/workspaces", "/projects"]


def test_a_relation_that_is_none_is_told(con) -> None:
    _, connection = con
    with pytest.raises(QueryError, match="There is no relation projets"):
        connection.forget("projets")


def test_without_a_cache_there_is_nothing_to_forget(con) -> None:
    asana, _ = con
    assert asana.open(cache=False).forget() == 0
