"""Exactly which requests allocations, budgets, rates, absences and roles are read with, and what they show."""

from __future__ import annotations

import datetime as dt

import pytest

FOUND = ("/workspaces", {})


def cases(world):
    """Statements, and the requests of the demo workspace's own shape."""
    workspace, project = world.workspace["gid"], world.notable["biggest"]
    in_it, projects = {"workspace": workspace}, ("/projects", {"workspace": workspace})
    allocation, budget, rate = (world.all(kind)[0]["gid"] for kind in ("allocation", "budget", "rate"))
    (rated, placeholder, _), role = (each["gid"] for each in world.all("placeholder")), world.all("role")[1]["gid"]
    listed = [each["gid"] for each in world.under("workspace.projects", world.workspace)]
    away = world.all("ooo_entry")[0]
    absent, day = away["user"]["gid"], dt.date.fromisoformat(away["start_date"])
    margin = {"start_date": f"{day - dt.timedelta(days=1)}", "end_date": f"{day + dt.timedelta(days=1)}"}
    of_user = {**in_it, "user": absent}
    return {
        "all allocations": ("SELECT effort FROM allocations", [FOUND, ("/allocations", in_it)]),
        "allocations of a project": (
            f"SELECT effort FROM allocations WHERE parent_gid = '{project}'",
            [("/allocations", {"parent": project})],
        ),
        "allocations of a placeholder": (
            f"SELECT effort FROM allocations WHERE assignee_gid = '{placeholder}'",
            [FOUND, ("/allocations", {**in_it, "assignee": placeholder})],
        ),
        "an allocation": (
            f"SELECT effort FROM allocations WHERE gid = '{allocation}'",
            [(f"/allocations/{allocation}", {})],
        ),
        "all budgets": (
            "SELECT budget_type FROM budgets",
            [FOUND, projects, *(("/budgets", {"parent": gid}) for gid in listed)],
        ),
        "the budget of a project": (
            f"SELECT total FROM budgets WHERE parent_gid = '{project}'",
            [("/budgets", {"parent": project})],
        ),
        "a budget": (f"SELECT total FROM budgets WHERE gid = '{budget}'", [(f"/budgets/{budget}", {})]),
        "all rates": (
            "SELECT rate FROM rates",
            [FOUND, projects, *(("/rates", {"parent": gid}) for gid in listed)],
        ),
        "the rate of a placeholder in a project": (
            f"SELECT rate FROM rates WHERE parent_gid = '{project}' AND resource_gid = '{rated}'",
            [("/rates", {"parent": project, "resource": rated})],
        ),
        "a rate": (f"SELECT rate FROM rates WHERE gid = '{rate}'", [(f"/rates/{rate}", {})]),
        "all absences": (
            "SELECT start_date FROM ooo_entries",
            [FOUND, ("/users", in_it), *(("/ooo_entries", {**in_it, "user": each["gid"]}) for each in world.users)],
        ),
        "absences of a user": (
            f"SELECT start_date FROM ooo_entries WHERE user_gid = '{absent}'",
            [FOUND, ("/ooo_entries", of_user)],
        ),
        "absences of a user on a day": (
            f"SELECT gid FROM ooo_entries WHERE user_gid = '{absent}' "
            f"AND start_date <= '{day}' AND end_date >= '{day}'",
            [FOUND, ("/ooo_entries", {**of_user, **margin})],
        ),
        # One that ends before a day starts before it as well, and one that starts after a day ends after it.
        "absences of a user between two days": (
            f"SELECT gid FROM ooo_entries WHERE user_gid = '{absent}' "
            f"AND start_date >= '{day}' AND end_date < '2027-01-01'",
            [FOUND, ("/ooo_entries", {**of_user, "start_date": margin["start_date"], "end_date": "2027-01-02"})],
        ),
        "an absence": (
            f"SELECT end_date FROM ooo_entries WHERE gid = '{away['gid']}'",
            [(f"/ooo_entries/{away['gid']}", {})],
        ),
        "all roles": ("SELECT name FROM roles", [FOUND, ("/roles", in_it)]),
        "roles in use": (
            "SELECT name FROM asana_roles(archived := FALSE)",
            [FOUND, ("/roles", {**in_it, "archived": "false"})],
        ),
        "archived roles": (
            "SELECT name FROM asana_roles(archived := TRUE)",
            [FOUND, ("/roles", {**in_it, "archived": "true"})],
        ),
        "a role": (f"SELECT name FROM roles WHERE gid = '{role}'", [(f"/roles/{role}", {})]),
    }


CASES = (
    *("all allocations", "allocations of a project", "allocations of a placeholder", "an allocation"),
    *("all budgets", "the budget of a project", "a budget"),
    *("all rates", "the rate of a placeholder in a project", "a rate"),
    *("all absences", "absences of a user", "absences of a user on a day", "absences of a user between two days"),
    *("an absence", "all roles", "roles in use", "archived roles", "a role"),
)


@pytest.mark.parametrize("case", CASES)
def test_each_relation_is_read_from_its_own_endpoint_and_nothing_else(alone, cold, case):
    query, expected = cases(alone.world)[case]
    sent, rows = alone.sends(cold, query)
    # A fan-out sends the longest listing first, where sizes are known.
    assert sorted(sent, key=by_key) == sorted(expected, key=by_key)
    assert rows


def by_key(request):
    path, parameters = request
    return path, sorted(parameters.items())


def test_a_listing_without_opt_fields_is_asked_for_none(alone, cold):
    project = alone.notable["biggest"]
    for relation in ("budgets", "rates"):
        alone.sends(cold, f"SELECT * FROM {relation} WHERE parent_gid = '{project}'")
        assert alone.fields[-1] == ""


#: Ways that show the same rows: the relation, its columns but for what some way does not know, each with its arguments.
SAME = (
    ("allocations", "parent", ("parent_gid",)),
    ("allocations", "assignee", ("assignee_gid",)),
    ("allocations", "gid", ("gid",)),
    ("budgets", "gid", ("gid",)),
    ("rates", "gid", ("gid",)),
    ("ooo_entries", "gid", ("gid",)),
    ("ooo_entries", "user", ("user_gid",)),
    ("roles", "gid", ("gid",)),
    ("time_tracking_categories", "gid", ("gid",)),
    ("timesheet_approval_statuses", "gid", ("gid",)),
)


@pytest.mark.parametrize(("relation", "path", "keys"), SAME)
def test_a_row_is_the_same_by_every_way(cold, relation, path, keys):
    [key] = keys
    columns = [row[0] for row in cold.sql(f"DESCRIBE {relation}").fetchall()]
    place = columns.index(key)
    whole = cold.sql(f"SELECT * FROM {relation}").fetchall()
    for value in list(dict.fromkeys(row[place] for row in whole))[:10]:
        rows = cold.sql(f"SELECT * FROM asana_{relation}(access_path := '{path}', {key} := {value})").fetchall()
        assert sorted(map(repr, rows)) == sorted(repr(row) for row in whole if row[place] == value) != []


def test_rates_and_allocations_say_whether_they_are_of_a_user_or_a_placeholder(alone, cold):
    users = {user["gid"]: ("user", user["name"]) for user in alone.world.users}
    kinds = users | {each["gid"]: ("placeholder", each["name"]) for each in alone.world.all("placeholder")}
    for relation, word in (("rates", "resource"), ("allocations", "assignee")):
        rows = cold.sql(f"SELECT {word}_gid, {word}_resource_type, {word}_name FROM {relation}").fetchall()
        assert {row[1] for row in rows} == {"user", "placeholder"}
        assert all(kinds[gid] == (kind, name) for gid, kind, name in rows)


def test_a_rate_reads_the_same_from_its_listing_and_from_its_record(cold):
    """The listing sends compact records, the record what is asked for."""
    kinds = cold.sql("SELECT gid, resource_resource_type, created_by_name FROM rates").fetchall()
    for gid, kind, name in kinds:
        single = cold.sql(f"SELECT resource_resource_type, created_by_name FROM rates WHERE gid = '{gid}'").fetchall()
        assert single == [(kind, name)]


def test_a_disabled_part_of_a_budget_is_null_inside(alone, cold):
    rows = cold.sql("SELECT gid, estimate.enabled, estimate.value, total.enabled, total.value FROM budgets").fetchall()
    budgets = {each["gid"]: each for each in alone.world.all("budget")}
    assert {row[1] for row in rows} == {row[3] for row in rows} == {True, False}
    for gid, estimated, estimate, limited, total in rows:
        assert (estimate is None, total is None) == (not estimated, not limited)
        assert (estimate, total) == (budgets[gid]["estimate"]["value"], budgets[gid]["total"]["value"])


@pytest.mark.parametrize(
    "condition",
    [
        "start_date > '{day}'",
        "start_date = '{day}'",
        "start_date <= '{day}'",
        "end_date < '{day}'",
        "end_date >= '{day}'",
        "end_date = '{day}'",
        "start_date < '{day}' AND end_date > '{day}'",
        "start_date BETWEEN '{day}' AND '2026-03-20'",
    ],
)
def test_absences_are_those_of_all_that_satisfy_the_condition(alone, cold, condition):
    for place in range(0, len(alone.world.all("ooo_entry")), 4):
        entry = alone.world.all("ooo_entry")[place]
        for day in (entry["start_date"], entry["end_date"]):
            written = condition.format(day=day)
            found = cold.sql(f"SELECT gid FROM ooo_entries WHERE {written}").fetchall()
            apart = "SELECT gid, start_date + 0 AS start_date, end_date + 0 AS end_date FROM ooo_entries"
            assert sorted(found) == sorted(cold.sql(f"SELECT gid FROM ({apart}) WHERE {written}").fetchall())


def test_the_projects_of_a_team_lead_to_their_budgets(alone, cold):
    team = alone.project("biggest")["team"]
    query = "SELECT b.parent_name FROM projects AS p JOIN budgets AS b ON b.parent_gid = p.gid"
    sent, rows = alone.sends(cold, f"{query} WHERE p.team_gid = '{team['gid']}'")
    projects = [each for each in alone.world.projects if each["team"] is team]
    budgeted = [each["parent"]["name"] for each in alone.world.all("budget") if each["parent"] in projects]
    assert sorted(name for (name,) in rows) == sorted(budgeted) != []
    asked = [parameters["parent"] for path, parameters in sent if path == "/budgets"]
    assert sorted(asked) == sorted(each["gid"] for each in projects)


def test_the_workspace_of_an_absence_is_known_of_the_request(alone, cold):
    user = alone.world.all("ooo_entry")[0]["user"]["gid"]
    rows = cold.sql(f"SELECT DISTINCT workspace_gid, user_name FROM ooo_entries WHERE user_gid = '{user}'").fetchall()
    assert rows == [(alone.world.workspace["gid"], alone.world.find("user", user)["name"])]
