"""The vocabulary that completion is tested with: the whole catalog, DuckDB's own words, and a few invented names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asanaql.catalog import CATALOG
from asanaql.shell.completion import CommandWords, Names, Vocabulary, vocabulary

COMMANDS = {
    ".help": CommandWords("this list", "command"),
    ".tables": CommandWords("the relations"),
    ".describe": CommandWords("the columns of a relation", "table"),
    "\\d": CommandWords("the columns of a relation", "table"),
    "\\dt": CommandWords("the relations"),
    ".explain": CommandWords("what a statement would ask", "sql"),
    ".mode": CommandWords("how answers are shown", "format"),
    ".set": CommandWords("all settings", "setting"),
    ".timing": CommandWords("the line of rows and seconds", "choice", ("on", "off")),
    ".project": CommandWords("a view of a project's tasks", "project"),
    ".workspace": CommandWords("keep to a workspace", "workspace"),
    ".read": CommandWords("run a file", "file"),
    ".refresh": CommandWords("ask again", "table"),
}
NAMES = Names(
    {
        "projects": [
            ("Launch plan", "11"),
            ("Launch party", "12"),
            ("Bob's relaunch", "13"),
            ("Ünïcode 漢字", "14"),
            ("Website", "21"),
            ("Website", "22"),
        ],
        "users": [("Ada Example", "31"), ("Adam Example", "32"), ("Grace Example", "33")],
        "sections": [("To do", "41"), ("Doing", "42"), ("Done", "43")],
        "tags": [("urgent", "51"), ("later", "52")],
        "teams": [("Marketing", "61")],
        "workspaces": [("Example Ltd", "71")],
        "portfolios": [("Company bets", "81")],
        "goals": [("Grow", "91")],
        "custom_fields": [("Priority", "95")],
    }
)
TABLES = {
    "plan": ("id", "title", "owner", "due"),
    "costs": ("id", "plan_id", "amount", "Cost centre", "order"),
    "my view": ("a", "b"),
}


@pytest.fixture(scope="session")
def words() -> Vocabulary:
    """The vocabulary."""
    return replace(vocabulary(CATALOG, COMMANDS), names=NAMES, tables=TABLES)
