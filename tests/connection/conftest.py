"""Demo workspaces of a test's own, and connections to them that tell what they sent."""

from __future__ import annotations

import asyncio
import datetime as dt
import math
from collections import Counter

import pytest

import asanaql
from asanaql.demo import DemoTransport, Service, build
from asanaql.demo.odds import FIRST_EXPORT, FIRST_JOB

PAGE = 100
UNSAID = ("limit", "offset", "opt_fields")


class Clock:
    """Time that passes only where somebody waits for it."""

    now = 1000.0

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.now += seconds
        await asyncio.sleep(0)


class Excluding(Service):
    """Asana does not say whether `modified_since` includes the moment itself: the demo's does, this one does not."""

    def answer(self, method, path, params, headers):
        return super().answer(method, path, [(name, _later(name, text)) for name, text in params], headers)


def _later(name, text):
    if not name.endswith("_since") or text == "now":
        return text
    moment = dt.datetime.fromisoformat(text) + dt.timedelta(milliseconds=1)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


class Asana:
    """A demo workspace, and connections to it that share one cache directory."""

    def __init__(self, world, place, *, excluding=False):
        self.world = world
        self.service = (Excluding if excluding else Service)(world)
        self.notable = world.notable
        self._place = place
        self._opened = []

    def open(self, **settings):
        """A connection that never waits for its own pace."""
        clock = Clock()
        transport = DemoTransport(self.service)
        settings = {"cache": self._place, "max_requests": None, "transport": transport, **settings}
        opened = asanaql.connect(demo=True, clock=clock, sleep=clock.sleep, **settings)
        self._opened.append(opened)
        return opened

    def close(self):
        for opened in self._opened:
            opened.close()

    def sends(self, connection, query, params=None):
        """The statement's requests, and its rows."""
        self.service.log.clear()
        rows = connection.sql(query, params).fetchall()
        return self.sent(), rows

    def sent(self):
        """Every request: its path, and what was asked for beside fields and pages."""
        return [
            (path, {name: text for name, text in params.items() if name not in UNSAID})
            for _, path, params in self.service.log
        ]

    def project(self, name):
        """The project that the World calls by this name among its notable ones."""
        return self.world.find("project", self.notable[name])

    @property
    def fields(self):
        """What each request asked for."""
        return [params.get("opt_fields", "") for _, _, params in self.service.log]

    def pages_of(self, listing, parent):
        """How many requests a listing takes: an empty one takes one."""
        return max(1, math.ceil(len(self.world.under(listing, parent)) / PAGE))

    @property
    def pages(self):
        """How many requests each project's tasks take."""
        return Counter({project["gid"]: self.pages_of("project.tasks", project) for project in self.world.projects})

    @property
    def listing_of_projects(self):
        return "/projects", {"workspace": self.world.workspace["gid"]}

    @staticmethod
    def by_project(sent):
        """How many of the requests were for each project's tasks."""
        return Counter(params["project"] for path, params in sent if path == "/tasks")


@pytest.fixture(scope="module")
def asana_of():
    """Makes a workspace with connections from a World; all are closed at the end."""
    made = []

    def make(world, place=None, *, excluding=False):
        made.append(Asana(world, place, excluding=excluding))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture(scope="session")
def world():
    return build(now=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))


def reacted(world):
    """The gid of a story that somebody reacted to with a thumb."""
    return next(story["gid"] for story in world.all("story") if world.under("reactions.👍", story))


@pytest.fixture(scope="session")
def needed(world):
    """Tells the keys that a relation which cannot be listed whole is asked with in the demo workspace; else none."""
    keys = {
        "events": {"subscribed_gid": world.notable["biggest"], "sync": "demo:0"},
        "sync_tokens": {"subscribed_gid": world.notable["biggest"]},
        "workspace_events": {"sync": "demo:0"},
        "custom_id_tasks": {"custom_id": next(iter(world.custom_ids))},
        "jobs": {"gid": str(FIRST_JOB)},
        "organization_exports": {"gid": str(FIRST_EXPORT)},
        "reactions": {"target_gid": reacted(world), "emoji_base": "👍"},
        "typeahead": {"resource_type": "task", "query": "launch"},
    }
    return lambda name: dict(keys.get(name, {}))


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
def alone(world, asana_of):
    """A workspace with one connection that keeps nothing, so that every statement finds things cold."""
    return asana_of(world)


@pytest.fixture(scope="module")
def cold(alone):
    return alone.open(cache=False)


@pytest.fixture(scope="module")
def small_world():
    """Four small projects: the tasks of the others are in no project, and nobody sees that they ever were."""
    world = build(now=dt.datetime(2026, 3, 2, tzinfo=dt.UTC), seed=8)
    kept = [project for project in world.projects if len(world.tasks_in(project["gid"])) in (0, 9, 33, 47)]
    assert len(kept) == 4
    world.arrange("workspace.projects", world.workspace, kept)
    for team in world.teams:
        of_team = [project for project in world.under("team.projects", team) if project in kept]
        world.arrange("team.projects", team, of_team)
    twice = world.tasks_in(kept[-1]["gid"])[:5]
    other = next(project for project in kept if project is not kept[-1] and world.tasks_in(project["gid"]))
    section = world.under("project.sections", other)[0]
    for task in world.tasks:
        task["memberships"] = [each for each in task["memberships"] if each["project"] in kept]
        task["projects"] = [each["project"] for each in task["memberships"]]
    for task in twice:
        if other not in task["projects"]:
            task["memberships"].append({"project": other, "section": section})
            task["projects"].append(other)
            world.hang("project.tasks", other, task)
            world.hang("section.tasks", section, task)
    return world
