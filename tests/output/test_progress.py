"""The line about a running statement, on a clock that the test turns."""

from __future__ import annotations

import io

import pytest

from asanaql import Stats
from asanaql.output.progress import Progress, progress, progress_text

NUMBERS = {"rows": 0, "seconds": 0.0, "requests": 0, "cached": 0, "retries": 0, "bytes": 0, "waited": 0.0}


def stats(waiting=False, **numbers):
    return Stats(**{**NUMBERS, **numbers}, waiting=waiting)


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_nothing_is_drawn_in_the_first_second(clock):
    stream = io.StringIO()
    line = Progress(stream, 80, clock)
    line.follow(stats)
    clock.now += 0.9
    line.draw()
    assert stream.getvalue() == ""


def test_requests_rows_and_rate_are_drawn_in_place(clock):
    stream = io.StringIO()
    line = Progress(stream, 80, clock)
    line.follow(lambda: stats(scanned=3000, requests=30))
    clock.now += 2
    line.draw()
    line.draw()
    assert stream.getvalue() == "\r\x1b[K30 requests, 3,000 rows, 1,500 rows/s" * 2


def test_nothing_is_drawn_before_there_is_a_statement_to_follow(clock):
    stream = io.StringIO()
    line = Progress(stream, 80, clock)
    clock.now += 5
    line.draw()
    assert stream.getvalue() == ""


def test_waiting_for_asanas_limit_is_said():
    assert progress_text(stats(waiting=True), 10.0).endswith("waiting for Asana's limit")
    assert "waiting" not in progress_text(stats(), 10.0)


def test_the_line_does_not_wrap(clock):
    stream = io.StringIO()
    line = Progress(stream, 20, clock)
    line.follow(lambda: stats(scanned=3000, requests=30))
    clock.now += 2
    line.draw()
    assert stream.getvalue() == "\r\x1b[K30 requests, 3,000 "


def test_the_line_is_cleared_before_output_and_only_when_it_is_there(clock):
    stream = io.StringIO()
    line = Progress(stream, 80, clock)
    line.follow(stats)
    with line.hidden():
        pass
    assert stream.getvalue() == ""
    clock.now += 2
    line.draw()
    stream.truncate(0)
    with line.hidden():
        assert stream.getvalue().endswith("\r\x1b[K")


def test_a_stream_that_is_no_terminal_gets_nothing(clock):
    stream = io.StringIO()
    with progress(stream, clock) as line:
        line.follow(lambda: stats(scanned=1))
        clock.now += 100
    assert stream.getvalue() == ""
