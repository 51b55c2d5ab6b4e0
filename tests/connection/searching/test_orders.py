"""ORDER BY … LIMIT on a search: one page in that order where it holds the answer, and else the whole search."""

from __future__ import annotations

import datetime as dt

import pytest

from asanaql.demo import build

NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
LATEST = {"sort_by": "modified_at", "sort_ascending": "false"}
#: One request for the workspaces, one for a page.
A_PAGE = 2


def orders(asana, connection, query, params=None):
    """How each request of a statement was sorted, and its rows."""
    sent, rows = asana.sends(connection, query, params)
    asked = [params for path, params in sent if path.endswith("/search")]
    return [(each["sort_by"], each["sort_ascending"]) for each in asked], rows


def whole(asked):
    """Whether the search was read whole, as it was created."""
    return len(asked) > 5 and {order for order, _ in asked} <= {"created_at", "modified_at"}


@pytest.fixture(scope="module")
def plain(alone):
    """A connection that neither pushes nor plans, to compare with."""
    return alone.open(cache=False, push=False, plan=False)


@pytest.mark.parametrize("column", ["created_at", "modified_at"])
@pytest.mark.parametrize(("direction", "ascending"), [("DESC", "false"), ("ASC", "true"), ("", "true")])
@pytest.mark.parametrize("limit", ["LIMIT 10", "LIMIT 1", "LIMIT 7 OFFSET 30"])
def test_the_first_rows_in_an_order_are_a_page(alone, cold, plain, column, direction, ascending, limit):
    query = f"SELECT gid, {column} FROM search_tasks ORDER BY {column} {direction}, gid {limit}"
    asked, rows = orders(alone, cold, query)
    assert asked == [(column, ascending)]
    assert rows == plain.sql(query).fetchall()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT name FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT * FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 10",
        "FROM search_tasks t ORDER BY t.modified_at DESC, t.gid LIMIT 10",
        "FROM asana.search_tasks ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT upper(name) AS loud, gid FROM search_tasks ORDER BY modified_at DESC, loud, gid LIMIT 10",
        "SELECT modified_at, gid FROM search_tasks ORDER BY 1 DESC, 2 LIMIT 10",
        "SELECT gid FROM (SELECT gid, modified_at FROM search_tasks) ORDER BY modified_at DESC, gid LIMIT 10",
        "WITH t AS (FROM search_tasks) SELECT gid FROM t ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT gid FROM search_tasks ORDER BY modified_at DESC NULLS LAST, gid FETCH FIRST 10 ROWS ONLY",
        "SELECT gid FROM search_tasks WHERE assignee_gid = '{me}' ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT gid FROM asana_search_tasks(is_subtask := FALSE) ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT gid FROM search_tasks WHERE num_likes = 0 ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT count(*) FROM (SELECT gid FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 10)",
        "SELECT gid FROM (FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 10) WHERE name LIKE '%a%' ORDER BY 1",
        "SELECT gid FROM search_tasks WHERE NOT completed ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT gid, completed FROM search_tasks WHERE completed ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT gid, modified_at FROM search_tasks WHERE completed IS NOT TRUE ORDER BY modified_at DESC, gid LIMIT 10",
        "FROM search_tasks WHERE NOT completed AND liked IS NOT NULL ORDER BY modified_at DESC, gid LIMIT 10",
    ],
)
def test_the_order_is_seen_through_what_only_hands_columns_on(alone, cold, plain, query):
    written = query.format(me=alone.world.me["gid"])
    asked, rows = orders(alone, cold, written)
    assert asked == [("modified_at", "false")]
    assert rows == plain.sql(written).fetchall()


def test_the_limit_may_be_a_parameter(alone, cold, plain):
    query = "SELECT gid FROM search_tasks ORDER BY modified_at DESC, gid LIMIT ?"
    asked, rows = orders(alone, cold, query, [12])
    assert asked == [("modified_at", "false")]
    assert rows == plain.sql(query, [12]).fetchall()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT gid FROM search_tasks ORDER BY due_on, gid LIMIT 10",
        "SELECT gid FROM search_tasks ORDER BY completed_at DESC, gid LIMIT 10",
        "SELECT gid FROM search_tasks ORDER BY name, modified_at LIMIT 10",
        "SELECT gid FROM search_tasks ORDER BY modified_at::DATE DESC, gid LIMIT 10",
        "SELECT gid FROM search_tasks ORDER BY epoch(modified_at), gid LIMIT 10",
        "SELECT gid, name AS modified_at FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT gid, created_at AS modified_at FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT * FROM (SELECT gid, created_at + INTERVAL 1 DAY AS modified_at FROM search_tasks) "
        "ORDER BY modified_at, gid LIMIT 10",
        "SELECT gid, modified_at FROM search_tasks AS t(gid, kind, modified_at) ORDER BY modified_at, gid LIMIT 10",
        "SELECT gid FROM search_tasks WHERE name LIKE '%a%' ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT gid FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 100",
        "SELECT gid FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 10 OFFSET 90",
        "SELECT gid FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 2%",
        "SELECT gid, row_number() OVER (ORDER BY gid) AS n FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT max(gid) AS gid, modified_at FROM search_tasks GROUP BY modified_at ORDER BY modified_at DESC LIMIT 10",
        "SELECT gid FROM (SELECT DISTINCT gid, modified_at FROM search_tasks) ORDER BY modified_at DESC, gid LIMIT 10",
        "FROM (SELECT gid, modified_at FROM search_tasks UNION ALL SELECT gid, created_at FROM search_tasks) "
        "ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT gid FROM search_tasks WHERE completed OR liked ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT gid FROM search_tasks WHERE completed AND gid <> name ORDER BY modified_at DESC, gid LIMIT 10",
        "SELECT gid, unnest([1, 2]) AS n FROM search_tasks ORDER BY modified_at DESC, gid, n LIMIT 10",
        "SELECT gid FROM search_tasks WHERE gid IN (SELECT max(gid) FROM search_tasks) OR liked "
        "ORDER BY modified_at DESC, gid LIMIT 10",
    ],
)
def test_what_stands_between_the_order_and_the_search_has_it_read_whole(alone, cold, plain, query):
    asked, rows = orders(alone, cold, query)
    assert whole(asked)
    assert rows == plain.sql(query).fetchall()


def test_a_field_of_a_struct_is_not_the_column_of_its_name(alone, cold, plain):
    for query in (
        "SELECT gid, current_status.created_at FROM search_projects ORDER BY current_status.created_at, gid LIMIT 3",
        "SELECT created_at, current_status.created_at, gid FROM search_projects ORDER BY 2 DESC, gid LIMIT 3",
        "SELECT s.created_at, gid FROM (SELECT gid, created_at, current_status AS s FROM search_projects) "
        "ORDER BY s.created_at DESC, gid LIMIT 3",
    ):
        asked, rows = orders(alone, cold, query)
        assert asked == [("created_at", "true")]
        assert rows == plain.sql(query).fetchall()


def test_rows_that_fail_the_filter_are_made_up_for_by_the_whole_search(alone, cold, plain):
    query = "SELECT gid FROM search_tasks WHERE num_likes = 3 ORDER BY modified_at DESC, gid LIMIT 30"
    asked, rows = orders(alone, cold, query)
    assert asked[0] == ("modified_at", "false")
    assert whole(asked)
    assert rows == plain.sql(query).fetchall()
    assert len(rows) == 30


def test_a_truth_that_stays_with_duckdb_is_counted_as_it_filters(alone, cold, plain):
    query = "SELECT gid FROM search_tasks WHERE liked ORDER BY modified_at DESC, gid LIMIT 60"
    asked, rows = orders(alone, cold, query)
    assert asked[0] == ("modified_at", "false")
    assert whole(asked)
    assert rows == plain.sql(query).fetchall()


def test_projects_are_sorted_too(alone, cold, plain):
    query = "SELECT gid, name FROM search_projects ORDER BY modified_at DESC, gid LIMIT 5"
    asked, rows = orders(alone, cold, query)
    assert asked == [("modified_at", "false")]
    assert rows == plain.sql(query).fetchall()


# Ties at the edge of the page.


def world_of_ties(first, tied):
    """Tasks of which the first that were modified, and the last, share a moment with many."""
    world = build(now=NOW, seed=9)
    for place, task in enumerate(world.tasks):
        step = place if place < first else first if place < first + tied else place
        task["modified_at"] = f"{NOW - dt.timedelta(minutes=step):%Y-%m-%dT%H:%M:%S}.000Z"
    return world


@pytest.mark.parametrize(
    ("first", "tied", "limit", "a_page"),
    [
        (50, 30, 60, True),
        (50, 49, 99, True),
        (50, 50, 50, True),
        (50, 50, 51, False),
        (50, 200, 50, True),
        (50, 200, 51, False),
        (0, 300, 1, False),
        (98, 2, 98, True),
        (98, 2, 99, False),
        (98, 3, 98, True),
    ],
)
def test_rows_that_share_the_last_place_of_the_page_are_not_taken_for_all_of_them(asana_of, first, tied, limit, a_page):
    asana = asana_of(world_of_ties(first, tied))
    query = f"SELECT gid, modified_at FROM search_tasks ORDER BY modified_at DESC, name, gid LIMIT {limit}"
    asked, rows = orders(asana, asana.open(cache=False), query)
    assert rows == asana.open(cache=False, push=False, plan=False).sql(query).fetchall()
    assert (len(asked) == 1) is a_page
    assert a_page or whole(asked)


# Other statements around it.


def test_a_join_with_the_first_rows_of_a_search_asks_for_those_only(alone, cold, plain):
    query = """
        SELECT t.gid, s.gid FROM (SELECT gid FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 4) t
        JOIN stories s ON s.task_gid = t.gid ORDER BY ALL"""
    sent, rows = alone.sends(cold, query)
    assert len(sent) == A_PAGE + 4
    assert len([path for path, _ in sent if path.endswith("/stories")]) == 4
    latest = sorted(alone.world.tasks, key=lambda task: task["gid"])
    latest = sorted(latest, key=lambda task: task["modified_at"], reverse=True)[:4]
    assert rows == sorted(
        (task["gid"], story["gid"]) for task in latest for story in alone.world.under("task.stories", task)
    )


def test_two_searches_in_a_statement_are_each_read_as_they_are_needed(alone, cold, plain):
    query = """
        SELECT (SELECT gid FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 1),
               (SELECT gid FROM search_tasks ORDER BY created_at, gid LIMIT 1), count(*)
        FROM search_projects"""
    asked, rows = orders(alone, cold, query)
    assert sorted(asked) == [("created_at", "true"), ("created_at", "true"), ("modified_at", "false")]
    assert rows == plain.sql(query).fetchall()


def test_the_same_search_is_read_whole_where_another_part_of_the_statement_needs_it(alone, cold, plain):
    query = """
        WITH t AS MATERIALIZED (SELECT gid, modified_at FROM search_tasks)
        SELECT gid FROM t ORDER BY modified_at DESC, gid LIMIT 3"""
    asked, rows = orders(alone, cold, query)
    assert whole(asked)
    assert rows == plain.sql(query).fetchall()


def test_what_is_made_from_the_first_rows_is_made_of_them(alone, cold):
    cold.sql("CREATE TEMP TABLE latest AS SELECT gid FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 10")
    found = {gid for (gid,) in cold.duckdb.execute("FROM latest").fetchall()}
    moment = sorted((task["modified_at"] for task in alone.world.tasks), reverse=True)[9]
    assert found <= {task["gid"] for task in alone.world.tasks if task["modified_at"] >= moment}
    assert len(found) == 10


def test_an_order_switched_off_reads_the_whole_search(alone, cold, plain):
    query = "SELECT gid FROM search_tasks ORDER BY modified_at DESC, gid LIMIT 5"
    for settings in ({"plan": False}, {"push": False, "plan": False}):
        asked, rows = orders(alone, alone.open(cache=False, **settings), query)
        assert whole(asked)
        assert rows == plain.sql(query).fetchall()


def test_explain_tells_the_order(cold):
    def step(query):
        told = cold.sql(query)
        return dict(zip(told.columns, told.fetchall()[1], strict=True))

    query = "SELECT name FROM search_tasks WHERE completed = FALSE ORDER BY modified_at DESC LIMIT 5"
    told = step(f"EXPLAIN {query}")
    assert told["parameters"] == "completed=false sort_by=modified_at sort_ascending=false"
    assert told["estimated_requests"] == 1
    assert step(f"EXPLAIN ANALYZE {query}")["requests"] == 1


def test_a_search_that_ended_early_says_nothing_of_its_size(alone):
    connection = alone.open(cache=False)
    table = connection.catalog["search_tasks"]
    connection.sql("SELECT gid FROM search_tasks ORDER BY modified_at DESC LIMIT 5").fetchall()
    assert connection._account.sizes.pages(table, table.paths[0]) == table.paths[0].pages
    connection.sql("SELECT count(*) FROM search_tasks").fetchall()
    assert connection._account.sizes.pages(table, table.paths[0]) == -(-len(alone.world.tasks) // 100)
