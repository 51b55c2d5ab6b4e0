"""A statement ends, or asks, before it sends more than its bound."""

from __future__ import annotations

import pytest

from asanaql.errors import QueryError


def test_a_fan_out_that_would_be_too_dear_ends_before_it_begins(opened, sent):
    con = opened(max_requests=10)
    with pytest.raises(QueryError) as raised:
        con.sql("SELECT name FROM tasks").fetchall()
    assert sent() == ["/workspaces", "/projects"]
    said = str(raised.value)
    assert said.startswith("tasks: the statement would send about 47 requests, and it may send 10. Add project_gid = …")
    assert "project_gid = …" in said and "modified_at > …" in said and "--max-requests" in said


def test_who_is_asked_may_allow_it(opened, sent):
    con = opened(max_requests=10)
    asked = []
    con.confirm = lambda reason: not asked.append(reason)
    assert len(con.sql("SELECT name FROM tasks").fetchall()) > 1000
    assert len(asked) == 1 and "would send about 47 requests" in asked[0]
    assert len(sent()) > 10


def test_who_is_asked_may_refuse(opened, sent):
    con = opened(max_requests=10)
    con.confirm = lambda reason: False
    with pytest.raises(QueryError, match="would send about"):
        con.sql("SELECT name FROM tasks").fetchall()
    assert sent() == ["/workspaces", "/projects"]


def test_a_limit_is_not_stopped_for_what_it_will_not_read(opened, sent):
    con = opened(max_requests=10)
    assert len(con.sql("SELECT name FROM tasks LIMIT 3").fetchall()) == 3
    assert len(sent()) <= 10


def test_carried_keys_keep_a_statement_within_its_bound(opened, sent):
    con = opened(max_requests=4)
    query = "SELECT s.gid FROM sections s JOIN projects p ON p.gid = s.project_gid WHERE p.name LIKE 'Atlas%'"
    assert len(con.sql(query).fetchall()) == 8
    assert len(sent()) == 3


def test_what_was_allowed_holds_for_what_was_told(opened, sent):
    con = opened(max_requests=10)
    asked = []
    con.confirm = lambda reason: not asked.append(reason)
    con.sql("SELECT name FROM tasks").fetchall()
    con.sql("SELECT name FROM tasks").fetchall()
    assert len(asked) == 2  # Every statement has its own bound.


def test_a_bound_that_is_reached_halfway_asks_as_well(opened, sent):
    con = opened(max_requests=3)
    asked = []
    con.confirm = lambda reason: not asked.append(reason)
    query = "SELECT name FROM tasks WHERE project_gid = (SELECT max(gid) FROM projects WHERE name = 'Atlas migration')"
    assert len(con.sql(query).fetchall()) == 604
    assert [reason.partition(",")[0] for reason in asked] == [
        "The statement has sent 3 requests",
        "The statement has sent 6 requests",
    ]


def test_a_bound_that_is_reached_halfway_ends_the_statement_where_nobody_allows_more(opened, sent):
    con = opened(max_requests=3)
    con.confirm = lambda reason: False
    with pytest.raises(QueryError, match="has sent 3 requests"):
        con.sql(
            "SELECT name FROM tasks WHERE project_gid = (SELECT max(gid) FROM projects WHERE name LIKE 'Atlas%')"
        ).fetchall()
    assert len(sent()) == 3
