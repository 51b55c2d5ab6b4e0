"""A program that lets runs of sync be killed at random points, and says whether the copy is exact all the same.

It never connects itself, so that it can fork: each run is a child of its own, which a signal ends as it comes.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import traceback
from contextlib import closing
from pathlib import Path
from typing import Any

from asanaql.connection.syncing import Origin
from asanaql.demo import Service, build
from asanaql.demo.changes import Changes
from asanaql.sync import Options, place, sync
from tests.sync.incremental.conftest import BUILT, LATER, OF_TASKS, Faulty, Kept

#: Operations of a first run, of one after some changes, and how long the last of them may still take, in seconds.
FIRST, SECOND, GRACE = 400, 260, 0.01


class Killed:
    """A DuckDB connection whose process is killed after so many statements, or soon after that."""

    def __init__(self, duck: Any, left: int, grace: float) -> None:
        self._duck, self._left, self._grace = duck, left, grace

    def __getattr__(self, name: str) -> Any:
        return getattr(self._duck, name)

    def execute(self, *arguments: Any) -> Any:
        self._left -= 1
        if self._left == 0 and not self._grace:
            os.kill(os.getpid(), signal.SIGKILL)
        if self._left == 0:
            signal.setitimer(signal.ITIMER_REAL, self._grace)  # SIGALRM ends a program that does not expect it.
        return self._duck.execute(*arguments)


def killed(kept: Kept, left: int, grace: float) -> None:
    """One run that is killed."""
    with closing(kept.opened(Faulty(Service(kept.world), {}))) as connection:
        cursor = connection.cursor()
        origin = Origin(cursor.duckdb, connection._account, cursor.sql)
        options = Options(tables=OF_TASKS, allow_deletes=True, now=lambda: LATER)
        sync(origin, Killed(connection.duckdb, left, grace), place(str(kept.file)), options)  # type: ignore[arg-type]


def completed(kept: Kept) -> None:
    """One run that is left alone, after which the copy is exact."""
    kept.sync(tables=OF_TASKS)
    found = kept.differences(OF_TASKS)
    assert found == {}, found


def child(run: Any, *arguments: Any) -> int:
    """What signal ended a run that is a process of its own, 0 for none; the program ends where it failed."""
    pid = os.fork()
    if not pid:
        try:
            run(*arguments)
            os._exit(0)
        finally:
            # Only what was raised comes here.
            traceback.print_exc()
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        sys.exit(f"a run failed with {os.WEXITSTATUS(status)}")
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def main(place: Path, kills: int) -> None:
    """Kill so many runs, the first half of them while the copy is made."""
    world = build(now=BUILT)
    changes = Changes(world, 99)
    while len(world.tasks) > 60:
        changes.apply(1, ["delete_task"])
    dice = random.Random(7)
    kept = Kept(world, place / "copy.duckdb")
    done = 0
    while done < kills:
        first = done < kills // 2
        if first and done % 5 == 0:
            kept = Kept(world, place / f"copy-{done}.duckdb", runs=kept.runs)
        changes.apply(12)
        kept.runs += 1
        signalled = child(
            killed, kept, dice.randint(1, FIRST if first else SECOND), dice.choice([0, GRACE * dice.random()])
        )
        done += signalled != 0
        if signalled and done % 10 == 0:
            kept.runs += 1
            child(completed, kept)
            kept.runs += 2
    sys.stdout.write(f"{done} killed, exact\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
