"""Places in a statement, as DuckDB shows them below an error: the line, and a mark under it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SHOWN = re.compile(r"\nLINE (\d+): ([^\n]*)\n( *)(\^+)")
_CUT = "..."


@dataclass(frozen=True)
class Mark:
    """The character of a statement that an error shows, how wide its mark is, and what it says before and after it."""

    position: int
    width: int
    before: str
    after: str


def marked(statement: str, position: int, width: int = 1) -> str:
    """The line of `statement` that holds the character at `position`, in DuckDB's way of showing it."""
    before = statement[:position]
    start = before.rfind("\n") + 1
    label = f"LINE {before.count(chr(10)) + 1}: "
    indent = len(label) + _width(statement[start:position])
    return f"{label}{statement[start:].partition(chr(10))[0]}\n{' ' * indent}{'^' * width}"


def mark_of(error: str, statement: str) -> Mark | None:
    """The place that an error of DuckDB's shows in the statement; None where it shows none, or another's."""
    found = _SHOWN.search(error)
    if found is None:
        return None
    line, indent = int(found[1]), len(found[3]) - len(f"LINE {found[1]}: ")
    lines = statement.split("\n")
    if line > len(lines):
        return None
    shown = found[2].removeprefix(_CUT)
    indent -= len(found[2]) - len(shown)
    at = lines[line - 1].find(shown.removesuffix(_CUT))
    if at < 0 or indent < 0:
        return None
    within = next((place for place in range(len(shown) + 1) if _width(shown[:place]) >= indent), len(shown))
    start = sum(len(each) + 1 for each in lines[: line - 1])
    return Mark(start + at + within, len(found[4]), error[: found.start()], error[found.end() :])


def _width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
