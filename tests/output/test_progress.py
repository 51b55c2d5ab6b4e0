"""The lines about a running statement on a terminal, on a clock that the test turns."""

from __future__ import annotations

import io
import os

import pyte
import pytest

from asanaql import ScanStats, Stats
from asanaql.output.progress import Progress, progress

NUMBERS = {"rows": 0, "seconds": 0.0, "requests": 0, "cached": 0, "retries": 0, "bytes": 0, "waited": 0.0}
BEFORE = ["asanaql> SELECT ...", "     -> FROM tasks;"]


def stats(scans, **numbers):
    """So many scans of as many relations."""
    found = (ScanStats(f"relation_{place}", "", place, 10, 0, 0) for place in range(scans))
    return Stats(**{**NUMBERS, **numbers}, waiting=False, scans=tuple(found))


class Terminal(io.StringIO):
    """A screen of some size that a person sits at, with something on it, and lines about a statement on it."""

    def __init__(self, columns=80, rows=12):
        super().__init__()
        self.screen = pyte.Screen(columns, rows)
        self._feed = pyte.Stream(self.screen)
        self.now = 100.0
        self.line = Progress(self, lambda: os.terminal_size((self.screen.columns, self.screen.lines)), lambda: self.now)
        self.write("".join(f"{line}\r\n" for line in BEFORE))

    def write(self, text):
        # The terminal driver returns at each end of a line.
        self._feed.feed(text.replace("\r\n", "\n").replace("\n", "\r\n"))
        return super().write(text)

    def isatty(self):
        return True

    def draw(self, scans, **numbers):
        self.line.follow(lambda: stats(scans, **numbers))
        self.line.draw()

    @property
    def shown(self):
        """The lines on the screen, down to the last that is not empty."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip().split("\n")


@pytest.fixture
def terminal():
    terminal = Terminal()
    terminal.now += 2
    return terminal


def test_nothing_is_drawn_in_the_first_second():
    terminal = Terminal()
    terminal.now += 0.9
    terminal.draw(3)
    assert terminal.shown == BEFORE
    terminal.now += 0.1
    terminal.draw(3)
    assert terminal.shown != BEFORE


def test_nothing_is_drawn_before_there_is_a_statement_to_follow(terminal):
    terminal.line.draw()
    assert terminal.shown == BEFORE


def test_a_scan_is_drawn_again_in_its_place(terminal):
    terminal.line.follow(lambda: stats(1))
    terminal.line.draw()
    terminal.now += 3
    terminal.line.draw()
    assert terminal.shown == [*BEFORE, "relation_0   0 of ~10 requests   5 s"]


def test_lines_that_are_fewer_than_before_leave_nothing_of_those(terminal):
    terminal.draw(4)
    assert len(terminal.shown) == len(BEFORE) + 5
    terminal.draw(1)
    assert terminal.shown == [*BEFORE, "relation_0   0 of ~10 requests   2 s"]


def test_no_more_than_six_lines_are_drawn(terminal):
    terminal.draw(20)
    assert len(terminal.shown) == len(BEFORE) + 6


def test_lines_are_taken_away_before_anything_else_is_written(terminal):
    terminal.draw(3)
    with terminal.line.hidden():
        assert terminal.shown == BEFORE
        terminal.write("a row\n")
    terminal.draw(1)
    assert terminal.shown == [*BEFORE, "a row", "relation_0   0 of ~10 requests   2 s"]


def test_nothing_is_taken_away_where_nothing_was_drawn(terminal):
    written = terminal.getvalue()
    with terminal.line.hidden():
        assert terminal.getvalue() == written


def test_at_the_bottom_of_the_screen_lines_push_up_what_is_above_them_and_nothing_else():
    terminal = Terminal(rows=6)
    terminal.now += 2
    terminal.write("x\r\ny\r\n")
    for _ in range(3):
        terminal.draw(2)
    assert terminal.shown[:3] == [BEFORE[1], "x", "y"]
    with terminal.line.hidden():
        assert terminal.shown == [BEFORE[1], "x", "y"]


def test_a_screen_lower_than_the_lines_has_fewer_of_them():
    terminal = Terminal(rows=3)
    terminal.now += 2
    terminal.draw(5)
    terminal.draw(5)
    assert terminal.shown == [*BEFORE, "in all   10 requests   2 s"]


def test_a_narrower_screen_is_drawn_on_without_leaving_anything(terminal):
    terminal.draw(3)
    terminal.screen.resize(12, 24)
    terminal.draw(2)
    drawn = ["relation_0   0 of ~10 r", "relation_1   1 of ~10 r", "in all               1", "2 s"]
    assert terminal.shown == [*BEFORE, *drawn]
    with terminal.line.hidden():
        assert terminal.shown == BEFORE


def test_lines_that_a_narrower_terminal_has_wrapped_are_cleared_too(terminal):
    terminal.draw(2)
    wrapped = [line.rstrip() for line in terminal.screen.display[2:5]]
    terminal.screen.resize(12, 20)
    # As terminals do that keep what no longer fits: the cursor stays before the text that it was before.
    pyte.Stream(terminal.screen).feed("".join(wrapped) + f"\x1b[{len(BEFORE) + 1};1H")
    terminal.draw(1)
    assert terminal.shown[2:] == ["relation_0   0 of ~", "2 s"]


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["a file", "a dumb terminal"])
def test_what_cannot_draw_a_line_again_gets_nothing(stream, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    before, now = stream.getvalue(), iter(range(100, 100_000, 100))
    with progress(stream, lambda: next(now)) as line:
        line.follow(lambda: stats(1))
    assert stream.getvalue() == before


def test_a_statement_that_is_over_leaves_nothing_behind(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    terminal, now = Terminal(), iter(range(100, 100_000, 100))
    with progress(terminal, lambda: next(now)) as line:
        line.follow(lambda: stats(2))
        line.draw()
        assert terminal.shown != BEFORE
    assert terminal.shown == BEFORE


def test_nothing_is_drawn_while_another_program_has_the_terminal():
    now, stream = [0.0], io.StringIO()
    line = Progress(stream, lambda: os.terminal_size((80, 24)), lambda: now[0])
    line.follow(lambda: Stats(0, 0.0, 4, 0, 0, 0, 0.0, False))
    now[0] = 2.0
    with line.away():
        line.draw()
        assert stream.getvalue() == ""
    line.draw()
    assert "4 requests" in stream.getvalue()
