"""Ctrl-C is noticed where it arrives, whatever becomes of the exception."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from asanaql.connection.noticing import noticing
from asanaql.connection.run import Run, Runs
from asanaql.output.interrupts import interruptible


def press():
    os.kill(os.getpid(), signal.SIGINT)


def test_what_runs_is_told_to_stop_before_the_exception_is_raised():
    told = []
    with noticing(lambda: told.append("stop")), pytest.raises(KeyboardInterrupt):
        press()
    assert told == ["stop"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_run_that_lost_the_exception_ends_all_the_same():
    runs, run = Runs(), Run(lambda: 0.0)
    with pytest.raises(KeyboardInterrupt), runs.within(run), pytest.raises(KeyboardInterrupt):
        press()
    assert run.interrupted
    with runs.within(Run(lambda: 0.0)):
        pass


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_a_signal_means_to_the_program_stays(number):
    pressed, told = [], []
    before = signal.signal(number, lambda number, frame: pressed.append(number))
    handler = signal.getsignal(number)
    try:
        with noticing(lambda: told.append("stop")):
            os.kill(os.getpid(), number)
        assert signal.getsignal(number) is handler
    finally:
        signal.signal(number, before)
    assert (pressed, told) == ([number], [])


def test_whatever_raises_the_exception_stops_what_runs():
    told = []
    with pytest.raises(KeyboardInterrupt), interruptible() as notice, noticing(lambda: told.append("stop")):
        press()
    assert (told, notice.arrived) == (["stop"], True)


def test_on_another_thread_nothing_is_done():
    entered = []

    def work():
        with noticing(lambda: None):
            entered.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert entered == [signal.getsignal(signal.SIGINT)]
