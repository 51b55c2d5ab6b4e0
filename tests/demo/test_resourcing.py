"""Allocations, budgets, rates, absences and roles in the demo workspace, and the rules by which they are answered."""

from __future__ import annotations

import pytest

from asanaql.demo import Service


def gids(answer):
    status, body = answer
    assert status == 200, body
    return [row["gid"] for row in body["data"]]


def message(answer):
    status, body = answer
    return status, body["errors"][0]["message"]


def test_allocations_are_of_users_and_placeholders_and_narrowed_by_all_that_is_named(world, get):
    found = world.all("allocation")
    assert {each["assignee"]["resource_type"] for each in found} == {"user", "placeholder"}
    assert {each["effort"] and each["effort"]["type"] for each in found} == {None, "hours", "percent"}
    one = found[0]
    workspace, parent, assignee = world.workspace["gid"], one["parent"]["gid"], one["assignee"]["gid"]
    assert gids(get("/allocations", workspace=workspace)) == [each["gid"] for each in found]
    assert gids(get("/allocations", parent=parent, assignee=assignee, workspace=workspace)) == [
        each["gid"] for each in found if each["parent"] is one["parent"] and each["assignee"] is one["assignee"]
    ]
    assert message(get("/allocations")) == (400, "workspace: Missing input")
    assert message(get("/allocations", parent=assignee)) == (404, f"parent: Not a recognized ID: {assignee}")


def test_a_project_has_one_budget_or_none(world, get):
    for project in world.projects:
        assert gids(get("/budgets", parent=project["gid"])) == [
            each["gid"] for each in world.all("budget") if each["parent"] is project
        ]
    assert len(world.all("budget")) < len(world.projects)
    assert message(get("/budgets")) == (400, "parent: Missing input")
    assert "next_page" not in get("/budgets", parent=world.projects[0]["gid"], limit="1")[1]


def test_a_budget_of_time_counts_the_minutes_that_were_tracked(world):
    by_time = [each for each in world.all("budget") if each["budget_type"] == "time"]
    for budget in by_time:
        entries = world.under("project.time_tracking_entries", budget["parent"])
        assert budget["actual"]["value"] == sum(entry["duration_minutes"] for entry in entries) > 0
    costs = [each["actual"]["value"] for each in world.all("budget") if each["budget_type"] == "cost"]
    assert any(cost > 0 for cost in costs)


def test_rates_are_listed_by_project_and_resource(world, get):
    rates = world.all("rate")
    placeholder = next(each for each in rates if each["resource"]["resource_type"] == "placeholder")
    project = placeholder["parent"]
    assert gids(get("/rates", parent=project["gid"])) == [each["gid"] for each in rates if each["parent"] is project]
    asked = get("/rates", parent=project["gid"], resource=placeholder["resource"]["gid"])
    assert gids(asked) == [placeholder["gid"]]
    assert message(get("/rates")) == (400, "parent: Missing input")


def test_a_rate_shows_all_of_itself_in_a_listing(world, get):
    rate = world.all("rate")[0]
    [row, *_] = get("/rates", parent=rate["parent"]["gid"])[1]["data"]
    assert set(row) == {"gid", "resource_type", "parent", "resource", "rate", "currency_code", "created_by"}
    assert row["resource"]["name"] == rate["resource"]["name"]


def test_absences_need_a_user_and_a_workspace(world, get):
    user, workspace = world.all("ooo_entry")[0]["user"]["gid"], world.workspace["gid"]
    assert message(get("/ooo_entries", workspace=workspace)) == (400, "user: Missing input")
    assert message(get("/ooo_entries", user=user)) == (400, "workspace: Missing input")
    assert gids(get("/ooo_entries", user=user, workspace=workspace)) == [
        each["gid"] for each in world.under("user.ooo_entries", world.find("user", user))
    ]
    nobody = next(each for each in world.users if not world.under("user.ooo_entries", each))
    assert gids(get("/ooo_entries", user=nobody["gid"], workspace=workspace)) == []


def test_absences_are_those_that_overlap_with_the_days(world, get):
    entry = world.all("ooo_entry")[0]
    asked = {"user": entry["user"]["gid"], "workspace": world.workspace["gid"]}
    for day in (entry["start_date"], entry["end_date"]):
        assert entry["gid"] in gids(get("/ooo_entries", **asked, start_date=day, end_date=day))
    assert entry["gid"] in gids(get("/ooo_entries", **asked, start_date="1900-01-01"))
    assert entry["gid"] not in gids(get("/ooo_entries", **asked, start_date="2100-01-01"))
    assert entry["gid"] not in gids(get("/ooo_entries", **asked, end_date="1900-01-01"))


def test_roles_are_all_unless_those_in_use_or_the_archived_ones_are_asked_for(world, get):
    every = gids(get("/roles", workspace=world.workspace["gid"]))
    in_use, archived = (gids(get("/roles", archived=word)) for word in ("false", "true"))
    assert every == [*in_use, *archived]
    assert in_use and archived
    assert "archived" not in get(f"/roles/{archived[0]}")[1]["data"]


@pytest.mark.parametrize("what", ["allocation", "budget", "rate"])
def test_a_free_plan_has_no_resourcing(world, ask, what):
    get = ask(Service(world, plan="free"))
    project = world.notable["biggest"]
    for answer in (get(f"/{what}s", parent=project), get(f"/{what}s/{world.all(what)[0]['gid']}")):
        status, said = message(answer)
        assert status == 402
        assert said.startswith(f"{what.capitalize()}s are only available to")
