"""For every rule of carrying keys that would be wrong, statements that it answers wrongly: see wrong_rules.sql.

There, beside each statement, stands what the wrong rule would make of it. On the oracle the two must differ, so that
the statement can fail; and the keys that the rule would carry are few and cheap to get, so that it would.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from .ground import Statement

NAMED = {
    "{archived}": "(SELECT gid, name FROM projects WHERE archived)",
    "{ownerless}": "(SELECT t.gid FROM tasks t JOIN projects p ON p.gid = t.project_gid WHERE p.owner_gid IS NULL)",
}


@dataclass(frozen=True)
class Wrong:
    """A rule that must not be, a statement, and the statement that it would amount to."""

    rule: str
    typed: str
    answered: str


def wrong_rules() -> list[Wrong]:
    """The cases of the file: in each a comment that begins with the rule, and two statements."""
    text = (Path(__file__).parent / "wrong_rules.sql").read_text(encoding="utf-8")
    for name, query in NAMED.items():
        text = text.replace(name, query)
    return [_read(case.splitlines()) for case in text.strip().split("\n\n")]


def _read(lines: list[str]) -> Wrong:
    typed, answered, _ = "\n".join(line for line in lines if not line.startswith("--")).split(";")
    return Wrong(lines[0].removeprefix("-- "), typed, answered.strip())


@pytest.fixture(scope="module")
def planning(ground):
    return ground.opened()


@pytest.mark.parametrize("wrong", wrong_rules(), ids=lambda wrong: wrong.rule)
def test_the_statement_is_answered_as_the_wrong_rule_would_not(ground, planning, wrong):
    assert ground.rows(wrong.typed) != ground.rows(wrong.answered), "the wrong rule would answer the same"
    compared = ground.compared(planning, Statement(wrong.typed, {}))
    assert not compared.problem, compared.problem
