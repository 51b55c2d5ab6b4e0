"""Exactly which requests tracked time is read with, and that every way to an entry shows the same of it."""

from __future__ import annotations

import datetime as dt
import math

import pytest

import asanaql
from asanaql.demo import DemoTransport, Service

PAGE = 100
FOUND = ("/workspaces", {})
EVER = {"entered_on_start_date": "1900-01-01"}
LISTED = """gid, attributable_to_gid, attributable_to_name, created_by_gid, created_by_name, entered_on,
    duration_minutes, categories, workspace_gid"""
RECORD = "task_gid, task_name, description, billable_status, approval_status, created_at"
#: Every way to entries but the whole workspace: access path, its argument, the kind of record that the key is of.
WAYS = (
    ("task", "task_gid", "task"),
    ("attributable_to", "attributable_to_gid", "project"),
    ("user", "user_gid", "user"),
    ("timesheet_approval_status", "timesheet_approval_status_gid", "timesheet_approval_status"),
    ("time_tracking_category", "time_tracking_category_gid", "time_tracking_category"),
)


def entries(world, **wanted):
    """The entries of the demo workspace that are as wanted."""
    found = world.all("time_tracking_entry")
    return [entry for entry in found if all(entry[name] == value for name, value in wanted.items())]


def listing(world, kind, record):
    return world.under(f"{kind}.time_tracking_entries", record)


def longest(world, kind):
    """The record of a kind that most entries hang under."""
    return max(world.all(kind), key=lambda record: len(listing(world, kind, record)))


def cases(world):
    """Statements, and the requests of the demo workspace's own shape."""
    workspace, user, project = world.workspace["gid"], longest(world, "user")["gid"], world.notable["hundred"]
    sheet, category = longest(world, "timesheet_approval_status")["gid"], world.all("time_tracking_category")[0]["gid"]
    portfolio, task = world.all("portfolio")[2]["gid"], next(iter(entries(world)))["task"]["gid"]
    of_time, of_categories = "/time_tracking_entries", "/time_tracking_categories"
    of_sheets, in_it = "/timesheet_approval_statuses", {"workspace": workspace}
    return {
        "all entries": (
            "SELECT duration_minutes FROM time_tracking_entries",
            [FOUND, *[(of_time, {**in_it, **EVER})] * math.ceil(len(entries(world)) / PAGE)],
        ),
        "entries of a task": (
            f"SELECT entered_on FROM time_tracking_entries WHERE task_gid = '{task}'",
            [(f"/tasks/{task}/time_tracking_entries", {})],
        ),
        "entries of a project": (
            f"SELECT entered_on FROM time_tracking_entries WHERE attributable_to_gid = '{project}'",
            [(of_time, {"attributable_to": project})],
        ),
        "entries of a user": (
            f"SELECT entered_on FROM asana_time_tracking_entries(user_gid := '{user}')",
            [FOUND, *[(of_time, {**in_it, **EVER, "user": user})] * 2],
        ),
        "entries of a portfolio": (
            f"SELECT entered_on FROM asana_time_tracking_entries(portfolio_gid := '{portfolio}')",
            [(of_time, {"portfolio": portfolio})],
        ),
        "entries of a timesheet": (
            f"SELECT entered_on FROM asana_time_tracking_entries(timesheet_approval_status_gid := '{sheet}')",
            [(of_time, {"timesheet_approval_status": sheet})],
        ),
        "entries of a category": (
            f"SELECT entered_on FROM asana_time_tracking_entries(time_tracking_category_gid := '{category}')",
            [(f"/time_tracking_categories/{category}/time_tracking_entries", {})],
        ),
        "all categories": (
            "SELECT name FROM time_tracking_categories",
            [FOUND, *((of_categories, {**in_it, "is_archived": word}) for word in ("false", "true"))],
        ),
        "categories in use": (
            "SELECT name FROM time_tracking_categories WHERE NOT is_archived",
            [FOUND, (of_categories, {**in_it, "is_archived": "false"})],
        ),
        "archived categories": (
            "SELECT name FROM time_tracking_categories WHERE is_archived = TRUE",
            [FOUND, (of_categories, {**in_it, "is_archived": "true"})],
        ),
        "a category": (
            f"SELECT name FROM time_tracking_categories WHERE gid = '{category}'",
            [(f"{of_categories}/{category}", {})],
        ),
        "all timesheets": ("SELECT start_date FROM timesheet_approval_statuses", [FOUND, (of_sheets, in_it)]),
        "timesheets of a user": (
            f"SELECT start_date FROM timesheet_approval_statuses WHERE user_gid = '{user}'",
            [FOUND, (of_sheets, {**in_it, "user": user})],
        ),
        # Neither is it said which days the parameters are about, nor are its words the values.
        "timesheets of some days and status": (
            "SELECT gid FROM timesheet_approval_statuses WHERE start_date > '2026-02-01' AND end_date < '2026-03-01' "
            "AND approval_status = 'SUBMITTED'",
            [FOUND, (of_sheets, in_it)],
        ),
    }


CASES = (
    *(f"entries of a {word}" for word in ("task", "project", "user", "portfolio", "timesheet", "category")),
    *("all entries", "all categories", "categories in use", "archived categories", "a category"),
    *("all timesheets", "timesheets of a user", "timesheets of some days and status"),
)


@pytest.mark.parametrize("case", CASES)
def test_tracked_time_is_read_from_its_own_endpoints_and_nothing_else(alone, cold, case):
    query, expected = cases(alone.world)[case]
    sent, rows = alone.sends(cold, query)
    assert sent == expected
    assert rows


# Days.


@pytest.mark.parametrize(
    ("condition", "days"),
    [
        ("> '2026-02-10'", {"entered_on_start_date": "2026-02-09"}),
        (">= '2026-02-10'", {"entered_on_start_date": "2026-02-09"}),
        ("< '2026-02-10'", {**EVER, "entered_on_end_date": "2026-02-11"}),
        ("<= '2026-02-10'", {**EVER, "entered_on_end_date": "2026-02-11"}),
        ("= '2026-02-10'", {"entered_on_start_date": "2026-02-09", "entered_on_end_date": "2026-02-11"}),
        (
            "BETWEEN '2026-02-10' AND '2026-02-12'",
            {"entered_on_start_date": "2026-02-09", "entered_on_end_date": "2026-02-13"},
        ),
        ("<> '2026-02-10'", EVER),
        ("< 'infinity'", EVER),
    ],
)
def test_days_are_asked_for_with_a_day_s_margin_and_applied_exactly(alone, cold, condition, days):
    sent, rows = alone.sends(cold, f"SELECT gid FROM time_tracking_entries WHERE entered_on {condition}")
    assert set(map(repr, sent[1:])) == {
        repr(("/time_tracking_entries", dict(sorted({"workspace": alone.world.workspace["gid"], **days}.items()))))
    }
    expected = cold.sql(
        f"SELECT gid FROM (SELECT gid, entered_on + 0 AS day FROM time_tracking_entries) WHERE day {condition}"
    )
    assert sorted(rows) == sorted(expected.fetchall()) != []


def test_every_listing_but_a_task_s_takes_days(alone, cold):
    world = alone.world
    for path, argument, kind in WAYS:
        record = longest(world, kind)
        day = sorted(entry["entered_on"] for entry in listing(world, kind, record))[-1]
        call = f"asana_time_tracking_entries(access_path := '{path}', {argument} := {record['gid']})"
        sent, rows = alone.sends(cold, f"SELECT gid FROM {call} WHERE entered_on >= '{day}'")
        eve = (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()
        assert (eve in sent[-1][1].values()) == (path != "task")
        assert {gid for (gid,) in rows} == {
            entry["gid"] for entry in listing(world, kind, record) if entry["entered_on"] >= day
        }


def test_the_days_of_the_function_s_arguments_are_both_included(alone, cold):
    day = entries(alone.world)[0]["entered_on"]
    call = f"asana_time_tracking_entries(entered_on_start_date := '{day}', entered_on_end_date := '{day}')"
    called, rows = alone.sends(cold, f"SELECT gid FROM {call}")
    compared, _ = alone.sends(cold, f"SELECT gid FROM time_tracking_entries WHERE entered_on = '{day}'")
    assert called == compared
    assert {gid for (gid,) in rows} == {entry["gid"] for entry in entries(alone.world, entered_on=day)}


# The same rows by every way.


@pytest.fixture(scope="module")
def whole(cold):
    """Every entry as the listing of the workspace shows it, by gid."""
    return {row[0]: row for row in cold.sql(f"SELECT {LISTED} FROM time_tracking_entries").fetchall()}


def test_the_workspace_shows_every_entry_once(alone, cold, whole):
    assert cold.sql("SELECT count(*) FROM time_tracking_entries").fetchall() == [(len(whole),)]
    assert set(whole) == {entry["gid"] for entry in entries(alone.world)}


@pytest.mark.parametrize(("path", "argument", "kind"), WAYS)
def test_an_entry_is_the_same_by_every_listing(alone, cold, whole, path, argument, kind):
    records = [each for each in alone.world.all(kind) if kind != "task" or listing(alone.world, kind, each)]
    for record in records[:40]:
        call = f"asana_time_tracking_entries(access_path := '{path}', {argument} := {record['gid']})"
        rows = cold.sql(f"SELECT {LISTED} FROM {call}").fetchall()
        expected = [whole[entry["gid"]] for entry in listing(alone.world, kind, record)]
        assert sorted(map(repr, rows)) == sorted(map(repr, expected))


@pytest.mark.parametrize("kind", ["task", "time_tracking_category"])
def test_a_listing_ends_at_a_full_page_or_goes_on_to_the_next_row(alone, cold, kind):
    """One task has a row more than a page holds, one category exactly as many as it does."""
    record = longest(alone.world, kind)
    count = len(listing(alone.world, kind, record))
    assert count == (PAGE + 1 if kind == "task" else PAGE)
    sent, rows = alone.sends(cold, f"SELECT gid FROM asana_time_tracking_entries({kind}_gid := {record['gid']})")
    assert (len(sent), len(rows)) == (math.ceil(count / PAGE), count)


def test_a_portfolio_shows_the_entries_of_its_projects(alone, cold, whole):
    for portfolio in alone.world.all("portfolio"):
        projects = {item["gid"] for item in alone.world.under("portfolio.items", portfolio)}
        rows = cold.sql(f"SELECT {LISTED} FROM asana_time_tracking_entries(portfolio_gid := {portfolio['gid']})")
        expected = [row for row in whole.values() if row[1] in projects]
        assert sorted(map(repr, rows.fetchall())) == sorted(map(repr, expected))


def test_the_record_of_an_entry_shows_what_the_listing_does_and_more(alone, cold, whole):
    some = entries(alone.world)[::20]
    gids = ", ".join(f"'{entry['gid']}'" for entry in some)
    sent, rows = alone.sends(cold, f"SELECT {LISTED}, {RECORD} FROM time_tracking_entries WHERE gid IN ({gids})")
    assert sorted(path for path, _ in sent[1:]) == sorted(f"/time_tracking_entries/{entry['gid']}" for entry in some)
    by_gid = {row[0]: row for row in rows}
    for entry in some:
        listed, record = by_gid[entry["gid"]][:9], by_gid[entry["gid"]][9:]
        assert listed == whole[entry["gid"]]
        told = [entry.get(name) for name in ("description", "billable_status", "approval_status")]
        assert record[:5] == (entry["task"]["gid"], entry["task"]["name"], *told)


# What only the record tells.


def test_the_records_are_read_one_by_one_where_they_are_needed_and_only_of_rows_that_can_matter(alone, cold):
    world = alone.world
    [day] = {entry["entered_on"] for entry in sorted(entries(world), key=lambda e: e["entered_on"])[-1:]}
    wanted = {entry["gid"] for entry in entries(world, entered_on=day) if entry["duration_minutes"] > 60}
    query = f"FROM time_tracking_entries WHERE entered_on = '{day}' AND duration_minutes > 60"
    listed, rows = alone.sends(cold, f"SELECT gid {query}")
    assert ({gid for (gid,) in rows}, len(listed)) == (wanted, 2)
    sent, rows = alone.sends(cold, f"SELECT gid, description {query}")
    assert {gid for (gid,) in [row[:1] for row in rows]} == wanted
    assert sent[:2] == listed
    assert {path for path, _ in sent[2:]} == {f"/time_tracking_entries/{gid}" for gid in wanted} != set()
    assert len(sent) == 2 + len(wanted)


def test_the_task_of_an_entry_is_known_where_it_is_the_key(alone, cold):
    task = alone.notable["clocked"]
    sent, rows = alone.sends(cold, f"SELECT gid, task_gid FROM time_tracking_entries WHERE task_gid = '{task}'")
    assert sent == [(f"/tasks/{task}/time_tracking_entries", {})] * 2
    assert (len(rows), {row[1] for row in rows}) == (PAGE + 1, {task})
    # Asana lists no field of the task there.
    assert not any("task" in asked for asked in alone.fields)


def test_the_records_of_a_task_are_looked_for_in_its_own_listing(alone, cold):
    task = next(each["task"] for each in entries(alone.world) if each["task"]["gid"] != alone.notable["clocked"])
    gids = [entry["gid"] for entry in listing(alone.world, "task", task)]
    sent, rows = alone.sends(cold, f"SELECT task_name FROM time_tracking_entries WHERE task_gid = '{task['gid']}'")
    assert sent[0] == (f"/tasks/{task['gid']}/time_tracking_entries", {})
    assert sorted(path for path, _ in sent[1:]) == sorted(f"/time_tracking_entries/{gid}" for gid in gids)
    assert rows == [(task["name"],)] * len(gids)


@pytest.mark.parametrize(
    ("call", "condition"),
    [
        ("asana_time_tracking_entries(user_gid := {user})", "task_gid = '{task}'"),
        ("asana_time_tracking_entries(user_gid := {user})", "task_gid IN ('{task}', '12') AND billable_status > ''"),
        ("asana_time_tracking_entries(user_gid := {user})", "task_gid >= '{task}' AND task_gid <= '{task}'"),
    ],
)
def test_what_a_listing_lacks_is_compared_in_the_records(alone, cold, call, condition):
    task = alone.world.find("task", alone.notable["clocked"])
    [user] = {
        each["gid"] for each in alone.world.users if listing(alone.world, "user", each) and task["assignee"] is each
    }
    words = {"user": user, "task": task["gid"]}
    sent, rows = alone.sends(cold, f"SELECT gid FROM {call.format(**words)} WHERE {condition.format(**words)}")
    expected = [each for each in entries(alone.world) if each["task"] is task]
    if "billable" in condition:
        expected = [each for each in expected if each.get("billable_status")]
    assert sorted(gid for (gid,) in rows) == sorted(each["gid"] for each in expected)
    assert sent[1][1]["user"] == user


def test_the_user_of_an_entry_is_not_always_who_made_it(alone, cold):
    user = longest(alone.world, "user")
    by_others = [each["gid"] for each in listing(alone.world, "user", user) if each["created_by"] is not user]
    rows = cold.sql(f"SELECT gid FROM asana_time_tracking_entries(user_gid := {user['gid']})").fetchall()
    assert set(by_others) <= {gid for (gid,) in rows}
    assert by_others
    sent, made = alone.sends(cold, f"SELECT gid FROM time_tracking_entries WHERE created_by_gid = '{user['gid']}'")
    assert {gid for (gid,) in made} == {each["gid"] for each in entries(alone.world) if each["created_by"] is user}
    assert not any("user" in parameters for _, parameters in sent)


def test_arguments_of_two_listings_are_not_combined(cold, alone):
    user, portfolio = longest(alone.world, "user")["gid"], alone.world.all("portfolio")[0]["gid"]
    with pytest.raises(asanaql.QueryError, match="cannot combine portfolio_gid, user_gid with the other columns"):
        cold.sql(
            f"SELECT * FROM asana_time_tracking_entries(user_gid := {user}, portfolio_gid := {portfolio})"
        ).fetchall()


def test_explain_tells_the_listing_that_records_are_looked_for_in(alone, cold):
    task = alone.notable["clocked"]
    steps = cold.sql(f"EXPLAIN SELECT description FROM time_tracking_entries WHERE task_gid = '{task}'").fetchall()
    assert [step[2] for step in steps] == [
        "GET /tasks/{task_gid}/time_tracking_entries",
        "GET /time_tracking_entries/{gid}",
    ]
    assert steps[1][4] == f"gid from time_tracking_entries where task_gid = {task}"


def test_a_plan_without_time_tracking_is_said(world, asana_of):
    service = Service(world, plan="free")
    free = asana_of(world).open(cache=False, transport=DemoTransport(service))
    with pytest.raises(asanaql.ApiError, match=r"402 .* time_tracking_entries needs an Asana plan with time tracking"):
        free.sql("SELECT gid FROM time_tracking_entries").fetchall()


# Joins.


def test_the_tasks_of_a_project_lead_to_their_entries(alone, cold):
    project = alone.project("single")
    tasks = alone.world.tasks_in(project["gid"])
    query = "SELECT task_gid, sum(duration_minutes) FROM time_tracking_entries WHERE task_gid IN "
    sent, rows = alone.sends(cold, f"{query} (SELECT gid FROM tasks WHERE project_name = 'Single task') GROUP BY ALL")
    expected = [(task["gid"], task["actual_time_minutes"]) for task in tasks if task["actual_time_minutes"]]
    assert rows == expected
    assert sent[-len(tasks) :] == [(f"/tasks/{task['gid']}/time_tracking_entries", {}) for task in tasks]
    assert len(sent) == 3 + len(tasks)
