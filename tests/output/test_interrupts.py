"""Ctrl-C is noticed even where a library makes something else of it."""

from __future__ import annotations

import contextlib
import os
import signal
import threading

import duckdb
import pytest

from asanaql.output.interrupts import ended_as_by_ctrl_c, interruptible


def press(number=signal.SIGINT):
    os.kill(os.getpid(), number)


def test_an_interrupt_that_became_another_error_is_an_interrupt():
    with pytest.raises(KeyboardInterrupt), interruptible():
        try:
            press()
        except KeyboardInterrupt:
            raise OSError("reading the Arrow source failed") from None


def test_an_interrupt_that_was_lost_is_an_interrupt():
    with pytest.raises(KeyboardInterrupt), interruptible(), contextlib.suppress(KeyboardInterrupt):
        press()


def test_a_block_in_another_ends_by_itself_and_the_other_goes_on():
    with interruptible():
        with pytest.raises(KeyboardInterrupt), interruptible(), contextlib.suppress(KeyboardInterrupt):
            press()
        ran = True
    assert ran
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interrupt_of_duckdb_is_an_interrupt():
    def pressing(rows):
        press()
        return rows

    with duckdb.connect() as database, pytest.raises(KeyboardInterrupt), interruptible():
        database.create_function("pressing", pressing, ["BIGINT"], "BIGINT")
        database.execute("SELECT sum(pressing(range)) FROM range(1000)").fetchall()


def test_another_error_stays_what_it_is():
    with pytest.raises(OSError, match="full"), interruptible():
        raise OSError("full")


def test_signals_mean_afterwards_what_they_did_before():
    with interruptible():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_signal_that_the_program_handles_itself_is_left_to_it():
    seen = []
    before = signal.signal(signal.SIGINT, lambda number, frame: seen.append(number))
    try:
        with interruptible():
            press()
    finally:
        signal.signal(signal.SIGINT, before)
    assert seen == [signal.SIGINT]


def test_being_told_to_end_is_an_interrupt_too():
    with pytest.raises(KeyboardInterrupt), ended_as_by_ctrl_c(), interruptible():
        try:
            press(signal.SIGTERM)
        except KeyboardInterrupt:
            raise RuntimeError("Query interrupted") from None
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_thread_may_use_it_as_well():
    ran = []

    def work():
        with interruptible():
            ran.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ran == [True]
