"""Planning across relations changes no answer: generated statements, row for row, beside a DuckDB that has all rows.

Every chunk of statements has connections of its own, so that each can be run alone and tells the same. How far the
statements reach is asserted of all chunks together: how many find something, are planned, and by which rule.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import pytest

from .generator import Writer
from .ground import Comparison, Ground

CHUNKS, SIZE = 20, 100
#: In the first of the chunks, requests are counted as typed as well.
COUNTED = 5
#: Shares of all statements.
MINIMUM_FILLED = 0.5
MINIMUM_PLANNED = 0.5
MINIMUM_CHEAPER = 0.35
#: Where nothing is known of sizes yet, a guess can be wrong.
MOST_DEARER = 0.03
#: How many statements carry keys at least, by rule.
MINIMUM_BY_RULE: dict[str, int] = {
    "on": 400,
    "on+probe": 150,
    "where": 80,
    "where+probe": 20,
    "using": 3,
    "using+probe": 7,
    "natural": 4,
    "natural+probe": 8,
    "in": 35,
    "in+probe": 10,
    "in-reverse": 20,
    "in-reverse+probe": 7,
    "exists": 12,
    "exists+probe": 5,
    "correlated": 90,
    "correlated+probe": 25,
}


@dataclass(frozen=True)
class Chunk:
    """What became of a chunk's statements; `broken` are those that could not be answered, with the reason."""

    compared: tuple[Comparison, ...]
    broken: tuple[str, ...]


def chunk_of(ground: Ground, place: int) -> Chunk:
    """The chunk at a place, run."""
    compared: list[Comparison] = []
    broken: list[str] = []
    with ground.opened() as connection:
        for seed in range(place * SIZE, (place + 1) * SIZE):
            statement = Writer(ground.values, f"planning/{seed}").statement()
            try:
                compared.append(ground.compared(connection, statement, unplanned=place < COUNTED))
            except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to the statement
                broken.append(f"{statement.text}\n  {dict(statement.params)}: {error!r}")
    return Chunk(tuple(compared), tuple(broken))


@pytest.fixture(scope="module")
def chunk(ground):
    """Runs the chunk at a place, once."""
    return cache(lambda place: chunk_of(ground, place))


@pytest.fixture(scope="module")
def everything(chunk):
    return [each for place in range(CHUNKS) for each in chunk(place).compared]


#: What the data holds so many of: none of these may be missing.
HARD = {
    "tasks in two projects": "SELECT count(*) - count(DISTINCT gid) FROM tasks",
    "tasks of nobody": "SELECT count(*) FROM tasks WHERE assignee_gid IS NULL",
    "children of tasks in projects": "SELECT count(*) FROM tasks WHERE parent_gid IN (SELECT gid FROM tasks)",
    "children of others": "SELECT count(*) FROM tasks WHERE parent_gid NOT IN (SELECT gid FROM tasks)",
    "projects of one name": "SELECT count(*) - count(DISTINCT name) FROM projects",
    "projects without tasks": "SELECT count(*) FROM projects WHERE gid NOT IN (SELECT project_gid FROM tasks)",
    "projects without an owner": "SELECT count(*) FROM projects WHERE owner_gid IS NULL",
    "stories without a task": "SELECT count(*) FROM stories WHERE task_gid IS NULL",
    "gids picked twice": "SELECT count(gid) - count(DISTINCT gid) FROM picks",
    "picks without a gid": "SELECT count(*) FROM picks WHERE gid IS NULL",
}


@pytest.mark.parametrize("hard", HARD)
def test_the_data_holds_what_is_hard(ground, hard):
    [(found,)] = ground.oracle.execute(HARD[hard]).fetchall()
    assert found > 0


@pytest.mark.parametrize("relation", ["task_templates", "nothing"])
def test_a_relation_and_a_local_table_are_empty(ground, relation):
    assert ground.oracle.execute(f"SELECT count(*) FROM {relation}").fetchall() == [(0,)]


@pytest.mark.parametrize("place", range(CHUNKS))
def test_a_generated_statement_has_the_same_rows_planned_and_from_all_rows(chunk, place):
    found = chunk(place)
    assert not found.broken, "\n".join(found.broken)
    problems = [each.problem for each in found.compared if each.problem]
    assert not problems, "\n".join(problems)


def test_planning_spares_requests(chunk):
    everything = [each for place in range(COUNTED) for each in chunk(place).compared]
    dearer = [each.dearer for each in everything if each.dearer]
    assert len(dearer) <= MOST_DEARER * len(everything), "\n".join(dearer)
    cheaper = sum(each.planned < each.unplanned for each in everything)
    assert cheaper >= MINIMUM_CHEAPER * len(everything), f"only {cheaper} of {len(everything)} sent less"
    assert sum(each.planned for each in everything) <= sum(each.unplanned for each in everything)


def test_the_statements_find_something_and_are_planned_by_every_rule(everything):
    assert len({each.statement.text for each in everything}) >= 0.95 * CHUNKS * SIZE
    filled = sum(each.filled for each in everything)
    assert filled >= MINIMUM_FILLED * len(everything), f"only {filled} of {len(everything)} have rows"
    planned = sum(bool(each.rules) for each in everything)
    assert planned >= MINIMUM_PLANNED * len(everything), f"only {planned} of {len(everything)} carry keys"
    by_rule = Counter(rule for each in everything for rule in set(each.rules))
    assert not {rule: by_rule[rule] for rule, least in MINIMUM_BY_RULE.items() if by_rule[rule] < least}, by_rule
