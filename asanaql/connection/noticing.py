"""Ctrl-C while DuckDB works, noticed where it arrives: DuckDB and pyarrow may lose what is raised in code they call."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def noticing(stop: Callable[[], object]) -> Iterator[None]:
    """`stop` is called where Ctrl-C arrives during the block, just before KeyboardInterrupt is raised there.

    Nothing is done on another thread than the main one, nor where Ctrl-C means something else to the program.
    """
    if threading.current_thread() is not threading.main_thread() or not _usual():
        yield
        return

    def notice(number: int, frame: FrameType | None) -> None:
        stop()
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, notice)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _usual() -> bool:
    return signal.getsignal(signal.SIGINT) is signal.default_int_handler
