"""Demo workspaces whose projects have custom fields of every kind and name, and what their raw JSON says of each."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from asanaql.demo import build

NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
TOKEN = {"authorization": "Bearer demo"}
PROJECT = "Website relaunch"
CALL = f"asana_project('{PROJECT}')"
#: What the fields of the demo's FIELDS are called in the odd workspace, and what their columns are then.
ODD = {
    "Priority": ("Priority", "Priority"),
    "Effort": ("PRIORITY", "PRIORITY ({gid})"),
    "Remarks": ("Name", "Name ({gid})"),
    "Ticket": ("due_on", "due_on ({gid})"),
    "Components": ('He said "hi"', 'He said "hi"'),
    "Launch day": ("It's\na day", "It's\na day"),
    "Time slot": ("🚀 Zeit (von–bis)", "🚀 Zeit (von–bis)"),
    "Reviewers": ("", "({gid})"),
    "Score": ("custom_fields", "custom_fields ({gid})"),
    "Related": ("Date", "Date"),
    "Budget": ("select", "select"),
    "Share": ("Priority", "Priority ({gid})"),
}
KINDS = {
    "Priority": "VARCHAR",
    "Effort": "DOUBLE",
    "Remarks": "VARCHAR",
    "Ticket": "VARCHAR",
    "Components": "VARCHAR[]",
    "Launch day": "DATE",
    "Time slot": "TIMESTAMP WITH TIME ZONE",
    "Reviewers": 'STRUCT(gid VARCHAR, "name" VARCHAR)[]',
    "Score": "DOUBLE",
    "Related": "VARCHAR",
    "Budget": "DOUBLE",
    "Share": "DOUBLE",
}


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def raw(asana, path, **parameters):
    """Every row of a listing as the demo service sends it, custom fields in full."""
    rows, offset = [], {}
    while offset is not None:
        params = {"limit": "100", "opt_fields": "custom_fields", **parameters, **offset}
        content = json.loads(asana.service.answer("GET", path, list(params.items()), TOKEN).body)
        rows += content["data"]
        offset = content.get("next_page") and {"offset": content["next_page"]["offset"]}
    asana.service.log.clear()
    return rows


def value(shown, *, compact=False):
    """What one custom field's JSON says, as the typed column must have it."""
    match shown["type"]:
        case "number":
            return shown["number_value"]
        case "enum":
            return shown["enum_value"] and shown["enum_value"]["name"]
        case "multi_enum":
            return [option["name"] for option in shown["multi_enum_values"]]
        case "date" if shown["date_value"] is None:
            return None
        case "date" if shown["date_value"]["date_time"] is not None:
            return dt.datetime.fromisoformat(shown["date_value"]["date_time"])
        case "date":
            return dt.date.fromisoformat(shown["date_value"]["date"])
        case "people" if not compact:
            return [{"gid": user["gid"], "name": user["name"]} for user in shown["people_value"]]
        case "text":
            return shown["text_value"]
        case _:
            return shown["display_value"]


@pytest.fixture(scope="session")
def odd_world():
    """The demo workspace with the fields called otherwise, and a text in a field that is nowhere else."""
    world = build(now=NOW, seed=11)
    for field in world.all("custom_field"):
        field["name"] = ODD[field["name"]][0]
    names = {field["gid"]: field["name"] for field in world.all("custom_field")}
    for owner in (*world.tasks, *world.projects, *world.all("portfolio")):
        for shown in owner.get("custom_fields") or ():
            shown["name"] = names[shown["gid"]]
    return world
