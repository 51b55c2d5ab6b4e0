"""What is said beside the data: errors with their place in the statement, and the line of numbers."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

import duckdb

from asanaql.errors import EXIT_QUERY, AsanaqlError, QueryError
from asanaql.output.printable import printable
from asanaql.statement.marked import marked

if TYPE_CHECKING:
    from asanaql.connection import Stats

_MARK = re.compile(r" *\^+")
_LABEL = re.compile(r"LINE \d+: ")
_CUT = "..."

Failure = AsanaqlError | duckdb.Error


def error_text(error: Failure, statement: str = "") -> str:
    """`error: …` and, where the error knows its place in `statement`, the line it is on with a mark below.

    DuckDB's own errors carry that mark already.
    """
    text = f"error: {printable(str(error))}"
    if isinstance(error, QueryError) and error.position is not None:
        text += f"\n\n{marked(statement, error.position)}"
    return text


def fitted(text: str, width: int) -> str:
    """What `error_text` gave, in lines of a terminal: broken between words, and a marked line cut around its mark."""
    lines = text.split("\n")
    shown: list[str] = []
    while lines:
        line = lines.pop(0)
        if lines and _MARK.fullmatch(lines[0]):
            shown += _around(line, lines.pop(0), width)
        else:
            shown += textwrap.wrap(line, width, break_on_hyphens=False, replace_whitespace=False) or [""]
    return "\n".join(shown)


def exit_code(error: Failure) -> int:
    """The code a command ends with after `error`."""
    return error.exit_code if isinstance(error, AsanaqlError) else EXIT_QUERY


def stats_text(stats: Stats) -> str:
    """The numbers of one statement in a line that programs can read too; seconds to the millisecond."""
    return (
        f"rows {stats.rows}, seconds {stats.seconds:.3f}, requests {stats.requests}, "
        f"cached {stats.cached}, retries {stats.retries}"
    )


def _around(line: str, mark: str, width: int) -> list[str]:
    """A line of a statement and the mark below it, cut to `width` where they are longer, the mark within."""
    if max(len(line), len(mark)) <= width:
        return [line, mark]
    found = _LABEL.match(line)
    label = found[0] if found else ""
    room = max(1, width - len(label))
    place = len(mark) - len(mark.lstrip()) - len(label)
    begin = max(0, min(place - room // 2, len(line) - len(label) - room))
    piece = line[len(label) :][begin : begin + room]
    before = _CUT if begin and place - begin >= len(_CUT) else ""
    marked = mark.strip()[: room - (place - begin)]
    return [f"{label}{before}{piece[len(before) :]}", f"{' ' * (len(label) + place - begin)}{marked}"]
