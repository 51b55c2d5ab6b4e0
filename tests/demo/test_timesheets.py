"""Tracked time in the demo workspace, and the rules by which the service answers about it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from asanaql.demo import Service
from asanaql.demo.dice import stamp
from asanaql.demo.refusals import TIME_NEEDS_A_DAY

RECORD_ONLY = ("task", "created_at", "approval_status", "billable_status", "description")


def entries(world, kind, record):
    return world.under(f"{kind}.time_tracking_entries", record)


def gids(answer):
    status, body = answer
    assert status == 200, body
    return [row["gid"] for row in body["data"]]


def message(answer):
    status, body = answer
    return status, body["errors"][0]["message"]


# What there is.


def test_the_minutes_of_a_task_s_entries_are_what_the_task_says(world):
    for task in world.tasks:
        tracked = sum(entry["duration_minutes"] for entry in entries(world, "task", task))
        assert tracked == (task["actual_time_minutes"] or 0)
    assert all(entry["duration_minutes"] > 0 for entry in world.all("time_tracking_entry"))


def test_pages_end_at_a_hundred_entries_and_go_on_to_a_hundred_and_one(world):
    clocked = world.find("task", world.notable["clocked"])
    assert len(entries(world, "task", clocked)) == 101
    counts = [len(entries(world, "time_tracking_category", each)) for each in world.all("time_tracking_category")]
    assert (counts[0], counts[-1]) == (100, 0)


def test_entries_are_varied(world):
    found = world.all("time_tracking_entry")
    assert {entry.get("approval_status") for entry in found} == {None, "DRAFT", "SUBMITTED", "APPROVED", "REJECTED"}
    assert {entry.get("billable_status") for entry in found} == {None, "billable", "nonBillable", "notApplicable"}
    assert {len(entry["categories"]) for entry in found} == {0, 1, 2, 3}
    assert any(entry["attributable_to"] is None for entry in found)
    assert any(entry.get("description") == "" for entry in found)
    assert any("description" not in entry for entry in found)
    assert all(entry["created_at"] <= stamp(world.now) for entry in found)
    assert all(entry["entered_on"] <= entry["created_at"][:10] for entry in found)


def test_an_entry_counts_for_one_of_its_task_s_projects(world):
    for entry in world.all("time_tracking_entry"):
        projects = entry["task"]["projects"]
        assert any(entry["attributable_to"] is each for each in projects) if projects else not entry["attributable_to"]


def test_a_timesheet_is_of_a_week_and_holds_the_entries_of_its_user_in_it(world):
    for sheet in world.all("timesheet_approval_status"):
        first, last = date.fromisoformat(sheet["start_date"]), date.fromisoformat(sheet["end_date"])
        assert (first.weekday(), last - first) == (0, timedelta(days=6))
        of_user = [
            each["gid"]
            for each in entries(world, "user", sheet["user"])
            if sheet["start_date"] <= each["entered_on"] <= sheet["end_date"]
        ]
        assert [each["gid"] for each in entries(world, "timesheet_approval_status", sheet)] == of_user
    assert len(
        {(sheet["user"]["gid"], sheet["start_date"]) for sheet in world.all("timesheet_approval_status")}
    ) == len(world.all("timesheet_approval_status"))


def test_only_the_record_of_an_entry_tells_its_task(world, get):
    entry = next(each for each in world.all("time_tracking_entry") if "description" in each)
    fields = ",".join(RECORD_ONLY)
    [listed] = [
        row
        for row in get(f"/tasks/{entry['task']['gid']}/time_tracking_entries", opt_fields=fields)[1]["data"]
        if row["gid"] == entry["gid"]
    ]
    assert listed == {"gid": entry["gid"]}
    record = get(f"/time_tracking_entries/{entry['gid']}", opt_fields=fields)[1]["data"]
    assert record["task"]["gid"] == entry["task"]["gid"]
    assert record["description"] == entry["description"]


# What is answered.


def test_entries_need_a_place_and_in_a_workspace_a_day(world, get):
    workspace = world.workspace["gid"]
    assert message(get("/time_tracking_entries")) == (400, "workspace: Missing input")
    assert message(get("/time_tracking_entries", workspace=workspace)) == (400, TIME_NEEDS_A_DAY)
    dated = get("/time_tracking_entries", workspace=workspace, entered_on_end_date="2100-01-01", limit="1")
    assert len(gids(dated)) == 1


def test_the_places_of_entries_are_combined(world, get):
    clocked = world.find("task", world.notable["clocked"])
    some = entries(world, "task", clocked)
    user = next(each for each in world.users if any(e in entries(world, "user", each) for e in some))
    asked = {"task": clocked["gid"], "user": user["gid"]}
    assert gids(get("/time_tracking_entries", **asked)) == [entry["gid"] for entry in some]
    other = next(each for each in world.users if each is not user)
    assert gids(get("/time_tracking_entries", **{**asked, "user": other["gid"]})) == []


@pytest.mark.parametrize("path", ["/time_tracking_entries", "/time_tracking_categories/{}/time_tracking_entries"])
def test_the_days_of_entries_are_both_included(world, get, path):
    category = world.all("time_tracking_category")[0]
    of_category = path != "/time_tracking_entries"
    found = (
        entries(world, "time_tracking_category", category)
        if of_category
        else entries(world, "workspace", world.workspace)
    )
    day = found[0]["entered_on"]
    start, end = ("start_date", "end_date") if of_category else ("entered_on_start_date", "entered_on_end_date")
    asked = {start: day, end: day} | ({} if of_category else {"workspace": world.workspace["gid"]})
    wanted = [entry["gid"] for entry in found if entry["entered_on"] == day]
    assert gids(get(path.format(category["gid"]), **asked)) == wanted
    assert message(get(path.format(category["gid"]), **{**asked, start: "yesterday"})) == (
        400,
        f"{start}: Not a valid date: yesterday",
    )


def test_categories_are_those_in_use_unless_the_archived_ones_are_asked_for(world, get):
    workspace = world.workspace["gid"]
    by_archived = {
        archived: [each["gid"] for each in world.all("time_tracking_category") if each["is_archived"] is archived]
        for archived in (False, True)
    }
    assert gids(get("/time_tracking_categories", workspace=workspace)) == by_archived[False] != []
    for word, archived in (("false", False), ("true", True)):
        asked = get("/time_tracking_categories", workspace=workspace, is_archived=word)
        assert gids(asked) == by_archived[archived] != []
    assert message(get("/time_tracking_categories")) == (400, "workspace: Missing input")


def test_timesheets_are_narrowed_by_user_days_and_statuses(world, get):
    workspace, sheets = world.workspace["gid"], world.all("timesheet_approval_status")
    sheet = sheets[len(sheets) // 2]

    def asked(**params):
        return gids(get("/timesheet_approval_statuses", workspace=workspace, **params))

    assert asked() == [each["gid"] for each in sheets]
    assert asked(user=sheet["user"]["gid"]) == [each["gid"] for each in sheets if each["user"] is sheet["user"]]
    within = asked(from_date=sheet["start_date"], to_date=sheet["end_date"])
    assert within == [each["gid"] for each in sheets if each["start_date"] == sheet["start_date"]]
    statuses = asked(approval_statuses="approved,rejected")
    assert statuses == [each["gid"] for each in sheets if each["approval_status"] in ("APPROVED", "REJECTED")]
    refused = get("/timesheet_approval_statuses", workspace=workspace, approval_statuses="APPROVED")
    assert message(refused) == (400, "approval_statuses: Not a recognized status: APPROVED")


def test_a_free_plan_lists_no_entries_of_a_workspace(world, ask):
    get = ask(Service(world, plan="free"))
    asked = get("/time_tracking_entries", workspace=world.workspace["gid"], entered_on_start_date="1900-01-01")
    assert message(asked) == (402, "Time tracking is only available to premium users.")
