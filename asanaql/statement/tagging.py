"""How a planned statement names a relation, so that each scan of it can be told from the others."""

from __future__ import annotations

import re

SCANS = "asana.scan"


def text_literal(value: object) -> str:
    """The value as a text in SQL."""
    escaped = str(value).replace("'", "''")
    return f"'{escaped}'"


def identifier(name: str) -> str:
    """The name as SQL, whatever is in it."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def tagged(relation: str, tag: str, arguments: str = "") -> str:
    """What reads the relation in the place of its name, or of its function with these arguments."""
    return f"{SCANS}.{relation}_tagged({', '.join(filter(None, (text_literal(tag), arguments.strip())))})"


def untagged(said: str) -> str:
    """An error of DuckDB's as it is of the typed statement: tags are names again, and its caret stands where it did."""
    text, line, shown = said.partition("\nLINE ")
    if not line or not _TAGGED.search(shown):
        return said
    excerpt, _, below = shown.partition("\n")
    before = len(below) - len(below.lstrip(" "))
    # The caret counts from the beginning of the line that is shown, LINE included.
    place = before - len("LINE ")
    shift = sum(
        len(found[0]) - len(_typed(found)) for found in _TAGGED.finditer(excerpt) if found.end() <= max(place, 0)
    )
    return f"{text}{line}{_TAGGED.sub(_typed, excerpt)}\n{below[shift:]}"


#: A tagged name, whose beginning may be cut off in an excerpt.
_TAGGED = re.compile(r"(?:[\w.]*\.)?(\w*)_tagged\('\d+\.o\d+'(?:, ([^)]*))?\)")


def _typed(found: re.Match[str]) -> str:
    return found[1] if found[2] is None else f"asana_{found[1]}({found[2]})"
