"""The loop of the shell: read, run, show, until the person leaves. No statement that fails ends it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

import duckdb
from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.utils import is_dumb_terminal

from asanaql.errors import AsanaqlError, ConfigError
from asanaql.shell.behind import Behind
from asanaql.shell.commands import Leave, run_command, typed_pieces
from asanaql.shell.greeting import HELLO
from asanaql.shell.history import history_path, open_history
from asanaql.shell.opening import Wishes
from asanaql.shell.preferences import Preferences
from asanaql.shell.prompt import Colours, Words, editing_mode, prompt_session
from asanaql.shell.screen import Screen
from asanaql.shell.sitting import NO_TOKEN, Sitting
from asanaql.shell.statement import is_command
from asanaql.tokens import TOKEN_VARIABLE, config_path

_RC = "shellrc"


def run_shell(wishes: Wishes, *, format: str | None = None) -> None:
    """Read and run statements on this terminal until the person leaves. Results are drawn in `format`."""
    preferences = Preferences(mode=format or "box")
    sitting = Sitting(wishes, Screen(sys.stdout, sys.stderr, sys.stdin), preferences)
    history = open_history(history_path(os.environ), os.environ.get(TOKEN_VARIABLE))
    words, colours = Words(), Colours()
    shell = Shell(sitting, prompt_session(history, words, colours, preferences), words, colours)
    try:
        shell.run(config_path(os.environ) / _RC)
    finally:
        sitting.close()


class Shell:
    """One sitting at a line editor: `prompt` gives what is typed."""

    def __init__(self, sitting: Sitting, prompt: PromptSession[str], words: Words, colours: Colours) -> None:
        self._sitting = sitting
        self._screen = sitting.screen
        self._prompt = prompt
        self._notes: SimpleQueue[tuple[Callable[[str], None], str]] = SimpleQueue()
        self._behind = Behind(
            sitting,
            words,
            colours,
            lambda text: self._between(self._screen.tell, text),
            lambda text: self._between(self._screen.complain, text),
        )
        sitting.connected = self._behind.start

    def run(self, rc: Path | None = None) -> None:
        """Read and run until the end of input or `.quit`; first the commands of the file `rc`, where there is one."""
        self._screen.tell(HELLO)
        possible = self._possible()
        if rc is not None and os.path.exists(rc):  # noqa: PTH110 - Path raises where a directory may not be read
            self._reported(f".read {rc}")
        self._start_behind(greet=possible)
        try:
            self._loop()
        finally:
            self._sitting.opening.leave()

    def _loop(self) -> None:
        while True:
            try:
                if not self.enter(self._typed()):
                    return
            except KeyboardInterrupt:
                continue
            except EOFError:
                return

    def enter(self, text: str) -> bool:
        """Run what was typed and tell whether the shell goes on. Errors and Ctrl-C are reported here."""
        goes_on = self._reported(text)
        if self._sitting.changed:
            self._sitting.changed = False
            self._behind.refresh(self._sitting.last)
        return goes_on

    def _reported(self, text: str) -> bool:
        from asanaql.output.interrupts import interruptible
        from asanaql.output.messages import error_text

        try:
            for piece in typed_pieces(text):
                if is_command(piece):
                    with interruptible():
                        run_command(piece, self._sitting)
                else:
                    self._sitting.run(piece)
        except Leave:
            return False
        except KeyboardInterrupt:
            self._screen.complain("interrupted")
        except (AsanaqlError, duckdb.Error) as error:
            self._screen.complain(error_text(error, self._sitting.statement or text))
        except Exception as error:  # noqa: BLE001 - the person's tables would be lost with the shell
            self._screen.complain(f"error: {type(error).__name__}: {error} (this is a mistake in asanaql)")
        return True

    def _typed(self) -> str:
        self._drain()
        self._prompt.editing_mode = editing_mode(self._sitting.preferences)
        draft, self._sitting.draft = self._sitting.draft, ""
        return self._prompt.prompt(default=draft, pre_run=self._drain_soon)

    def _possible(self) -> bool:
        """Whether Asana can be asked; what to do where it cannot is said."""
        try:
            possible = self._sitting.wishes.possible
        except ConfigError as error:
            self._screen.complain(f"error: {error}")
            return False
        if not possible:
            self._screen.tell(NO_TOKEN)
        return possible

    def _start_behind(self, *, greet: bool) -> None:
        """Make everything ready once the first prompt is drawn: before that, it would be late."""
        if is_dumb_terminal():
            self._behind.start(greet)
            return

        def start(_: object) -> None:
            self._prompt.app.after_render -= start
            self._behind.start(greet)

        self._prompt.app.after_render += start

    def _between(self, write: Callable[[str], None], text: str) -> None:
        """Write lines above the prompt, or before the next one. May be called from any thread."""
        self._notes.put((write, text))
        loop = self._prompt.app.loop
        if loop is not None:
            with suppress(RuntimeError):  # The prompt has ended meanwhile, and the next one writes them.
                loop.call_soon_threadsafe(self._drain_soon)

    def _drain_soon(self) -> None:
        if not self._notes.empty() and self._prompt.app.is_running:
            run_in_terminal(self._drain)

    def _drain(self) -> None:
        while not self._notes.empty():
            write, text = self._notes.get()
            write(text)
