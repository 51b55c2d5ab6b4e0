from __future__ import annotations

import pytest

from asanaql.demo import Service, build
from asanaql.demo.refusals import END_OF_RANGE, EXPIRED, INVALID, TOO_LARGE


def message(body):
    return body["errors"][0]["message"]


def pages(get, path, **params):
    """All pages of a listing."""
    while True:
        status, body = get(path, **params)
        assert status == 200, body
        yield body["data"]
        if not body["next_page"]:
            return
        params["offset"] = body["next_page"]["offset"]


@pytest.fixture
def tasks_of(world):
    return lambda name: f"/projects/{world.notable[name]}/tasks"


@pytest.mark.parametrize(("name", "sizes"), [("empty", [0]), ("hundred", [100]), ("hundred_and_one", [100, 1])])
def test_a_listing_ends_with_its_last_row(get, tasks_of, name, sizes):
    assert [len(page) for page in pages(get, tasks_of(name), limit="100")] == sizes


def test_pages_together_are_the_listing(world, get, tasks_of):
    read = [task["gid"] for page in pages(get, tasks_of("biggest"), limit="97") for task in page]
    assert read == [task["gid"] for task in world.tasks_in(world.notable["biggest"])]


def test_without_limit_there_is_no_next_page_at_all(get, tasks_of):
    _, body = get(tasks_of("biggest"))
    assert list(body) == ["data"]
    assert len(body["data"]) == 604


@pytest.mark.parametrize("limit", ["0", "101", "-1", "ten", "1.5", ""])
def test_limits_are_from_one_to_a_hundred(get, tasks_of, limit):
    status, body = get(tasks_of("biggest"), limit=limit)
    assert (status, message(body)[:6]) == (400, "limit:")


def test_next_page_keeps_the_query(get, tasks_of):
    _, body = get(tasks_of("biggest"), limit="5", opt_fields="name,notes", completed_since="now")
    following = body["next_page"]
    assert following["path"].startswith(
        f"{tasks_of('biggest')}?limit=5&opt_fields=name%2Cnotes&completed_since=now&offset="
    )
    assert following["uri"].endswith(f"/api/1.0{following['path']}")
    assert following["offset"] in following["path"]


def test_an_offset_lives_fifteen_minutes(get, tasks_of, clock):
    _, body = get(tasks_of("biggest"), limit="100")
    offset = body["next_page"]["offset"]
    clock.now += 899
    assert get(tasks_of("biggest"), limit="100", offset=offset)[0] == 200
    clock.now += 1
    status, body = get(tasks_of("biggest"), limit="100", offset=offset)
    assert (status, message(body)) == (400, EXPIRED)


def test_a_foreign_or_damaged_offset_is_invalid(get, tasks_of):
    offset = get(tasks_of("biggest"), limit="100")[1]["next_page"]["offset"]
    assert get(tasks_of("every_custom_field"), limit="100", offset=offset)[0] == 400
    assert get(tasks_of("biggest"), limit="100", completed_since="now", offset=offset)[0] == 400
    for wrong in ("", "x", offset[:-1] + "g", offset[::-1], f"{offset}é"):
        status, body = get(tasks_of("biggest"), limit="100", offset=wrong)
        assert (status, message(body)) == (400, INVALID)


def test_an_offset_may_go_on_with_another_limit_and_other_fields(get, tasks_of):
    offset = get(tasks_of("biggest"), limit="100")[1]["next_page"]["offset"]
    _, body = get(tasks_of("biggest"), limit="10", opt_fields="notes", offset=offset)
    assert len(body["data"]) == 10


def test_too_many_rows_at_once_are_refused(service, get, tasks_of):
    service.largest_whole = 603
    status, body = get(tasks_of("biggest"))
    assert (status, message(body)) == (400, TOO_LARGE)
    assert get(tasks_of("biggest"), limit="100")[0] == 200


def test_a_listing_that_is_too_long_ends_in_a_refusal(service, get, tasks_of):
    service.most = 300
    rows, params = 0, {"limit": "100"}
    for _ in range(3):
        _, body = get(tasks_of("biggest"), **params)
        rows += len(body["data"])
        params["offset"] = body["next_page"]["offset"]
    status, body = get(tasks_of("biggest"), **params)
    assert (rows, status, message(body)) == (300, 400, END_OF_RANGE)
    assert [len(page) for page in pages(get, tasks_of("every_custom_field"), limit="100")] == [100, 100, 20]


def test_the_users_of_a_workspace_never_page(world, get):
    _, body = get(f"/workspaces/{world.workspace['gid']}/users", limit="5")
    assert list(body) == ["data"]
    assert len(body["data"]) == 20


def test_the_users_of_a_workspace_are_cut_at_two_thousand(clock, ask):
    world = build()
    for number in range(2100):
        user = {"gid": str(10**12 + number), "resource_type": "user", "name": f"User {number}"}
        world.hang("workspace.users", world.workspace, world.add(user))
    get = ask(Service(world, clock=clock))
    assert len(get(f"/workspaces/{world.workspace['gid']}/users")[1]["data"]) == 2000
    assert get("/users", workspace=world.workspace["gid"])[0] == 400
    assert sum(len(page) for page in pages(get, "/users", workspace=world.workspace["gid"], limit="100")) == 2120


# The audit log


@pytest.fixture
def log(world):
    return f"/workspaces/{world.workspace['gid']}/audit_log_events"


def test_the_audit_log_goes_on_until_a_page_is_empty(get, log):
    sizes, params = [], {"limit": "100"}
    for _ in range(6):
        _, body = get(log, **params)
        sizes.append(len(body["data"]))
        params["offset"] = body["next_page"]["offset"]
    assert sizes == [100, 100, 100, 100, 30, 0]


def test_an_audit_log_without_a_match_has_no_next_page(get, log):
    assert get(log, event_type="nothing_like_it") == (200, {"data": [], "next_page": None})


def test_the_audit_log_pages_without_limit(get, log):
    _, body = get(log)
    assert len(body["data"]) == 430
    assert body["next_page"]["offset"]


def test_the_audit_log_includes_its_start_and_excludes_its_end(world, get, log):
    moments = [event["created_at"] for event in world.all("audit_log_event")]
    start, end = moments[100], moments[300]
    _, body = get(log, start_at=start, end_at=end)
    assert [e["created_at"] for e in body["data"]] == [moment for moment in moments if start <= moment < end]


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("event_type", lambda event: event["event_type"]),
        ("actor_type", lambda event: event["actor"]["actor_type"]),
        ("actor_gid", lambda event: event["actor"]["gid"]),
        ("resource_gid", lambda event: event["resource"]["gid"]),
    ],
)
def test_the_audit_log_is_filtered(world, get, log, name, of):
    value = of(world.all("audit_log_event")[7])
    wanted = [event["gid"] for event in world.all("audit_log_event") if of(event) == value]
    assert [event["gid"] for event in get(log, **{name: value})[1]["data"]] == wanted
    assert 0 < len(wanted) < 430
