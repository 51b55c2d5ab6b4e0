"""Relations of a workspace in which much has happened: they read the same as the World says."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from asanaql.demo import build
from asanaql.demo.changes import Changes

CHANGES = 600
TASK = ("gid", "name", "modified_at", "completed", "num_subtasks", "num_likes")


@pytest.fixture(scope="module")
def changed():
    world = build(now=dt.datetime(2026, 3, 2, tzinfo=dt.UTC), seed=9)
    Changes(world, 21).apply(CHANGES)
    return world


@pytest.fixture(scope="module")
def read(changed, asana_of):
    """The rows of a statement, counted, moments as Asana writes them."""
    opened = asana_of(changed).open(cache=False)
    return lambda query, params=None: Counter(tuple(map(written, row)) for row in opened.sql(query, params).fetchall())


def written(value):
    if not isinstance(value, dt.datetime):
        return value
    return f"{value.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}.{value.microsecond // 1000:03d}Z"


def shown(record, *names):
    return tuple(record[name] for name in names)


def below(world, task):
    """All subtasks of a task, each with its parent."""
    for subtask in world.under("task.subtasks", task):
        yield subtask, task
        yield from below(world, subtask)


def in_projects(world):
    """Every task that is in a project, once."""
    return list({task["gid"]: task for project in world.projects for task in world.tasks_in(project["gid"])}.values())


def test_tasks_stand_in_the_sections_and_projects_that_hold_them(changed, read):
    expected = Counter(
        (project["gid"], section["gid"], *shown(task, *TASK))
        for project in changed.projects
        for section in changed.under("project.sections", project)
        for task in changed.under("section.tasks", section)
    )
    assert read(f"SELECT project_gid, section_gid, {', '.join(TASK)} FROM tasks") == expected


def test_subtasks_stand_below_their_parents(changed, read):
    found = {
        (parent["gid"], *shown(task, *TASK)) for root in in_projects(changed) for task, parent in below(changed, root)
    }
    assert read(f"SELECT parent_gid, {', '.join(TASK)} FROM subtasks") == Counter(found)


def test_tasks_of_users_are_those_assigned_to_them(changed, read):
    expected = Counter(
        (task["assignee"]["gid"], task["assignee"]["name"], *shown(task, *TASK))
        for task in changed.tasks
        if task["assignee"]
    )
    assert read(f"SELECT assignee_gid, assignee_name, {', '.join(TASK)} FROM user_tasks") == expected


def test_projects_and_sections_are_those_that_are_left(changed, read):
    projects = Counter(shown(each, "gid", "name", "archived", "modified_at") for each in changed.projects)
    assert read("SELECT gid, name, archived, modified_at FROM projects") == projects
    sections = Counter((each["project"]["gid"], *shown(each, "gid", "name")) for each in changed.all("section"))
    assert read("SELECT project_gid, gid, name FROM sections") == sections


def test_stories_and_files_hang_under_the_tasks_that_are_left(changed, read):
    tasks, goals = ({each["gid"] for each in those} for those in (in_projects(changed), changed.all("goal")))
    stories = Counter(
        (each["target"]["gid"], *shown(each, "gid", "text", "resource_subtype", "num_likes"))
        for each in changed.all("story")
        if each["target"]["gid"] in tasks | goals
    )
    assert read("SELECT target_gid, gid, text, resource_subtype, num_likes FROM stories") == stories
    files = Counter(
        (each["parent"]["gid"], *shown(each, "gid", "name"))
        for each in changed.all("attachment")
        if each["parent"]["gid"] in tasks or each["parent"]["resource_type"] != "task"
    )
    assert read("SELECT parent_gid, gid, name FROM attachments") == files
