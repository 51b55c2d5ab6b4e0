"""How much memory a sync of all relations holds at most, in a workspace ten times the demo's.

    python tests/benchmarks/memory.py

The workspace is served by a process of its own, and each run of sync is another, whose peak is printed: of the first
run, of one after two hundred changes, and of one that reads everything again. They never wait for their pace, which
would take half an hour, and do without pandas, as the program does. With --each the peak is printed as each relation is
done, so that it is seen which one raised it.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import resource
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from sync import Workspace, workspace

import asanaql
from asanaql.__main__ import WithoutPandas

_MEGABYTE = 1_000_000
#: What the kernel counts a peak in.
_UNIT = 1 if sys.platform == "darwin" else 1024


def peak() -> float:
    """The most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / _MEGABYTE


def _synced(base_url: str, file: Path, full: bool, chosen: argparse.Namespace, other: Connection) -> None:
    """A run's own process: it tells how many rows there are, how many requests it took, and its peak."""
    sys.meta_path.insert(0, WithoutPandas())
    now = [0.0]

    async def sleep(seconds: float) -> None:
        now[0] += seconds
        await asyncio.sleep(0)

    def told(copied: asanaql.Copied) -> None:
        if chosen.each:
            print(f"  {copied.relation:30}{copied.rows:9}{copied.requests:9}{peak():9.0f} MB", flush=True)

    seams = {"clock": lambda: now[0], "sleep": sleep}
    with asanaql.connect("benchmark", base_url=base_url, cache=False, max_requests=None, **seams) as connection:
        opened = peak()
        report = connection.sync(file, chosen.tables, full=full, allow_deletes=True, told=told)
    rows, requests = (sum(getattr(one, name) for one in report.copied) for name in ("rows", "requests"))
    other.send((rows, requests, opened, peak()))


def measured(there: Workspace, file: Path, *, full: bool, chosen: argparse.Namespace) -> str:
    """One run, as a line."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    started = time.perf_counter()
    process = spawning.Process(target=_synced, args=(there.base_url, file, full, chosen, theirs))
    process.start()
    theirs.close()  # so that waiting for a process that has failed ends
    rows, requests, opened, most = ours.recv()
    process.join()
    seconds = time.perf_counter() - started
    size = file.stat().st_size / _MEGABYTE
    return f"{rows:9}{requests:10}{seconds:9.0f}{opened:9.0f} MB{most:9.0f} MB{size:9.0f} MB"


def main() -> None:
    """Print a line for each run."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--scale", type=int, default=10)
    arguments.add_argument("--latency-ms", type=int, default=0)
    arguments.add_argument("--changes", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=6)
    arguments.add_argument("--tables", nargs="*", help="else all that can be kept")
    arguments.add_argument("--each", action="store_true", help="print the peak after each relation")
    chosen = arguments.parse_args()
    print(f"{'':15}{'rows':>9}{'requests':>10}{'seconds':>9}{'opened':>12}{'peak':>12}{'file':>12}", flush=True)
    with tempfile.TemporaryDirectory() as directory, workspace(chosen) as there:
        file = Path(directory) / "work.duckdb"
        for what in ("first", "after changes", "full"):
            if what == "after changes":
                there.ask("change", chosen.changes)
            print(f"{what:15}{measured(there, file, full=what == 'full', chosen=chosen)}", flush=True)


if __name__ == "__main__":
    main()
