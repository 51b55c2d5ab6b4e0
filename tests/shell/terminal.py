"""A terminal with a program in it: keys go in through a pseudo-terminal, and what is drawn becomes a screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pexpect
import pyte

ROOT = Path(__file__).parents[2]
#: Seconds without anything drawn after which a terminal is given up.
PATIENCE = 60
#: Pieces that are read before something else is drawn for ever.
MOST = 1000
ENTER, TAB, CTRL_C, CTRL_D, CTRL_R, ESCAPE, UP, RIGHT = "\r", "\t", "\x03", "\x04", "\x12", "\x1b", "\x1b[A", "\x1b[C"


class _Answering(pyte.HistoryScreen):
    """A screen that answers where its cursor is, as terminals do."""

    answer: Callable[[str], None] = staticmethod(lambda text: None)

    def write_process_input(self, data: str) -> None:
        self.answer(data)


class Terminal:
    """`asanaql` with these arguments in a terminal of a size. `home` is where it keeps everything."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        command: Sequence[str] = (sys.executable, "-m", "asanaql"),
    ) -> None:
        self.columns, lines = size
        self._screen = _Answering(self.columns, lines, history=10_000, ratio=0.5)
        self._stream = pyte.ByteStream(self._screen)
        given = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "STATE", "CONFIG")},
            **(environment or {}),
        }
        self._process = pexpect.spawn(
            command[0], [*command[1:], *arguments], env=given, dimensions=(lines, self.columns), timeout=PATIENCE
        )
        self._screen.answer = lambda text: self._process.send(text)

    def type(self, *keys: str) -> None:
        """Press keys."""
        for key in keys:
            self._process.send(key)

    def wait_for(self, text: str) -> str:
        """The screen, once `text` stands on it."""
        return self._until(lambda: text in self.screen, f"{text!r} is not drawn")

    def enter(self, text: str) -> None:
        """Type a line at the prompt, once it stands there."""
        before = self.idle()
        self.type(text, ENTER)
        self._until(lambda: self.screen != before, "nothing is echoed")

    def idle(self) -> str:
        """The screen, once there is an empty prompt."""
        return self._until(lambda: self.screen.splitlines()[-1:] == ["asanaql>"], "there is no prompt")

    def clear(self) -> None:
        """Empty the screen, the prompt aside."""
        self.idle()
        self.type("\x0c")
        self._until(lambda: self.screen == "asanaql>", "the screen is not empty")

    def ended(self) -> int:
        """The exit code, once the program has ended."""
        while True:
            try:
                self._stream.feed(self._process.read_nonblocking(65536, timeout=PATIENCE))
            except pexpect.EOF:
                self._process.close()
                return self._process.exitstatus if self._process.exitstatus is not None else -self._process.signalstatus

    def resize(self, columns: int, lines: int) -> None:
        """Make the window as large as this."""
        self.columns = columns
        self._screen.resize(lines, columns)
        self._process.setwinsize(lines, columns)

    def close(self) -> None:
        """End the program."""
        self._process.close(force=True)

    @property
    def screen(self) -> str:
        """What stands on it, without the empty space at its right and its foot."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    @property
    def colours(self) -> set[str]:
        """The colours of what stands on it."""
        return {cell.fg for line in self._screen.buffer.values() for cell in line.values()}

    def _until(self, holds: Callable[[], bool], lacking: str) -> str:
        """The screen, once something holds of it."""
        for _ in range(MOST):
            if holds():
                return self.screen
            try:
                self._stream.feed(self._process.read_nonblocking(65536, timeout=PATIENCE))
            except (pexpect.TIMEOUT, pexpect.EOF) as error:
                raise AssertionError(f"{lacking} ({type(error).__name__}):\n{self.screen}") from None
        raise AssertionError(f"{lacking}, though much else is:\n{self.screen}")
