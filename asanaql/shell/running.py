"""One statement in the shell: run, watched, shown, and what is said after it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from asanaql.errors import ConfigError
from asanaql.output.confirm import confirming
from asanaql.output.formats import FORMATS, is_table
from asanaql.output.interrupts import interruptible
from asanaql.output.look import Look
from asanaql.output.printable import printable
from asanaql.output.progress import Progress, progress
from asanaql.shell.kept import Kept
from asanaql.shell.pager import page, pager, split
from asanaql.shell.preferences import Preferences
from asanaql.shell.prompt import RESERVED
from asanaql.shell.screen import Screen

if TYPE_CHECKING:
    from asanaql.connection import Connection, Result, Stats

#: Lines below an answer: its footer, the prompt, and what the prompt keeps free.
_BELOW = 2 + RESERVED


def run(connection: Connection, statement: str, screen: Screen, preferences: Preferences) -> tuple[Result, Kept | None]:
    """Run one statement and show its answer; the answer is kept where it is a table.

    Raises what the statement raises, and KeyboardInterrupt for Ctrl-C, which gives up what was not read.
    """
    kept: Kept | None = None
    with interruptible(), progress(screen.errors) as line:
        line.follow(lambda: connection.stats)
        connection.confirm = confirming(screen.input, screen.errors, line)
        result = connection.sql(statement)
        if is_table(statement, result):
            kept = Kept(statement, result)
            try:
                show(kept, screen, preferences, line)
            except KeyboardInterrupt:
                result.abandon()
                raise
    for warning in result.warnings:
        screen.complain(f"warning: {printable(warning)}")
    if preferences.timing:
        screen.say(footer(result.stats, None if kept is None else result.stats.rows))
    return result, kept


def show(kept: Kept, screen: Screen, preferences: Preferences, line: Progress | None = None) -> None:
    """Show rows in the preferred format, in the pager where they are longer than the screen."""
    chunks = FORMATS[preferences.mode](kept, look(screen, preferences))
    command = pager(os.environ) if screen.interactive and preferences.pager else None
    if command is None:
        for chunk in chunks:
            _put(chunk, screen, line)
        return
    begun, whole = split(chunks, screen.height - _BELOW)
    if whole:
        _put(begun, screen, line)
    else:
        _paged(command, begun, chunks, screen, line)


def look(screen: Screen, preferences: Preferences) -> Look:
    """How answers look on this screen."""
    return Look(
        width=screen.width,
        shown=preferences.limit or None,
        encoding=screen.encoding,
        null=preferences.null,
        colour=screen.colour,
    )


def footer(stats: Stats, rows: int | None) -> str:
    """What a statement gave and took, in a line; `rows` is None where it gives no table."""
    parts = [] if rows is None else [_counted(rows, "row")]
    parts += [f"{stats.seconds:.2f} s", _counted(stats.requests, "request")]
    if stats.cached:
        parts.append(f"{stats.cached:,} cached")
    return f"({', '.join(parts)})"


def _paged(command: list[str], begun: str, rest: Iterator[str], screen: Screen, line: Progress | None) -> None:
    """Give the text to the pager; where that cannot be run, to the screen after all."""
    try:
        with contextlib.nullcontext() if line is None else line.away():
            ended = page(command, begun, rest)
        if ended:
            screen.complain(
                f"warning: The pager {command[0]} ended with {ended}: set PAGER, or .set pager off, and .last shows "
                "the answer again."
            )
    except OSError as error:
        screen.complain(f"warning: The pager {command[0]} cannot be run ({error.strerror or error}): set PAGER.")
        for chunk in chain([begun], rest):
            _put(chunk, screen, line)


def _put(text: str, screen: Screen, line: Progress | None) -> None:
    """Write a part of an answer; ConfigError where it cannot be written."""
    try:
        if line is None:
            screen.put(text)
        else:
            with line.hidden():
                screen.put(text)
    except OSError as error:
        raise ConfigError(f"Cannot write to the terminal: {error.strerror or error}.") from error


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
