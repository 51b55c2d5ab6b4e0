"""The line editor: keys, colours, completion and history, of prompt_toolkit."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import History
from prompt_toolkit.input import Input
from prompt_toolkit.lexers import Lexer, PygmentsLexer
from prompt_toolkit.output import Output

from asanaql.shell.preferences import Preferences
from asanaql.shell.statement import finished, is_command

if TYPE_CHECKING:
    from asanaql.shell.completion import Vocabulary

PROMPT = "asanaql> "
#: Lines below the prompt that are kept free for suggestions.
RESERVED = 6


class Words(Completer):
    """What `completion` suggests, and files, as prompt_toolkit asks for it; nothing before there is a vocabulary."""

    def __init__(self) -> None:
        self.words: Vocabulary | None = None

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """What could stand at the cursor."""
        if self.words is None or (complete_event.text_inserted and not document.get_word_before_cursor()):
            return  # Nobody who types a space wants a menu over the screen.
        from asanaql.shell.completion import file_in, suggestions

        file = file_in(document.text_before_cursor, self.words)
        if file is not None:
            yield from _files(file, complete_event)
            return
        for found in suggestions(document.text, document.cursor_position, self.words):
            shown = found.shown or None
            yield Completion(found.text, -found.replaces, display=shown, display_meta=found.about or found.kind)


def _files(begun: str, event: CompleteEvent) -> Iterator[Completion]:
    """The files whose names begin so, once Tab is pressed: a directory far away is not to be read at every key."""
    if event.completion_requested:
        yield from PathCompleter(expanduser=True).get_completions(Document(begun), event)


class Colours(Lexer):
    """SQL in colours, once `load` has been called: Pygments takes long to import. Commands have none."""

    def __init__(self) -> None:
        self._lexer: Lexer | None = None

    def load(self) -> None:
        """Be ready for the next key press. May be called from any thread."""
        from pygments.lexers.sql import PostgresLexer  # type: ignore[import-untyped]

        self._lexer = PygmentsLexer(PostgresLexer)

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """The lines of a text, in colours."""
        if self._lexer is None or is_command(document.text):
            return lambda number: [("", document.lines[number])]
        return self._lexer.lex_document(document)

    def invalidation_hash(self) -> int:
        """Differs once there are colours."""
        return id(self._lexer)


def prompt_session(
    history: History,
    completer: Completer,
    lexer: Lexer,
    preferences: Preferences,
    *,
    input: Input | None = None,
    output: Output | None = None,
) -> PromptSession[str]:
    """The line editor: Enter runs what is finished and starts a new line in what is not."""
    session: PromptSession[str] = PromptSession(
        PROMPT,
        history=history,
        lexer=lexer,
        completer=completer,
        complete_while_typing=Condition(lambda: preferences.suggest),
        auto_suggest=AutoSuggestFromHistory(),
        prompt_continuation=lambda width, number, wrapped: "-> ".rjust(width),
        enable_open_in_editor=True,
        enable_suspend=True,
        tempfile_suffix=".sql",
        reserve_space_for_menu=RESERVED,
        search_ignore_case=True,
        input=input,
        output=output,
    )
    session.multiline = Condition(lambda: not finished(session.default_buffer.text))
    _read_as_text(session.input)
    return session


def editing_mode(preferences: Preferences) -> EditingMode:
    """The keys that the person prefers."""
    return EditingMode.VI if preferences.keys == "vi" else EditingMode.EMACS


def _read_as_text(input: Input) -> None:
    """Let bytes that are no text arrive as U+FFFD: DuckDB, history and the screen take no halves of letters."""
    if sys.platform == "win32":
        return
    from prompt_toolkit.input.posix_utils import PosixStdinReader
    from prompt_toolkit.input.vt100 import Vt100Input

    if isinstance(input, Vt100Input):
        input.stdin_reader = PosixStdinReader(input.fileno(), errors="replace", encoding=input.stdin.encoding)
