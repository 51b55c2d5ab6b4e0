"""Ctrl-C is noticed where it arrives, whatever becomes of the exception."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from asanaql.connection.noticing import noticing
from asanaql.connection.run import Run, Runs


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


def test_a_signal_that_the_program_handles_itself_is_left_to_it():
    pressed, told = [], []
    before = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    try:
        with noticing(lambda: told.append("stop")):
            press()
    finally:
        signal.signal(signal.SIGINT, before)
    assert (pressed, told) == ([signal.SIGINT], [])


def test_on_another_thread_nothing_is_done():
    entered = []

    def work():
        with noticing(lambda: None):
            entered.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert entered == [signal.getsignal(signal.SIGINT)]
