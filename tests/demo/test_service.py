from __future__ import annotations

import json

import pytest

from asanaql.demo import Service, build
from asanaql.demo.refusals import TASKS_NEED_EXACTLY_ONE, TASKS_NEED_ONE


def message(body):
    return body["errors"][0]["message"]


@pytest.fixture
def gid(world):
    """The gid of something: of a notable project by name, or of the first record of a kind."""
    return lambda name: world.notable[name] if name in world.notable else world.all(name)[0]["gid"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/projects/123", 404, "project: Not a recognized ID: 123"),
        ("/projects/12a", 400, "project: Not a Long: 12a"),
        ("/tasks/-4", 400, "task: Not a Long: -4"),
        ("/user_task_lists/5/tasks", 404, "user_task_list: Not a recognized ID: 5"),
        ("/users/nobody@example.com", 404, "user: Not a recognized ID: nobody@example.com"),
        ("/nothing", 404, "No matching route for request"),
        ("/projects/1/tasks/2", 404, "No matching route for request"),
        ("/projects//tasks", 404, "No matching route for request"),
        ("", 404, "No matching route for request"),
    ],
)
def test_what_cannot_be_found_is_refused_in_asanas_words(get, path, status, said):
    answered, body = get(path)
    assert (answered, message(body)) == (status, said)
    assert body["errors"][0]["help"]


def test_a_gid_of_another_kind_is_not_recognized(get, gid):
    assert get(f"/projects/{gid('task')}")[0] == 404
    assert get("/tasks", project=gid("section"))[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "HEAD"])
def test_nothing_but_get_has_a_route(service, gid, method):
    answer = service.answer(method, f"/projects/{gid('biggest')}", [], {"authorization": "Bearer x"})
    assert (answer.status, message(json.loads(answer.body))) == (404, "No matching route for request")


@pytest.mark.parametrize("sent", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer wrong-token"])
def test_a_request_without_a_good_token_is_not_authorized(service, sent):
    answer = service.answer("GET", "/workspaces", [], {} if sent is None else {"Authorization": sent})
    assert (answer.status, message(json.loads(answer.body))) == (401, "Not Authorized")


def test_answers_say_that_they_are_json_in_utf_8(service):
    answer = service.answer("GET", "/users", [], {"AUTHORIZATION": "bearer x"})
    assert answer.headers["content-type"] == "application/json; charset=UTF-8"
    assert "Wiśniowski" in answer.body.decode()


def test_every_request_is_logged_refused_ones_too(service, get):
    get("/workspaces", limit="5")
    get("/nothing")
    assert service.log == [("GET", "/workspaces", {"limit": "5"}), ("GET", "/nothing", {})]


def test_forbidden_records_are_listed_but_not_answered(service, get, gid):
    big = gid("biggest")
    service.forbidden.add(big)
    assert big in [project["gid"] for project in get("/projects")[1]["data"]]
    for path, params in ((f"/projects/{big}", {}), (f"/projects/{big}/tasks", {}), ("/tasks", {"project": big})):
        status, body = get(path, **params)
        assert (status, message(body)) == (403, "You do not have access to this project.")


def test_a_broken_path_answers_500_with_a_phrase(service, get):
    service.broken.add("/users")
    status, body = get("/users")
    assert status == 500
    assert body["errors"][0]["phrase"]


def test_users_are_found_by_me_and_by_address(world, get):
    assert get("/users/me")[1]["data"]["gid"] == world.me["gid"]
    assert get(f"/users/{world.users[3]['email']}")[1]["data"]["gid"] == world.users[3]["gid"]


def test_unknown_parameters_are_ignored(get):
    assert get("/users", nonsense="1") == get("/users")


def test_pretty_answers_are_indented(service):
    answer = service.answer("GET", "/workspaces", [("opt_pretty", "true")], {"authorization": "Bearer x"})
    assert b"\n  " in answer.body


# /tasks


def test_tasks_want_something_to_be_the_tasks_of(get):
    assert get("/tasks")[0] == 400
    assert message(get("/tasks", completed_since="now")[1]) == TASKS_NEED_ONE


@pytest.mark.parametrize(
    "names", [("project", "assignee"), ("project", "section"), ("assignee",), ("workspace",), ("project", "workspace")]
)
def test_tasks_want_exactly_one_thing(get, gid, names):
    kinds = {"assignee": "user"}
    status, body = get("/tasks", **{name: gid(kinds.get(name, name)) for name in names})
    assert (status, message(body)) == (400, TASKS_NEED_EXACTLY_ONE)


@pytest.mark.parametrize("parent", ["project", "section", "tag", "user_task_list"])
def test_tasks_of_a_parent_are_those_of_its_own_address(get, gid, parent):
    _, by_parameter = get("/tasks", **{parent: gid(parent)})
    _, by_path = get(f"/{parent}s/{gid(parent)}/tasks")
    assert by_parameter == by_path
    assert by_path["data"]


def test_tasks_of_an_assignee_are_those_of_his_list(world, get, gid):
    _, mine = get("/tasks", assignee="me", workspace=gid("workspace"), limit="100", opt_fields="assignee")
    assert len(mine["data"]) == 100
    assert {task["assignee"]["gid"] for task in mine["data"]} == {world.me["gid"]}
    _, listed = get(f"/user_task_lists/{gid('user_task_list')}/tasks", limit="100", opt_fields="assignee")
    assert mine["data"] == listed["data"]


def test_modified_since_includes_its_own_moment_and_is_known_to_tasks_only(world, get, gid):
    moments = sorted(task["modified_at"] for task in world.tasks_in(gid("biggest")))
    middle = moments[300]
    wanted = [moment for moment in moments if moment >= middle]
    _, body = get("/tasks", project=gid("biggest"), modified_since=middle, opt_fields="modified_at")
    assert sorted(task["modified_at"] for task in body["data"]) == wanted
    _, body = get(f"/projects/{gid('biggest')}/tasks", modified_since=middle)
    assert len(body["data"]) == 604


def test_a_microsecond_after_a_stored_moment_is_after_it(world, get, gid):
    task = world.tasks_in(gid("single"))[0]
    params = {"project": gid("single")}
    after = task["modified_at"].replace("Z", "001Z")
    assert len(get("/tasks", modified_since=task["modified_at"], **params)[1]["data"]) == 1
    assert len(get("/tasks", modified_since=after, **params)[1]["data"]) == 0


@pytest.mark.parametrize("address", ["/tasks", "/projects/{}/tasks"])
def test_completed_since_keeps_what_is_open_and_now_keeps_only_that(world, get, gid, address):
    big = gid("biggest")
    params = {"project": big} if address == "/tasks" else {}
    path = address.format(big)
    tasks = world.tasks_in(big)
    open_ones = [task["gid"] for task in tasks if not task["completed"]]
    assert [t["gid"] for t in get(path, completed_since="now", **params)[1]["data"]] == open_ones
    middle = sorted(task["completed_at"] for task in tasks if task["completed"])[100]
    wanted = [task["gid"] for task in tasks if not task["completed"] or task["completed_at"] >= middle]
    assert [t["gid"] for t in get(path, completed_since=middle, **params)[1]["data"]] == wanted


def test_a_moment_that_is_none_is_refused(get, gid):
    status, body = get("/tasks", project=gid("single"), modified_since="yesterday")
    assert (status, message(body)[:15]) == (400, "modified_since:")


def test_moments_in_other_zones_and_dates_are_understood(get, gid):
    params = {"project": gid("biggest"), "opt_fields": "modified_at"}
    by_zone = get("/tasks", modified_since="2026-02-01T02:00:00+02:00", **params)
    assert by_zone == get("/tasks", modified_since="2026-02-01T00:00:00.000Z", **params)
    assert by_zone == get("/tasks", modified_since="2026-02-01", **params)


def test_task_counts_show_nothing_unasked(world, get, gid):
    assert get(f"/projects/{gid('biggest')}/task_counts") == (200, {"data": {}})
    _, body = get(f"/projects/{gid('biggest')}/task_counts", opt_fields="num_tasks,num_completed_tasks")
    assert body["data"] == {
        "num_tasks": 604,
        "num_completed_tasks": sum(task["completed"] for task in world.tasks_in(gid("biggest"))),
    }


def test_a_task_is_found_by_its_custom_id(world, get, gid):
    custom_id, task = next(iter(world.custom_ids.items()))
    assert get(f"/workspaces/{gid('workspace')}/tasks/custom_id/{custom_id}")[1]["data"]["gid"] == task["gid"]


# Other rules


@pytest.mark.parametrize(
    ("path", "missing"),
    [
        ("/portfolios", "workspace"),
        ("/time_periods", "workspace"),
        ("/webhooks", "workspace"),
        ("/attachments", "parent"),
        ("/status_updates", "parent"),
        ("/goal_relationships", "supported_goal"),
        ("/goals", "workspace"),
        ("/task_templates", "project"),
        ("/team_memberships", "team"),
        ("/portfolio_memberships", "portfolio"),
        ("/users/me/teams", "organization"),
        ("/users/me/team_memberships", "workspace"),
        ("/users/me/user_task_list", "workspace"),
    ],
)
def test_required_parameters_are_required(get, path, missing):
    status, body = get(path)
    assert (status, message(body)) == (400, f"{missing}: Missing input")


def test_archived_projects_are_told_apart(world, get, gid):
    assert len(get("/projects")[1]["data"]) == 15
    for path in ("/projects", f"/workspaces/{gid('workspace')}/projects"):
        _, archived = get(path, archived="true")
        _, in_use = get(path, archived="false")
        assert (len(archived["data"]), len(in_use["data"])) == (2, 13)
    assert get("/projects", archived="maybe")[0] == 400


def test_projects_of_a_team_are_its_own(world, get):
    for team in world.teams:
        wanted = {project["gid"] for project in world.projects if project["team"] is team}
        assert {p["gid"] for p in get(f"/teams/{team['gid']}/projects")[1]["data"]} == wanted
        assert {p["gid"] for p in get("/projects", team=team["gid"])[1]["data"]} == wanted


def test_users_by_workspace_and_team_agree_with_the_sorted_addresses(world, get, gid):
    by_id, by_name = get("/users", workspace=gid("workspace"))[1]["data"], get(f"/workspaces/{gid('workspace')}/users")
    assert [user["name"] for user in by_name[1]["data"]] == sorted(user["name"] for user in by_id)
    for team in world.teams:
        both = get("/users", team=team["gid"])[1]["data"], get(f"/teams/{team['gid']}/users")[1]["data"]
        assert {user["gid"] for user in both[0]} == {user["gid"] for user in both[1]}


def test_a_personal_workspace_has_no_teams_and_says_so(clock, ask):
    world = build()
    world.workspace["is_organization"] = False
    get = ask(Service(world, clock=clock))
    assert get(f"/workspaces/{world.workspace['gid']}/teams")[0] == 400
    assert get("/users/me/teams", organization=world.workspace["gid"])[0] == 400


def test_only_ones_own_portfolios_are_listed(world, get, gid):
    names = {portfolio["name"] for portfolio in get("/portfolios", workspace=gid("workspace"))[1]["data"]}
    assert names == {"Company bets", "Platform", "Nested: smaller bets"}
    assert len(get("/portfolios", workspace=gid("workspace"), owner="me")[1]["data"]) == 3


def test_memberships_of_a_user_want_his_workspace(world, get, gid):
    user = world.users[5]["gid"]
    assert get("/team_memberships", user=user)[0] == 400
    by_user = get("/team_memberships", user=user, workspace=gid("workspace"))
    assert by_user == get(f"/users/{user}/team_memberships", workspace=gid("workspace"))
    assert {m["user"]["gid"] for m in by_user[1]["data"]} == {user}
    _, in_portfolios = get("/portfolio_memberships", user=user, workspace=gid("workspace"))
    assert {m["user"]["gid"] for m in in_portfolios["data"]} == {user}


def test_goals_are_narrowed_by_every_filter(world, get, gid):
    workspace = gid("workspace")

    def names(**params):
        return {goal["gid"] for goal in get("/goals", **params)[1]["data"]}

    goals = world.all("goal")
    assert names(workspace=workspace) == {goal["gid"] for goal in goals}
    wide = names(workspace=workspace, is_workspace_level="true")
    assert wide == {goal["gid"] for goal in goals if goal["is_workspace_level"]}
    team = goals[1]["team"]["gid"]
    assert names(team=team) == {goal["gid"] for goal in goals if goal["team"] and goal["team"]["gid"] == team}
    periods = [goal["time_period"]["gid"] for goal in goals[:2]]
    in_periods = {goal["gid"] for goal in goals if goal["time_period"] and goal["time_period"]["gid"] in periods}
    assert names(workspace=workspace, time_periods=",".join(periods)) == in_periods
    assert names(project=world.projects[4]["gid"]) == {goals[0]["gid"]}
    assert names(portfolio=world.all("portfolio")[0]["gid"]) == {goals[1]["gid"]}


def test_repeated_parameters_are_a_list(world, service, get, gid):
    periods = [goal["time_period"]["gid"] for goal in world.all("goal")[:2]]
    sent = [("workspace", gid("workspace")), *(("time_periods", period) for period in periods)]
    repeated = json.loads(service.answer("GET", "/goals", sent, {"authorization": "Bearer x"}).body)
    assert repeated == get("/goals", workspace=gid("workspace"), time_periods=",".join(periods))[1]


def test_time_periods_lie_within_the_asked_days(get, gid):
    _, body = get("/time_periods", workspace=gid("workspace"), start_on="2026-01-01", end_on="2026-06-30")
    assert [period["period"] for period in body["data"]] == ["H1", "Q1", "Q2"]


def test_status_updates_since_a_moment_come_latest_first(world, get):
    parent = world.projects[0]
    moments = [update["created_at"] for update in world.under("status_updates", parent)]
    assert moments == sorted(moments, reverse=True)
    _, body = get("/status_updates", parent=parent["gid"], created_since=moments[1], opt_fields="created_at")
    assert [update["created_at"] for update in body["data"]] == moments[:2]


def test_goal_relationships_are_told_apart_by_subtype(get, gid):
    _, body = get("/goal_relationships", supported_goal=gid("goal"), resource_subtype="subgoal")
    assert {row["resource_subtype"] for row in body["data"]} == {"subgoal"}
    assert len(body["data"]) == 2


def test_webhooks_of_one_resource(world, get, gid):
    assert len(get("/webhooks", workspace=gid("workspace"))[1]["data"]) == 3
    assert len(get("/webhooks", workspace=gid("workspace"), resource=world.projects[1]["gid"])[1]["data"]) == 1


# The free plan


def test_a_free_plan_refuses_what_is_paid(world, clock, ask, gid):
    get = ask(Service(world, plan="free", clock=clock))
    workspace = gid("workspace")
    for path, said in (
        (f"/workspaces/{workspace}/tasks/search", "Search is only available to premium users."),
        (f"/workspaces/{workspace}/custom_fields", "Custom Fields are not available for free users or guests."),
        (f"/goals/{gid('goal')}", "Goals are only available to premium users."),
        (f"/tasks/{gid('task')}/dependencies", "Dependencies are only available to premium users."),
    ):
        status, body = get(path)
        assert (status, message(body)) == (402, said)


def test_a_free_plan_leaves_paid_fields_out_instead_of_null(world, clock, ask, gid):
    path, fields = f"/tasks/{gid('task')}", "name,custom_fields,custom_fields.name,dependencies,dependents"
    for plan, shown in (
        ("free", {"gid", "name"}),
        ("paid", {"gid", "name", "custom_fields", "dependencies", "dependents"}),
    ):
        get = ask(Service(world, plan=plan, clock=clock))
        assert set(get(path, opt_fields=fields)[1]["data"]) == shown
        assert ("custom_fields" in get(path)[1]["data"]) == (plan == "paid")


# Limits


def test_a_full_minute_is_refused_until_it_has_passed(world, clock):
    service = Service(world, per_minute=3, clock=clock)

    def send(token="x"):
        return service.answer("GET", "/workspaces", [], {"authorization": f"Bearer {token}"})

    assert [send().status for _ in range(3)] == [200, 200, 200]
    refused = send()
    assert refused.status == 429
    assert message(json.loads(refused.body))
    assert send("another").status == 200
    clock.now += int(refused.headers["Retry-After"])
    assert send().status == 200


def test_refused_requests_count_as_well(world, clock):
    service = Service(world, per_minute=2, clock=clock)
    statuses = []
    for _ in range(12):
        statuses.append(service.answer("GET", "/workspaces", [], {"authorization": "Bearer x"}).status)
        clock.now += 10
    assert statuses == [200, 200, *[429] * 10]
