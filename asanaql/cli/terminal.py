"""The three standard streams as the command line uses them, and what depends on their being terminals."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from dataclasses import dataclass
from typing import TextIO

from asanaql.errors import ConfigError
from asanaql.output.look import Look


@dataclass(frozen=True)
class Streams:
    """Where SQL may come from, where data goes, and where everything else goes."""

    input: TextIO
    output: TextIO
    errors: TextIO

    def say(self, text: str) -> None:
        """Write a line that is not data."""
        self.errors.write(f"{text}\n")
        self.errors.flush()

    def put(self, text: str) -> None:
        """Write data, at once, so that a reader on a pipe gets rows as they arrive.

        BrokenPipeError when that reader has gone, ConfigError when the data cannot be kept where it is sent.
        """
        try:
            self.output.write(text)
            self.output.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            abandon(self.output)
            raise ConfigError(f"Cannot write to standard output: {error.strerror or error}.") from error

    @property
    def interactive(self) -> bool:
        """Whether a person sits at both ends."""
        return self.input.isatty() and self.output.isatty()

    def default_format(self) -> str:
        """What people read on a terminal, what programs read elsewhere."""
        return "box" if self.output.isatty() else "csv"

    def look(self) -> Look:
        """What fits the terminal, or a file of lines as long as its own; 80 characters where there is no terminal."""
        width = shutil.get_terminal_size((80, 24)).columns
        return Look(width, encoding=self.output.encoding or "utf-8")


def standard_streams() -> Streams:
    """The process's own streams.

    Data that goes to no terminal is UTF-8 with plain line ends on every system. What a terminal cannot write is spelled
    out.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8", newline="\n")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig")
    return Streams(sys.stdin, sys.stdout, sys.stderr)


def abandon(*streams: TextIO) -> None:
    """Send what is still unwritten nowhere: `streams` cannot take it, and the exit must not stumble over that."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        with contextlib.suppress(io.UnsupportedOperation):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
