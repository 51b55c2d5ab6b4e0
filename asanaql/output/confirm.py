"""The question whether a statement may send more requests than its bound, put to the person at the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from functools import partial
from typing import TextIO

from asanaql.output.progress import Progress, size_of

#: Characters in a line below which words are not kept together.
_NARROWEST = 20


def confirming(input: TextIO | None, errors: TextIO, line: Progress) -> Callable[[str], bool] | None:
    """What asks on this terminal, None where nobody can answer. `line` is out of the way meanwhile."""
    if input is None or not (input.isatty() and errors.isatty()):
        return None
    return partial(_confirmed, input, errors, line)


def _confirmed(input: TextIO, errors: TextIO, line: Progress, reason: str) -> bool:
    if line.lent:
        return False
    with line.hidden():
        _forget_typed(input)
        return agreed(f"{reason} Go on?", input, errors)


def agreed(question: str, input: TextIO, errors: TextIO) -> bool:
    """Whether the person at the terminal says yes; the question ends between words, with room for an answer."""
    columns = size_of(errors).columns
    errors.write(textwrap.fill(f"{question} [y/N]", max(_NARROWEST, columns - 2), break_on_hyphens=False) + " ")
    errors.flush()
    answer = ""
    try:
        answer = input.readline()
    except UnicodeDecodeError:
        return False  # What is no text is no yes.
    finally:
        if not answer.endswith("\n"):
            errors.write("\n")
    return answer.strip().lower() in ("y", "yes")


def _forget_typed(input: TextIO) -> None:
    """Let nothing that was typed before the question was seen answer it."""
    try:
        import termios
    except ImportError:
        return  # There are no such terminals on this system.
    termios.tcflush(input.fileno(), termios.TCIFLUSH)
