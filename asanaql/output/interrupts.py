"""Ctrl-C while libraries are at work.

KeyboardInterrupt is raised wherever Python code happens to run, and DuckDB or pyarrow may have called that code: they
turn it into errors of their own ("Query interrupted"), or lose it. So the signal is noticed where it arrives.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def interruptible() -> Iterator[None]:
    """The block ends with KeyboardInterrupt when a signal that means it arrived, whatever became of it inside.

    Signals that mean something else to the program are left alone, and so are threads that get none.
    """
    noticed = threading.Event()

    def notice(number: int, frame: FrameType | None) -> None:
        noticed.set()
        signal.default_int_handler(number, frame)

    meant = _meant() if threading.current_thread() is threading.main_thread() else []
    for number in meant:
        signal.signal(number, notice)
    try:
        yield
    except Exception:
        if noticed.is_set():
            raise KeyboardInterrupt from None
        raise
    finally:
        for number in meant:
            signal.signal(number, signal.default_int_handler)
    if noticed.is_set():
        raise KeyboardInterrupt


@contextmanager
def ended_as_by_ctrl_c() -> Iterator[None]:
    """Being told to end, or losing the terminal, is KeyboardInterrupt in the block: it leaves nothing behind."""
    before = {number: signal.getsignal(number) for number in _known() if number != signal.SIGINT}
    changed = [number for number, action in before.items() if action is signal.SIG_DFL]
    for number in changed:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in changed:
            signal.signal(number, signal.SIG_DFL)


def _known() -> list[signal.Signals]:
    """The signals of this system among those that end a program."""
    return [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]


def _meant() -> list[signal.Signals]:
    """The signals that raise KeyboardInterrupt now."""
    return [number for number in _known() if signal.getsignal(number) is signal.default_int_handler]
