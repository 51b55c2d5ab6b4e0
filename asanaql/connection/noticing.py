"""Ctrl-C while DuckDB works, noticed where it arrives: DuckDB and pyarrow may lose what is raised in code they call."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def noticing(stop: Callable[[], object]) -> Iterator[None]:
    """`stop` is called where a signal arrives during the block of which the program makes KeyboardInterrupt.

    What a signal means to the program stays as it is. On another thread than the main one, which gets none, nothing is
    done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: action for number in ending() if callable(action := signal.getsignal(number))}

    def notice(number: int, frame: FrameType | None) -> None:
        try:
            before[signal.Signals(number)](number, frame)
        except KeyboardInterrupt:
            stop()
            raise

    for number in before:
        signal.signal(number, notice)
    try:
        yield
    finally:
        for number, action in before.items():
            signal.signal(number, action)


def ending() -> list[signal.Signals]:
    """The signals of this system among those that end a program."""
    return [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
