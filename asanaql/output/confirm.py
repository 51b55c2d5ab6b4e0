"""The question whether a statement may send more requests than its bound, put to the person at the terminal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TextIO

from asanaql.output.progress import Progress


def confirming(input: TextIO | None, errors: TextIO, line: Progress) -> Callable[[str], bool] | None:
    """What asks on this terminal, None where nobody can answer. `line` is out of the way meanwhile."""
    if input is None or not (input.isatty() and errors.isatty()):
        return None
    return partial(_confirmed, input, errors, line)


def _confirmed(input: TextIO, errors: TextIO, line: Progress, reason: str) -> bool:
    with line.hidden():
        errors.write(f"{reason} Send them? [y/N] ")
        errors.flush()
        return input.readline().strip().lower() in ("y", "yes")
