"""The list `custom_fields` keeps every value in its own type, on everything that has one, and so do the definitions."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pyarrow as pa
import pytest

from asanaql.catalog.custom_field_types import DEFINITION, IN_COMPACT_VALUES, IN_VALUES, VALUE
from asanaql.demo.customs import FIELDS

from .conftest import raw

#: The members of a value that Asana sends unasked, and so the raw JSON has.
SENT = [name for name in IN_VALUES if name not in ("description",)]
KINDS = {representation for _, _, representation, _ in FIELDS}


def shaped(value, kind):
    """JSON as the type has it."""
    if value is None:
        return None
    if pa.types.is_list(kind):
        return [shaped(each, kind.value_type) for each in value]
    if pa.types.is_struct(kind):
        return {field.name: shaped(value.get(field.name), field.type) for field in kind}
    if pa.types.is_timestamp(kind):
        return dt.datetime.fromisoformat(value)
    if pa.types.is_date(kind):
        return dt.date.fromisoformat(value)
    return float(value) if pa.types.is_floating(kind) else value


def members(shown, names, kind):
    return {name: shaped(shown.get(name), kind.field(name).type) for name in names}


def listings(asana):
    """For each relation, the listing of the service that has its rows and the condition that asks for these."""
    world, workspace = asana.world, asana.world.workspace["gid"]
    project = asana.notable["every_custom_field"]
    portfolio = world.all("portfolio")[1]["gid"]
    return {
        "tasks": ("/tasks", {"project": project}, f"project_gid = '{project}'"),
        "user_tasks": (
            "/tasks",
            {"assignee": world.me["gid"], "workspace": workspace},
            f"assignee_gid = '{world.me['gid']}' AND workspace_gid = '{workspace}'",
        ),
        "projects": ("/projects", {"workspace": workspace}, "true"),
        "portfolios": ("/portfolios", {"workspace": workspace}, "true"),
        "portfolio_items": (f"/portfolios/{portfolio}/items", {}, f"portfolio_gid = '{portfolio}'"),
        "goals": ("/goals", {"workspace": workspace}, "true"),
        "users": ("/users", {"workspace": workspace}, "true"),
    }


def test_the_list_is_the_same_on_every_relation_that_has_it(alone, cold):
    """So that those that are looked at below stand for all."""
    lists = {
        table.name: (column.type, column.path, column.fields)
        for table in cold.catalog.values()
        for column in table.columns
        if column.name == "custom_fields"
    }
    assert set(lists.values()) == {lists[name] for name in listings(alone)}


def task_fields(connection):
    return connection.catalog["tasks"].column("custom_fields")


@pytest.mark.parametrize(
    "relation", ["tasks", "user_tasks", "projects", "portfolios", "portfolio_items", "goals", "users"]
)
def test_values_are_those_of_the_raw_json(alone, cold, relation):
    path, parameters, condition = listings(alone)[relation]
    names = SENT if cold.catalog[relation].column("custom_fields") == task_fields(cold) else IN_COMPACT_VALUES
    expected = {
        row["gid"]: [members(shown, names, VALUE) for shown in row.get("custom_fields") or ()]
        for row in raw(alone, path, **parameters)
    }
    found = cold.sql(f"SELECT gid, custom_fields FROM {relation} WHERE {condition}").fetchall()
    assert {gid: [{name: each[name] for name in names} for each in fields or ()] for gid, fields in found} == expected
    seen = Counter(each["representation_type"] for fields in expected.values() for each in fields)
    assert set(seen) == KINDS


@pytest.mark.parametrize("parent", ["project", "portfolio", "goal", "team"])
def test_definitions_are_those_of_the_raw_json(alone, cold, parent):
    [owner] = [each for each in alone.world.all(parent) if len(each["custom_field_settings"]) == len(FIELDS)][:1]
    names = [field.name for field in DEFINITION if field.name != "description"]
    rows = raw_settings(alone, parent, owner)
    expected = [members(row["custom_field"], names, DEFINITION) for row in rows]
    found = cold.sql(
        f"SELECT custom_field FROM custom_field_settings WHERE parent_gid = '{owner['gid']}' "
        f"AND parent_resource_type = '{parent}'"
    ).fetchall()
    assert [{name: each[name] for name in names} for (each,) in found] == expected
    assert {each["representation_type"] for each in expected} == KINDS


def raw_settings(asana, parent, owner):
    return raw(asana, f"/{parent}s/{owner['gid']}/custom_field_settings", opt_fields="custom_field")
