"""A demo workspace of a test's own, in which things can change, and copies of it."""

from __future__ import annotations

import asyncio
import datetime as dt

import duckdb
import pytest

import asanaql
from asanaql.demo import DemoTransport, Service, build


class Copying:
    """A workspace, a connection to it, and a file that its relations are copied to."""

    def __init__(self, place):
        self.world = build(now=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
        self.service = Service(self.world)
        self.file = place / "copy.duckdb"
        self._place = place
        self._now = 1000.0
        self._opened = []

    def open(self, **settings):
        """A connection that never waits for its own pace."""

        async def sleep(seconds):
            self._now += seconds
            await asyncio.sleep(0)

        settings = {"cache": self._place / "cache", "max_requests": None, **settings}
        transport = DemoTransport(self.service)
        opened = asanaql.connect(demo=True, transport=transport, clock=lambda: self._now, sleep=sleep, **settings)
        self._opened.append(opened)
        return opened

    def kept(self, query):
        """What the file holds."""
        with duckdb.connect(self.file) as file:
            return file.sql(query).fetchall()

    def different(self, *relations):
        """Those of the relations that the file does not hold as Asana has them: by name, the rows of one side only."""
        live = self.open(cache=self._place / f"live-{len(self._opened)}")
        live.sql(f"ATTACH '{self.file}' AS copy (READ_ONLY)")
        found = {}
        for relation in relations:
            live.sql(f"CREATE OR REPLACE TEMP TABLE live AS SELECT * FROM asana.main.{relation}")
            names = ", ".join(f'"{name}"' for name, *_ in live.sql("DESCRIBE live").fetchall())
            both = [f"SELECT {names} FROM {table}" for table in ("live", f"copy.main.{relation}")]
            apart = f"({both[0]} EXCEPT ALL {both[1]}) UNION ALL ({both[1]} EXCEPT ALL {both[0]})"
            rows = live.sql(apart).fetchall()
            found |= {relation: rows} if rows else {}
        live.close()
        return found

    def project_tasks(self, notable):
        """The tasks of a notable project."""
        return self.world.under("project.tasks", self.world.find("project", self.world.notable[notable]))

    def drop(self, notable, count):
        """Take the last tasks out of a notable project's listing."""
        project = self.world.find("project", self.world.notable[notable])
        tasks = self.world.under("project.tasks", project)
        self.world.arrange("project.tasks", project, tasks[: len(tasks) - count])

    def close(self):
        for opened in self._opened:
            opened.close()


@pytest.fixture
def copying(tmp_path):
    made = Copying(tmp_path)
    yield made
    made.close()
