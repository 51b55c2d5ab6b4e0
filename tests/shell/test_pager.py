"""The program that long answers are read with."""

from __future__ import annotations

import io

import pytest

from asanaql.errors import ConfigError
from asanaql.shell.kept import Kept
from asanaql.shell.pager import page, pager
from asanaql.shell.preferences import Preferences
from asanaql.shell.running import show
from asanaql.shell.screen import Screen

XTERM = {"TERM": "xterm"}


class Person(Screen):
    """A screen that somebody sits at."""

    interactive = True


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({**XTERM, "PAGER": "more -d"}, ["more", "-d"]),
        ({**XTERM, "PAGER": "less"}, ["less", "-R"]),
        ({**XTERM, "PAGER": "/usr/bin/less -F"}, ["/usr/bin/less", "-R", "-F"]),
        ({**XTERM, "PAGER": ""}, None),
        ({**XTERM, "PAGER": " "}, None),
        ({"TERM": "dumb", "PAGER": "more"}, None),
        ({"PAGER": "more"}, None),
    ],
)
def test_the_persons_pager_is_run_and_less_shows_colours(environment, command):
    assert pager(environment) == command


def test_a_pager_that_is_no_command_is_an_error():
    with pytest.raises(ConfigError, match=r"The pager less '-S cannot be run \(No closing quotation\): set PAGER"):
        pager({**XTERM, "PAGER": "less '-S"})


def test_what_the_pager_ends_with_is_told():
    assert page(["sh", "-c", "exit 3"], "text\n", iter(())) == 3


def test_an_answer_that_the_pager_did_not_show_is_not_lost_in_silence(connection, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("PAGER", "false")
    out, err = io.StringIO(), io.StringIO()
    kept = Kept("", connection.sql("FROM range(100)"))
    show(kept, Person(out, err), Preferences())
    assert err.getvalue().startswith("warning: The pager false ended with 1: set PAGER, or .set pager off")
    assert kept.table().num_rows == 100
