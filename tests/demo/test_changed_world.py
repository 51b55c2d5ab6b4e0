"""After any changes the demo's records and listings agree with each other, and what was deleted is nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from asanaql.demo import Service, World, build
from asanaql.demo.changes import Changes
from asanaql.demo.world import Record

SEEDS = (11, 12, 13, 14)
COUNT = 1200
# Never records of their own: sections of one's own tasks, which only `assignee_section` shows.
ONLY_LISTED = ("me.sections",)
DELETING = {
    "delete_task": "/tasks",
    "delete_comment": "/stories",
    "remove_file": "/attachments",
    "delete_section": "/sections",
    "delete_project": "/projects",
    "delete_status": "/status_updates",
    "leave_the_workspace": "/users",
}
LISTED_BY = {"/tasks": "/tasks/{}/stories", "/sections": "/sections/{}/tasks", "/projects": "/projects/{}/tasks"}
NAMED_BY = {"/projects": ("/tasks", "project"), "/sections": ("/tasks", "section"), "/tasks": ("/events", "resource")}


@pytest.fixture(scope="module", params=SEEDS)
def changed(request, world):
    """A World in which much has happened, and what."""
    one = build(now=world.now)
    return one, Changes(one, request.param).apply(COUNT)


def gids(records) -> list[str]:
    return [record["gid"] for record in records]


def contradictions(world: World) -> Iterator[str]:
    """What in a World does not agree with the rest of it."""
    yield from of_listings(world)
    for project in world.projects:
        yield from (f"project {project['gid']}: {each}" for each in of_project(world, project))
    for task in world.tasks:
        yield from (f"task {task['gid']}: {each}" for each in of_task(world, task))
    for user in world.users:
        if Counter(gids(world.under("user.tasks", user))) != Counter(gids(tasks_of(world, user))):
            yield f"user {user['gid']}: tasks"
    for tag in world.all("tag"):
        if Counter(gids(world.under("tag.tasks", tag))) != Counter(
            task["gid"] for task in world.tasks for each in task["tags"] if each is tag
        ):
            yield f"tag {tag['gid']}: tasks"
    yield from of_what_hangs(world)
    yield from of_people(world)


def of_people(world: World) -> Iterator[str]:
    if gids(world.under("workspace.users", world.workspace)) != gids(world.users):
        yield "users of the workspace"
    for one, other, holders in (("user", "team", world.users), ("team", "user", world.teams)):
        for holder in holders:
            memberships = world.under(f"{one}.team_memberships", holder)
            if gids(world.under(f"{one}.{other}s", holder)) != [each[other]["gid"] for each in memberships]:
                yield f"{one} {holder['gid']}: {other}s"
    for user in world.users:
        if not (world.under("user.user_task_list", user) and world.under("user.workspace_memberships", user)):
            yield f"user {user['gid']}: not in the workspace"
    for portfolio in world.all("portfolio"):
        users = [each["user"]["gid"] for each in world.under("portfolio.memberships", portfolio)]
        if sorted(users) != sorted(gids(portfolio["members"])):
            yield f"portfolio {portfolio['gid']}: members"
    for membership in world.all("project_membership"):
        if world.find(membership["member"]["resource_type"], membership["member"]["gid"]) is None:
            yield f"project membership {membership['gid']}: its member is gone"


def tasks_of(world: World, user: Record) -> list[Record]:
    return [task for task in world.tasks if task["assignee"] is user]


def of_listings(world: World) -> Iterator[str]:
    there = {record["gid"] for kind in world.kinds() for record in world.all(kind)}
    for what, parent, records in world.listings():
        if parent in there and what not in ONLY_LISTED:
            if not there.issuperset(gids(records)):
                yield f"{what} of {parent}: holds what is not there"
            if len(set(gids(records))) != len(records):
                yield f"{what} of {parent}: holds something twice"


def of_project(world: World, project: Record) -> Iterator[str]:
    listed, sections = world.under("project.tasks", project), world.under("project.sections", project)
    if listed != [task for section in sections for task in world.under("section.tasks", section)]:
        yield "not listed section by section"
    if Counter(gids(listed)) != Counter(task["gid"] for task in world.tasks if project in task["projects"]):
        yield "tasks"
    if not sections or any(section["project"] is not project for section in sections):
        yield "sections"
    if project["custom_field_settings"] != world.under("project.custom_field_settings", project):
        yield "custom field settings"
    if gids(project["custom_fields"]) != [each["custom_field"]["gid"] for each in project["custom_field_settings"]]:
        yield "custom fields"
    for what in ("memberships", "project.project_memberships"):
        users = [m["member"]["gid"] for m in world.under(what, project) if m["member"]["resource_type"] == "user"]
        if sorted(users) != sorted(gids(project["members"])):
            yield what
    latest = next(iter(world.under("status_updates", project)), None)
    if project["current_status_update"] is not latest:
        yield "current status"
    settings = [each["portfolio"]["gid"] for each in world.under("project_portfolio_settings", project)]
    holding = [each for each in world.all("portfolio") if project in world.under("portfolio.items", each)]
    if sorted(settings) != sorted(gids(holding)):
        yield "portfolios"


def of_task(world: World, task: Record) -> Iterator[str]:
    if gids(task["projects"]) != [each["project"]["gid"] for each in task["memberships"]]:
        yield "projects and memberships"
    for each in task["memberships"]:
        if each["section"]["project"] is not each["project"] or task not in world.under(
            "section.tasks", each["section"]
        ):
            yield "section"
    subtasks = world.under("task.subtasks", task)
    if task["num_subtasks"] != len(subtasks) or any(each["parent"] is not task for each in subtasks):
        yield "subtasks"
    if task["parent"] and (world.find("task", task["parent"]["gid"]) is not task["parent"]):
        yield "parent"
    for word, other in (("dependencies", "dependents"), ("dependents", "dependencies")):
        linked = world.under(f"task.{word}", task)
        if gids(task[word]) != gids(linked) or any(task["gid"] not in gids(each[other]) for each in linked):
            yield word
    fields = [each["custom_field"]["gid"] for project in task["projects"] for each in project["custom_field_settings"]]
    if gids(task["custom_fields"]) != list(dict.fromkeys(fields)):
        yield "custom fields"
    names = {field["gid"]: field["name"] for field in world.all("custom_field")}
    if any(value["name"] != names[value["gid"]] for value in task["custom_fields"]):
        yield "names of custom fields"
    if task["completed"] != (task["completed_at"] is not None) or task["num_likes"] != len(task["likes"]):
        yield "completed or liked"
    if not task["created_at"] <= task["modified_at"]:
        yield "modified before it was made"


def of_what_hangs(world: World) -> Iterator[str]:
    for kind, field, what in (("story", "target", "{}.stories"), ("attachment", "parent", "attachments")):
        hung = Counter(record[field]["gid"] for record in world.all(kind))
        for gid, count in hung.items():
            parent = next((found for each in world.kinds() if (found := world.find(each, gid))), None)
            if parent is None or len(world.under(what.format(parent["resource_type"]), parent)) != count:
                yield f"{kind} of {gid}"
    listed = sorted(gids(world.under("workspace.projects", world.workspace)))
    if listed != sorted(gids(world.projects)):
        yield "projects of the workspace"
    ids = {
        value["text_value"]: task["gid"]
        for task in world.tasks
        for value in task["custom_fields"]
        if value["representation_type"] == "custom_id"
    }
    if ids != {text: task["gid"] for text, task in world.custom_ids.items()}:
        yield "custom ids"
    related = [(each["supporting_resource"], each["supported_goal"]) for each in world.all("goal_relationship")]
    for supporter in (*world.projects, *world.tasks, *world.all("portfolio"), *world.all("goal")):
        goals = [goal["gid"] for one, goal in related if one is supporter]
        if sorted(goals) != sorted(gids(world.under("supporter.goals", supporter))):
            yield f"goals of {supporter['gid']}"


def test_records_and_listings_agree(changed):
    one, _ = changed
    assert list(contradictions(one))[:5] == []


def test_a_world_in_which_nothing_happened_agrees_too(world):
    assert list(contradictions(world))[:5] == []


def test_contradictions_would_be_noticed(world):
    one = build(now=world.now)
    task = next(task for task in one.tasks if task["projects"] and task["tags"] and task["assignee"])
    one.remove("task", task["gid"])
    found = " ".join(contradictions(one))
    assert "holds what is not there" in found
    assert f"project {task['projects'][0]['gid']}: tasks" in found
    assert f"user {task['assignee']['gid']}: tasks" in found
    one.add(task)
    task["num_subtasks"] += 1
    assert list(contradictions(one)) == [f"task {task['gid']}: subtasks"]


def test_what_was_deleted_is_answered_with_404_everywhere(changed, ask, clock):
    one, happened = changed
    get = ask(Service(one, clock=clock))
    gone = {(DELETING[each.kind], each.gid) for each in happened if each.kind in DELETING}
    gone -= {("/tasks", each.gid) for each in happened if each.kind == "undelete_task"}
    assert {kind for kind, _ in gone} == set(DELETING.values())
    for address, gid in gone:
        assert get(f"{address}/{gid}")[0] == 404, (address, gid)
        if address in LISTED_BY:
            assert get(LISTED_BY[address].format(gid))[0] == 404
        if address in NAMED_BY:
            path, name = NAMED_BY[address]
            assert get(path, **{name: gid})[0] == 404
