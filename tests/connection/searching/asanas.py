"""Asanas that are hard to search: with many tasks of one moment, with other bounds, and at work meanwhile."""

from __future__ import annotations

import datetime as dt

from asanaql.demo import Service, build

NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
#: How a search that is read whole is sorted.
SORTED = {"sort_by": "created_at", "sort_ascending": "true"}
SIZE = 1150
#: Tasks of the project that share the moment at which the seventh page ends, and how many are created at once before.
AT_THE_EDGE, AT_ONCE = range(595, 606), range(200, 350)


def stamp(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def world_of_a_large_project():
    """A project of 1,150 tasks, some created at the same moment, 150 of them at one; and tasks beside it."""
    world = build(now=NOW, seed=11)
    project = next(each for each in world.projects if not world.tasks_in(each["gid"]))
    world.notable["large"] = project["gid"]
    for place, task in enumerate(world.tasks):
        inside = place < SIZE
        task["projects"] = [project] if inside else []
        task["memberships"] = [{"project": project, "section": None}] if inside else []
        moment = 595 if place in AT_THE_EDGE else 200 if place in AT_ONCE else place
        task["created_at"] = stamp(NOW - dt.timedelta(days=300) + dt.timedelta(seconds=moment))
        task["modified_at"] = stamp(NOW - dt.timedelta(days=30) + dt.timedelta(seconds=place))
    world.arrange("project.tasks", project, world.tasks[:SIZE])
    return world


class Including(Service):
    """Asana does not say whether a bound means the moment, or the day, itself too: the demo's does not, this does."""

    def answer(self, method, path, params, headers):
        return super().answer(method, path, [(name, moved(name, text)) for name, text in params], headers)


def moved(name, text):
    """A bound so that it has in it what the demo leaves out."""
    field, _, word = name.partition(".")
    if word not in ("after", "before") or field.startswith("custom"):
        return text
    day = field.endswith("_on")
    step = dt.timedelta(days=1) if day else dt.timedelta(milliseconds=1)
    moment = dt.datetime.fromisoformat(text) + (step if word == "before" else -step)
    return f"{moment:%Y-%m-%d}" if day else stamp(moment)


class Busy(Including):
    """While it is searched, people work: tasks are edited, completed, and one is deleted between any two requests."""

    def __init__(self, world, *, including=False):
        super().__init__(world)
        self.including = including
        self.deleted = set()

    def answer(self, method, path, params, headers):
        if path.endswith("/tasks/search"):
            self.work(len(self.log))
        kind = Including if self.including else Service
        return kind.answer(self, method, path, params, headers)

    def work(self, turn):
        for task in self.world.tasks[turn * 13 :: 40]:
            task["modified_at"] = stamp(NOW + dt.timedelta(seconds=turn))
            task["completed"] = not task["completed"]
        victim = self.world.tasks[turn * 31 % SIZE]
        self.deleted.add(victim["gid"])
        self.world._records["task"].pop(victim["gid"])


def searches(asana):
    """What was asked of searches, beside fields and pages."""
    return [params for path, params in asana.sent() if path.endswith("/search")]


def names(world):
    """What stands in the statements for gids."""
    project = world.find("project", world.notable["biggest"])
    field = next(each for each in world.all("custom_field") if each["name"] == "Priority")
    custom = next(task for task in world.tasks if task["custom_type"])
    return {
        "user": world.users[1]["gid"],
        "other": world.users[2]["gid"],
        "project": project["gid"],
        "section": world.under("project.sections", project)[1]["gid"],
        "tag": world.all("tag")[0]["gid"],
        "portfolio": world.all("portfolio")[0]["gid"],
        "team": world.teams[0]["gid"],
        "field": field["gid"],
        "option": field["enum_options"][0]["gid"],
        "type": custom["custom_type"]["gid"],
        "status": custom["custom_type_status_option"]["gid"],
    }


def first_search(asana, connection, query):
    """What the first request of a search asks for, beside its order."""
    sent, _ = asana.sends(connection, f"{query} LIMIT 1")
    return next({k: v for k, v in params.items() if k not in SORTED} for path, params in sent if "search" in path)
