"""One line on a terminal about the statement that is running, drawn again in place until there is something to say.

It only reads numbers that the running statement keeps; drawing it neither asks Asana nor waits for it.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from asanaql.connection import Stats

_PATIENCE = 1.0
_INTERVAL = 0.2
_WIDTH = 80
_CLEAR = "\r\x1b[K"


class Progress:
    """The line on `stream`. `clock` counts seconds; nothing is drawn before a statement has run for a second."""

    def __init__(self, stream: TextIO, width: int, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._width = width
        self._clock = clock
        self._began = clock()
        self._stats: Callable[[], Stats] | None = None
        self._drawn = False
        self._lock = threading.Lock()

    def follow(self, stats: Callable[[], Stats]) -> None:
        """Show these numbers from now on."""
        self._stats = stats

    def draw(self) -> None:
        """Draw the line again, if it is time for one."""
        with self._lock:
            elapsed = self._clock() - self._began
            if self._stats is None or elapsed < _PATIENCE:
                return
            self._stream.write(_CLEAR + progress_text(self._stats(), elapsed)[: self._width - 1])
            self._stream.flush()
            self._drawn = True

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """The line is away while the block writes to the same terminal."""
        with self._lock:
            if self._drawn:
                self._stream.write(_CLEAR)
                self._stream.flush()
                self._drawn = False
            yield


def progress_text(stats: Stats, elapsed: float) -> str:
    """Requests done, rows read of Asana and their rate after `elapsed` seconds, and whether Asana's limit holds us."""
    parts = [f"{stats.requests:,} requests", f"{stats.scanned:,} rows", f"{stats.scanned / elapsed:,.0f} rows/s"]
    if stats.cached:
        parts.append(f"{stats.cached:,} cached")
    if stats.waiting:
        parts.append("waiting for Asana's limit")
    return ", ".join(parts)


@contextmanager
def progress(stream: TextIO, clock: Callable[[], float] = time.monotonic) -> Iterator[Progress]:
    """A Progress that draws itself while the block runs, if `stream` is a terminal that can redraw a line."""
    drawing = stream.isatty() and os.environ.get("TERM") != "dumb"
    width = os.get_terminal_size(stream.fileno()).columns if drawing else 0
    line = Progress(stream, width or _WIDTH, clock)
    if not drawing:
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


def _redraw(line: Progress, ended: threading.Event) -> None:
    while not ended.wait(_INTERVAL):
        line.draw()
