"""Filters on typed columns give the same rows pushed and not pushed, planned and not planned, and as a local table."""

from __future__ import annotations

import pytest

from .conftest import CALL, KINDS, quoted

FILTERS = [
    "\"Priority\" = 'High'",
    "\"Priority\" <> 'High'",
    "\"Priority\" IN ('High', 'Low', 'nothing')",
    "\"Priority\" NOT IN ('High', 'Low')",
    '"Priority" IS NULL',
    '"Priority" IS NOT NULL AND completed',
    '"Effort" < 100',
    '"Effort" BETWEEN 50 AND 150.5 AND "Budget" > 0',
    '"Effort" IS NULL OR "Share" > 10',
    '"Score" % 2 = 0',
    "\"Remarks\" LIKE '%é%'",
    "\"Remarks\" ILIKE 'r%'",
    "\"Ticket\" LIKE 'OKA-1%'",
    "\"Launch day\" >= DATE '2026-03-01'",
    '"Launch day" = due_on',
    "\"Time slot\" < TIMESTAMPTZ '2026-03-01 12:00:00+00'",
    "date_trunc('week', \"Time slot\") = TIMESTAMPTZ '2026-03-02 00:00:00+00'",
    "list_contains(\"Components\", 'API')",
    'len("Components") = 0',
    "\"Components\" = ['API', 'Legacy']",
    'len("Reviewers") > 1',
    "list_contains(list_transform(\"Reviewers\", lambda r: r.name), 'Maya Lindqvist')",
    "\"Related\" IS NOT NULL AND name <> ''",
    '"Priority" = \'High\' AND "Effort" > 200 AND NOT completed',
    '"Priority" = \'High\' OR "Effort" > 300',
]


@pytest.fixture(scope="module")
def ways(alone):
    """Connections that push and plan, do not push, and do not plan; each with the relation as a table beside it."""
    made = {
        "planned": alone.open(cache=False),
        "not pushed": alone.open(cache=False, push=False),
        "not planned": alone.open(cache=False, plan=False),
    }
    made["planned"].sql(f"CREATE TABLE kept AS FROM {CALL}")
    return made


@pytest.mark.parametrize("condition", FILTERS)
def test_a_filter_keeps_the_same_rows_every_way(ways, condition):
    expected = ways["planned"].sql(f"SELECT gid FROM kept WHERE {condition} ORDER BY gid").fetchall()
    assert 0 < len(expected) < 220
    for name, connection in ways.items():
        found = connection.sql(f"SELECT gid FROM {CALL} WHERE {condition} ORDER BY gid").fetchall()
        assert found == expected, name


@pytest.mark.parametrize("name", KINDS)
def test_ordering_and_grouping_by_a_typed_column_are_the_same(ways, name):
    column = quoted(name)
    for query in (
        f"SELECT gid FROM {{}} ORDER BY {column} DESC NULLS LAST, gid LIMIT 25",
        f"SELECT {column}, count(*) FROM {{}} GROUP BY ALL ORDER BY ALL",
    ):
        expected = ways["planned"].sql(query.format("kept")).fetchall()
        for way, connection in ways.items():
            assert connection.sql(query.format(CALL)).fetchall() == expected, way


JOINS = [
    "SELECT count(*) FROM {} p JOIN stories s ON s.task_gid = p.gid WHERE p.\"Priority\" = 'High' AND p.completed",
    "SELECT u.name, count(*) FROM {} p JOIN users u ON u.gid = p.assignee_gid GROUP BY ALL ORDER BY ALL",
    "SELECT gid FROM {} WHERE assignee_gid IN (SELECT gid FROM users WHERE name ILIKE 'm%') ORDER BY \"Effort\", gid",
]


@pytest.mark.parametrize("query", JOINS)
def test_a_join_gives_the_same_every_way(ways, query):
    expected = ways["planned"].sql(query.format("kept")).fetchall()
    assert expected
    for way in ("planned", "not planned"):
        assert ways[way].sql(query.format(CALL)).fetchall() == expected, way


def test_keys_are_carried_out_of_the_rows_that_a_typed_filter_keeps(alone, cold):
    gid = alone.notable["every_custom_field"]
    tasks = [
        task
        for task in alone.world.tasks_in(gid)
        if any(f["name"] == "Priority" and (f["enum_value"] or {}).get("name") == "High" for f in task["custom_fields"])
    ]
    query = f"SELECT count(*) FROM {CALL} p JOIN stories s ON s.task_gid = p.gid WHERE p.\"Priority\" = 'High'"
    sent, rows = alone.sends(cold, query)
    assert rows == [(sum(len(alone.world.under("task.stories", task)) for task in tasks),)]
    stories = sorted(path for path, _ in sent if path.endswith("/stories"))
    assert stories == sorted(f"/tasks/{task['gid']}/stories" for task in tasks)


def test_keys_are_carried_through_a_view_whatever_its_name(alone, asana_of):
    asana = asana_of(alone.world)
    connection = asana.open(cache=False)
    view = connection.create_project_view("Website relaunch", name='Known AS "good" (2026),\n🚀')
    query = f'SELECT count(*) FROM {view} p JOIN stories s ON s.task_gid = p.gid WHERE p."Effort" < 5'
    sent, rows = asana.sends(connection, query)
    tasks = {path for path, _ in sent if path.endswith("/stories")}
    [(expected,)] = connection.sql(f'SELECT count(*) FROM {view} WHERE "Effort" < 5').fetchall()
    assert len(tasks) == expected > 0
    assert rows == connection.sql(query.replace("JOIN", "LEFT JOIN") + " AND s.gid IS NOT NULL").fetchall()


def test_the_tasks_of_a_portfolio_s_projects_are_asked_of_these_only(alone, cold):
    gid = alone.notable["mixed_portfolio"]
    items = alone.world.under("portfolio.items", alone.world.find("portfolio", gid))
    query = f"SELECT count(t.gid) FROM asana_portfolio('{gid}') p JOIN tasks t ON t.project_gid = p.gid"
    sent, rows = alone.sends(cold, query)
    asked = {params["project"] for path, params in sent if path == "/tasks"}
    assert asked <= {item["gid"] for item in items}
    assert rows == [(sum(len(alone.world.tasks_in(item["gid"])) for item in items),)]
