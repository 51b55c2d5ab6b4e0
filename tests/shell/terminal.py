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

    def wait_for(self, text: str, *, gone: str = "") -> str:
        """The screen, once `text` stands on it and `gone` no longer."""
        while text not in self.screen or (gone and gone in self.screen):
            self._read(f"{text!r} is not drawn")
        return self.screen

    def enter(self, text: str) -> None:
        """Type a line at the prompt, once it stands there."""
        while self.screen.splitlines()[-1:] != ["asanaql>"]:
            self._read("there is no prompt")
        self.type(text, ENTER)

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

    def _read(self, lacking: str) -> None:
        try:
            self._stream.feed(self._process.read_nonblocking(65536, timeout=PATIENCE))
        except (pexpect.TIMEOUT, pexpect.EOF) as error:
            raise AssertionError(f"{lacking} ({type(error).__name__}):\n{self.screen}") from None
