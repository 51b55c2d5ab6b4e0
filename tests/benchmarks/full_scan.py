"""How long a full scan of `tasks` takes, as ratios: to its critical path, and to a loop with the official client.

    python tests/benchmarks/full_scan.py

The critical path is what no client can do without: the parents, then the longest listing page after page. It is
measured on a transport that answers after 200 ms and costs no CPU, with the longest listing last in order. The loop
reads the same columns from the same demo server, ten times the demo's size, at 100 ms latency.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

import asanaql

ROUND_TRIP = 0.2
SIZES = (0, 1, 30, 100, 101, 250, 7, 99, 180, 60, 12, 260, 45, 33, 600)
COLUMNS = ("name", "completed", "due_on", "assignee_name", "project_gid")
PAGE = 100


class Canned(httpx.AsyncBaseTransport):
    """A workspace of projects with so many tasks each; every answer takes one round trip."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        self._sizes = {str(1000 + place): size for place, size in enumerate(sizes)}
        self.sent = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent += 1
        await asyncio.sleep(ROUND_TRIP)
        return httpx.Response(200, content=json.dumps(self._answer(request.url)))

    def _answer(self, url: httpx.URL) -> dict[str, object]:
        if url.path.endswith("/workspaces"):
            return {"data": [{"gid": "1", "name": "Canned"}], "next_page": None}
        if url.path.endswith("/projects"):
            workspace = {"gid": "1", "name": "Canned"}
            rows = [{"gid": gid, "name": gid, "workspace": workspace, "team": None} for gid in self._sizes]
            return {"data": rows, "next_page": None}
        first = int(url.params.get("offset", "0"))
        last = self._sizes[url.params["project"]]
        rows = [
            {"gid": f"{url.params['project']}{place}", "name": "x"} for place in range(first, min(first + PAGE, last))
        ]
        return {"data": rows, "next_page": {"offset": str(first + PAGE)} if first + PAGE < last else None}


def against_the_critical_path() -> None:
    """Print the scan's time in round trips, beside those of its critical path."""
    transport = Canned(SIZES)
    shortest = 2 + max(-(-size // PAGE) for size in SIZES)
    with asanaql.connect("benchmark", transport=transport, cache=False) as connection:
        started = time.perf_counter()
        rows = connection.sql("SELECT gid, name FROM tasks").arrow().num_rows
        taken = (time.perf_counter() - started) / ROUND_TRIP
    print(f"{rows} rows, {transport.sent} requests of {ROUND_TRIP * 1000:.0f} ms")
    print(f"  critical path    {shortest:6.1f} round trips")
    print(f"  asanaql          {taken:6.1f} round trips, {taken / shortest:.2f} times the critical path")


def against_the_official_client(scale: int, latency_ms: int) -> None:
    """Print the scan's time beside that of a plain loop with the official client."""
    with demo_server(scale, latency_ms) as base_url:
        looped, loop_seconds = official_client(base_url)
        scanned, scan_seconds, requests = asanaql_scan(base_url)
    if looped != scanned:
        raise SystemExit(f"the loop read {looped} rows and asanaql {scanned}")
    print(f"{scanned} rows from a server at {latency_ms} ms")
    print(f"  official client  {loop_seconds:6.2f} s")
    print(
        f"  asanaql          {scan_seconds:6.2f} s, {requests} requests, {scan_seconds / loop_seconds:.2f} of the time"
    )


@contextmanager
def demo_server(scale: int, latency_ms: int) -> Iterator[str]:
    """The demo server in a process of its own, as its users start it; gives its base URL."""
    command = [sys.executable, "-m", "asanaql", "demo-server", "--port", "0"]
    command += ["--scale", str(scale), "--latency-ms", str(latency_ms)]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    try:
        line = server.stderr.readline()
        yield next(word.rstrip(".") for word in line.split() if word.startswith("http://"))
    finally:
        server.terminate()
        server.wait(10)


def official_client(base_url: str) -> tuple[int, float]:
    """Rows and seconds of the loop that one would write with the client from PyPI."""
    import asana

    configuration = asana.Configuration()
    configuration.host = base_url
    configuration.access_token = "benchmark"
    client = asana.ApiClient(configuration)
    fields = "name,completed,due_on,assignee.name"
    started = time.perf_counter()
    rows = 0
    for workspace in asana.WorkspacesApi(client).get_workspaces({}):
        for project in asana.ProjectsApi(client).get_projects({"workspace": workspace["gid"], "opt_fields": "name"}):
            tasks = asana.TasksApi(client).get_tasks_for_project(project["gid"], {"opt_fields": fields})
            rows += sum(1 for _ in tasks)
    return rows, time.perf_counter() - started


def asanaql_scan(base_url: str) -> tuple[int, float, int]:
    """Rows, seconds and requests of the same as one statement, with nothing cached."""
    with asanaql.connect("benchmark", base_url=base_url, cache=False) as connection:
        started = time.perf_counter()
        result = connection.sql(f"SELECT {', '.join(COLUMNS)} FROM tasks")
        rows = result.arrow().num_rows
        return rows, time.perf_counter() - started, result.stats.requests


def main() -> None:
    """Run both."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--scale", type=int, default=10)
    arguments.add_argument("--latency-ms", type=int, default=100)
    chosen = arguments.parse_args()
    against_the_critical_path()
    against_the_official_client(chosen.scale, chosen.latency_ms)


if __name__ == "__main__":
    main()
