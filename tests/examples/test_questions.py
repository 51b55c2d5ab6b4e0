"""The ten questions in examples/questions: they answer, they ask no more of Asana than anybody must, and rightly.

The demo workspace lies around the day on which it is built, as the questions do around `current_date`.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import asanaql
from asanaql.demo import DemoTransport, Service, build
from asanaql.demo.world import World
from tests.few import few

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT / "examples" / "questions"
NEEDED = few(
    *("portfolio_items", "status_updates", "stories", "subtasks", "tag_tasks", "team_memberships", "user_tasks"),
    "workspace_memberships",
)
MINIMUM = runpy.run_path(str(ROOT / "tests" / "benchmarks" / "question_minimum.py"))["MINIMUM"]
OWN_PORTFOLIOS = (
    "portfolios: Asana lists only the portfolios that the token's own user owns, "
    "except to the token of a service account."
)

#: The requests of each on the demo workspace.
REQUESTS = {
    "01-late-in-a-portfolio": 10,
    "02-comments-of-the-week": 118,
    "03-workload-of-a-team": 25,
    "04-steps-to-milestones": 8,
    "05-slipped-tasks": 6,
    "06-a-week-of-a-project": 5,
    "07-nobodys-tasks": 19,
    "08-bad-news": 15,
    "09-tags-in-use": 5,
    "10-due-during-vacation": 3,
}


@pytest.fixture(scope="module")
def world() -> World:
    return build(now=dt.datetime.combine(dt.datetime.now(dt.UTC).date(), dt.time(), dt.UTC))


class Clock:
    """Time that passes only where somebody waits for it, so that nobody waits for the pace of many requests."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


def asked(world: World, name: str, **settings: Any) -> tuple[list[tuple[Any, ...]], asanaql.Result]:
    """The question's rows, and the result that gave them."""
    clock = Clock()
    seams = {"transport": DemoTransport(Service(world)), "clock": clock, "sleep": clock.sleep, **settings}
    with asanaql.connect(demo=True, cache=False, catalog=NEEDED, **seams) as connection:
        connection.duckdb.execute("SET TimeZone = 'UTC'")
        result = connection.sql((QUESTIONS / f"{name}.sql").read_text(encoding="utf-8"))
        return result.fetchall(), result


def test_every_question_is_asked_here() -> None:
    assert sorted(path.stem for path in QUESTIONS.iterdir()) == list(REQUESTS) == list(MINIMUM)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_question_is_said_in_words_first(name: str) -> None:
    first = (QUESTIONS / f"{name}.sql").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("-- ")
    assert first.endswith("?")


@pytest.mark.parametrize("name", REQUESTS)
def test_a_question_is_answered_with_the_fewest_requests(world: World, name: str) -> None:
    rows, result = asked(world, name)
    assert rows
    assert result.warnings == ([OWN_PORTFOLIOS] if name == "01-late-in-a-portfolio" else [])
    assert result.stats.requests == REQUESTS[name] == MINIMUM[name](world).requests


@pytest.mark.parametrize("name", REQUESTS)
def test_carrying_keys_changes_no_answer(world: World, name: str) -> None:
    planned, _ = asked(world, name)
    unplanned, _ = asked(world, name, plan=False, max_requests=None)
    assert planned
    assert Counter(planned) == Counter(unplanned)
