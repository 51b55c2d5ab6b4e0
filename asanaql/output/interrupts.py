"""Ctrl-C while libraries are at work.

KeyboardInterrupt is raised wherever Python code happens to run, and DuckDB or pyarrow may have called that code: they
turn it into errors of their own ("Query interrupted"), or lose it. So the signal is noticed where it arrives.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from asanaql.connection.noticing import ending

_Action = Callable[[int, FrameType | None], object]


class _Notice:
    """What a signal calls that means KeyboardInterrupt: it raises that, and remembers."""

    def __init__(self) -> None:
        self.arrived = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.arrived = True
        signal.default_int_handler(number, frame)


@contextmanager
def interruptible() -> Iterator[_Notice]:
    """The block ends with KeyboardInterrupt when a signal that means it arrived, whatever became of it inside.

    The block is given what tells whether one arrived.

    Signals that mean something else to the program are left alone, and so are threads that get none. Such blocks may
    stand in one another: each ends that way by itself.
    """
    notice = _Notice()
    before = _meant() if threading.current_thread() is threading.main_thread() else {}
    for number in before:
        signal.signal(number, notice)
    try:
        yield notice
    except Exception:
        if notice.arrived:
            raise KeyboardInterrupt from None
        raise
    finally:
        for number, action in before.items():
            signal.signal(number, action)
    if notice.arrived:
        raise KeyboardInterrupt


@contextmanager
def ended_as_by_ctrl_c() -> Iterator[None]:
    """Being told to end, or losing the terminal, is KeyboardInterrupt in the block: it leaves nothing behind."""
    before = {number: signal.getsignal(number) for number in ending() if number != signal.SIGINT}
    changed = [number for number, action in before.items() if action is signal.SIG_DFL]
    for number in changed:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in changed:
            signal.signal(number, signal.SIG_DFL)


def _meant() -> dict[signal.Signals, _Action]:
    """The signals that raise KeyboardInterrupt now, with what they call."""
    actions = {number: signal.getsignal(number) for number in ending()}
    return {
        number: action
        for number, action in actions.items()
        if isinstance(action, _Notice) or action is signal.default_int_handler
    }
