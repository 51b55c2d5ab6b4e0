"""Exactly which requests a statement sends to the demo workspace, with nothing kept from before."""

from __future__ import annotations

import asyncio
import datetime as dt
import math
from collections import Counter

import pytest

import asanaql
from asanaql.catalog import CATALOG
from asanaql.demo import DemoTransport, Service, build

NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
LIGHT_WORKSPACE = "email_domains,is_organization,name"
PAGE = 100


class Clock:
    """Time that passes only where somebody waits for it."""

    now = 1000.0

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.now += seconds
        await asyncio.sleep(0)


class Asana:
    """A demo workspace of the test's own, and connections to it that share one cache directory."""

    def __init__(self, world, place):
        self.world = world
        self.service = Service(world)
        self.notable = world.notable
        self._place = place
        self._opened = []

    def open(self, **settings):
        clock = Clock()
        settings = {"cache": self._place, "max_requests": None, **settings}
        transport = DemoTransport(self.service)
        opened = asanaql.connect(demo=True, transport=transport, clock=clock, sleep=clock.sleep, **settings)
        self._opened.append(opened)
        return opened

    def close(self):
        for opened in self._opened:
            opened.close()

    def sends(self, connection, query, params=None):
        """The statement's requests: path and what was asked for beside fields and pages, and its rows."""
        self.service.log.clear()
        rows = connection.sql(query, params).fetchall()
        return self.sent(), rows

    def sent(self):
        unsaid = ("limit", "offset", "opt_fields")
        return [
            (path, {name: text for name, text in params.items() if name not in unsaid})
            for _, path, params in self.service.log
        ]

    @property
    def fields(self):
        """What each request asked for."""
        return [params.get("opt_fields", "") for _, _, params in self.service.log]

    def project(self, name):
        return self.world.find("project", self.notable[name])

    def pages_of(self, listing, parent):
        """How many requests a listing takes: an empty one takes one."""
        return max(1, math.ceil(len(self.world.under(listing, parent)) / PAGE))


@pytest.fixture(scope="module")
def world():
    return build(now=NOW)


@pytest.fixture
def asana(world, tmp_path):
    """With a cache directory that is empty before every test."""
    made = Asana(world, tmp_path)
    yield made
    made.close()


@pytest.fixture
def connection(asana):
    """With that cache."""
    return asana.open()


@pytest.fixture(scope="module")
def alone(world):
    """A demo workspace with one connection that keeps nothing, so that every statement finds things cold."""
    made = Asana(world, None)
    yield made
    made.close()


@pytest.fixture(scope="module")
def cold(alone):
    return alone.open(cache=False)


def of_project(gid, **more):
    return "/tasks", {"project": gid, **more}


# A project's tasks.


@pytest.mark.parametrize(
    ("name", "size", "pages"), [("empty", 0, 1), ("single", 1, 1), ("hundred", 100, 1), ("hundred_and_one", 101, 2)]
)
def test_a_project_s_tasks_take_its_pages_and_nothing_else(alone, cold, name, size, pages):
    gid = alone.notable[name]
    sent, rows = alone.sends(cold, f"SELECT gid, name FROM tasks WHERE project_gid = '{gid}'")
    assert (sent, len(rows)) == ([of_project(gid)] * pages, size)


def test_the_largest_project_takes_seven_requests(alone, cold):
    gid = alone.notable["biggest"]
    sent, rows = alone.sends(cold, f"SELECT name FROM tasks WHERE project_gid = '{gid}'")
    assert (sent, len(rows)) == ([of_project(gid)] * 7, 604)


def test_changes_of_a_project_take_the_pages_of_what_changed(alone, cold):
    gid = alone.notable["biggest"]
    query = f"SELECT name FROM tasks WHERE project_gid = '{gid}' AND modified_at > '2026-02-20 00:00:00+00'"
    sent, rows = alone.sends(cold, query)
    changed = [task for task in alone.world.tasks_in(gid) if task["modified_at"] > "2026-02-20"]
    assert len(rows) == len(changed)
    since = of_project(gid, modified_since="2026-02-19T23:59:59.999Z")
    assert sent == [since] * math.ceil(len(changed) / PAGE)
    assert len(sent) < 7


def test_open_tasks_of_a_project_take_the_pages_of_what_is_open(alone, cold):
    gid = alone.notable["biggest"]
    sent, rows = alone.sends(cold, f"SELECT name FROM tasks WHERE project_gid = '{gid}' AND completed = FALSE")
    open_tasks = [task for task in alone.world.tasks_in(gid) if not task["completed"]]
    assert len(rows) == len(open_tasks)
    assert sent == [of_project(gid, completed_since="now")] * math.ceil(len(open_tasks) / PAGE)
    assert len(sent) < 7


# Keys.


def test_one_gid_takes_one_request(alone, cold):
    task = alone.world.tasks[0]
    sent, rows = alone.sends(cold, f"SELECT name FROM tasks WHERE gid = '{task['gid']}'")
    assert (sent, rows) == ([(f"/tasks/{task['gid']}", {})], [(task["name"],)])


def test_three_gids_take_three_requests(alone, cold):
    tasks = alone.world.tasks[:3]
    listed = ", ".join(f"'{task['gid']}'" for task in tasks)
    sent, rows = alone.sends(cold, f"SELECT DISTINCT gid FROM tasks WHERE gid IN ({listed})")
    assert sent == [(f"/tasks/{task['gid']}", {}) for task in tasks]
    assert {gid for (gid,) in rows} == {task["gid"] for task in tasks}


def test_one_section_takes_its_pages(alone, cold):
    for section in alone.world.under("project.sections", alone.project("biggest")):
        sent, rows = alone.sends(cold, f"SELECT name FROM tasks WHERE section_gid = '{section['gid']}'")
        assert sent == [("/tasks", {"section": section["gid"]})] * alone.pages_of("section.tasks", section)
        assert len(rows) == len(alone.world.under("section.tasks", section))


@pytest.mark.parametrize("relation", ["tasks", "user_tasks"])
def test_one_assignee_takes_the_workspace_and_the_pages_of_his_tasks(alone, cold, relation):
    user = alone.world.users[0]
    sent, _ = alone.sends(cold, f"SELECT name FROM {relation} WHERE assignee_gid = '{user['gid']}'")
    workspace = alone.world.workspace["gid"]
    pages = alone.pages_of("user.tasks", user)
    assert pages > 1
    assert sent == [("/workspaces", {}), *[("/tasks", {"assignee": user["gid"], "workspace": workspace})] * pages]


def test_a_connection_with_a_workspace_does_not_ask_for_workspaces(asana):
    user, workspace = asana.world.users[-1], asana.world.workspace["gid"]
    confined = asana.open(workspace=workspace)
    sent, rows = asana.sends(confined, f"SELECT name FROM user_tasks WHERE assignee_gid = '{user['gid']}'")
    assert (sent, rows) == ([("/tasks", {"assignee": user["gid"], "workspace": workspace})], [])


def test_a_workspace_given_by_name_is_looked_up_when_connecting(asana):
    asana.service.log.clear()
    opened = asana.open(workspace=asana.world.workspace["name"], cache=False)
    assert asana.sent() == [("/workspaces", {})]
    assert asana.sends(opened, "SELECT count(*) FROM projects") == (
        [("/projects", {"workspace": asana.world.workspace["gid"]})],
        [(15,)],
    )


def test_counting_projects_takes_the_workspace_and_their_pages(alone, cold):
    workspace = alone.world.workspace["gid"]
    sent, rows = alone.sends(cold, "SELECT count(*) FROM projects")
    assert (sent, rows) == ([("/workspaces", {}), ("/projects", {"workspace": workspace})], [(15,)])


# Full scans.


def full_scan(asana):
    """What a full scan of tasks asks for beside the workspaces: their projects and every project's pages."""
    workspace = asana.world.workspace["gid"]
    pages = Counter({project["gid"]: asana.pages_of("project.tasks", project) for project in asana.world.projects})
    return [("/projects", {"workspace": workspace})], pages


def pages_by_project(sent):
    return Counter(params["project"] for path, params in sent if path == "/tasks")


def test_a_full_scan_takes_workspaces_projects_and_every_project_s_pages(alone, cold):
    sent, rows = alone.sends(cold, "SELECT gid FROM tasks")
    projects, pages = full_scan(alone)
    assert sent[:2] == [("/workspaces", {}), *projects]
    assert pages_by_project(sent[2:]) == pages
    assert len(sent) == 2 + pages.total()
    assert pages[alone.notable["empty"]] == 1
    assert len(rows) == sum(len(alone.world.tasks_in(project["gid"])) for project in alone.world.projects)


def test_a_full_scan_of_a_given_workspace_does_not_ask_for_workspaces(asana):
    sent, _ = asana.sends(asana.open(workspace=asana.world.workspace["gid"]), "SELECT gid FROM tasks")
    projects, pages = full_scan(asana)
    assert sent[:1] == projects
    assert pages_by_project(sent[1:]) == pages
    assert len(sent) == 1 + pages.total()


def test_a_second_full_scan_repeats_no_parent_lookup(asana, connection):
    first, rows = asana.sends(connection, "SELECT gid FROM tasks")
    again, rows_again = asana.sends(connection, "SELECT gid FROM tasks")
    assert sorted(rows_again) == sorted(rows)
    assert pages_by_project(again) == pages_by_project(first)
    assert {path for path, _ in again} == {"/tasks"}


def test_a_new_connection_on_the_same_cache_repeats_no_parent_lookup(asana, connection):
    asana.sends(connection, "SELECT gid FROM tasks")
    connection.close()
    again, _ = asana.sends(asana.open(), "SELECT name FROM tasks")
    assert {path for path, _ in again} == {"/tasks"}


def test_what_is_kept_serves_other_fan_outs_too(asana, connection):
    asana.sends(connection, "SELECT gid FROM tasks")
    sent, _ = asana.sends(connection, "SELECT gid FROM sections")
    assert {path.split("/")[-1] for path, _ in sent} == {"sections"}
    sent, _ = asana.sends(
        connection, "SELECT gid, project_name, workspace_name FROM asana_tasks(project_archived := TRUE)"
    )
    assert {path for path, _ in sent} == {"/tasks"}


def test_another_token_sees_nothing_that_was_kept(asana, connection):
    first, _ = asana.sends(connection, "SELECT gid FROM tasks")
    again, _ = asana.sends(asana.open(token="another"), "SELECT gid FROM tasks")
    assert again[:2] == first[:2] == [("/workspaces", {}), *full_scan(asana)[0]]
    assert len(again) == len(first)


def test_without_a_cache_a_second_full_scan_sends_everything_again(asana):
    uncached = asana.open(cache=False)
    first, _ = asana.sends(uncached, "SELECT gid FROM tasks")
    again, _ = asana.sends(uncached, "SELECT gid FROM tasks")
    assert again[:2] == first[:2]
    assert len(again) == len(first)


def test_archived_projects_narrow_the_fan_out(alone, cold):
    sent, _ = alone.sends(cold, "SELECT gid FROM asana_tasks(project_archived := TRUE)")
    archived = {project["gid"] for project in alone.world.projects if project["archived"]}
    assert sent[:2] == [
        ("/workspaces", {}),
        ("/projects", {"workspace": alone.world.workspace["gid"], "archived": "true"}),
    ]
    assert set(pages_by_project(sent)) == archived
    assert len(sent) == 2 + sum(alone.pages_of("project.tasks", alone.world.find("project", each)) for each in archived)


def test_a_team_narrows_the_fan_out(alone, cold):
    team = alone.world.teams[3]
    sent, _ = alone.sends(cold, f"SELECT gid FROM asana_tasks(project_team_gid := '{team['gid']}')")
    assert sent[0] == (f"/teams/{team['gid']}/projects", {})
    assert set(pages_by_project(sent)) == {project["gid"] for project in alone.world.under("team.projects", team)}
    assert len(sent) == 1 + 3


def test_team_and_archived_narrow_the_fan_out_together(alone, cold):
    team = alone.world.teams[3]["gid"]
    sent, rows = alone.sends(
        cold, f"SELECT gid FROM asana_tasks(project_team_gid := '{team}', project_archived := TRUE)"
    )
    [onboarding] = [project["gid"] for project in alone.world.projects if project["name"] == "Onboarding"]
    assert sent == [(f"/teams/{team}/projects", {"archived": "true"}), of_project(onboarding)]
    assert len(rows) == 33


# LIMIT, and what stops early.


@pytest.mark.parametrize("residual", ["", " AND name ILIKE '%e%'"])
def test_a_limit_on_a_large_project_takes_one_page(alone, cold, residual):
    gid = alone.notable["biggest"]
    sent, rows = alone.sends(cold, f"SELECT name FROM tasks WHERE project_gid = '{gid}'{residual} LIMIT 5")
    assert (sent, len(rows)) == ([of_project(gid)], 5)


def test_a_limit_on_a_full_scan_takes_one_listing_as_far_as_it_goes(alone, cold):
    sent, rows = alone.sends(cold, "SELECT name FROM tasks LIMIT 5")
    assert [path for path, _ in sent[:3]] == ["/workspaces", "/projects", "/tasks"]
    assert len(rows) == 5
    # The first project that Asana lists may be empty, after which the scan widens.
    assert len(sent) <= 3 + 8


NOTHING = [
    "SELECT gid FROM tasks LIMIT 0",
    "SELECT gid FROM tasks WHERE FALSE",
    "EXPLAIN SELECT gid FROM tasks",
    "DESCRIBE tasks",
    "DESCRIBE SELECT * FROM tasks",
    "SHOW TABLES",
    "SUMMARIZE SELECT 1",
    "SELECT column_name FROM information_schema.columns WHERE table_name = 'tasks'",
    "SELECT * FROM asana_columns",
    "SELECT * FROM asana_tables",
    "SELECT * FROM tasks WHERE gid = '1' AND gid = '2'",
    "SELECT * FROM tasks WHERE completed = TRUE AND completed = FALSE",
    "SELECT * FROM tasks WHERE project_gid IN ('1', '2') AND project_gid IN ('3')",
    "SELECT * FROM tasks WHERE gid = NULL",
    "SELECT * FROM stories WHERE task_gid = '1' AND goal_gid = '2'",
    "SELECT * FROM custom_field_settings WHERE parent_resource_type = 'task'",
    "CREATE OR REPLACE VIEW mine AS SELECT * FROM tasks",
    "PREPARE mine AS SELECT * FROM tasks WHERE gid = $1",
]


@pytest.mark.parametrize("query", NOTHING)
def test_a_statement_that_needs_no_row_of_asana_sends_nothing(alone, cold, query):
    sent, _ = alone.sends(cold, query)
    assert sent == []


def test_a_result_that_is_never_read_sends_nothing(alone, cold):
    alone.service.log.clear()
    result = cold.sql("SELECT * FROM tasks")
    assert result.columns[:3] == ["gid", "resource_type", "name"]
    assert alone.sent() == []


def test_a_result_read_twice_sends_its_requests_once(alone, cold):
    gid = alone.notable["hundred_and_one"]
    alone.service.log.clear()
    result = cold.sql(f"SELECT name FROM tasks WHERE project_gid = '{gid}'")
    assert result.arrow().num_rows == len(result.fetchall()) == 101
    assert len(alone.sent()) == 2 == result.stats.requests


# Several scans in one statement.


def test_a_self_join_reads_the_listing_once(alone, cold):
    gid = alone.notable["hundred_and_one"]
    query = f"SELECT a.name, b.name FROM tasks a JOIN tasks b USING (gid) WHERE a.project_gid = '{gid}'"
    sent, rows = alone.sends(cold, f"{query} AND b.project_gid = '{gid}'")
    assert (sent, len(rows)) == ([of_project(gid)] * 2, 101)


def test_a_self_join_reads_the_listing_once_for_each_set_of_columns(alone, cold):
    gid = alone.notable["hundred_and_one"]
    query = f"SELECT a.name, b.completed FROM tasks a JOIN tasks b USING (gid) WHERE a.project_gid = '{gid}'"
    sent, rows = alone.sends(cold, f"{query} AND b.project_gid = '{gid}'")
    assert (sent, len(rows)) == ([of_project(gid)] * 4, 101)
    assert Counter(alone.fields) == {"name": 2, "completed": 2}


def test_the_next_statement_reads_the_listing_again(alone, cold):
    gid = alone.notable["hundred"]
    for _ in range(2):
        sent, _ = alone.sends(cold, f"SELECT name FROM tasks WHERE project_gid = '{gid}'")
        assert sent == [of_project(gid)]


# Other ways to write the same.


def same_thing(gid):
    plain = f"SELECT name FROM tasks WHERE project_gid = '{gid}' AND completed = FALSE"
    return [
        plain,
        f"WITH found AS (SELECT * FROM tasks) SELECT name FROM found WHERE project_gid = '{gid}' AND completed = FALSE",
        f"SELECT name FROM (SELECT * FROM tasks WHERE completed = FALSE) WHERE project_gid = '{gid}'",
        f"SELECT name FROM asana.tasks WHERE project_gid = '{gid}' AND completed = FALSE",
        f"SELECT name FROM asana_tasks(project_gid := '{gid}', completed := FALSE)",
        f"SELECT name FROM asana_tasks(project_gid := {gid}) WHERE completed = FALSE",
        f"SELECT name FROM asana.asana_tasks(completed := FALSE) WHERE project_gid = '{gid}'",
        f"FROM open_tasks SELECT name WHERE project_gid = '{gid}'",
        f"EXECUTE of_project('{gid}')",
        f"SELECT name FROM tasks WHERE project_gid IN ('{gid}') AND (completed = FALSE OR FALSE)",
        f"CREATE OR REPLACE TABLE kept AS {plain}",
    ]


@pytest.mark.parametrize("place", range(len(same_thing(""))))
def test_every_way_to_write_it_sends_the_same(alone, cold, place):
    gid = alone.notable["hundred_and_one"]
    cold.sql("CREATE OR REPLACE VIEW open_tasks AS SELECT * FROM tasks WHERE completed = FALSE")
    cold.sql("PREPARE of_project AS SELECT name FROM tasks WHERE project_gid = $1 AND completed = FALSE")
    sent, _ = alone.sends(cold, same_thing(gid)[place])
    assert sent == [of_project(gid, completed_since="now")]
    assert alone.fields == ["completed,name"]


@pytest.mark.parametrize("params", [["?"], {"project": "$project"}])
def test_parameters_of_a_statement_reach_asana(alone, cold, params):
    gid = alone.notable["hundred"]
    [mark] = params if isinstance(params, list) else params.values()
    values = [gid] if isinstance(params, list) else {"project": gid}
    sent, rows = alone.sends(cold, f"SELECT name FROM tasks WHERE project_gid = {mark}", values)
    assert (sent, len(rows)) == ([of_project(gid)], 100)


def test_a_function_s_bound_is_sent_as_the_parameter_it_is_named_after(alone, cold):
    gid = alone.notable["hundred"]
    query = f"SELECT gid FROM asana_tasks(project_gid := '{gid}', modified_since := '2026-02-20 00:00:00+00')"
    sent, rows = alone.sends(cold, query)
    assert sent == [of_project(gid, modified_since="2026-02-19T23:59:59.999Z")]
    assert len(rows) == len([task for task in alone.world.tasks_in(gid) if task["modified_at"] >= "2026-02-20"])


# Fields.


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        ("gid", "name"),
        ("name", "name"),
        ("name, due_on", "due_on,name"),
        ("project_gid", "name"),
        ("resource_type, gid", "name"),
        ("assignee_gid", "assignee.name"),
        ("assignee_gid, assignee_name", "assignee.name"),
        ("section_name", "memberships.project.name,memberships.section.name"),
        ("tags", "tags.name"),
        ("count(*)", "name"),
        ("count(*) FILTER (completed)", "completed"),
    ],
)
def test_the_fields_asked_for_are_those_of_the_columns_read(alone, cold, columns, fields):
    alone.sends(cold, f"SELECT {columns} FROM tasks WHERE project_gid = '{alone.notable['hundred']}'")
    assert alone.fields == [fields]


def test_a_column_of_a_residual_filter_is_asked_for_too(alone, cold):
    gid = alone.notable["hundred"]
    alone.sends(cold, f"SELECT gid FROM tasks WHERE project_gid = '{gid}' AND due_on < '2026-03-01'")
    assert alone.fields == ["due_on"]


def test_a_project_s_name_is_taken_from_its_tasks_memberships(alone, cold):
    gid = alone.notable["hundred"]
    sent, _ = alone.sends(cold, f"SELECT project_name, name FROM tasks WHERE project_gid = '{gid}'")
    assert sent == [of_project(gid)]
    assert alone.fields == ["memberships.project.name,name"]


def test_custom_fields_are_asked_for_only_where_they_are_read(alone, cold):
    gid = alone.notable["hundred"]
    alone.sends(cold, f"SELECT custom_fields FROM tasks WHERE project_gid = '{gid}'")
    assert all(field.startswith("custom_fields.") for field in alone.fields[0].split(","))


def test_parents_are_asked_for_with_their_light_fields(alone, cold):
    alone.sends(cold, "SELECT gid FROM tasks")
    workspaces, projects, *_ = alone.fields
    assert workspaces == LIGHT_WORKSPACE
    asked = set(projects.split(","))
    assert {"name", "archived", "team.name", "modified_at"} <= asked
    heavy = {field for column in CATALOG["projects"].columns if column.heavy for field in column.fields}
    assert not asked & heavy


# The other relations, one case each.


def cases(world):
    """A statement for each relation and the requests of the demo workspace's own shape."""
    workspace = world.workspace["gid"]
    project = world.notable["hundred"]
    parent = next(task for task in world.tasks if task["num_subtasks"])
    told = next(task for task in world.tasks if world.under("task.stories", task))
    goal, tag, team, user = world.all("goal")[0], world.all("tag")[0], world.teams[3], world.users[3]
    portfolio = world.all("portfolio")[0]
    tag_pages = math.ceil(len(world.under("tag.tasks", tag)) / PAGE)
    found = ("/workspaces", {})
    return {
        "workspaces": ("SELECT name FROM workspaces", [found]),
        "users": ("SELECT name FROM users", [found, ("/users", {"workspace": workspace})]),
        "teams": ("SELECT name FROM teams", [found, (f"/workspaces/{workspace}/teams", {})]),
        "team_memberships": (
            f"SELECT user_name FROM team_memberships WHERE team_gid = '{team['gid']}'",
            [("/team_memberships", {"team": team["gid"]})],
        ),
        "workspace_memberships": (
            f"SELECT is_admin FROM workspace_memberships WHERE user_gid = '{user['gid']}'",
            [(f"/users/{user['gid']}/workspace_memberships", {})],
        ),
        "projects": (
            f"SELECT name FROM projects WHERE team_gid = '{team['gid']}' AND archived = FALSE",
            [(f"/teams/{team['gid']}/projects", {"archived": "false"})],
        ),
        "sections": (
            f"SELECT name FROM sections WHERE project_gid = '{project}'",
            [(f"/projects/{project}/sections", {})],
        ),
        "subtasks": (
            f"SELECT name FROM subtasks WHERE parent_gid = '{parent['gid']}'",
            [(f"/tasks/{parent['gid']}/subtasks", {})],
        ),
        "tag_tasks": (
            f"SELECT name FROM tag_tasks WHERE tag_gid = '{tag['gid']}'",
            [(f"/tags/{tag['gid']}/tasks", {})] * tag_pages,
        ),
        "tags": ("SELECT name FROM tags", [found, ("/tags", {"workspace": workspace})]),
        "stories": (
            f"SELECT text FROM stories WHERE task_gid = '{told['gid']}'",
            [(f"/tasks/{told['gid']}/stories", {})],
        ),
        "attachments": (
            f"SELECT name FROM attachments WHERE parent_gid = '{project}'",
            [("/attachments", {"parent": project})],
        ),
        "custom_fields": ("SELECT name FROM custom_fields", [found, (f"/workspaces/{workspace}/custom_fields", {})]),
        "custom_field_settings": (
            f"SELECT gid FROM custom_field_settings WHERE parent_gid = '{project}'",
            [(f"/projects/{project}/custom_field_settings", {})],
        ),
        "portfolios": (
            f"SELECT name FROM portfolios WHERE owner_gid = '{world.me['gid']}'",
            [found, ("/portfolios", {"workspace": workspace, "owner": world.me["gid"]})],
        ),
        "portfolio_items": (
            f"SELECT name FROM portfolio_items WHERE portfolio_gid = '{portfolio['gid']}'",
            [(f"/portfolios/{portfolio['gid']}/items", {})],
        ),
        "portfolio_memberships": (
            f"SELECT user_name FROM portfolio_memberships WHERE portfolio_gid = '{portfolio['gid']}'",
            [("/portfolio_memberships", {"portfolio": portfolio["gid"]})],
        ),
        "project_templates": (
            f"SELECT name FROM project_templates WHERE team_gid = '{world.teams[0]['gid']}'",
            [("/project_templates", {"team": world.teams[0]["gid"]})],
        ),
        "task_templates": (
            f"SELECT name FROM task_templates WHERE project_gid = '{project}'",
            [("/task_templates", {"project": project})],
        ),
        "status_updates": (
            f"SELECT title FROM status_updates WHERE parent_gid = '{project}' AND created_at >= '2026-01-01 00:00:00+00'",
            [("/status_updates", {"parent": project, "created_since": "2025-12-31T23:59:59.999Z"})],
        ),
        "goals": (
            f"SELECT name FROM asana_goals(supporting_project_gid := '{project}')",
            [("/goals", {"project": project})],
        ),
        "goal_relationships": (
            f"SELECT gid FROM goal_relationships WHERE supported_goal_gid = '{goal['gid']}'",
            [("/goal_relationships", {"supported_goal": goal["gid"]})],
        ),
        "time_periods": ("SELECT display_name FROM time_periods", [found, ("/time_periods", {"workspace": workspace})]),
        "webhooks": (
            f"SELECT target FROM webhooks WHERE resource_gid = '{project}'",
            [found, ("/webhooks", {"workspace": workspace, "resource": project})],
        ),
        "audit_log_events": (
            "SELECT event_type FROM audit_log_events WHERE created_at >= '2026-03-01 00:00:00+00'"
            " AND created_at < '2026-03-01 12:00:00+00' AND event_type = 'nothing_of_the_kind'",
            [
                found,
                (
                    f"/workspaces/{workspace}/audit_log_events",
                    {
                        "start_at": "2026-02-28T23:59:59.999Z",
                        "end_at": "2026-03-01T12:00:00.002Z",
                        "event_type": "nothing_of_the_kind",
                    },
                ),
            ],
        ),
    }


@pytest.mark.parametrize("name", [name for name in CATALOG if name not in ("tasks", "user_tasks")])
def test_each_relation_is_read_from_its_own_endpoint_and_nothing_else(alone, cold, name):
    query, expected = cases(alone.world)[name]
    assert alone.sends(cold, query)[0] == expected


def test_attachments_of_a_key_are_asked_for_once_whatever_it_is_of(alone, cold):
    brief = next(project["project_brief"] for project in alone.world.projects if project["project_brief"])
    sent, _ = alone.sends(cold, f"SELECT name FROM attachments WHERE parent_gid = '{brief['gid']}'")
    assert sent == [("/attachments", {"parent": brief["gid"]})]


def test_a_key_of_an_unknown_kind_is_tried_at_each_address_until_one_knows_it(alone, cold):
    goal = alone.world.all("goal")[0]["gid"]
    sent, rows = alone.sends(cold, f"SELECT gid FROM custom_field_settings WHERE parent_gid = '{goal}'")
    kinds = ("projects", "portfolios", "goals")
    assert sent == [(f"/{kind}/{goal}/custom_field_settings", {}) for kind in kinds]
    assert rows


def test_the_kind_of_a_parent_says_which_address_knows_it(alone, cold):
    goal = alone.world.all("goal")[0]["gid"]
    query = f"SELECT gid FROM custom_field_settings WHERE parent_gid = '{goal}' AND parent_resource_type = 'goal'"
    assert alone.sends(cold, query)[0] == [(f"/goals/{goal}/custom_field_settings", {})]


def test_a_key_of_the_wrong_kind_is_an_error_of_the_first_address(alone, cold):
    tag = alone.world.all("tag")[0]["gid"]
    with pytest.raises(asanaql.ApiError, match=rf"404 to GET /projects/{tag}/custom_field_settings"):
        alone.sends(cold, f"SELECT gid FROM custom_field_settings WHERE parent_gid = '{tag}'")
    assert len(alone.sent()) == 4


#: Requests of `SELECT * … LIMIT 1`, where the first parent that is listed has children at once.
FIRST_ROW = {
    "workspaces": 1,
    "users": 2,
    "teams": 2,
    "projects": 2,
    "tags": 2,
    "custom_fields": 2,
    "portfolios": 2,
    "project_templates": 2,
    "goals": 2,
    "time_periods": 2,
    "webhooks": 2,
    "audit_log_events": 2,
    "workspace_memberships": 2,
    "team_memberships": 3,
    "sections": 3,
    "tasks": 3,
    "user_tasks": 3,
    "portfolio_memberships": 3,
}
#: The others search for a first parent with children, page by page and then wider: not more than this.
SEARCHING = 200


@pytest.mark.parametrize("name", CATALOG)
def test_the_first_row_of_each_relation_is_found_without_reading_it_whole(alone, cold, name):
    sent, rows = alone.sends(cold, f"SELECT * FROM {name} LIMIT 1")
    assert len(rows) == 1
    if name in FIRST_ROW:
        assert len(sent) == FIRST_ROW[name]
    assert len(sent) <= SEARCHING


# A direct scan of a parent.


def test_a_direct_scan_of_projects_is_answered_by_asana_though_a_listing_is_kept(asana, connection):
    asana.sends(connection, "SELECT gid FROM tasks")
    sent, _ = asana.sends(connection, "SELECT name FROM projects")
    assert sent == full_scan(asana)[0]


def test_a_direct_scan_of_all_that_is_kept_refreshes_it(asana, connection):
    light = [column.name for column in CATALOG["projects"].visible if not column.heavy and not column.sparse]
    sent, _ = asana.sends(connection, f"SELECT {', '.join(light)} FROM projects")
    assert sent == [("/workspaces", {}), *full_scan(asana)[0]]
    sent, _ = asana.sends(connection, "SELECT gid FROM tasks")
    assert {path for path, _ in sent} == {"/tasks"}


def test_a_direct_scan_that_finds_a_new_project_discards_what_was_kept(tmp_path):
    asana = Asana(build(now=NOW), tmp_path)
    connection = asana.open()
    _, before = asana.sends(connection, "SELECT gid FROM tasks")
    world = asana.world
    new = {**asana.project("single"), "gid": "424242", "name": "Brand new"}
    listed = world.under("workspace.projects", world.workspace)
    world.arrange("workspace.projects", world.workspace, [*listed, world.add(new)])
    world.arrange("project.tasks", new, world.tasks_in(asana.notable["single"]))
    unnoticed, _ = asana.sends(connection, "SELECT gid FROM tasks")
    assert "424242" not in pages_by_project(unnoticed)
    asana.sends(connection, "SELECT name FROM projects")
    sent, after = asana.sends(connection, "SELECT gid FROM tasks")
    assert sent[0] == full_scan(asana)[0][0]
    assert pages_by_project(sent)["424242"] == 1
    assert len(after) == len(before) + 1
    asana.close()


def test_a_direct_scan_that_finds_the_same_projects_keeps_what_was_kept(asana, connection):
    asana.sends(connection, "SELECT gid FROM tasks")
    asana.sends(connection, "SELECT name FROM projects")
    sent, _ = asana.sends(connection, "SELECT gid FROM tasks")
    assert {path for path, _ in sent} == {"/tasks"}


# The bound.


def test_a_statement_stops_at_its_bound_and_says_what_it_was_about_to_do(asana):
    bounded = asana.open(max_requests=3)
    gid = asana.notable["biggest"]
    with pytest.raises(asanaql.QueryError, match=rf"sent 3 requests.*about to send GET /tasks\?.*project={gid}"):
        asana.sends(bounded, f"SELECT name FROM tasks WHERE project_gid = '{gid}'")
    assert len(asana.sent()) == 3
    sent, _ = asana.sends(bounded, f"SELECT name FROM tasks WHERE project_gid = '{asana.notable['hundred']}'")
    assert len(sent) == 1
