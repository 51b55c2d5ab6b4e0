"""Runs statements one after another: data to standard output or a file, the rest to standard error."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import duckdb

from asanaql.cli.options import Script
from asanaql.cli.terminal import Streams
from asanaql.errors import AsanaqlError, ConfigError
from asanaql.output.confirm import confirming
from asanaql.output.files import Write, whole, writer_for
from asanaql.output.formats import FORMATS, is_table
from asanaql.output.interrupts import interruptible
from asanaql.output.messages import error_text, exit_code, stats_text
from asanaql.output.printable import printable
from asanaql.output.progress import Progress, progress

if TYPE_CHECKING:
    from asanaql.connection import Connection, Result


_RUN_TOGETHER = ("markdown", "line")


class StatementError(Exception):
    """A statement that has failed and been reported; `code` is what the command ends with."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Printed:
    """Every answer to standard output, in one format."""

    streams: Streams
    format: str
    written: bool = False

    def write(self, result: Result, line: Progress) -> None:
        """Print `result` as its rows arrive, a blank line before it where it would run into the one before."""
        if self.written and self.format in _RUN_TOGETHER:
            self.streams.put("\n")
        self.written = True
        for chunk in FORMATS[self.format](result, self.streams.look()):
            with line.hidden():
                self.streams.put(chunk)


@dataclass
class Filed:
    """The one answer of a command into a file."""

    path: Path
    file: BinaryIO
    writer: Write
    written: bool = False

    def write(self, result: Result, line: Progress) -> None:
        """Write `result`; ConfigError where the file holds an answer already."""
        if self.written:
            raise ConfigError(f"Two statements give rows, and {self.path} can hold the answer of one.")
        self.writer(result, self.file)
        self.written = True


Target = Printed | Filed


@contextmanager
def target(streams: Streams, format: str | None, path: Path | None) -> Iterator[Target]:
    """Where answers go. A file takes its place only when the block ends without an error."""
    if path is None:
        yield Printed(streams, format or streams.default_format())
        return
    writer = writer_for(path)
    with whole(path) as file:
        filed = Filed(path, file, writer)
        yield filed
        if not filed.written:
            raise ConfigError(f"No statement gives rows, so there is nothing to write to {path}.")


def read_scripts(scripts: Sequence[Script], streams: Streams) -> list[str]:
    """The SQL of every script, in order; ConfigError where a file cannot be read."""
    return [_read(script, streams) for script in scripts]


def _read(script: Script, streams: Streams) -> str:
    if script.file == "-":
        return streams.input.read()
    try:
        if not script.file:
            return _from_arguments(script.text)
        return Path(script.file).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"Cannot read {script.file}: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"Cannot read {script.file or '-c'}: it is not UTF-8 text.") from error


def _from_arguments(text: str) -> str:
    """The text of an argument, which Python may have read as another encoding than the UTF-8 it was typed in."""
    return os.fsencode(text).decode() if any("\udc80" <= sign <= "\udcff" for sign in text) else text


def run(connection: Connection, texts: Sequence[str], target: Target, streams: Streams, *, stats: bool) -> None:
    """Run the statements of `texts` in order, once all are understood.

    StatementError, already reported, at the first that fails.
    """
    statements = [statement for text in texts for statement in _split(connection, text, streams)]
    for statement in statements:
        _run_one(connection, statement, target, streams, stats=stats)


def _split(connection: Connection, text: str, streams: Streams) -> list[str]:
    try:
        return connection.statements(text)
    except (AsanaqlError, duckdb.Error) as error:
        raise _reported(error, text, streams) from error


def _run_one(connection: Connection, statement: str, target: Target, streams: Streams, *, stats: bool) -> None:
    result = None
    try:
        with interruptible(), progress(streams.errors) as line:
            line.follow(lambda: connection.stats)
            connection.confirm = confirming(streams.input, streams.errors, line)
            result = connection.sql(statement)
            if is_table(statement, result):
                target.write(result, line)
    except (AsanaqlError, duckdb.Error) as error:
        raise _reported(error, statement, streams) from error
    finally:
        if result is not None:
            _say_after(result, streams, stats=stats)


def _say_after(result: Result, streams: Streams, *, stats: bool) -> None:
    for warning in result.warnings:
        streams.say(f"warning: {printable(warning)}")
    if stats:
        streams.say(stats_text(result.stats))


def _reported(error: AsanaqlError | duckdb.Error, statement: str, streams: Streams) -> StatementError:
    streams.say(error_text(error, statement))
    return StatementError(exit_code(error))
