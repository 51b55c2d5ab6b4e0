"""A small workspace and its copy, made once, from which every test goes on by itself."""

from __future__ import annotations

import asyncio
import datetime as dt
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest

import asanaql
from asanaql.demo import DemoTransport, Service, build
from asanaql.demo.changes import Changes
from asanaql.demo.world import World
from asanaql.sync.report import Report

BUILT = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
#: Hours after the last change, so that no event can still be on its way.
LATER = BUILT + dt.timedelta(hours=5)
TASKS, PROJECTS = 150, 9
#: What is kept by events, and with that what is made of it.
FOLLOWED = ["tasks", "subtasks", "stories", "attachments"]
OF_TASKS = [*FOLLOWED, "task_projects", "task_tags", "task_dependencies", "task_dependents"]


class Faulty(DemoTransport):
    """Answers some requests with an error that a client sends again after."""

    def __init__(self, service: Service, faults: dict[int, int]) -> None:
        super().__init__(service)
        self._faults = faults
        self.sent = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent += 1
        status = self._faults.get(self.sent)
        if status is None:
            return await super().handle_async_request(request)
        return httpx.Response(status, headers={"retry-after": "1"}, json={"errors": [{"message": "Not now."}]})


class Line(httpx.AsyncBaseTransport):
    """The way to whichever workspace is asked now, at the moment that it is there."""

    def __init__(self) -> None:
        self.to: httpx.AsyncBaseTransport | None = None
        self.now = LATER

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert self.to is not None
        return await self.to.handle_async_request(request)


class Shared:
    """One connection for all runs of a process, as opening one takes as long as a small run."""

    def __init__(self) -> None:
        self.line = Line()
        self._opened: list[asanaql.Connection] = []

    @property
    def connection(self) -> asanaql.Connection:
        if not self._opened:
            self._opened.append(opened(self.line, lambda: self.line.now, Path(tempfile.mkdtemp())))
        return self._opened[0]

    def close(self) -> None:
        for each in self._opened:
            each.close()


SHARED = Shared()


def opened(
    transport: httpx.AsyncBaseTransport, now: Callable[[], dt.datetime], cache: Path, **settings: Any
) -> asanaql.Connection:
    """A connection that never waits."""
    clock = [1000.0]

    async def sleep(seconds: float) -> None:
        clock[0] += seconds
        await asyncio.sleep(0)

    seams = {"transport": transport, "clock": lambda: clock[0], "sleep": sleep, "now": now}
    return asanaql.connect(demo=True, cache=cache, max_requests=None, **seams, **settings)


@dataclass
class Kept:
    """A workspace and a file with a copy of it."""

    world: World
    file: Path
    requests: dict[str, int] = field(default_factory=dict)
    runs: int = 0

    def sync(
        self,
        *,
        now: dt.datetime = LATER,
        faults: dict[int, int] | None = None,
        forbidden: tuple[str, ...] = (),
        **options: Any,
    ) -> Any:
        """One run, that never waits; the requests of each relation are in `requests` then."""
        service = Service(self.world)
        service.forbidden.update(forbidden)
        SHARED.line.to, SHARED.line.now = Faulty(service, faults or {}), now
        report = SHARED.connection.sync(self.file, allow_deletes=True, **options)
        self.runs += 1
        self.requests = {each.relation: each.requests for each in report.copied}
        return report

    def opened(self, transport: Any, now: dt.datetime | Callable[[], dt.datetime] = LATER, **settings: Any) -> Any:
        """A connection to the workspace of its own."""
        self.runs += 1
        moment = now if callable(now) else lambda: now
        return opened(transport, moment, self.file.with_suffix(f".{self.runs}.cache"), **settings)

    def differences(self, tables: list[str] | None = None) -> dict[str, tuple[int, int]]:
        """The relations that a copy made now has otherwise, with how many rows only this one and only that one has."""
        fresh = Kept(self.world, self.file.with_suffix(f".{self.runs}.fresh"))
        fresh.sync(tables=tables)
        with duckdb.connect() as both:
            both.execute(f"ATTACH '{self.file}' AS ours (READ_ONLY); ATTACH '{fresh.file}' AS theirs (READ_ONLY)")
            names = both.execute(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'theirs' "
                "AND NOT starts_with(table_name, 'asana_sync_')"
            ).fetchall()
            assert names
            return {name: apart for (name,) in names if any(apart := _apart(both, name))}

    def is_exact_after_changes(self, seed: int) -> None:
        """Two hundred changes and a run: the copy is what a new one would be, at the cost of what changed."""
        done = Changes(self.world, seed).apply(200)
        report = self.sync()
        assert untold(report) == []
        assert sum(self.requests[name] for name in FOLLOWED) < 4 * len(done) + 2 * len(self.world.projects)
        assert self.differences() == {}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the copy holds."""
        with duckdb.connect(self.file, read_only=True) as opened:
            return opened.execute(query).fetchall()


def untold(report: Report) -> list[str]:
    """What a run says of changes of which it was told by no event."""
    return [said for each in report.copied for said in each.warnings if "told no event" in said]


FILES = ("ours", "theirs")


def _apart(both: Any, name: str) -> tuple[int, int]:
    described = both.execute(f"DESCRIBE theirs.main.{name}").fetchall()
    columns = ", ".join(f'"{column}"' for column, *_ in described if column != "_synced_at")
    sums = [f"(SELECT (count(*), sum(CAST(hash({columns}) AS HUGEINT))) FROM {file}.main.{name})" for file in FILES]
    if both.execute(f"SELECT {' = '.join(sums)}").fetchall() == [(True,)]:
        return 0, 0
    ours, theirs = (f"SELECT {columns} FROM {file}.main.{name}" for file in FILES)
    [(more, less)] = both.execute(
        f"SELECT (SELECT count(*) FROM ({ours} EXCEPT ALL {theirs})), "
        f"(SELECT count(*) FROM ({theirs} EXCEPT ALL {ours}))"
    ).fetchall()
    return more, less


@pytest.fixture(scope="session", autouse=True)
def shared() -> Iterator[None]:
    """The connection that all runs share is closed at the end."""
    yield
    SHARED.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Path]:
    """The workspace, and a copy of all of it."""
    world = build(now=BUILT)
    changes = Changes(world, 99)
    while len(world.tasks) > TASKS:
        changes.apply(1, ["delete_task"])
    while len(world.projects) > PROJECTS:
        changes.apply(1, ["delete_project"])
    file = tmp_path_factory.mktemp("copy") / "copy.duckdb"
    Kept(world, file).sync(now=BUILT + dt.timedelta(hours=3))
    return pickle.dumps(world), file


@pytest.fixture
def kept(made: tuple[bytes, Path], tmp_path: Path) -> Kept:
    """That workspace and a copy of it, for one test."""
    world, file = made
    shutil.copy(file, tmp_path / "copy.duckdb")
    return Kept(pickle.loads(world), tmp_path / "copy.duckdb")
