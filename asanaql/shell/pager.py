"""Answers that are longer than the screen, in the program that the person reads long texts with."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from asanaql.errors import ConfigError

#: less keeps columns in their place, and colours; what was read stays on the screen.
_LESS = ["less", "-S", "-R", "-X"]
#: Without it, less spells colours out; the rest is for the person to choose who names less in PAGER.
_COLOURS = "-R"


def pager(environment: Mapping[str, str]) -> list[str] | None:
    """The command of `$PAGER`, else of less; None where there is none, or the terminal cannot do with one.

    ConfigError where it is no command.
    """
    if environment.get("TERM") in (None, "dumb"):
        return None
    given = environment.get("PAGER")
    if given is None:
        return _LESS if shutil.which(_LESS[0]) else None
    try:
        command = shlex.split(given)
    except ValueError as error:
        raise ConfigError(f"The pager {given} cannot be run ({error}): set PAGER.") from error
    if command and Path(command[0]).name == _LESS[0]:
        command.insert(1, _COLOURS)
    return command or None


def split(chunks: Iterator[str], lines: int) -> tuple[str, bool]:
    """The beginning of a text, and whether that is all of it and at most so many lines."""
    begun = ""
    for chunk in chunks:
        begun += chunk
        if begun.count("\n") > lines:
            return begun, False
    return begun, True


def page(command: list[str], begun: str, rest: Iterator[str]) -> int:
    """Show a text in the pager, and tell what it ended with; the rest of the text is not asked for once it has ended.

    OSError where the command cannot be run.
    """
    # Its Ctrl-C stops a search there, and what is still read here.
    shown = subprocess.Popen(command, stdin=subprocess.PIPE, env={**os.environ, "LESSCHARSET": "utf-8"})
    text = shown.stdin
    assert text is not None
    try:
        text.write(begun.encode())
        for chunk in rest:
            text.write(chunk.encode())
    except BrokenPipeError:
        pass  # Enough was read.
    finally:
        _left(shown, text)
    return shown.returncode


def _left(shown: subprocess.Popen[bytes], text: IO[bytes]) -> None:
    """Wait until the person leaves the pager; an interrupt meanwhile is the pager's."""
    with contextlib.suppress(BrokenPipeError):
        text.close()
    while True:
        try:
            shown.wait()
            return
        except KeyboardInterrupt:
            continue
