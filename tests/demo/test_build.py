from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest

from asanaql.demo import Service, build
from asanaql.demo.customs import FIELDS
from asanaql.demo.dice import stamp

EVERY_LISTING = (
    "/users",
    "/workspaces/{}/teams",
    "/projects",
    "/workspaces/{}/custom_fields",
    "/workspaces/{}/audit_log_events",
)


def answers(world, ask):
    """What a client reads of a World: full rows of its listings, and of every project's tasks."""
    get = ask(Service(world, clock=lambda: world.now.timestamp()))
    fields = (
        "name,email,created_at,modified_at,assignee.name,custom_fields.display_value,notes,memberships.section.name"
    )
    paths = [path.format(world.workspace["gid"]) for path in EVERY_LISTING]
    paths += [f"/projects/{project['gid']}/tasks" for project in world.projects[:15]]
    return json.dumps([get(path, opt_fields=fields) for path in paths])


def test_one_seed_date_and_scale_give_one_world(world, ask):
    assert answers(build(now=world.now), ask) == answers(world, ask)


def test_another_seed_gives_another_world(world, ask):
    assert answers(build(now=world.now, seed=8), ask) != answers(world, ask)


def test_another_date_moves_the_moments_and_keeps_the_gids(world):
    later = build(now=world.now + timedelta(days=100))
    assert [task["gid"] for task in later.tasks] == [task["gid"] for task in world.tasks]
    assert later.notable == world.notable
    assert later.tasks[0]["created_at"] > world.tasks[0]["created_at"]


def test_now_is_a_day_in_utc_unless_given():
    now = build().now
    assert (now.hour, now.minute, now.second, now.microsecond, now.utcoffset()) == (0, 0, 0, 0, timedelta(0))


def test_the_notable_projects_have_exactly_their_sizes(world):
    sizes = {name: len(world.tasks_in(gid)) for name, gid in world.notable.items() if world.find("project", gid)}
    assert sizes == {
        "biggest": 604,
        "empty": 0,
        "hundred": 100,
        "hundred_and_one": 101,
        "every_custom_field": 220,
        "archived": 180,
        "private": 26,
        "teamless": 18,
        "single": 1,
    }
    assert max(len(world.tasks_in(project["gid"])) for project in world.projects) == 604


def test_the_notable_projects_are_what_they_are_called(world):
    project = {name: world.find("project", gid) for name, gid in world.notable.items()}
    assert project["archived"]["archived"]
    assert project["private"]["privacy_setting"] == "private"
    assert project["teamless"]["team"] is None
    assert sum(one["archived"] for one in world.projects) == 2


def test_a_workspace_is_of_the_promised_size(world):
    assert (len(world.users), len(world.teams), len(world.projects)) == (20, 4, 15)
    assert 1900 < len(world.tasks) < 2100
    assert len(world.all("workspace")) == 1


def test_tasks_live_in_no_one_two_and_three_projects(world):
    homes = Counter(len(task["projects"]) for task in world.tasks)
    assert sorted(homes) == [0, 1, 2, 3]
    assert homes[2] > 40
    listed = Counter(task["gid"] for project in world.projects for task in world.tasks_in(project["gid"]))
    assert all(listed[task["gid"]] == len(task["projects"]) == len(task["memberships"]) for task in world.tasks)


def test_every_task_without_project_is_a_subtask_or_assigned(world):
    assert all(task["parent"] or task["assignee"] for task in world.tasks if not task["projects"])


def test_subtasks_go_three_levels_deep_and_some_are_in_projects(world):
    def depth(task):
        return 0 if task["parent"] is None else 1 + depth(task["parent"])

    assert Counter(map(depth, world.tasks)).keys() == {0, 1, 2, 3}
    assert any(task["parent"] and task["projects"] for task in world.tasks)
    assert all(task["num_subtasks"] == len(world.under("task.subtasks", task)) for task in world.tasks)


def test_every_kind_of_custom_field_has_values_and_gaps(world):
    values = [value for task in world.tasks for value in task["custom_fields"]]
    for name, _, representation, _ in FIELDS:
        shown = [value["display_value"] for value in values if value["name"] == name]
        assert any(shown), name
        assert representation in ("formula", "custom_id") or None in shown, name
    moments = {bool(v["date_value"]["date_time"]) for v in values if v["type"] == "date" and v["date_value"]}
    assert moments == {True, False}
    assert len({v["text_value"] for v in values if v["representation_type"] == "custom_id"}) == len(world.custom_ids)


def test_moments_have_milliseconds_ties_and_no_future(world):
    modified = Counter(task["modified_at"] for task in world.tasks)
    assert modified.most_common(1)[0][1] > 10
    assert not all(moment.endswith("000Z") for moment in modified)
    for task in world.tasks:
        assert task["created_at"] <= task["modified_at"] <= stamp(world.now)
        assert task["completed"] == (task["completed_at"] is not None)
        assert task["created_at"] <= (task["completed_at"] or task["modified_at"]) <= task["modified_at"]


def test_something_happened_this_week(world):
    week = stamp(world.now - timedelta(days=7))
    assert sum(task["modified_at"] >= week for task in world.tasks) > 100


@pytest.mark.parametrize("letters", ["é", "採", "🚀", "ع", '"', "\n", "'"])
def test_names_and_notes_hold_difficult_letters(world, letters):
    assert any(letters in record[key] for record in world.projects + world.tasks for key in ("name", "notes"))


def test_display_order_is_not_gid_order(world):
    gids = [task["gid"] for task in world.tasks_in(world.notable["biggest"])]
    assert gids != sorted(gids, key=int)
    assert gids != sorted(gids)
    assert len(set(map(len, gids))) > 3


def test_a_project_lists_its_tasks_section_by_section(world):
    for project in world.projects:
        by_section = [t for s in world.under("project.sections", project) for t in world.under("section.tasks", s)]
        assert by_section == world.tasks_in(project["gid"])


def test_somebody_has_pages_of_tasks_and_somebody_none(world):
    counts = [len(world.under("user.tasks", user)) for user in world.users]
    assert max(counts) > 100
    assert min(counts) == 0


def test_stories_are_of_many_kinds_and_some_by_nobody(world):
    stories = world.all("story")
    assert len({story["resource_subtype"] for story in stories}) > 20
    assert any(story["created_by"] is None and story["type"] == "system" for story in stories)
    assert len(world.under("task.stories", world.find("task", world.notable["talkative"]))) == 130


def test_audit_log_events_share_moments_and_are_in_order(world):
    moments = [event["created_at"] for event in world.all("audit_log_event")]
    assert moments == sorted(moments)
    assert len(set(moments)) < len(moments)


def test_a_portfolio_mixes_projects_and_portfolios(world):
    items = world.under("portfolio.items", world.find("portfolio", world.notable["mixed_portfolio"]))
    assert {item["resource_type"] for item in items} == {"project", "portfolio"}


def test_e_mail_addresses_are_invented_and_different(world):
    addresses = [user["email"] for user in world.users]
    assert all(address.endswith("@example.com") for address in addresses)
    assert len(set(addresses)) == len(addresses)


def test_a_scale_repeats_the_workspace_under_other_gids_and_names(world, ask):
    large = build(3, now=world.now)
    assert [len(kind) for kind in (large.users, large.teams, large.projects)] == [60, 12, 45]
    assert answers(large, ask) != answers(world, ask)
    sizes = [[len(large.tasks_in(p["gid"])) for p in large.projects[n : n + 15]] for n in (0, 15, 30)]
    assert sizes[0] == sizes[1] == sizes[2]
    assert [task["gid"] for task in large.tasks[: len(world.tasks)]] == [task["gid"] for task in world.tasks]
    assert len({project["name"] for project in large.projects}) == 45
    assert len({user["email"] for user in large.users}) == 60
    assert large.notable == world.notable
