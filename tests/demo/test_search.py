"""The two searches of the demo, held against the World itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from asanaql.api import Page, Request
from asanaql.api.search import searched
from asanaql.catalog.model import Search
from asanaql.demo import Service, World
from asanaql.demo.refusals import SEARCH_IS_PAID

TASKS, PROJECTS = "tasks", "projects"
FIELDS = "created_at,modified_at,due_on,completed_at,num_likes"


@pytest.fixture
def search(world: World, service: Service) -> Callable[..., Any]:
    """The rows of a search, or its refusal; parameters with dots are given in a mapping."""

    def rows(of: str, params: dict[str, str] | None = None, **more: str) -> Any:
        asked = [*({"opt_fields": FIELDS} | (params or {}) | more).items()]
        path = f"/workspaces/{world.workspace['gid']}/{of}/search"
        answer = service.answer("GET", path, asked, {"authorization": "Bearer x"})
        body = json.loads(answer.body)
        return body["data"] if answer.status == 200 else (answer.status, body["errors"][0]["message"])

    return rows


def whole(search: Any, of: str, params: dict[str, str]) -> set[str]:
    """The gids of every row of a search, read a hundred at a time as they were created, and so changed."""
    found: set[str] = set()

    async def fetch(request: Request) -> Page:
        return Page(search(of, dict(request.params)), None, 0)

    async def main() -> None:
        ways = Search(("created_at", "modified_at"), (), ())
        async for _ in searched(fetch, Request("/search", tuple(params.items())), ways, found, pytest.fail):
            pass

    asyncio.run(main())
    return found


def gids(records: Any) -> set[str]:
    return {each["gid"] for each in records}


def test_a_search_shows_a_hundred_rows_the_latest_modified_first(world: World, search: Any) -> None:
    rows = search(TASKS)
    moments = [each["modified_at"] for each in rows]
    assert len(rows) == 100
    assert moments == sorted((task["modified_at"] for task in world.tasks), reverse=True)[:100]
    assert len(search(TASKS, limit="7")) == 7
    assert search(TASKS, limit="101") == (400, "limit: Must be between 1 and 100")


@pytest.mark.parametrize(
    ("order", "field"),
    [
        ("created_at", "created_at"),
        ("modified_at", "modified_at"),
        ("due_date", "due_on"),
        ("completed_at", "completed_at"),
        ("likes", "num_likes"),
    ],
)
@pytest.mark.parametrize("ascending", ["true", "false"])
def test_rows_are_sorted_as_they_are_asked_for(search: Any, order: str, field: str, ascending: str) -> None:
    values = [each[field] for each in search(TASKS, sort_by=order, sort_ascending=ascending)]
    assert values == sorted(values, reverse=ascending == "false")
    assert None not in values


def test_an_order_that_is_none_is_refused(search: Any) -> None:
    assert search(TASKS, sort_by="name") == (400, "sort_by: Not a valid order: name")
    assert search(PROJECTS, sort_by="likes") == (400, "sort_by: Not a valid order: likes")


def test_rows_that_share_their_place_come_in_another_order_each_time(search: Any) -> None:
    seen = {tuple(each["gid"] for each in search(TASKS, sort_by="likes", sort_ascending="true")) for _ in range(5)}
    assert len(seen) == 5


@pytest.mark.parametrize("field", ["created_at", "modified_at", "completed_at", "due_at"])
def test_a_moments_bounds_exclude_the_moment(world: World, search: Any, field: str) -> None:
    stored = sorted(task[field] for task in world.tasks if task[field])
    low, high = stored[10], stored[60]
    found = search(TASKS, {f"{field}.after": low, f"{field}.before": high})
    assert gids(found) == {task["gid"] for task in world.tasks if task[field] and low < task[field] < high}


@pytest.mark.parametrize("field", ["due_on", "start_on"])
def test_days_are_asked_for_and_bounded_and_may_be_missing(world: World, search: Any, field: str) -> None:
    day = next(task[field] for task in world.tasks if task[field])
    assert gids(search(TASKS, {field: day})) == {task["gid"] for task in world.tasks if task[field] == day}
    missing = {task["gid"] for task in world.tasks if task[field] is None}
    assert len(missing) > 100
    assert whole(search, TASKS, {field: "null"}) == missing
    before = whole(search, TASKS, {f"{field}.before": day})
    assert before == {task["gid"] for task in world.tasks if task[field] and task[field] < day}
    after = whole(search, TASKS, {f"{field}.after": day})
    assert after == {task["gid"] for task in world.tasks if task[field] and task[field] > day}


@pytest.mark.parametrize("verb", ["created", "completed", "modified"])
def test_a_day_on_which_something_was_done_is_that_of_its_moment(world: World, search: Any, verb: str) -> None:
    days = [task[f"{verb}_at"][:10] for task in world.tasks if task[f"{verb}_at"]]
    day = min(days)
    assert gids(search(TASKS, {f"{verb}_on": day})) == {
        task["gid"] for task in world.tasks if (task[f"{verb}_at"] or "")[:10] == day
    }


def test_a_day_that_is_none_is_refused(search: Any) -> None:
    assert search(TASKS, {"due_on.after": "soon"}) == (400, "due_on.after: Not a valid date: soon")


def members(world: World, task: Any) -> dict[str, set[str]]:
    """What a task belongs to or has, by the name that a search has for it."""
    projects = task["projects"]
    portfolios = [
        each for each in world.all("portfolio") if any(p in world.under("portfolio.items", each) for p in projects)
    ]
    comments = [story for story in world.under("task.stories", task) if story["type"] == "comment"]
    return {
        "assignee": gids([task["assignee"]] if task["assignee"] else []),
        "created_by": gids([task["created_by"]]),
        "assigned_by": gids([task["assigned_by"]] if task["assigned_by"] else []),
        "followers": gids(task["followers"]),
        "liked_by": gids(like["user"] for like in task["likes"]),
        "commented_on_by": gids(story["created_by"] for story in comments if story["created_by"]),
        "projects": gids(projects),
        "sections": gids(each["section"] for each in task["memberships"]),
        "tags": gids(task["tags"]),
        "teams": gids(project["team"] for project in projects if project["team"]),
        "portfolios": gids(portfolios),
    }


KINDS = {"projects": "project", "sections": "section", "tags": "tag", "teams": "team", "portfolios": "portfolio"}


@pytest.mark.parametrize("word", ["any", "not", "all"])
@pytest.mark.parametrize(
    "name",
    ["assignee", "created_by", "assigned_by", "followers", "liked_by", "commented_on_by", *KINDS],
)
def test_what_a_task_belongs_to_or_has_is_asked_for(world: World, search: Any, name: str, word: str) -> None:
    there = {task["gid"]: members(world, task)[name] for task in world.tasks}
    several = next((sorted(found)[:2] for found in there.values() if len(found) > 1), None)
    wanted = several or [world.all(KINDS.get(name, "user"))[n]["gid"] for n in (0, 1)]
    expected = {
        gid
        for gid, found in there.items()
        if (found >= set(wanted) if word == "all" else bool(found & set(wanted)) == (word == "any"))
    }
    assert whole(search, TASKS, {f"{name}.{word}": ",".join(wanted)}) == expected
    assert expected or (word == "all" and several is None)


def test_projects_and_sections_together_are_a_union(world: World, search: Any) -> None:
    project = world.notable["single"]
    section = world.under("project.sections", world.find("project", world.notable["hundred"]) or {})[0]["gid"]
    expected = {
        task["gid"]
        for task in world.tasks
        if project in members(world, task)["projects"] or section in members(world, task)["sections"]
    }
    assert whole(search, TASKS, {"projects.any": project, "sections.any": section}) == expected
    assert len(expected) > 1


def test_a_record_that_nobody_knows_is_refused(search: Any) -> None:
    assert search(TASKS, {"projects.any": "123"}) == (404, "projects.any: Not a recognized ID: 123")
    assert search(TASKS, {"assignee.any": "me"})


def test_flags_are_true_or_not(world: World, search: Any) -> None:
    def blocked(task: Any) -> bool:
        return any(not (world.find("task", each["gid"]) or {})["completed"] for each in task["dependencies"])

    flags: dict[str, Callable[[Any], bool]] = {
        "completed": lambda task: task["completed"],
        "is_subtask": lambda task: task["parent"] is not None,
        "has_attachment": lambda task: bool(world.under("attachments", task)),
        "is_blocked": blocked,
        "is_blocking": lambda task: bool(task["dependents"]) and not task["completed"],
    }
    for name, flag in flags.items():
        for value in (True, False):
            expected = {task["gid"] for task in world.tasks if bool(flag(task)) == value}
            assert whole(search, TASKS, {name: str(value).lower()}) == expected
            assert expected


def test_all_words_of_a_text_are_in_the_name_or_the_description(world: World, search: Any) -> None:
    found = whole(search, TASKS, {"text": "Launch PLAN"})
    assert found == {
        task["gid"]
        for task in world.tasks
        if all(word in f"{task['name']} {task['notes']}".casefold() for word in ("launch", "plan"))
    }
    assert gids(search(PROJECTS, text="zürich")) == {p["gid"] for p in world.projects if "Zürich" in p["name"]}


def field(world: World, name: str) -> Any:
    return next(each for each in world.all("custom_field") if each["name"] == name)


def value(task: Any, gid: str, *path: str) -> Any:
    found = next((each for each in task["custom_fields"] if each["gid"] == gid), None)
    for name in path:
        found = found and found[name]
    return found


CONDITIONS: tuple[tuple[str, str, str, tuple[str, ...], Callable[[Any], bool]], ...] = (
    ("Effort", "greater_than", "200", ("number_value",), lambda number: number > 200),
    ("Effort", "less_than", "10.5", ("number_value",), lambda number: number < 10.5),
    ("Remarks", "value", "null", ("text_value",), lambda text: text == "null"),
    ("Remarks", "starts_with", "the", ("text_value",), lambda text: text.lower().startswith("the")),
    ("Remarks", "ends_with", "MAIL", ("text_value",), lambda text: text.lower().endswith("mail")),
    ("Remarks", "contains", "ing", ("text_value",), lambda text: "ing" in text.lower()),
    ("Launch day", "before", "2026-03-02", ("date_value", "date"), lambda day: day < "2026-03-02"),
    ("Launch day", "after", "2026-03-02", ("date_value", "date"), lambda day: day > "2026-03-02"),
    ("Launch day", "is_set", "true", ("date_value", "date"), lambda day: True),
    ("Components", "is_set", "true", ("display_value",), lambda text: True),
)


@pytest.mark.parametrize(("name", "word", "text", "path", "holds"), CONDITIONS)
def test_a_condition_on_a_custom_field_compares_its_value(
    world: World, search: Any, name: str, word: str, text: str, path: tuple[str, ...], holds: Any
) -> None:
    gid = field(world, name)["gid"]
    values = {task["gid"]: value(task, gid, *path) for task in world.tasks}
    expected = {task for task, found in values.items() if found is not None and holds(found)}
    assert whole(search, TASKS, {f"custom_fields.{gid}.{word}": text}) == expected
    assert expected


def test_an_enum_is_compared_by_its_options_gid(world: World, search: Any) -> None:
    gid, option = field(world, "Priority")["gid"], field(world, "Priority")["enum_options"][1]["gid"]
    found = whole(search, TASKS, {f"custom_fields.{gid}.value": option})
    assert found == {task["gid"] for task in world.tasks if value(task, gid, "enum_value", "gid") == option}
    assert found
    found = whole(search, TASKS, {f"custom_fields.{gid}.is_set": "false"})
    assert found == {task["gid"] for task in world.tasks if not value(task, gid, "enum_value", "gid")}


@pytest.mark.parametrize(
    ("name", "word", "text"), [("Priority", "contains", "1"), ("Components", "value", "1"), ("Effort", "value", "much")]
)
def test_a_condition_that_a_field_does_not_have_is_refused(
    world: World, search: Any, name: str, word: str, text: str
) -> None:
    assert search(TASKS, {f"custom_fields.{field(world, name)['gid']}.{word}": text})[0] == 400
    assert search(TASKS, {"custom_fields.12.value": "1"})[0] == 404


def test_the_status_of_a_custom_type_is_asked_for_among_custom_tasks(world: World, search: Any) -> None:
    task = next(task for task in world.tasks if task["custom_type"])
    asked = {
        f"custom_types.{task['custom_type']['gid']}.custom_type_status_option.gid": task["custom_type_status_option"][
            "gid"
        ]
    }
    assert search(TASKS, asked)[0] == 400
    found = search(TASKS, asked, resource_subtype="custom")
    assert gids(found) == {
        each["gid"]
        for each in world.tasks
        if (each["custom_type_status_option"] or {}).get("gid") == task["custom_type_status_option"]["gid"]
    }


def test_projects_are_found_by_owner_member_team_and_portfolio(world: World, search: Any) -> None:
    portfolio = world.all("portfolio")[0]
    owner = next(project["owner"] for project in world.projects if project["owner"])
    member = next(project["members"][0] for project in world.projects if project["members"])
    team = world.teams[1]
    items = gids(world.under("portfolio.items", portfolio))
    expected = {
        ("owner.any", owner["gid"]): [p for p in world.projects if p["owner"] is owner],
        ("members.any", member["gid"]): [p for p in world.projects if member in p["members"]],
        ("members.not", member["gid"]): [p for p in world.projects if member not in p["members"]],
        ("teams.any", team["gid"]): [p for p in world.projects if p["team"] is team],
        ("portfolios.any", portfolio["gid"]): [p for p in world.projects if p["gid"] in items],
        ("completed", "true"): [p for p in world.projects if p["completed"]],
        ("due_on", "null"): [p for p in world.projects if p["due_on"] is None],
    }
    for (name, text), projects in expected.items():
        assert gids(search(PROJECTS, {name: text})) == gids(projects), name
        assert projects


def test_a_parameter_that_nobody_knows_is_passed_over(search: Any) -> None:
    assert gids(search(PROJECTS, {"colour.any": "red"})) == gids(search(PROJECTS))


def test_both_searches_need_a_paid_plan(world: World) -> None:
    free = Service(world, plan="free")
    for of in (TASKS, PROJECTS):
        path = f"/workspaces/{world.workspace['gid']}/{of}/search"
        answer = free.answer("GET", path, [], {"authorization": "Bearer x"})
        assert (answer.status, json.loads(answer.body)["errors"][0]["message"]) == (402, SEARCH_IS_PAID)
