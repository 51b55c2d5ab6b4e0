"""All that can be asked of a search: by predicates where they surely find every row, by arguments, or not at all."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

import asanaql
from asanaql.demo import DemoTransport, Service

from .asanas import SORTED, first_search, names, searches

ROOT = Path(__file__).parents[3]
DESCRIPTION = Path(os.environ.get("ASANA_OPENAPI", ROOT / ".." / "shared" / "asana" / "openapi.json"))
MAY, JUNE = "TIMESTAMPTZ '2025-05-01 10:00:00+00'", "TIMESTAMPTZ '2025-06-01 10:00:00+00'"
#: Predicates on search_tasks, and what they become.
PREDICATES = {
    "assignee_gid = '{user}'": {"assignee.any": "{user}"},
    "assignee_gid IN ('{user}', '{other}')": {"assignee.any": "{user},{other}"},
    "assignee_gid <> '{user}'": {"assignee.not": "{user}"},
    "assignee_gid NOT IN ('{user}', '{other}')": {"assignee.not": "{user},{other}"},
    "assignee_gid <> '{user}' AND assignee_gid <> '{other}'": {"assignee.not": "{other},{user}"},
    "created_by_gid = '{user}'": {"created_by.any": "{user}"},
    "created_by_gid <> '{user}'": {"created_by.not": "{user}"},
    "assigned_by_gid = '{user}'": {"assigned_by.any": "{user}"},
    "assigned_by_gid <> '{user}'": {"assigned_by.not": "{user}"},
    "resource_subtype = 'milestone'": {"resource_subtype": "milestone"},
    "completed = TRUE": {"completed": "true"},
    "completed = FALSE": {"completed": "false"},
    "NOT completed": {"completed": "false"},
    "due_on = '2026-03-02'": {"due_on": "2026-03-02"},
    "due_on IS NULL": {"due_on": "null"},
    "due_on > '2026-03-02'": {"due_on.after": "2026-03-01"},
    "due_on >= '2026-03-02'": {"due_on.after": "2026-03-01"},
    "due_on <= '2026-03-02'": {"due_on.before": "2026-03-03"},
    "due_on BETWEEN '2026-03-02' AND '2026-03-05'": {"due_on.after": "2026-03-01", "due_on.before": "2026-03-06"},
    "start_on = '2026-03-02'": {"start_on": "2026-03-02"},
    "start_on IS NULL": {"start_on": "null"},
    "start_on > '2026-03-02'": {"start_on.after": "2026-03-01"},
    "start_on < '2026-03-02'": {"start_on.before": "2026-03-03"},
    **{
        condition.format(name): {key.format(name): text for key, text in sent.items()}
        for name in ("due_at", "created_at", "completed_at", "modified_at")
        for condition, sent in (
            ("{} > " + MAY, {"{}.after": "2025-05-01T09:59:59.999Z"}),
            ("{} >= " + MAY, {"{}.after": "2025-05-01T09:59:59.999Z"}),
            ("{} <= " + JUNE, {"{}.before": "2025-06-01T10:00:00.002Z"}),
            ("{} = " + MAY, {"{}.after": "2025-05-01T09:59:59.999Z", "{}.before": "2025-05-01T10:00:00.002Z"}),
        )
    },
    "completed = FALSE AND due_on < '2026-01-01' AND assignee_gid = '{user}'": {
        "completed": "false",
        "due_on.before": "2026-01-02",
        "assignee.any": "{user}",
    },
}
#: Predicates that Asana could not be asked for so that all their rows come back.
UNSENT = (
    "assignee_gid IS NULL",
    "assignee_gid IS DISTINCT FROM '{user}'",
    "assignee_gid = '{user}' OR assignee_gid IS NULL",
    "due_on = '2026-03-02' OR due_on IS NULL",
    "due_on IN ('2026-03-02', '2026-03-05')",
    "due_at IS NULL",
    "resource_subtype IN ('milestone', 'approval')",
    "resource_subtype <> 'milestone'",
    "name = 'Atlas'",
    "liked = TRUE",
    "parent_gid IS NULL",
)
#: Arguments of asana_search_tasks, and what they become.
ARGUMENTS = {
    "text := 'the launch'": {"text": "the launch"},
    "project_gid := '{project}'": {"projects.any": "{project}"},
    "project_gid := {project}": {"projects.any": "{project}"},
    "projects_not := '{project}'": {"projects.not": "{project}"},
    "projects_all := '{project}'": {"projects.all": "{project}"},
    "section_gid := '{section}'": {"sections.any": "{section}"},
    "sections_not := '{section}'": {"sections.not": "{section}"},
    "sections_all := '{section}'": {"sections.all": "{section}"},
    "tag_gid := '{tag}'": {"tags.any": "{tag}"},
    "tags_not := '{tag}'": {"tags.not": "{tag}"},
    "tags_all := '{tag}'": {"tags.all": "{tag}"},
    "portfolio_gid := '{portfolio}'": {"portfolios.any": "{portfolio}"},
    "team_gid := '{team}'": {"teams.any": "{team}"},
    "follower_gid := 'me'": {"followers.any": "me"},
    "followers_not := '{user}, {other}'": {"followers.not": "{user},{other}"},
    "assignee_not := '{user}'": {"assignee.not": "{user}"},
    "created_by_not := '{user}'": {"created_by.not": "{user}"},
    "assigned_by_not := '{user}'": {"assigned_by.not": "{user}"},
    "liked_by_not := '{user}'": {"liked_by.not": "{user}"},
    "commented_on_by_not := '{user}'": {"commented_on_by.not": "{user}"},
    "is_subtask := TRUE": {"is_subtask": "true"},
    "is_subtask := FALSE": {"is_subtask": "false"},
    "is_blocked := TRUE": {"is_blocked": "true"},
    "is_blocking := TRUE": {"is_blocking": "true"},
    "has_attachment := TRUE": {"has_attachment": "true"},
    **{
        f"{verb}_on{suffix} := DATE '2026-02-20'": {f"{verb}_on{suffix.replace('_', '.')}": "2026-02-20"}
        for verb in ("created", "completed", "modified")
        for suffix in ("", "_after", "_before")
    },
    "custom_field := '{field}.is_set=true&{field}.value={option}'": {
        "custom_fields.{field}.is_set": "true",
        "custom_fields.{field}.value": "{option}",
    },
    "assignee_gid := '{user}', completed := FALSE, due_on := '2026-03-02'": {
        "assignee.any": "{user}",
        "completed": "false",
        "due_on": "2026-03-02",
    },
    "created_at_after := '2025-05-01 10:00:00+00', created_at_before := '2025-06-01 10:00:00+00'": {
        "created_at.after": "2025-05-01T09:59:59.999Z",
        "created_at.before": "2025-06-01T10:00:00.002Z",
    },
    "due_on_after := '2026-03-02'": {"due_on.after": "2026-03-01"},
    "resource_subtype := 'custom', custom_type_status := '{type}.custom_type_status_option.gid={status}'": {
        "resource_subtype": "custom",
        "custom_types.{type}.custom_type_status_option.gid": "{status}",
    },
}
#: Predicates on search_projects, its function's arguments, and what they become.
OF_PROJECTS = {
    "WHERE owner_gid = '{user}'": {"owner.any": "{user}"},
    "WHERE team_gid IN ('{team}')": {"teams.any": "{team}"},
    "WHERE completed = FALSE": {"completed": "false"},
    "WHERE due_on IS NULL": {"due_on": "null"},
    "WHERE due_on > '2026-03-02' AND due_on < '2026-04-02'": {
        "due_on.after": "2026-03-01",
        "due_on.before": "2026-04-03",
    },
    "WHERE start_on = '2026-03-02'": {"start_on": "2026-03-02"},
    "WHERE start_on > '2026-03-02' AND start_on < '2026-04-02'": {
        "start_on.after": "2026-03-01",
        "start_on.before": "2026-04-03",
    },
    f"WHERE created_at > {MAY} AND created_at < {JUNE}": {
        "created_at.after": "2025-05-01T09:59:59.999Z",
        "created_at.before": "2025-06-01T10:00:00.002Z",
    },
    f"WHERE completed_at > {MAY} AND completed_at < {JUNE}": {
        "completed_at.after": "2025-05-01T09:59:59.999Z",
        "completed_at.before": "2025-06-01T10:00:00.002Z",
    },
    "text := 'zürich'": {"text": "zürich"},
    "member_gid := 'me'": {"members.any": "me"},
    "members_not := '{user}'": {"members.not": "{user}"},
    "portfolio_gid := '{portfolio}'": {"portfolios.any": "{portfolio}"},
    **{
        f"{verb}_on{suffix} := DATE '2026-02-20'": {f"{verb}_on{suffix.replace('_', '.')}": "2026-02-20"}
        for verb in ("created", "completed")
        for suffix in ("", "_after", "_before")
    },
    f"due_at_after := {MAY}": {"due_at.after": "2025-05-01T10:00:00.000Z"},
    f"due_at_before := {MAY}": {"due_at.before": "2025-05-01T10:00:00.000Z"},
    "custom_field := '{field}.value={option}'": {"custom_fields.{field}.value": "{option}"},
}


def expected(sent, known):
    return {name.format(**known): text.format(**known) for name, text in sent.items()}


@pytest.mark.parametrize("condition", PREDICATES)
def test_a_predicate_on_what_asana_searches_by_is_sent(alone, cold, condition):
    known = names(alone.world)
    asked = first_search(alone, cold, f"SELECT gid FROM search_tasks WHERE {condition.format(**known)}")
    assert asked == expected(PREDICATES[condition], known)


@pytest.mark.parametrize("condition", UNSENT)
def test_a_predicate_that_asana_could_not_answer_whole_is_not_sent(alone, cold, condition):
    query = f"SELECT gid FROM search_tasks WHERE {condition.format(**names(alone.world))}"
    assert first_search(alone, cold, query) == {}


@pytest.mark.parametrize("arguments", ARGUMENTS)
def test_what_no_column_shows_is_told_by_an_argument(alone, cold, arguments):
    known = names(alone.world)
    asked = first_search(alone, cold, f"SELECT gid FROM asana_search_tasks({arguments.format(**known)})")
    assert asked == expected(ARGUMENTS[arguments], known)


@pytest.mark.parametrize("said", OF_PROJECTS)
def test_projects_are_searched_by_all_that_asana_takes(alone, cold, said):
    known = names(alone.world)
    written = said.format(**known)
    source = f"search_projects {written}" if said.startswith("WHERE") else f"asana_search_projects({written})"
    assert first_search(alone, cold, f"SELECT gid FROM {source}") == expected(OF_PROJECTS[said], known)


@pytest.mark.skipif(not DESCRIPTION.exists(), reason="Asana's description is not here: set ASANA_OPENAPI")
@pytest.mark.parametrize(
    ("path", "cases"),
    [("tasks", [*PREDICATES.values(), *ARGUMENTS.values()]), ("projects", [*OF_PROJECTS.values()])],
)
def test_every_parameter_of_a_search_is_sent_by_some_statement(path, cases):
    described = json.loads(DESCRIPTION.read_text(encoding="utf-8"))["paths"][
        f"/workspaces/{{workspace_gid}}/{path}/search"
    ]
    parameters = {
        each["name"] for each in (*described["parameters"], *described["get"]["parameters"]) if "name" in each
    }
    sent = {name for case in cases for name in case if not name.startswith("custom_")}
    assert parameters - {"opt_fields"} == sent | set(SORTED)


def test_the_subtype_that_the_description_takes_for_a_default_is_not_sent(alone, cold):
    assert "resource_subtype" not in first_search(alone, cold, "SELECT gid, resource_subtype FROM search_tasks")


def test_what_is_told_narrows_by_all_arguments_and_predicates_together(alone, cold):
    known = names(alone.world)
    query = f"""
        SELECT gid FROM asana_search_tasks(project_gid := '{known["project"]}', is_subtask := FALSE)
        WHERE assignee_gid = '{known["user"]}' AND NOT completed"""
    _, rows = alone.sends(cold, query)
    tasks = alone.world.tasks_in(known["project"])
    assert {gid for (gid,) in rows} == {
        task["gid"]
        for task in tasks
        if task["parent"] is None and (task["assignee"] or {}).get("gid") == known["user"] and not task["completed"]
    }
    assert rows


# What cannot be.


def message(connection, query, params=None):
    with pytest.raises(asanaql.AsanaqlError) as caught:
        connection.sql(query, params).fetchall()
    return str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT gid FROM asana_search_tasks(text := (SELECT max(name) FROM projects))",
        "SELECT t.gid FROM projects p, asana_search_tasks(text := p.name) t",
        "SELECT t.gid FROM (VALUES ('a'), ('b')) w(word), asana_search_tasks(text := w.word) t",
    ],
)
def test_what_is_known_too_late_cannot_be_told(alone, cold, query):
    alone.service.log.clear()
    said = message(cold, query)
    assert said.startswith("asana_search_tasks(text := …) takes one constant")
    assert not searches(alone)


def test_what_is_told_may_be_a_parameter_or_computed_from_constants(alone, cold):
    asked = first_search(alone, cold, "SELECT gid FROM asana_search_tasks(created_on_after := today() - 7)")
    assert asked == {"created_on.after": (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=7)).isoformat()}
    alone.sends(cold, "SELECT gid FROM asana_search_tasks(text := ?, is_subtask := ?)", ["launch", True])
    assert searches(alone)[0] == {"text": "launch", "is_subtask": "true", **SORTED}


def test_what_is_not_told_is_nothing(alone, cold):
    assert first_search(alone, cold, "SELECT gid FROM asana_search_tasks(text := NULL, tag_gid := NULL)") == {}


def test_a_project_that_asana_does_not_know_is_an_error_and_not_a_search_without_it(alone, cold):
    said = message(cold, "SELECT gid FROM asana_search_tasks(project_gid := '12345')")
    assert "projects.any: Not a recognized ID: 12345" in said
    said = message(cold, "SELECT gid FROM asana_search_tasks(project_gid := '12345') WHERE assignee_gid = '99'")
    assert "projects.any: Not a recognized ID: 12345" in said


def test_a_user_that_asana_does_not_know_costs_the_filter_and_no_row(alone, cold):
    known = names(alone.world)
    query = f"""
        SELECT gid FROM asana_search_tasks(project_gid := '{known["project"]}')
        WHERE assignee_gid IN ('99', '{known["user"]}')"""
    sent, rows = alone.sends(cold, query)
    tasks = alone.world.tasks_in(known["project"])
    assert len(rows) == sum((task["assignee"] or {}).get("gid") == known["user"] for task in tasks) > 0
    refused, *others = [params for path, params in sent if "search" in path]
    assert "assignee.any" in refused
    assert all(params["projects.any"] == known["project"] and "assignee.any" not in params for params in others)


@pytest.mark.parametrize("relation", ["search_tasks", "search_projects"])
def test_a_free_plan_has_no_search(alone, relation):
    free = alone.open(cache=False, transport=DemoTransport(Service(alone.world, plan="free")))
    said = message(free, f"SELECT gid FROM {relation}")
    assert "402" in said and "Search is only available to premium users." in said
    assert said.endswith(f"{relation} needs a paid Asana plan.")


OTHER = {"gid": "999000999", "resource_type": "workspace", "name": "The other one", "is_organization": False}


class TwoWorkspaces(Service):
    """A second workspace, in which nothing is found, and which knows nothing of the first."""

    def answer(self, method, path, params, headers):
        real = super().answer(method, path.replace(OTHER["gid"], self.world.workspace["gid"]), params, headers)
        content = json.loads(real.body)
        if path == "/workspaces":
            content["data"].append(OTHER)
        elif OTHER["gid"] in path:
            unknown = {"errors": [{"message": "projects.any: Not a recognized ID"}]}
            content, status = (unknown, 404) if "projects.any" in dict(params) else ({"data": []}, 200)
            return type(real)(status, real.headers, json.dumps(content).encode())
        return type(real)(real.status, real.headers, json.dumps(content).encode())


def test_each_workspace_is_searched_and_one_that_knows_the_project_is_enough(alone):
    known = names(alone.world)
    both = alone.open(cache=False, transport=DemoTransport(TwoWorkspaces(alone.world)))
    result = both.sql(f"SELECT count(*) FROM asana_search_tasks(project_gid := '{known['project']}')")
    assert result.fetchall() == [(len(alone.world.tasks_in(known["project"])),)]
    [said] = result.warnings
    assert said.startswith("search_tasks: skipped workspace_gid 999000999 (The other one): Asana answered 404")
    assert both.sql("SELECT count(*) FROM search_projects").fetchall() == [(len(alone.world.projects),)]


def test_a_connection_to_one_workspace_searches_that_one(alone):
    service = TwoWorkspaces(alone.world)
    one = alone.open(cache=False, transport=DemoTransport(service), workspace=alone.world.workspace["gid"])
    service.log.clear()
    assert one.sql("SELECT count(*) FROM search_projects").fetchall() == [(len(alone.world.projects),)]
    assert [path for _, path, _ in service.log] == [f"/workspaces/{alone.world.workspace['gid']}/projects/search"]


def test_the_functions_tell_what_they_take(cold):
    [(arguments,)] = cold.sql("SELECT arguments FROM asana_tables WHERE table_name = 'search_tasks'").fetchall()
    assert {"text", "project_gid", "custom_field", "is_subtask", "due_on_before", "created_at_after"} <= set(arguments)
    rows = cold.sql(
        "SELECT column_name, parameters FROM asana_columns WHERE table_name = 'search_tasks' AND comparisons <> []"
    ).fetchall()
    assert ("assignee_gid", ["assignee.any", "assignee.not"]) in rows
    assert ("follower_gid", ["followers.any"]) in rows
    assert ("custom_type_status", ["custom_types.{gid}.custom_type_status_option.gid"]) in rows


def test_a_word_of_a_pivot_that_is_called_like_an_argument_is_none(alone, cold):
    query = "PIVOT (SELECT completed, gid AS text FROM search_tasks) ON completed USING count(text)"
    _, rows = alone.sends(cold, query)
    done = sum(task["completed"] for task in alone.world.tasks)
    assert rows == [(len(alone.world.tasks) - done, done)]


def test_two_searches_that_are_told_differently_are_two(alone, cold):
    query = """
        SELECT (SELECT count(*) FROM asana_search_tasks(text := 'launch')),
               (SELECT count(*) FROM asana_search_tasks(text := 'survey')), (SELECT count(*) FROM search_projects)"""
    sent, rows = alone.sends(cold, query)
    assert {params.get("text") for path, params in sent if "tasks/search" in path} == {"launch", "survey"}
    texts = [f"{task['name']} {task['notes']}".casefold() for task in alone.world.tasks]
    found = [sum(word in text for text in texts) for word in ("launch", "survey")]
    assert rows == [(*found, len(alone.world.projects))]


def test_arguments_that_nothing_is_said_of_are_no_part_of_a_recursive_statement(alone, cold):
    query = """
        WITH RECURSIVE above AS (
            SELECT gid, parent_gid FROM search_tasks WHERE parent_gid IS NOT NULL
            UNION SELECT t.gid, t.parent_gid FROM above a JOIN search_tasks t ON t.gid = a.parent_gid
        )
        SELECT a.gid, t.name FROM above a LEFT JOIN search_tasks t ON t.gid = a.gid"""
    sent, rows = alone.sends(cold, query)
    assert {params["sort_by"] for path, params in sent if "search" in path} <= {"created_at", "modified_at"}
    children = [task for task in alone.world.tasks if task["parent"] is not None]
    assert set(rows) >= {(task["gid"], task["name"]) for task in children}
