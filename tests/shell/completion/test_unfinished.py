"""Whatever is typed, half a statement or none at all, suggestions are given and nothing is raised."""

from __future__ import annotations

import random
from pathlib import Path

from asanaql.shell.completion import suggestions

PARTS = (
    *(
        "SELECT",
        "FROM",
        "WITH",
        "AS",
        "WHERE",
        "JOIN",
        "USING",
        "IN",
        "UNION",
        "EXCLUDE",
        "PIVOT",
        "COPY",
        "INSERT INTO",
    ),
    *("CASE", "END", "NOT", "DISTINCT ON", "plan", "asana_tasks", "x", "1", "=", ":=", "::", "*", ".", ",", ";", "%"),
    *("(", ")", "[", "]", "{", "}", "'", '"', "$$", "$a$", "e'", "\\", "--", "/*", "*/", ".d", "\\d", "\n", " ", "\0"),
    *("é", "漢", "👩‍👧", "İ", "ß", "\u0301"),
)


def test_every_cursor_of_every_case_is_borne(words):
    for file in Path(__file__).parent.glob("*.txt"):
        for line in file.read_text(encoding="utf-8").splitlines():
            text = line.replace("^", "").replace("⏎", "\n")
            for cursor in range(0, len(text) + 1, 4):
                if not line.startswith("=>"):
                    suggestions(text, cursor, words)


def test_any_text_is_borne(words):
    dice = random.Random(5)
    for _ in range(1500):
        text = dice.choice(("", " ")).join(dice.choice(PARTS) for _ in range(dice.randint(1, 14)))
        for cursor in {len(text), dice.randint(0, len(text))}:
            for found in suggestions(text, cursor, words):
                assert 0 <= found.replaces <= cursor


def test_the_deepest_text_is_borne(words):
    chain = ", ".join(f"c{number} AS (FROM c{number - 1})" for number in range(300))
    for text in (
        "(" * 5000,
        "(" * 5000 + ")" * 5000,
        "FROM (" * 300,
        "SELECT (" * 300 + "FROM plan",
        "a." * 3000,
        ".explain " * 3000,
    ):
        for cursor in (len(text) // 2, len(text)):
            suggestions(text, cursor, words)
    text = f"WITH {chain} SELECT c299."
    suggestions(f"{text} FROM c299", len(text), words)


def test_a_long_chain_of_ctes_is_followed_to_its_end(words):
    chain = ", ".join(f"c{number} AS (FROM c{number - 1})" for number in range(1, 300))
    text = f"WITH c0 AS (FROM plan), {chain} SELECT c299.ti"
    assert [each.text for each in suggestions(f"{text} FROM c299", len(text), words)] == ["title"]
