"""What a repeated sync of all tasks costs and misses: by asanaql, by dlt's rest_api source, and by tap-asana.

    python tests/benchmarks/sync.py

All copy the same demo workspace from a server in a process of its own, at 100 ms latency. Then things change there,
tasks that are deleted among them, and all bring their copies up to date. Of each run it prints the requests, the
seconds and the rows of tasks that were handed over; of each copy then how many tasks it has that are gone, how many it
lacks, and how many it shows otherwise than they are: name, completed, due date, assignee, projects and sections.

asanaql has a row for each task in each project, with the names of what it belongs to; the others are handed such rows
and keep one for each task, with gids. dlt comes with the tests; tap-asana is installed from PyPI into a virtual
environment under a temporary directory, and told the server's address.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sync_tools import Asanaql, RestApi, TapAsana, Task, Tool

from asanaql.demo import Service, build, serve
from asanaql.demo.changes import Changes
from asanaql.demo.world import World


def truth(world: World) -> dict[str, Task]:
    """Every task that is in a project."""
    projects = world.under("workspace.projects", world.workspace)
    tasks = {task["gid"]: task for project in projects for task in world.under("project.tasks", project)}
    return {gid: seen(task) for gid, task in tasks.items()}


def seen(task: dict[str, Any]) -> Task:
    """What is compared of a task."""
    places = frozenset((each["project"]["gid"], each["section"]["gid"]) for each in task["memberships"])
    assignee = task["assignee"] and task["assignee"]["gid"]
    return Task(task["name"], task["completed"], task["due_on"], assignee, places)


def _serving(scale: int, latency: float, seed: int, other: Connection) -> None:
    """The server's process: it answers how many requests there were, changes things, and tells what tasks there are."""
    world = build(scale)
    service, changes = Service(world), Changes(world, seed)
    with serve(service, latency=latency) as base_url:
        other.send(base_url)
        while True:
            try:
                asked, *arguments = other.recv()
            except EOFError:
                return
            if asked == "change":
                changes.apply(*arguments)
            other.send(len(service.log) if asked == "requests" else truth(world))


class Workspace:
    """The demo workspace in its process."""

    def __init__(self, base_url: str, other: Connection) -> None:
        self.base_url = base_url
        self._other = other

    def ask(self, *asked: object) -> Any:
        self._other.send(asked)
        return self._other.recv()


@contextmanager
def workspace(chosen: argparse.Namespace) -> Iterator[Workspace]:
    """The demo workspace behind a socket, in a process of its own."""
    spawning = multiprocessing.get_context("spawn")
    here, there = spawning.Pipe()
    arguments = (chosen.scale, chosen.latency_ms / 1000, chosen.seed, there)
    process = spawning.Process(target=_serving, args=arguments)
    process.start()
    there.close()  # so that waiting for a process that has failed ends
    try:
        yield Workspace(here.recv(), here)
    finally:
        here.close()
        process.join(10)


def measured(there: Workspace, tool: Tool) -> str:
    """One run of a tool, as a line."""
    before = there.ask("requests")
    rows, seconds = tool.run()
    return f"{tool.name:15}{there.ask('requests') - before:9}{seconds:9.2f}{rows:8}"


def missed(tasks: dict[str, Task], tool: Tool) -> str:
    """What a copy has wrong, as a line's end."""
    kept = tool.tasks()
    gone, lacking = len(kept.keys() - tasks.keys()), len(tasks.keys() - kept.keys())
    stale = sum(kept[gid] != task for gid, task in tasks.items() if gid in kept)
    return f"{gone:9}{lacking:9}{stale:8}"


def main() -> None:
    """Print both tables."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--scale", type=int, default=1)
    arguments.add_argument("--latency-ms", type=int, default=100)
    arguments.add_argument("--changes", type=int, default=50, help="of every kind")
    arguments.add_argument("--deletions", type=int, default=10, help="of tasks, besides")
    arguments.add_argument("--seed", type=int, default=6)
    chosen = arguments.parse_args()
    head = f"{'':15}{'requests':>9}{'seconds':>9}{'rows':>8}{'gone':>9}{'lacking':>9}{'stale':>8}"
    with tempfile.TemporaryDirectory() as directory, workspace(chosen) as there:
        kinds = (Asanaql, RestApi, TapAsana)
        tools: list[Tool] = [kind(there.base_url, Path(directory)) for kind in kinds]
        for what in ("first", "repeated"):
            if what == "repeated":
                there.ask("change", chosen.changes)
                there.ask("change", chosen.deletions, ["delete_task"])
            tasks = there.ask("tasks")
            print(f"{what} sync of {len(tasks)} tasks\n{head}")
            for tool in tools:
                print(measured(there, tool) + missed(tasks, tool), flush=True)


if __name__ == "__main__":
    main()
