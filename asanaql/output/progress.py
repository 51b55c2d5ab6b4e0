"""Lines on a terminal about the statement that is running, drawn again in place until there is something to say.

They only read numbers that the running statement keeps; drawing them neither asks Asana nor waits for it. While they
are there the cursor stands before the first of them, so that whatever a resize does to them, all of it is below.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from asanaql.output.progress_text import progress_lines

if TYPE_CHECKING:
    from asanaql.connection import Stats

_PATIENCE = 1.0
_INTERVAL = 0.2
_MOST = 6
_SIZE = os.terminal_size((80, 24))
_REST_OF_LINE = "\x1b[K"
_EVERYTHING_BELOW = "\x1b[J"

Size = Callable[[], os.terminal_size]


class Progress:
    """The lines on `stream`, a terminal of that `size` now. `clock` counts seconds.

    Nothing is drawn before a statement has run for a second.
    """

    def __init__(self, stream: TextIO, size: Size, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._size = size
        self._clock = clock
        self._began = clock()
        self._stats: Callable[[], Stats] | None = None
        self.lent = False
        self._drawn = False
        self._lock = threading.Lock()

    def follow(self, stats: Callable[[], Stats]) -> None:
        """Show these numbers from now on."""
        self._stats = stats

    def draw(self) -> None:
        """Draw the lines again, if it is time for them."""
        with self._lock:
            elapsed = self._clock() - self._began
            if self.lent or self._stats is None or elapsed < _PATIENCE:
                return
            columns, rows = self._size()
            self._write(_drawing(progress_lines(self._stats(), elapsed, columns - 1, max(1, min(_MOST, rows - 1)))))
            self._drawn = True

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """The lines are away while the block writes to the same terminal."""
        with self._lock:
            if self._drawn:
                self._write("\r" + _EVERYTHING_BELOW)
                self._drawn = False
            yield

    @contextmanager
    def away(self) -> Iterator[None]:
        """The terminal is `lent` to another program while the block runs: nothing is drawn there, or asked."""
        with self.hidden():
            self.lent = True
        try:
            yield
        finally:
            self.lent = False

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


@contextmanager
def progress(stream: TextIO, clock: Callable[[], float] = time.monotonic) -> Iterator[Progress]:
    """A Progress that draws itself while the block runs, if `stream` is a terminal that can redraw a line."""
    line = Progress(stream, lambda: size_of(stream), clock)
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield line
        return
    ended = threading.Event()
    thread = threading.Thread(target=_redraw, args=(line, ended), name="asanaql-progress", daemon=True)
    thread.start()
    try:
        yield line
    finally:
        ended.set()
        thread.join()
        with line.hidden():
            pass


def _drawing(lines: list[str]) -> str:
    """What draws the lines from where the cursor is, clears what was drawn there before, and puts the cursor back."""
    text = "\r\n".join(line + _REST_OF_LINE for line in lines) + _EVERYTHING_BELOW
    up = f"\x1b[{len(lines) - 1}A" if len(lines) > 1 else ""
    return f"\r{text}{up}\r"


def _redraw(line: Progress, ended: threading.Event) -> None:
    while not ended.wait(_INTERVAL):
        line.draw()


def size_of(stream: TextIO) -> os.terminal_size:
    """How large the terminal is now; what most are where it does not tell."""
    try:
        size = os.get_terminal_size(stream.fileno())
    except OSError:
        return _SIZE
    return os.terminal_size((size.columns or _SIZE.columns, size.lines or _SIZE.lines))
