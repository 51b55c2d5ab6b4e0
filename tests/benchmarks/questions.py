"""How long the questions in examples/questions take: beside the least time they can take, and beside plain loops.

    python tests/benchmarks/questions.py

They are asked of a demo server in a process of its own, with some 2,000 tasks, 200 projects and 300 users, each answer
after 100 ms, on a new connection with nothing cached; one statement before them has imported what statements need.
The least time is that of question_minimum.py, once with as many requests a minute as one likes and once at the pace
that asanaql keeps for Asana's limits. The loops of question_loops.py must give the same rows. Ends with 1 where a
question takes more than three round trips beyond the latter, or more requests than the least.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from question_loops import LOOPS, Official
from question_minimum import MINIMUM, round_trips

import asanaql
from asanaql.api.bucket import Bucket
from asanaql.demo import Service, build, serve
from asanaql.demo.world import World

QUESTIONS = Path(__file__).parents[2] / "examples" / "questions"
COPIES = 15
PROJECTS = 200
#: One in so many tasks is kept: of the first copy of the demo workspace, and of the others.
KEPT, KEPT_ELSEWHERE = 2, 25
PER_MINUTE = 1500
ALLOWED = 3.0


class Asked(NamedTuple):
    """One run of a question."""

    rows: list[tuple[Any, ...]]
    requests: int
    seconds: float
    waited: float


def thinned(now: dt.datetime) -> World:
    """Fifteen demo workspaces in one, with fewer projects, and far fewer tasks in all but the first."""
    world = build(COPIES, now)
    shown = {project["gid"] for project in world.projects[:PROJECTS]}
    first = len(world.tasks) // COPIES
    kept: set[str] = set()
    for place, task in enumerate(world.tasks):
        stays = place % (KEPT if place < first else KEPT_ELSEWHERE) == 0
        if task["parent"] is not None:
            stays = task["parent"]["gid"] in kept
        if stays and all(project["gid"] in shown for project in task["projects"]):
            kept.add(task["gid"])
    for what, kind in (("workspace.projects", "workspace"), ("team.projects", "team")):
        _thin(world, what, kind, shown)
    for kind in ("project", "section", "user", "tag"):
        _thin(world, f"{kind}.tasks", kind, kept)
    _thin(world, "task.subtasks", "task", kept)
    for task in world.tasks:
        task["num_subtasks"] = len(world.under("task.subtasks", task))
    return world


def _thin(world: World, what: str, kind: str, kept: set[str]) -> None:
    for parent in world.all(kind):
        world.arrange(what, parent, [each for each in world.under(what, parent) if each["gid"] in kept])


def _serving(now: dt.datetime, latency: float, other: Connection) -> None:
    with serve(Service(thinned(now)), latency=latency) as base_url:
        other.send(base_url)
        other.poll(None)  # until the other end is closed


@contextmanager
def server(now: dt.datetime, latency: float) -> Iterator[str]:
    """The workspace behind a socket, in a process of its own; gives its base URL."""
    spawning = multiprocessing.get_context("spawn")
    here, there = spawning.Pipe()
    process = spawning.Process(target=_serving, args=(now, latency, there))
    process.start()
    there.close()  # so that waiting for a process that has failed ends
    try:
        yield here.recv()
    finally:
        here.close()
        process.join(10)


def asked(base_url: str, query: str) -> Asked:
    """A question on a new connection that keeps nothing."""
    with asanaql.connect("benchmark", base_url=base_url, cache=False) as connection:
        connection.duckdb.execute("SET TimeZone = 'UTC'")
        started = time.perf_counter()
        result = connection.sql(query)
        rows = result.fetchall()
        return Asked(rows, result.stats.requests, time.perf_counter() - started, result.stats.waited)


def looped(base_url: str, name: str, today: dt.date) -> tuple[list[tuple[Any, ...]], float]:
    """The rows and the seconds of the official client's loop."""
    client = Official(base_url, today)
    started = time.perf_counter()
    rows = LOOPS[name](client)
    return rows, time.perf_counter() - started


def compared(base_url: str, name: str, world: World, chosen: argparse.Namespace) -> bool:
    """Print one question's numbers; whether it is as quick as it has to be."""
    query = (QUESTIONS / f"{name}.sql").read_text(encoding="utf-8")
    runs = [asked(base_url, query) for _ in range(chosen.runs)]
    quickest = min(runs, key=lambda run: run.seconds)
    least = MINIMUM[name](world)
    trip = chosen.latency_ms / 1000
    burst = Bucket(PER_MINUTE).burst
    free, paced = round_trips(least), round_trips(least, burst=burst, per_round_trip=PER_MINUTE / 60 * trip)
    beyond = quickest.seconds / trip - paced
    shown = f"{name:25}{len(quickest.rows):5}{quickest.requests:9}{least.requests:9}{free:7}{paced:7}"
    shown += f"{quickest.seconds:9.2f}{quickest.waited:8.2f}{beyond:8.1f}"
    if not chosen.no_loops:
        rows, loop_seconds = looped(base_url, name, world.now.date())
        if Counter(rows) != Counter(quickest.rows):
            raise SystemExit(f"{name}: the loop's rows are not the statement's")
        shown += f"{loop_seconds:9.2f}{loop_seconds / quickest.seconds:7.1f}"
    print(shown, flush=True)
    return beyond <= ALLOWED and quickest.requests <= least.requests


def main() -> None:
    """Ask every question."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--latency-ms", type=int, default=100)
    arguments.add_argument("--runs", type=int, default=3, help="of which the quickest counts")
    arguments.add_argument("--no-loops", action="store_true", help="leave out the official client")
    chosen = arguments.parse_args()
    now = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    with server(now, chosen.latency_ms / 1000) as base_url:
        world = thinned(now)
        print(f"{'':26}rows requests    least  trips  paced  seconds  waited  beyond     loop  times")
        asked(base_url, (QUESTIONS / "09-tags-in-use.sql").read_text(encoding="utf-8"))
        quick = [compared(base_url, name, world, chosen) for name in MINIMUM]
    sys.exit(0 if all(quick) else 1)


if __name__ == "__main__":
    main()
