"""Events: what a statement asks for them, and what it says where there are none."""

from __future__ import annotations

import pytest

import asanaql


@pytest.fixture(scope="module")
def watched(alone):
    return alone.notable["biggest"]


def happened(world, gid=None):
    return [event for event, watchers in world.happened if gid is None or gid in watchers]


def test_events_since_a_token_take_a_request_for_each_hundred(alone, cold, watched):
    expected = happened(alone.world, watched)
    assert len(expected) > 100
    sent, rows = alone.sends(
        cold,
        "SELECT created_at, action, resource_gid, parent_gid, change_field, next_sync FROM events "
        f"WHERE subscribed_gid = '{watched}' AND sync = 'demo:0'",
    )
    assert [path for path, _ in sent] == ["/events"] * 2
    assert sent[0][1]["sync"] == "demo:0"
    end = f"demo:{len(alone.world.happened)}"
    assert [(action, resource, parent, field) for _, action, resource, parent, field, _ in rows] == [
        (
            event["action"],
            event["resource"]["gid"],
            event["parent"] and event["parent"]["gid"],
            event.get("change", {}).get("field"),
        )
        for event in expected
    ]
    assert {told for *_, told in rows} == {end}


def test_without_a_token_asana_begins_to_watch_and_the_warning_tells_the_token(alone, cold, watched):
    result = cold.sql(f"SELECT * FROM events WHERE subscribed_gid = '{watched}'")
    assert result.fetchall() == []
    [warning] = result.warnings
    end = f"demo:{len(alone.world.happened)}"
    assert warning == (
        f"events: Asana tells what happens to subscribed_gid {watched} from now on, and nothing of before. "
        f"For later events write sync = '{end}'."
    )
    later = cold.sql(f"SELECT * FROM events WHERE subscribed_gid = '{watched}' AND sync = '{end}'")
    assert later.fetchall() == []
    assert later.warnings == [
        f"events: nothing has happened to subscribed_gid {watched} since then. For later events write sync = '{end}'."
    ]


def test_a_token_to_begin_with_is_a_row_of_its_own(alone, cold, watched):
    sent, rows = alone.sends(cold, f"FROM sync_tokens WHERE subscribed_gid = '{watched}'")
    assert sent == [("/events", {"resource": watched})]
    assert rows == [(watched, f"demo:{len(alone.world.happened)}")]


def test_workspace_events_are_asked_for_in_every_workspace(alone, cold):
    workspace = alone.world.workspace["gid"]
    sent, rows = alone.sends(cold, "SELECT workspace_gid, user_gid FROM workspace_events WHERE sync = 'demo:0'")
    assert sent == [("/workspaces", {}), (f"/workspaces/{workspace}/events", {"sync": "demo:0"})]
    assert rows == [(workspace, event["user"] and event["user"]["gid"]) for event in happened(alone.world)]


def test_a_forgotten_token_is_an_error_that_tells_the_next(cold, watched):
    with pytest.raises(asanaql.QueryError, match=r"Sync token invalid or too old.*sync = 'demo:\d+'"):
        cold.sql(f"FROM events WHERE subscribed_gid = '{watched}' AND sync = 'of last week'").fetchall()


def test_events_of_nothing_are_an_error_with_an_example(cold):
    with pytest.raises(asanaql.QueryError, match=r"needs subscribed_gid\. For example: SELECT \* FROM events WHERE"):
        cold.sql("FROM events").fetchall()


def test_new_values_are_json(alone, cold, watched):
    rows = cold.sql(
        "SELECT change_new_value->>'resource_type' FROM events "
        f"WHERE subscribed_gid = '{watched}' AND sync = 'demo:0' AND change_field = 'assignee'"
    ).fetchall()
    assert ("user",) in rows
