"""What typed relations ask of Asana: the fields once, and `custom_fields` only where a typed column is read."""

from __future__ import annotations

import pytest

import asanaql
from asanaql.demo import build
from tests.few import USUAL, few

from .conftest import CALL, NOW, PROJECT


@pytest.fixture
def connection(asana):
    """With a cache, and with the relations that are read here."""
    return asana.open(catalog=few(*USUAL))


@pytest.fixture
def gid(asana):
    return asana.notable["every_custom_field"]


@pytest.fixture
def resolving(asana, gid):
    """What is asked for before a statement whose project is given by name."""
    return [
        ("/workspaces", {}),
        asana.listing_of_projects,
        (f"/projects/{gid}/custom_field_settings", {}),
        ("/tasks", {"project": gid}),
    ]


@pytest.fixture
def pages(gid):
    """The 220 tasks."""
    return [("/tasks", {"project": gid})] * 3


def test_a_name_costs_the_workspaces_the_projects_the_fields_and_a_page_of_dates(asana, connection, resolving, pages):
    sent, rows = asana.sends(connection, f"SELECT name FROM {CALL}")
    assert (sent, len(rows)) == (resolving + pages, 220)
    assert asana.fields[2] == (
        "custom_field.description,custom_field.name,custom_field.resource_subtype,custom_field.type"
    )
    assert asana.fields[3] == "custom_fields.date_value.date_time"
    assert asana.fields[4:] == ["name"] * 3


def test_a_gid_costs_the_fields_and_the_dates(asana, connection, gid, resolving, pages):
    assert asana.sends(connection, f"SELECT name FROM asana_project('{gid}')")[0] == resolving[2:] + pages


def test_statements_after_the_first_cost_nothing_more(asana, connection, resolving, pages):
    assert asana.sends(connection, f"SELECT name FROM {CALL}")[0] == resolving + pages
    assert asana.sends(connection, f"SELECT name FROM {CALL}")[0] == pages
    other = asana.open()
    assert asana.sends(other, f"SELECT name FROM {CALL} WHERE \"Priority\" = 'High'")[0] == pages
    assert (other.stats.requests, other.stats.cached) == (3, 3)


def test_without_a_cache_every_statement_asks(asana, resolving, pages):
    connection = asana.open(cache=False)
    for _ in range(2):
        assert asana.sends(connection, f"SELECT name FROM {CALL}")[0] == resolving + pages


@pytest.mark.parametrize("columns", ["name", "count(DISTINCT assignee_gid)", "1, due_on"])
def test_custom_fields_are_not_asked_for_where_no_typed_column_is_read(asana, connection, columns):
    asana.sends(connection, f"SELECT {columns} FROM {CALL}")
    assert not [fields for fields in asana.fields[4:] if "custom_fields" in fields]


@pytest.mark.parametrize(
    "query",
    [
        f'SELECT "Effort" FROM {CALL}',
        f'SELECT name FROM {CALL} WHERE "Effort" > 3',
        f'SELECT name FROM {CALL} ORDER BY "Effort"',
        f"SELECT custom_fields FROM {CALL}",
    ],
)
def test_custom_fields_are_asked_for_where_one_is_read(asana, connection, query, pages):
    sent, _ = asana.sends(connection, query)
    assert sent[4:] == pages
    assert all("custom_fields.number_value" in fields for fields in asana.fields[4:])


def test_counting_tasks_is_still_one_request(asana, connection, resolving, gid):
    sent, rows = asana.sends(connection, f"SELECT count(*) FROM {CALL}")
    assert (sent, rows) == ([*resolving, (f"/projects/{gid}/task_counts", {})], [(220,)])


def test_a_limit_stops_as_soon_as_it_is_satisfied(asana, connection, resolving, pages):
    assert asana.sends(connection, f'SELECT "Effort" FROM {CALL} LIMIT 5')[0] == resolving + pages[:1]


def test_describing_asks_for_no_task_but_the_page_of_dates(asana, connection, resolving):
    for query in (f"DESCRIBE {CALL}", f"DESCRIBE SELECT * FROM {CALL}"):
        asana.sends(connection, query)
    assert asana.sends(asana.open(cache=False), f"DESCRIBE {CALL}")[0] == resolving


def test_a_project_without_date_fields_needs_no_page_of_dates(asana, connection):
    gid = asana.notable["hundred"]
    sent, _ = asana.sends(connection, f"DESCRIBE asana_project('{gid}')")
    assert sent == [(f"/projects/{gid}/custom_field_settings", {})]


def test_a_project_named_twice_is_looked_up_once(asana, connection, resolving, pages):
    query = f'SELECT count(*) FROM {CALL} a JOIN {CALL} b USING (gid) WHERE a."Effort" = b."Effort"'
    assert asana.sends(connection, query)[0] == resolving + pages


def test_the_page_of_dates_is_asked_for_again_only_when_the_fields_are(asana, connection, resolving):
    assert asana.sends(connection, f"DESCRIBE {CALL}")[0] == resolving
    assert asana.sends(connection, f"DESCRIBE {CALL}")[0] == []


def test_making_a_view_asks_for_the_fields_anew_and_leaves_them_for_statements(asana, connection, resolving, pages):
    for expected in (resolving, resolving[2:]):
        asana.service.log.clear()
        view = connection.create_project_view(PROJECT)
        assert asana.sent() == expected
        assert connection.stats.requests == len(expected)
    assert asana.sends(connection, f"SELECT name FROM {view}")[0] == pages
    assert asana.sends(connection, f"SELECT name FROM {CALL}")[0] == pages


def test_a_view_by_gid_asks_for_the_project_s_name_too(asana, connection, gid, resolving):
    asana.service.log.clear()
    assert connection.create_project_view(gid) == f'"{PROJECT}"'
    assert asana.sent() == [*resolving[2:], (f"/projects/{gid}", {})]
    asana.service.log.clear()
    assert connection.create_project_view(gid, name="mine") == '"mine"'
    assert asana.sent() == resolving[2:]


def test_a_field_that_is_new_in_asana_is_in_the_next_view(asana_of, tmp_path):
    world = build(now=NOW, seed=14)
    asana = asana_of(world, tmp_path)
    connection = asana.open()
    view = connection.create_project_view("Hundred days")
    before = connection.sql(f"FROM {view} LIMIT 0").columns
    more = next(field for field in world.all("custom_field") if field["name"] == "Budget")
    project = asana.project("hundred")
    world.hang("project.custom_field_settings", project, {"gid": "4711", "parent": project, "custom_field": more})
    assert connection.sql(f"FROM {view} LIMIT 0").columns == before
    assert connection.sql("FROM asana_project('Hundred days') LIMIT 0").columns == before
    connection.create_project_view("Hundred days")
    assert connection.sql(f"FROM {view} LIMIT 0").columns == [*before, "Budget"]
    assert connection.sql("FROM asana_project('Hundred days') LIMIT 0").columns == [*before, "Budget"]


def test_a_project_that_is_new_in_asana_is_found_though_the_listing_is_kept(asana_of, tmp_path):
    world = build(now=NOW, seed=15)
    asana = asana_of(world, tmp_path)
    connection = asana.open()
    connection.sql("DESCRIBE asana_project('Hundred days')")
    asana.project("single")["name"] = "Called anew"
    sent, _ = asana.sends(connection, "SELECT name FROM asana_project('Called anew')")
    assert sent[0] == asana.listing_of_projects
    assert asana.sends(connection, "SELECT name FROM asana_project('Called anew')")[0] == [
        ("/tasks", {"project": asana.notable["single"]})
    ]


# What is counted.


def test_what_resolving_asks_is_the_statement_s(asana, connection, resolving, pages):
    result = connection.sql(f"SELECT name FROM {CALL}")
    assert result.stats.requests == len(resolving)
    result.fetchall()
    assert result.stats.requests == len(resolving) + len(pages)
    logged = connection.sql("SELECT statement, relation, count(*) FROM asana_requests GROUP BY ALL ORDER BY ALL")
    assert logged.fetchall() == [
        (1, "custom_field_settings", 1),
        (1, "projects", 1),
        (1, "tasks", 4),
        (1, "workspaces", 1),
    ]


def test_several_statements_have_numbers_of_their_own(asana, connection):
    connection.sql(f"DESCRIBE {CALL}; SELECT name FROM {CALL}").fetchall()
    logged = connection.sql("SELECT statement, count(*) FROM asana_requests WHERE NOT cached GROUP BY ALL ORDER BY ALL")
    assert logged.fetchall() == [(1, 4), (2, 3)]


@pytest.mark.parametrize(("allowed", "answered"), [(3, False), (6, False), (7, True)])
def test_the_bound_of_a_statement_holds_for_all_of_it(asana, allowed, answered):
    connection = asana.open(max_requests=allowed, cache=False)
    asana.service.log.clear()
    if answered:
        assert len(connection.sql(f"SELECT name FROM {CALL}").fetchall()) == 220
        return
    with pytest.raises(asanaql.QueryError, match=f"has sent {allowed} requests|it may send {allowed}"):
        connection.sql(f"SELECT name FROM {CALL}").fetchall()
    assert len(asana.service.log) <= allowed


def test_explain_analyze_tells_the_scan_and_counts_all(asana, connection, resolving, pages):
    told = connection.sql(f"EXPLAIN ANALYZE SELECT name FROM {CALL} WHERE \"Priority\" = 'High'")
    [row] = [dict(zip(told.columns, row, strict=True)) for row in told.fetchall()]
    assert (row["relation"], row["requests"], row["rows"]) == ("tasks", 3, 220)
    assert '"Priority"' in row["with_duckdb"][0] and "lambda" not in row["with_duckdb"][0]
    assert told.stats.requests == len(resolving) + len(pages)
