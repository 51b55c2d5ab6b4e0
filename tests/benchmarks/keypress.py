"""How long one key press takes to complete, in a workspace of 10,000 projects and 1,000 users.

    python tests/benchmarks/keypress.py

Each text is completed many times where its cursor (^) is; the milliseconds of the median are printed, and those that
95 in 100 do not exceed. It never waits, so they are the processor's. Ends with 1 where they are more than 20.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from dataclasses import replace

from asanaql.catalog import CATALOG
from asanaql.shell.completion import CommandWords, Names, Vocabulary, suggestions, vocabulary

ALLOWED = 20.0
PROJECTS, USERS, SECTIONS = 10_000, 1_000, 30_000
LONG = "SELECT t.gid,\n" + "       coalesce(t.name, 'none') AS label, -- a note\n" * 200 + "       1\n"
CTES = ",\n".join(f"c{number} AS (SELECT *, {number} AS n{number} FROM tasks)" for number in range(200))
TEXTS = {
    "a keyword": "SEL^",
    "a table": "SELECT * FROM ta^",
    "a column": "SELECT na^ FROM tasks t JOIN projects p ON t.project_gid = p.gid",
    "every column": "SELECT ^ FROM tasks t JOIN projects p ON t.project_gid = p.gid JOIN users u ON true",
    "a function": "SELECT c^ FROM tasks",
    "a project, one letter": "FROM tasks WHERE project_name = 't^",
    "a project, a part": "FROM tasks WHERE project_name = 'launch 77^",
    "a project, none such": "FROM tasks WHERE project_name = 'zebra^",
    "a project's gid": "FROM tasks WHERE project_gid = 'launch 77^",
    "a gid by digits": "FROM tasks WHERE project_gid = 100000^",
    "a user": "FROM tasks WHERE assignee_name = 'person 99^",
    "a section that all have": "FROM tasks WHERE section_name = 'to^",
    "a command": ".project launch^",
    "200 lines, a column": f"{LONG}FROM tasks t WHERE t.na^",
    "200 lines, the first": LONG.replace("t.gid", "t.g^", 1) + "FROM tasks t",
    "200 lines, a project": f"{LONG}FROM tasks t WHERE t.project_name = 'launch 77^",
    "200 CTEs, a column": f"WITH {CTES}\nSELECT na^ FROM c199",
    "20 statements": "SELECT gid FROM tasks WHERE name = 'a';\n" * 20 + "FROM tasks WHERE na^",
}


def words() -> Vocabulary:
    """What a shell in the workspace completes from."""
    projects = [(f"Team {number % 40} launch {number}", f"{10**12 + number}") for number in range(PROJECTS)]
    users = [(f"Person {number}", f"{2 * 10**12 + number}") for number in range(USERS)]
    titles = ("To do", "Doing", "Done")
    sections = [(titles[number % 3], f"{3 * 10**12 + number}") for number in range(SECTIONS)]
    names = Names({"projects": projects, "users": users, "sections": sections})
    commands = {".project": CommandWords("a view of a project's tasks", "project")}
    return replace(vocabulary(CATALOG, commands), names=names)


def milliseconds(marked: str, known: Vocabulary, presses: int) -> list[float]:
    """How long each of so many presses took, in order."""
    before, _, after = marked.partition("^")
    text, cursor = before + after, len(before)
    taken = []
    for _ in range(presses):
        started = time.thread_time()
        suggestions(text, cursor, known)
        taken.append((time.thread_time() - started) * 1000)
    return sorted(taken)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--presses", type=int, default=100)
    presses = arguments.parse_args().presses
    started = time.perf_counter()
    known = words()
    print(f"{len(known.names):,} names, ready in {time.perf_counter() - started:.2f} s")
    print(f"{'':26}{'found':>6}{'median':>9}{'95 in 100':>11}  ms")
    slow = False
    for name, marked in TEXTS.items():
        before, _, after = marked.partition("^")
        taken = milliseconds(marked, known, presses)
        slowest = taken[int(len(taken) * 0.95) - 1]
        slow |= slowest > ALLOWED
        found = len(suggestions(before + after, len(before), known))
        print(f"{name:26}{found:>6}{statistics.median(taken):>9.2f}{slowest:>11.2f}")
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
