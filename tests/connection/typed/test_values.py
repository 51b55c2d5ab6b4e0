"""The values of typed columns are those of the raw JSON, of the type that the kind of field has."""

from __future__ import annotations

import datetime as dt

import pytest

from asanaql.demo import build
from asanaql.demo.customs import FIELDS

from .conftest import CALL, KINDS, NOW, ODD, PROJECT, quoted, raw, value


def test_every_kind_of_field_of_the_demo_is_looked_at():
    assert set(KINDS) == set(ODD) == {name for name, *_ in FIELDS}


def test_the_columns_are_those_of_tasks_and_then_the_fields_with_their_types(cold):
    result = cold.sql(f"FROM {CALL} LIMIT 0")
    tasks = cold.sql("FROM tasks LIMIT 0")
    assert result.columns == [*tasks.columns, *KINDS]
    assert result.types == [*tasks.types, *KINDS.values()]


def test_every_value_of_every_task_is_that_of_the_raw_json(alone, cold):
    gid = alone.notable["every_custom_field"]
    rows = raw(alone, "/tasks", project=gid)
    expected = {
        row["gid"]: [value(next(f for f in row["custom_fields"] if f["name"] == name)) for name in KINDS]
        for row in rows
    }
    assert len(expected) == 220 and all(len(row["custom_fields"]) >= len(KINDS) for row in rows)
    for place, name in enumerate(KINDS):
        held = [values[place] for values in expected.values()]
        assert any(held) and (name in ("Ticket", "Score") or not all(held)), name
    selected = ", ".join(map(quoted, KINDS))
    found = cold.sql(f"SELECT gid, {selected} FROM {CALL}").fetchall()
    assert {task: list(values) for task, *values in found} == expected
    assert len(found) == len(expected)


def test_fields_of_any_name_have_their_values(asana_of, odd_world):
    odd = asana_of(odd_world)
    gid = odd.notable["every_custom_field"]
    fields = [setting["custom_field"] for setting in odd.project("every_custom_field")["custom_field_settings"]]
    names = [column.format(gid=field["gid"]) for field, (_, column) in zip(fields, ODD.values(), strict=True)]
    connection = odd.open(cache=False)
    result = connection.sql(f"SELECT * FROM asana_project('{gid}')")
    assert result.columns[-len(names) :] == names
    expected = {
        row["gid"]: [value(next(f for f in row["custom_fields"] if f["gid"] == field["gid"])) for field in fields]
        for row in raw(odd, "/tasks", project=gid)
    }
    assert {row[0]: list(row[-len(names) :]) for row in result.fetchall()} == expected
    for name in names:
        found = connection.sql(f"SELECT gid, {quoted(name)} FROM asana_project('{gid}') x").fetchall()
        assert dict(found) == {task: values[names.index(name)] for task, values in expected.items()}


def test_the_items_of_a_portfolio_have_values_too_and_people_as_text(alone, cold):
    gid = alone.notable["mixed_portfolio"]
    rows = raw(alone, f"/portfolios/{gid}/items")
    expected = {}
    for row in rows:
        own = {field["name"]: value(field, compact=True) for field in row["custom_fields"]}
        expected[row["gid"]] = [own.get(name) for name in KINDS]
    selected = ", ".join(map(quoted, KINDS))
    result = cold.sql(f"SELECT gid, {selected} FROM asana_portfolio('{gid}')")
    assert result.types[1:] == [
        {"Reviewers": "VARCHAR"}.get(name, kind) if name != "Time slot" else result.types[7]
        for name, kind in KINDS.items()
    ]
    found = {item: list(values) for item, *values in result.fetchall()}
    assert found == expected
    assert any(found[project["gid"]][0] for project in alone.world.under("portfolio.items", portfolio(alone, gid)))


def portfolio(asana, gid):
    return asana.world.find("portfolio", gid)


def test_a_task_that_has_no_such_field_has_null(asana_of):
    world = build(now=NOW, seed=12)
    asana = asana_of(world)
    gid = world.notable["every_custom_field"]
    task = world.tasks_in(gid)[0]
    task["custom_fields"] = []
    found = asana.open(cache=False).sql(f"SELECT * FROM asana_project('{gid}') WHERE gid = '{task['gid']}'").fetchall()
    assert set(found[0][-len(KINDS) :]) == {None}


def test_the_list_of_custom_fields_stays_beside_them(alone, cold):
    query = f"""
        SELECT count(*), count(*) FILTER ("Effort" IS NOT DISTINCT FROM
            list_filter(custom_fields, lambda f: f.name = 'Effort')[1].number_value)
        FROM {CALL}
    """
    assert cold.sql(query).fetchall() == [(220, 220)]


# Days and moments.


@pytest.fixture
def mixed(asana_of, tmp_path):
    """A workspace where "Time slot" has a value without a time, and "Launch day" one with a time on the last page."""
    world = build(now=NOW, seed=13)
    tasks = world.tasks_in(world.notable["every_custom_field"])
    slots = [field for task in tasks for field in task["custom_fields"] if field["name"] == "Time slot"]
    next(field for field in slots if field["date_value"])["date_value"] = {"date": "2026-02-03", "date_time": None}
    late = next(field for field in tasks[-1]["custom_fields"] if field["name"] == "Launch day")
    late["date_value"] = {"date": "2026-02-04", "date_time": "2026-02-04T21:30:00.000Z"}
    return asana_of(world, tmp_path)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Tokyo"])
def test_a_value_without_a_time_among_moments_is_that_day_wherever_one_is(mixed, zone):
    connection = mixed.open(cache=False)
    connection.sql(f"SET TimeZone = '{zone}'")
    query = f"""SELECT "Time slot"::DATE, "Time slot"::TIMESTAMP FROM {CALL} WHERE "Time slot" = DATE '2026-02-03'"""
    assert (dt.date(2026, 2, 3), dt.datetime(2026, 2, 3)) in connection.sql(query).fetchall()


def test_a_time_that_a_column_of_days_leaves_out_is_said_and_shown_by_the_next_statement(mixed):
    connection = mixed.open()
    query = f"""SELECT "Launch day" FROM {CALL} WHERE gid = '{last(mixed)}'"""
    first, second = connection.sql(query), connection.sql(query)
    assert (first.types, first.fetchall()) == (["DATE"], [(dt.date(2026, 2, 4),)])
    [warning] = first.warnings
    assert warning.startswith("The custom field 'Launch day' (") and "has values with a time" in warning
    third = connection.sql(query)
    assert third.types == ["TIMESTAMP WITH TIME ZONE"]
    assert [row[0] for row in third.fetchall()] == [dt.datetime(2026, 2, 4, 21, 30, tzinfo=dt.UTC)]
    assert third.warnings == []
    assert second.types == ["DATE"]


def last(asana):
    return asana.world.tasks_in(asana.notable["every_custom_field"])[-1]["gid"]


def test_a_view_says_so_until_it_is_made_again(mixed):
    connection = mixed.open()
    view = connection.create_project_view(PROJECT)
    for _ in range(2):
        result = connection.sql(f'SELECT "Launch day" FROM {view}')
        result.fetchall()
        assert [warning for warning in result.warnings if "Launch day" in warning]
    connection.create_project_view(PROJECT)
    result = connection.sql(f'SELECT max("Launch day") FROM {view}')
    assert result.types == ["TIMESTAMP WITH TIME ZONE"]
    result.fetchall()
    assert result.warnings == []


def test_a_raw_statement_says_so_as_a_python_warning(mixed):
    connection = mixed.open()
    view = connection.create_project_view(PROJECT)
    with pytest.warns(Warning, match="Launch day.*has values with a time"):
        connection.duckdb.execute(f'SELECT "Launch day" FROM {view}').fetchall()


def test_another_project_s_times_are_not_said_of_this_one(mixed):
    connection = mixed.open()
    connection.create_project_view(PROJECT)
    result = connection.sql(f"SELECT custom_fields FROM tasks WHERE project_gid = '{mixed.notable['hundred']}'")
    result.fetchall()
    assert result.warnings == []
