"""Each kind of change: what it moves, what it tells whom, and that the same seed makes the same ones."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from asanaql.demo import Service, build
from asanaql.demo.changes import KINDS, Changes
from asanaql.demo.dice import stamp

SEED = 3
# What each kind certainly tells, as "type action field" or "type action in parent's type".
TELLS = {
    "rename_task": {"task changed name", "story added in task"},
    "describe_task": {"task changed notes", "story added in task"},
    "schedule_task": {"task changed due_on", "story added in task"},
    "complete_task": {"task changed completed", "story added in task"},
    "reopen_task": {"task changed completed", "story added in task"},
    "assign_task": {"task changed assignee", "story added in task"},
    "unassign_task": {"task changed assignee", "story added in task"},
    "set_custom_field": {"task changed custom_fields", "story added in task"},
    "follow_task": {"task changed followers", "story added in task"},
    "unfollow_task": {"task changed followers"},
    "like_task": {"task changed likes"},
    "tag_task": {"task changed tags", "story added in task"},
    "untag_task": {"task changed tags", "story added in task"},
    "comment": {"story added in task"},
    "edit_comment": {"story changed text"},
    "like_comment": {"story changed likes"},
    "delete_comment": {"story deleted"},
    "attach_file": {"attachment added in task", "task changed attachments", "story added in task"},
    "remove_file": {"attachment deleted", "task changed attachments"},
    "move_to_section": {"task removed in section", "task added in section", "story added in task"},
    "add_to_project": {"task added in project", "task added in section", "story added in task"},
    "remove_from_project": {"task removed in project", "task removed in section", "story added in task"},
    "move_to_project": {
        *("task added in project", "task added in section", "story added in task"),
        *("task removed in project", "task removed in section"),
    },
    "set_parent": {"task added in task", "task changed parent", "story added in task"},
    "remove_parent": {"task removed in task", "task changed parent"},
    "add_dependency": {"task changed dependencies", "task changed dependents", "story added in task"},
    "remove_dependency": {"task changed dependencies", "task changed dependents", "story added in task"},
    "create_task": {"task added in project", "task added in section", "story added in task"},
    "create_subtask": {"task added in task", "story added in task"},
    "create_loose_task": {"task added in workspace"},
    "delete_task": {"task deleted"},
    "undelete_task": {"task undeleted"},
    "create_section": {"section added in project"},
    "rename_section": {"section changed name"},
    "move_section": {"section changed order"},
    "delete_section": {"section deleted"},
    "create_project": {"project added in workspace"},
    "rename_project": {"project changed name"},
    "describe_project": {"project changed notes"},
    "archive_project": {"project changed archived"},
    "unarchive_project": {"project changed archived"},
    "delete_project": {"project deleted"},
    "add_field": {"project changed custom_field_settings"},
    "remove_field": {"project changed custom_field_settings"},
    "rename_field": set(),
    "add_member": {"project changed members"},
    "remove_member": {"project changed members"},
    "rename_user": set(),
    "rename_tag": {"tag changed name"},
    "join_a_team": set(),
    "leave_a_team": set(),
    "join_the_workspace": set(),
    "leave_the_workspace": set(),
    "add_to_portfolio": {"project added in portfolio"},
    "remove_from_portfolio": {"project removed in portfolio"},
    "rename_portfolio": {"portfolio changed name"},
    "edit_goal": {"goal changed status"},
    "support_goal": {"goal_relationship added in goal"},
    "abandon_goal": {"goal_relationship removed in goal"},
    "post_status": {"status_update added in project", "project changed current_status_update"},
    "delete_status": {"status_update deleted", "project changed current_status_update"},
}
# What some of them tell beside that, where there is reason to.
MAY_TELL = {
    "schedule_task": {"task changed due_at", "task changed start_on", "task changed start_at"},
    "set_parent": {"task removed in task"},
    "delete_task": {"task changed dependencies", "task changed dependents"},
    "undelete_task": {"task changed dependencies", "task changed dependents"},
    "edit_goal": {"goal changed name", "goal changed notes"},
    "post_status": {
        *("status_update added in portfolio", "portfolio changed current_status_update"),
        *("status_update added in goal", "goal changed current_status_update"),
    },
}
MAY_TELL["delete_status"] = MAY_TELL["post_status"] - {
    "status_update added in portfolio",
    "status_update added in goal",
}
MOVING_A_TASK = {
    *("rename_task", "describe_task", "schedule_task", "complete_task", "reopen_task", "assign_task", "unassign_task"),
    *("set_custom_field", "attach_file", "remove_file", "delete_comment", "delete_task"),
}
MOVING_A_PROJECT = {"rename_project", "describe_project", "archive_project", "unarchive_project"}
# What must have happened before there is anything for a kind to change.
FIRST = {
    "undelete_task": ("delete_task",),
    "delete_section": ("create_section",),
    "leave_the_workspace": ("join_the_workspace",),
}


@pytest.fixture(scope="module")
def ground(world):
    """A World and its changes, with something to change for every kind. What one test does, the next one finds."""
    one = build(now=world.now)
    changes = Changes(one, SEED)
    for kinds in FIRST.values():
        changes.apply(12, kinds)
    return one, changes


@pytest.fixture
def own(world):
    """A World that nobody else changes, and its changes."""
    one = build(now=world.now)
    return one, Changes(one, SEED)


def told(event) -> str:
    more = event["change"]["field"] if "change" in event else ""
    where = f"in {event['parent']['resource_type']}" if event["parent"] else ""
    return " ".join(filter(None, (event["resource"]["resource_type"], event["action"], more, where)))


def moments(world):
    """What was modified when: the records themselves, since some are gone afterwards."""
    return [(record, record["modified_at"]) for record in (*world.tasks, *world.projects)]


def moved(before) -> list:
    return [record for record, moment in before if record["modified_at"] != moment]


def test_every_kind_is_expected_to_tell_something_or_nothing():
    assert TELLS.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_happens_by_name_and_tells_its_events(ground, kind):
    one, changes = ground
    start = len(one.happened)
    happened = changes.apply(10, [kind])
    assert {each.kind for each in happened} == {kind}
    assert all(each.gid.isdigit() and each.text for each in happened)
    events = [event for event, _ in one.happened[start:]]
    assert TELLS[kind] <= {told(event) for event in events} <= TELLS[kind] | MAY_TELL.get(kind, set())
    assert all(event["user"]["gid"] for event in events)
    assert [event["created_at"] for event in events] == sorted(event["created_at"] for event in events)


@pytest.mark.parametrize("kind", KINDS)
def test_modified_at_moves_where_asana_moves_it_and_nowhere_else(ground, kind):
    one, changes = ground
    for _ in range(3):
        before = moments(one)
        [happened] = changes.apply(1, [kind])
        found = [record["resource_type"] for record in moved(before)]
        assert found == ["task"] * (kind in MOVING_A_TASK) + ["project"] * (kind in MOVING_A_PROJECT)
        if kind.endswith(("_task", "_project")) and found:
            assert [record["gid"] for record in moved(before)] == [happened.gid]


def test_every_kind_occurs_among_random_changes(own):
    _, changes = own
    happened = changes.apply(4000)
    assert {each.kind for each in happened} == KINDS.keys()


def test_a_kind_that_finds_nothing_gives_way_to_another(own):
    _, changes = own
    assert {each.kind for each in changes.apply(20, ["undelete_task", "comment"])} == {"comment"}


def test_where_nothing_is_left_to_change_the_error_names_the_kinds(own):
    _, changes = own
    with pytest.raises(LookupError, match="Nothing is left to change for undelete_task"):
        changes.apply(1, ["undelete_task"])


def test_an_unknown_kind_is_an_error_that_names_those_there_are(own):
    _, changes = own
    with pytest.raises(ValueError, match=r"No kind of change: rename_moon.*rename_task"):
        changes.apply(1, ["rename_moon"])


def state(world, happened, ask, clock) -> str:
    get = ask(Service(world, clock=clock))
    fields = "name,modified_at,assignee.name,memberships.section.name,custom_fields.display_value,num_subtasks"
    tasks = [get("/tasks", project=each["gid"], opt_fields=fields, limit="100") for each in world.projects]
    return json.dumps([tasks, [str(each) for each in happened], [event for event, _ in world.happened][-300:]])


def test_one_seed_makes_the_same_changes_and_another_makes_others(world, ask, clock):
    def made(seed):
        one = build(now=world.now)
        return state(one, Changes(one, seed).apply(300), ask, clock)

    assert made(1) == made(1)
    assert made(1) != made(2)


def test_a_change_happens_when_the_clock_says_and_never_before_the_last(world, clock):
    one = build(now=world.now)
    changes = Changes(one, SEED, clock)
    for seconds, expected in ((90, 90), (0, 90), (-60, 90), (61, 91)):
        clock.now += seconds
        [happened] = changes.apply(1, ["comment"])
        assert one.find("story", happened.gid)["created_at"] == stamp(world.now + timedelta(seconds=expected))


HUNG = ("task.stories", "task.subtasks", "attachments", "task.time_tracking_entries", "task.dependencies")


def kept(world):
    """Every task as it is now, and what hangs under it. Changes replace what a record holds, so copies may be flat."""
    return {task["gid"]: (dict(task), [list(world.under(what, task)) for what in HUNG]) for task in world.tasks}


def in_projects(world):
    return {project["gid"]: list(world.tasks_in(project["gid"])) for project in world.projects}


def test_what_is_deleted_and_comes_back_is_as_it_was_but_for_when_the_task_was_modified(own):
    one, changes = own
    below = 0
    for _ in range(40):
        before, listed = kept(one), in_projects(one)
        [deleted] = changes.apply(1, ["delete_task"])
        gone = before.keys() - kept(one).keys()
        assert deleted.gid in gone
        assert not any(task["gid"] in gone for tasks in in_projects(one).values() for task in tasks)
        [back] = changes.apply(1, ["undelete_task"])
        assert back.gid == deleted.gid
        assert in_projects(one) == listed
        after = kept(one)
        assert after[deleted.gid][0].pop("modified_at") > before[deleted.gid][0].pop("modified_at")
        assert after == before
        below += len(gone) - 1
    assert below > 3


def test_a_deleted_task_takes_what_is_below_it_out_of_the_other_projects_too(own, ask, clock):
    one, changes = own
    shared = [task for task in one.tasks if task["parent"] and task["projects"]]
    get = ask(Service(one, clock=clock))
    gone = {each.gid for each in changes.apply(1500, ["delete_task"])}
    assert any(task["gid"] not in gone and one.find("task", task["gid"]) is None for task in shared)
    for task in shared:
        expected = 200 if one.find("task", task["gid"]) else 404
        assert get(f"/tasks/{task['gid']}")[0] == expected
        listed = any(task in one.tasks_in(project["gid"]) for project in one.projects)
        assert listed == (expected == 200)


def test_who_watches_a_project_is_told_what_happens_below_its_tasks(own):
    one, changes = own
    found = 0
    for each in changes.apply(400, ["comment"]):
        task = one.find("story", each.gid)["target"]
        [watched] = [watchers for event, watchers in one.happened if event["resource"]["gid"] == each.gid]
        above = [task]
        while above[-1]["parent"]:
            above.append(above[-1]["parent"])
        expected = {each.gid, *(t["gid"] for t in above), *(p["gid"] for t in above for p in t["projects"])}
        assert watched == expected
        found += not task["projects"] and any(t["projects"] for t in above)
    assert found > 10


def test_who_watches_a_project_is_told_that_a_task_left_it(own):
    one, changes = own
    start = len(one.happened)
    changes.apply(50, ["remove_from_project", "move_to_project"])
    left = [(event, who) for event, who in one.happened[start:] if told(event) == "task removed in project"]
    assert len(left) == 50
    assert all(event["parent"]["gid"] in watchers for event, watchers in left)


def test_tasks_only_leave_a_deleted_project(own):
    one, changes = own
    tasks = {project["gid"]: list(one.tasks_in(project["gid"])) for project in one.projects}
    [deleted] = changes.apply(1, ["delete_project"])
    assert tasks[deleted.gid]
    for task in tasks[deleted.gid]:
        assert one.find("task", task["gid"]) is task
        assert deleted.gid not in [each["gid"] for each in task["projects"]]


def test_events_are_told_until_they_are_lost(own, ask, clock):
    one, changes = own
    get = ask(Service(one, clock=clock))
    path = f"/workspaces/{one.workspace['gid']}/events"
    token = get(path)[1]["sync"]
    changes.apply(100)
    all_of_them = get(path, sync=token)[1]["data"]
    changes.lose_events(0.3)
    answer = get(path, sync=token)[1]
    assert 0.5 < len(answer["data"]) / len(all_of_them) < 0.9
    assert answer["sync"] == f"demo:{len(one.happened)}"
    assert all(event in all_of_them for event in answer["data"])
    changes.lose_events(1)
    assert get(path, sync=token)[1]["data"] == []


def test_forgotten_tokens_are_answered_with_a_new_one_that_works(own, ask, clock):
    one, changes = own
    get = ask(Service(one, clock=clock))
    gid = one.notable["biggest"]
    _, first = get("/events", resource=gid)
    assert get("/events", resource=gid, sync=first["sync"])[0] == 200
    changes.forget_tokens()
    status, refused = get("/events", resource=gid, sync=first["sync"])
    assert (status, refused["sync"] != first["sync"]) == (412, True)
    changes.apply(300, ["comment"])
    status, answer = get("/events", resource=gid, sync=refused["sync"])
    assert status == 200
    assert answer["data"]
    assert get("/events", resource=gid, sync=answer["sync"])[0] == 200
