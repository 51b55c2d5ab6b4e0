"""The rows that are kept on disk, read as they are."""

from __future__ import annotations

import pytest


@pytest.fixture
def asana(asana_of, world, tmp_path):
    return asana_of(world, tmp_path)


def names(connection, relation):
    return {name for _, name in connection.kept(relation, ("gid", "name"))}


def test_nothing_is_sent_for_kept_rows(asana) -> None:
    connection = asana.open()
    assert connection.kept("projects", ("gid",)) == []
    assert asana.sent() == []


def test_rows_are_kept_for_another_connection(asana) -> None:
    asana.open().sql("SELECT gid FROM tasks LIMIT 1").fetchall()
    listed = set(asana.open().sql("SELECT gid, name FROM projects").fetchall())
    assert set(asana.open().kept("projects", ("gid", "name"))) == listed


def test_rows_without_a_column_are_no_rows(asana) -> None:
    connection = asana.open()
    connection.sql("SELECT gid FROM tasks LIMIT 1").fetchall()
    assert connection.kept("projects", ("gid", "notes")) == []


def test_rows_that_are_forgotten_are_gone(asana) -> None:
    connection = asana.open()
    connection.sql("SELECT gid FROM tasks LIMIT 1").fetchall()
    connection.forget("projects")
    assert connection.kept("projects", ("gid",)) == []
    assert connection.kept("workspaces", ("gid",)) != []


def test_another_token_sees_none_of_them(asana) -> None:
    asana.open().sql("SELECT gid FROM tasks LIMIT 1").fetchall()
    assert asana.open(token="another-invented-token").kept("projects", ("gid",)) == []


def test_a_damaged_cache_holds_nothing(asana, tmp_path) -> None:
    connection = asana.open()
    connection.sql("SELECT gid FROM tasks LIMIT 1").fetchall()
    connection.close()
    for file in tmp_path.rglob("cache.db*"):
        file.write_bytes(b"no database")
    assert asana.open().kept("projects", ("gid",)) == []
