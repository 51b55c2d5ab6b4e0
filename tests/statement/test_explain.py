"""EXPLAIN tells what will be asked of Asana without asking, EXPLAIN ANALYZE what was."""

from __future__ import annotations

import duckdb
import pytest

from asanaql.errors import QueryError

JOIN = (
    "SELECT s.name FROM sections s JOIN projects p ON s.project_gid = p.gid "
    "WHERE p.name ILIKE 'atlas%' AND s.name LIKE '%o%' AND s.name <> 'x'"
)


def told(con, query):
    return con.sql(query).arrow().to_pylist()


def test_a_step_for_every_scan_in_the_order_of_reading(con, sent):
    rows = told(con, f"EXPLAIN {JOIN}")
    assert [(row["step"], row["relation"], row["endpoint"], row["keys_from"]) for row in rows] == [
        (1, "workspaces", "GET /workspaces", ""),
        (2, "projects", "GET /projects", "workspace_gid from workspaces"),
        (3, "sections", "GET /projects/{project_gid}/sections", "project_gid from projects.gid (on)"),
    ]
    assert sent() == []


def test_analyze_tells_what_was_sent_beside_the_estimates(con, sent):
    rows = told(con, f"EXPLAIN ANALYZE {JOIN}")
    assert [(row["estimated_requests"], row["requests"], row["rows"], row["retries"]) for row in rows] == [
        (1, 1, 1, 0),
        (1, 1, 15, 0),
        (1, 1, 8, 0),
    ]
    assert len(sent()) == 3
    assert all(row["bytes"] > 0 for row in rows)


def test_what_stays_with_duckdb_is_said_with_the_reason(con):
    *_, last = told(con, f"EXPLAIN {JOIN}")
    assert len(last["with_duckdb"]) == 2
    assert any("contains(name, 'o')" in text and "Asana has no such comparison" in text for text in last["with_duckdb"])
    assert any("\"name\" != 'x'" in text and "applied to the rows" in text for text in last["with_duckdb"])


def test_what_is_kept_is_told_as_cached_and_costs_nothing(opened, tmp_path):
    con = opened(cache=tmp_path)
    con.sql("SELECT gid FROM sections").fetchall()
    rows = told(con, "EXPLAIN SELECT gid FROM tasks")
    assert [(row["relation"], row["cached"]) for row in rows] == [("projects", True), ("tasks", False)]
    assert rows[0]["estimated_requests"] == 0


def test_keys_are_told_exactly_where_the_giver_is_kept(opened, tmp_path, sent):
    con = opened(cache=tmp_path)
    con.sql("SELECT gid FROM sections").fetchall()
    sent()
    *_, last = told(con, f"EXPLAIN {JOIN}")
    assert last["parameters"].startswith("project_gid=") and "about" not in last["parameters"]
    assert sent() == []


def test_a_parameter_that_narrows_is_shown(con):
    [row] = told(con, "EXPLAIN SELECT name FROM tasks WHERE project_gid = '12' AND NOT completed")
    assert row["parameters"] == "project=12 completed_since=now"
    assert row["opt_fields"] == "completed,name"


@pytest.mark.parametrize("query", ["SELECT 42", "FROM range(3)", "(FORMAT json) SELECT gid FROM tasks"])
def test_what_is_not_asanas_is_duckdbs_own_explain(con, query):
    assert con.sql(f"EXPLAIN {query}").columns == ["explain_key", "explain_value"]


def test_an_error_in_the_statement_is_duckdbs_own(con):
    with pytest.raises(duckdb.BinderException, match="nope"):
        con.sql("EXPLAIN SELECT nope FROM tasks").fetchall()


def test_a_pivot_that_would_read_first_is_not_explained(con, sent):
    with pytest.raises(QueryError, match="IN"):
        con.sql("EXPLAIN PIVOT tasks ON completed USING count(*)")
    assert sent() == []


def test_explain_leaves_data_alone(con, sent):
    rows = told(con, "EXPLAIN CREATE TABLE made AS SELECT gid FROM users")
    assert rows[-1]["relation"] == "users"
    with pytest.raises(duckdb.CatalogException):
        con.sql("FROM made")
    assert sent() == []


@pytest.mark.parametrize(
    "query", ["SELECT * FROM stories LIMIT 0", "SELECT gid FROM tasks WHERE project_gid = '1' AND project_gid = '2'"]
)
def test_a_statement_that_needs_no_row_has_no_steps(con, query):
    result = con.sql(f"EXPLAIN {query}")
    assert (result.columns[0], result.fetchall()) == ("step", [])
