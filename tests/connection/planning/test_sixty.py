"""What sixty statements and more send, beside the least that any client must send, and what EXPLAIN expects of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pytest

from .catalog import light
from .statements import STATEMENTS, Least, Statement
from .whole import COLUMNS, whole

#: How much more than the least all statements together may send.
SLACK = 1.1
#: How many of the estimates must be within a factor of two, when nothing is known and when parents are kept.
COLD_SHARE, WARM_SHARE = 0.4, 0.9
#: A local table: the names of projects, a note and a weight.
_PICKS = (("Quiet research", "quiet", 3), ("Single task", "single", 2), ("Onboarding", "light", 1))
_NAME = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True)
class Ran:
    """A statement's rows and requests, and how many requests EXPLAIN expected before; None where it cannot tell."""

    rows: Counter[str]
    sent: int
    expected: int | None

    @property
    def near(self) -> bool:
        """Whether the estimate is within a factor of two."""
        if self.expected is None:
            return False
        few, many = sorted((self.expected, self.sent))
        return few == many or (few > 0 and many <= 2 * few)


class Sixty:
    """Runs statements against the demo workspace, each once: cold, and then warm on another connection."""

    def __init__(self, world, asana_of, place) -> None:
        self.least = Least(world)
        self._world = world
        self._asana_of = asana_of
        self._place = place
        self._catalog = light(COLUMNS)
        self._oracle = whole(world)
        self._settle(self._oracle)
        self._ran: dict[str, tuple[Ran, Ran]] = {}

    def ran(self, statement: Statement) -> tuple[Ran, Ran]:
        """What it did cold and warm."""
        if statement.text not in self._ran:
            asana = self._asana_of(self._world, self._place / f"cache{len(self._ran)}")
            self._ran[statement.text] = self._once(asana, statement), self._once(asana, statement)
        return self._ran[statement.text]

    def rows(self, statement: Statement) -> Counter[str]:
        """The rows that it must give."""
        return self._read(self._oracle, self._oracle.execute(self.written(statement.text), statement.params), statement)

    def written(self, text: str) -> str:
        """The text with gids for the names in braces, and paths for the files."""
        return _NAME.sub(lambda found: self._meant(found[1]), text)

    def _meant(self, name: str) -> str:
        return str(self._place / name) if name.endswith((".csv", ".parquet")) else self.least.gid(name)

    def _once(self, asana, statement: Statement) -> Ran:
        text = self.written(statement.text)
        with asana.open(catalog=self._catalog) as connection:
            self._settle(connection.duckdb)
            asana.service.log.clear()
            steps = connection.sql(f"EXPLAIN {text}", statement.params).arrow() if statement.explained else None
            assert not asana.sent(), "EXPLAIN sends nothing"
            rows = self._read(connection.duckdb, connection.sql(text, statement.params), statement)
            return Ran(rows, len(asana.sent()), None if steps is None else _total(steps))

    def _read(self, duck, result, statement: Statement) -> Counter[str]:
        made = duck.execute(self.written(statement.then)) if statement.then else result
        return Counter(map(repr, made.fetchall()))

    def _settle(self, duck) -> None:
        """The local tables, the file and the view that statements read or fill."""
        duck.execute("SET TimeZone = 'UTC'")
        duck.execute("CREATE TABLE picks (project_gid VARCHAR, note VARCHAR, weight INTEGER)")
        picked = [(self.least.gid(name), note, weight) for name, note, weight in _PICKS]
        duck.executemany("INSERT INTO picks VALUES (?, ?, ?)", [*picked, (None, "no project", 1)])
        duck.execute(f"COPY (FROM picks WHERE project_gid IS NOT NULL) TO '{self._meant('picks.csv')}'")
        duck.execute("CREATE TABLE chosen (gid VARCHAR)")
        tasks = self.least.tasks(self.least.projects('The "OKR" tracker, it\'s fine'))[:3]
        duck.executemany("INSERT INTO chosen VALUES (?)", [(task["gid"],) for task in tasks])
        duck.execute("CREATE TABLE gathered (gid VARCHAR, name VARCHAR)")
        duck.execute("CREATE VIEW open_tasks AS SELECT gid, name, project_gid, due_on FROM tasks WHERE NOT completed")


def _total(steps) -> int | None:
    """The requests that all steps of an EXPLAIN expect; None where it tells of none, or cannot tell of one."""
    if "estimated_requests" not in steps.column_names:
        return None
    expected = steps.column("estimated_requests").to_pylist()
    return None if None in expected else sum(expected)


@pytest.fixture(scope="module")
def sixty(world, asana_of, tmp_path_factory):
    return Sixty(world, asana_of, tmp_path_factory.mktemp("sixty"))


def each(statements):
    """A test's statements, by their beginnings."""
    return pytest.mark.parametrize("statement", statements, ids=lambda one: " ".join(one.text.split())[:80])


def test_there_are_sixty():
    assert len({statement.text for statement in STATEMENTS}) == len(STATEMENTS) >= 60


@each(STATEMENTS)
def test_a_statement_sends_exactly_so_many_requests(sixty, statement):
    cold, warm = sixty.ran(statement)
    assert (cold.sent, warm.sent) == (statement.cold, statement.warm)


@each(STATEMENTS)
def test_a_statement_cannot_do_with_fewer_than_the_least(sixty, statement):
    least = statement.least(sixty.least)
    assert statement.warm >= least, "then the least is something else"
    assert statement.cold >= least + statement.before(sixty.least), "then the least is something else"


@each([statement for statement in STATEMENTS if not statement.text.startswith("EXPLAIN")])
def test_a_statement_gives_the_rows_of_a_plain_duckdb(sixty, statement):
    cold, warm = sixty.ran(statement)
    rows = sixty.rows(statement)
    assert cold.rows == warm.rows == rows
    assert rows or not statement.least(sixty.least), "nothing could be wrong with its rows"


def test_all_together_send_little_more_than_the_least(sixty):
    least = sum(statement.least(sixty.least) for statement in STATEMENTS)
    before = sum(statement.before(sixty.least) for statement in STATEMENTS)
    assert sum(statement.warm for statement in STATEMENTS) <= SLACK * least
    assert sum(statement.cold for statement in STATEMENTS) <= SLACK * (least + before)


@pytest.mark.parametrize(("warmth", "share"), [("cold", COLD_SHARE), ("warm", WARM_SHARE)])
def test_estimates_are_within_a_factor_of_two_for_most(sixty, warmth, share):
    told = [(each.text, sixty.ran(each)[warmth == "warm"]) for each in STATEMENTS if each.explained]
    far = [(text, ran.expected, ran.sent) for text, ran in told if not ran.near]
    assert len(far) <= (1 - share) * len(told), far
