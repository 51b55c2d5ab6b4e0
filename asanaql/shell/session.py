"""The loop of the shell: read, run, show, until the person leaves. No statement that fails ends it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

import duckdb
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import History
from prompt_toolkit.input import Input
from prompt_toolkit.lexers import PygmentsLexer
from prompt_toolkit.output import Output
from pygments.lexers.sql import PostgresLexer  # type: ignore[import-untyped]

from asanaql.errors import AsanaqlError
from asanaql.output.confirm import confirming
from asanaql.output.formats import FORMATS, is_table, printable
from asanaql.output.interrupts import interruptible
from asanaql.output.messages import error_text
from asanaql.output.progress import Progress, progress
from asanaql.shell.commands import COMMANDS, Surroundings, run_command
from asanaql.shell.completion import CommandWords, Vocabulary, suggestions, vocabulary
from asanaql.shell.history import history_path, open_history
from asanaql.shell.statement import finished, is_command

if TYPE_CHECKING:
    from asanaql.connection import Connection, Result, Stats

_PROMPT = "asanaql> "
_GREETING = "Statements end with a semicolon. .help lists the commands, Ctrl-D leaves."


def run_shell(connection: Connection, *, format: str = "box") -> None:
    """Read and run statements on this terminal until the person leaves. Results are drawn in `format`."""
    history = open_history(history_path(os.environ), os.environ.get("ASANA_ACCESS_TOKEN"))
    words = vocabulary(connection.catalog, {name: CommandWords(each.about) for name, each in COMMANDS.items()})
    Shell(connection, prompt_session(history, words), sys.stdout, sys.stderr, input=sys.stdin, format=format).run()


def prompt_session(
    history: History, words: Vocabulary, *, input: Input | None = None, output: Output | None = None
) -> PromptSession[str]:
    """The line editor: Enter runs what is finished and starts a new line in what is not."""
    session: PromptSession[str] = PromptSession(
        _PROMPT,
        history=history,
        lexer=PygmentsLexer(PostgresLexer),
        completer=WordCompleter(words),
        prompt_continuation=lambda width, number, wrapped: "-> ".rjust(width),
        input=input,
        output=output,
    )
    session.multiline = Condition(lambda: not finished(session.default_buffer.text))
    return session


class WordCompleter(Completer):
    """The suggestions of `completion`, in the form that prompt_toolkit asks for."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> list[Completion]:
        """What could stand at the cursor."""
        return [
            Completion(found.text, -found.replaces, display_meta=found.about or found.kind)
            for found in suggestions(document.text, document.cursor_position, self._words)
        ]


class Shell:
    """One sitting: `prompt` gives what is typed, `output` gets answers, `errors` all that goes wrong.

    Where a statement needs leave to go on, it is asked for on `input`.
    """

    def __init__(
        self,
        connection: Connection,
        prompt: PromptSession[str],
        output: TextIO,
        errors: TextIO,
        *,
        input: TextIO | None = None,
        format: str = "box",
    ) -> None:
        self._input = input
        self._connection = connection
        self._prompt = prompt
        self._output = output
        self._errors = errors
        self._format = format

    def run(self) -> None:
        """Read and run until the end of input or `.quit`."""
        self._say(_GREETING)
        while True:
            try:
                if not self.enter(self._prompt.prompt()):
                    return
            except KeyboardInterrupt:
                continue
            except EOFError:
                return

    def enter(self, text: str) -> bool:
        """Run what was typed and tell whether the shell goes on. Errors and Ctrl-C are reported here."""
        statement = text
        try:
            if is_command(text):
                return run_command(text, self._surroundings())
            for statement in self._connection.statements(text):
                self._run(statement)
        except KeyboardInterrupt:
            self._complain("interrupted")
        except (AsanaqlError, duckdb.Error) as error:
            self._complain(error_text(error, statement))
        return True

    def _run(self, statement: str) -> None:
        with interruptible(), progress(self._errors) as line:
            line.follow(lambda: self._connection.stats)
            self._connection.confirm = confirming(self._input, self._errors, line)
            result = self._connection.sql(statement)
            if is_table(statement, result):
                self._show(result, line)
        for warning in result.warnings:
            self._complain(f"warning: {printable(warning)}")
        self._say(footer(result.stats))

    def _show(self, result: Result, line: Progress) -> None:
        """Write the rows as they come. An interrupt gives up those that have not come."""
        try:
            for chunk in FORMATS[self._format](result, _width()):
                with line.hidden():
                    self._output.write(chunk)
        except KeyboardInterrupt:
            result.abandon()
            raise

    def _surroundings(self) -> Surroundings:
        return Surroundings(self._connection.catalog, self._types, _width(), self._say)

    def _types(self, relation: str) -> Mapping[str, str]:
        """The columns of any relation, the user's own included, and their types; duckdb.Error when there is none."""
        rows = self._connection.sql(f"DESCRIBE {relation}").fetchall()
        return {str(row[0]): str(row[1]) for row in rows}

    def _say(self, text: str) -> None:
        self._output.write(f"{text}\n")
        self._output.flush()

    def _complain(self, text: str) -> None:
        self._output.flush()
        self._errors.write(f"{text}\n")
        self._errors.flush()


def footer(stats: Stats) -> str:
    """What a statement gave and took, in a line."""
    parts = [_counted(stats.rows, "row"), f"{stats.seconds:.2f} s", _counted(stats.requests, "request")]
    if stats.cached:
        parts.append(f"{stats.cached:,} cached")
    return f"({', '.join(parts)})"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _width() -> int:
    return shutil.get_terminal_size((80, 24)).columns
