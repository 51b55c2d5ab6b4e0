"""The examples of every relation in examples/tables: their form, and their answers on the demo workspace of today.

What the demo service answers them is held against Asana's description, as far as that is there.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import asanaql
from asanaql.catalog import CATALOG
from asanaql.demo import DemoTransport, Service, build
from asanaql.demo.service import Answer

if TYPE_CHECKING:
    from tests.demo.conftest import Description

EXAMPLES = Path(__file__).parents[2] / "examples" / "tables"
QUERIES = range(3, 6)
WIDTH = 120
#: No statement of the examples needs more requests on the demo workspace.
MOST_REQUESTS = 200
#: So many answers to each operation are checked for each relation, spread over all of them.
CHECKED = 3
#: What is said whenever an address is asked, and of nothing else.
SAID = {
    "/portfolios": (
        "portfolios: Asana lists only the portfolios that the token's own user owns, "
        "except to the token of a service account."
    ),
}
#: What is said of single queries, by their questions, with dots for gids.
SAID_OF = {
    '-- Which tasks would Asana offer for "launch"?': (
        "typeahead: Asana shows no more than 100 rows of workspace_gid …, resource_type task, query launch here, "
        "so there can be others."
    ),
}
#: Under which other name a relation is read with its custom fields as columns.
TYPED = {"tasks": "asana_project", "portfolio_items": "asana_portfolio"}
SETS_A_VARIABLE = "SET VARIABLE "

relations = pytest.mark.parametrize("name", CATALOG)


class Clock:
    """Time that passes only where somebody waits for it, so that nobody waits for the pace of many requests."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


class Answering(Service):
    """Keeps every answer, with the path and the parameters that it was asked with."""

    def __init__(self, world: asanaql.demo.World) -> None:
        super().__init__(world)
        self.answers: list[tuple[str, dict[str, str], Answer]] = []

    def answer(self, method: str, path: str, params: Sequence[tuple[str, str]], headers: Mapping[str, str]) -> Answer:
        answer = super().answer(method, path, params, headers)
        self.answers.append((path, dict(params), answer))
        return answer


@dataclass(frozen=True)
class Example:
    """One question, and the statements that answer it: a query, and before it what it takes its keys from."""

    question: str
    sets: tuple[str, ...]
    query: str


@dataclass(frozen=True)
class Ran:
    """One statement, run: the question it is of, its rows, its warnings, and what was answered to its requests."""

    question: str
    statement: str
    rows: int
    warnings: tuple[str, ...]
    answers: tuple[tuple[str, dict[str, str], Answer], ...]


def text_of(name: str) -> str:
    return (EXAMPLES / f"{name}.sql").read_text(encoding="utf-8")


def parts(name: str) -> tuple[str, list[str]]:
    """The opening comment as one line, and the blocks after it, which blank lines part."""
    opening, *blocks = text_of(name).rstrip("\n").split("\n\n")
    lines = opening.splitlines()
    assert all(line.startswith("-- ") for line in lines), opening
    return " ".join(line.removeprefix("-- ") for line in lines), blocks


def example(block: str) -> Example:
    """One block: a question in a comment of one line, then statements that end with semicolons."""
    question, *lines = block.splitlines()
    assert question.startswith("-- ") and question.endswith("?"), question
    assert not any(line.lstrip().startswith("--") for line in lines), block
    assert block.endswith(";"), block
    *sets, query = [f"{part};" for part in re.split(r";(?:\n|$)", "\n".join(lines)) if part]
    assert all(each.startswith(SETS_A_VARIABLE) for each in sets), block
    assert query.startswith(("SELECT ", "WITH ", "FROM ", "PIVOT ")), block
    return Example(question, tuple(sets), query)


def examples(name: str) -> list[Example]:
    return [example(block) for block in parts(name)[1]]


@pytest.fixture(scope="module")
def ran() -> Iterator[Callable[[str], list[Ran]]]:
    """Runs the statements of one relation's examples, once, as somebody would who keeps no cache."""
    world = build(now=dt.datetime.combine(dt.datetime.now(dt.UTC).date(), dt.time(), dt.UTC))
    clock, service = Clock(), Answering(world)
    seams = {"transport": DemoTransport(service), "clock": clock, "sleep": clock.sleep}
    with asanaql.connect(demo=True, cache=False, **seams) as connection:
        connection.duckdb.execute("SET TimeZone = 'UTC'")

        @cache
        def run(name: str) -> list[Ran]:
            return [
                one(connection, service, each.question, statement)
                for each in examples(name)
                for statement in (*each.sets, each.query)
            ]

        yield run


def one(connection: asanaql.Connection, service: Answering, question: str, statement: str) -> Ran:
    service.answers.clear()
    result = connection.sql(statement)
    rows = len(result.fetchall())
    warnings = (re.sub(r"\d{5,}", "…", sentence) for sentence in result.warnings)
    return Ran(question, statement, rows, tuple(warnings), tuple(service.answers))


def test_every_file_is_of_a_relation() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == {f"{name}.sql" for name in CATALOG}


@relations
def test_the_opening_says_what_one_row_is_and_what_it_needs(name: str) -> None:
    opening, _ = parts(name)
    table = CATALOG[name]
    assert opening.endswith(".")
    assert len(re.findall(r"\.(?= |$)", opening)) in (1, 2)
    assert table.plan in opening
    assert [key for key in re.findall(r"(\w+) = ", table.example) if key not in opening] == []


@relations
def test_some_questions_follow_each_with_its_query(name: str) -> None:
    found = examples(name)
    assert len(found) in QUERIES
    for each in found:
        statements = " ".join((*each.sets, each.query))
        assert re.search(rf"\b((asana_)?{name}|{TYPED.get(name, name)})\b", statements), each.question
    assert len({each.question for each in found}) == len(found)


@relations
def test_the_text_is_tidy_and_names_no_gid_of_the_demo(name: str) -> None:
    text = text_of(name)
    assert text.endswith(";\n")
    assert [line for line in text.splitlines() if len(line) > WIDTH or line != line.rstrip()] == []
    unlisted = CATALOG[name].example.startswith("gid = ")
    assert unlisted or re.findall(r"'\d{5,}'", text) == []


@relations
def test_every_query_answers_with_rows_for_few_requests_and_no_other_warning(
    name: str, ran: Callable[[str], list[Ran]]
) -> None:
    for each in ran(name):
        assert each.rows or each.statement.startswith(SETS_A_VARIABLE), each.statement
        assert len(each.answers) <= MOST_REQUESTS, each.statement
        assert each.warnings == expected(each), each.statement


def expected(ran: Ran) -> tuple[str, ...]:
    """What the statement's answer lacks, in words."""
    asked = {path for path, _, _ in ran.answers}
    of_query = [SAID_OF[ran.question]] if ran.question in SAID_OF else []
    return (*(said for path, said in SAID.items() if path in asked), *of_query)


@relations
def test_what_they_are_answered_is_as_asana_describes_it(
    name: str, ran: Callable[[str], list[Ran]], description: Description
) -> None:
    by_operation: dict[str, list[tuple[dict[str, str], Answer]]] = {}
    for path, params, answer in (answer for each in ran(name) for answer in each.answers):
        if answer.status == 200:
            by_operation.setdefault(operation_of(path, description), []).append((params, answer))
    assert by_operation
    for operation, answers in by_operation.items():
        for params, answer in spread(answers):
            assert list(violations(description, operation, params, json.loads(answer.body)))[:5] == []


def operation_of(path: str, description: Description) -> str:
    """The described operation that a path is of; one with a word there rather than one with a key."""
    described = [each for each in description.operations if re.fullmatch(re.sub(r"{\w+}", "[^/]+", each), path)]
    assert described, f"{path} is not described."
    return min(described, key=lambda each: each.count("{"))


def spread(answers: list[tuple[dict[str, str], Answer]]) -> list[tuple[dict[str, str], Answer]]:
    return answers[:: max(len(answers) // CHECKED, 1)][:CHECKED]


def violations(description: Description, operation: str, params: Mapping[str, str], content: object) -> Iterator[str]:
    """What in an answer is not as described. Where fields were asked for, rows may lack what was not."""
    if "opt_fields" not in params:
        yield from description.violations(operation, content)
        return
    for sentence in description.violations_of_full_rows(operation, content):
        if not sentence.endswith(" is a required property"):
            yield sentence
