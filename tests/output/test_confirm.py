"""The question whether a statement may send more, asked in a pseudo-terminal."""

from __future__ import annotations

import io
import os
import threading

import pyte
import pytest

from asanaql import ScanStats, Stats
from asanaql.output.confirm import confirming
from asanaql.output.progress import Progress, size_of

termios = pytest.importorskip("termios", reason="there are no such terminals")

COLUMNS, ROWS = 50, 12
REASON = "tasks: the statement would send about 1,663 requests, and it may send 1,000. It would be fewer with gid = …."
QUESTION = [
    "tasks: the statement would send about 1,663",
    "requests, and it may send 1,000. It would be",
    "fewer with gid = ….",
]
SCANS = (ScanStats("tasks", "", 3, 40, 0, 0), ScanStats("projects", "", 1, 2, 0, 0))
STATS = Stats(0, 0.0, 4, 0, 0, 0, 0.0, False, scans=SCANS)


class Person:
    """Somebody who types `early` before there is a question, and `answer` when it is there."""

    def __init__(self, early, answer):
        self._ours, self._theirs = os.openpty()
        termios.tcsetwinsize(self._theirs, (ROWS, COLUMNS))
        self.input = open(self._theirs, closefd=False)  # noqa: SIM115
        self.errors = open(self._theirs, "w", closefd=False)  # noqa: SIM115
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._feed = pyte.ByteStream(self._screen)
        self._answer = answer
        os.write(self._ours, early)
        self._sits = threading.Thread(target=self._sit)
        self._sits.start()

    def _sit(self):
        drawn = b""
        while b"\x00" not in drawn:
            asked = b"[y/N] " in drawn
            drawn += os.read(self._ours, 4096)
            if b"[y/N] " in drawn and not asked:
                os.write(self._ours, self._answer)
        self._feed.feed(drawn.replace(b"\x00", b""))

    def leave(self):
        """What stands on the screen at last."""
        self.errors.write("\x00")
        self.errors.flush()
        self._sits.join()
        for each in (self.input, self.errors):
            each.close()
        os.close(self._theirs)
        os.close(self._ours)
        return "\n".join(line.rstrip() for line in self._screen.display).strip().split("\n")


def asked(answer, *, early=b"", again=False):
    """What the person said, and the screen after it; with lines of a statement before and, if `again`, after."""
    person = Person(early, answer)
    now = iter([0.0, 2.0, 4.0])
    line = Progress(person.errors, lambda: size_of(person.errors), lambda: next(now))
    line.follow(lambda: STATS)
    line.draw()
    ask = confirming(person.input, person.errors, line)
    said = ask(REASON)
    if again:
        line.draw()
    return said, person.leave()


def test_the_question_stands_alone_between_the_lines_of_the_statement_and_breaks_between_words():
    said, screen = asked(b"y\n", again=True)
    lines = ["tasks      3 of ~40 requests", "projects    1 of ~2 requests", "in all            4 requests   4 s"]
    assert (said, screen) == (True, [*QUESTION[:2], f"{QUESTION[2]} Go on? [y/N] y", *lines])


@pytest.mark.parametrize(("answer", "allowed"), [(b"YES\n", True), (b"n\n", False), (b"\n", False), (b"yep\n", False)])
def test_only_yes_is_yes(answer, allowed):
    said, screen = asked(answer)
    assert said is allowed
    assert screen == [*QUESTION[:2], f"{QUESTION[2]} Go on? [y/N] {answer.decode().strip()}".rstrip()]


def test_the_end_of_input_is_no_and_ends_the_line():
    said, screen = asked(b"\x04", again=True)
    assert said is False
    assert screen[3].startswith("tasks ")


def test_what_was_typed_before_the_question_is_no_answer_to_it():
    said, _ = asked(b"n\n", early=b"y\n")
    assert said is False


def test_bytes_that_are_no_text_are_no():
    said, screen = asked(b"\xff\n", again=True)
    assert said is False
    assert any(line.startswith("tasks ") for line in screen)


@pytest.mark.parametrize("input", [None, io.StringIO("y\n")], ids=["nobody", "a file"])
def test_nobody_is_asked_where_nobody_can_answer(input):
    errors = io.StringIO()
    assert confirming(input, errors, Progress(errors, lambda: size_of(errors), lambda: 0.0)) is None


class Terminal(io.StringIO):
    """A terminal at which nobody must be waited for."""

    def isatty(self):
        return True

    def readline(self, *_):
        raise AssertionError("somebody was asked")


def test_nobody_is_asked_while_another_program_has_the_terminal():
    errors = Terminal()
    line = Progress(errors, lambda: os.terminal_size((COLUMNS, ROWS)), lambda: 10.0)
    ask = confirming(Terminal(), errors, line)
    assert ask is not None
    with line.away():
        assert ask(REASON) is False
    assert (errors.getvalue(), line.lent) == ("", False)
