"""Whole sittings, as files of what is typed and what is written: every command, unicode, NULL and mistakes included.

To write the files anew after a change that was meant, run this with ASANAQL_RECORD=1 and read the difference.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path

import pytest

import asanaql
from asanaql.demo import DemoTransport, Service, build
from asanaql.shell.commands import ALIASES, COMMANDS
from asanaql.shell.preferences import Preferences
from asanaql.shell.prompt import Colours, Words
from asanaql.shell.screen import Screen
from asanaql.shell.session import Shell
from asanaql.shell.sitting import Sitting
from tests.shell.conftest import NOBODY, SilentPrompt

HERE = Path(__file__).parent / "sittings"
FIRST, NEXT = "asanaql> ", "      -> "


def typed(text):
    """What is typed in a file, each entry with its lines."""
    entries = []
    for line in text.splitlines():
        if line.startswith(FIRST):
            entries.append(line[len(FIRST) :])
        elif line.startswith(NEXT):
            entries[-1] += "\n" + line[len(NEXT) :]
    return entries


@pytest.fixture(scope="module")
def world():
    return build(now=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))


@pytest.fixture
def played(world, tmp_path, monkeypatch):
    """Plays a sitting in an empty directory and gives it as it was, times and places aside."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("ASANA_ACCESS_TOKEN", raising=False)

    def play(entries):
        screen = io.StringIO()
        with asanaql.connect(
            demo=True, transport=DemoTransport(Service(world)), clock=lambda: 1000.0, max_requests=40
        ) as connection:
            sitting = Sitting(NOBODY, Screen(screen, screen), Preferences())
            sitting.reconnect(NOBODY, connection)
            shell = Shell(sitting, SilentPrompt(), Words(), Colours())
            for entry in entries:
                screen.write(FIRST + entry.replace("\n", f"\n{NEXT}") + "\n")
                if not shell.enter(entry):
                    break
        return screen.getvalue().replace(str(tmp_path), "DIRECTORY")

    return play


@pytest.mark.parametrize("file", sorted(HERE.glob("*.txt")), ids=lambda file: file.stem)
def test_a_sitting_goes_as_it_is_written(played, file):
    expected = file.read_text(encoding="utf-8")
    shown = played(typed(expected))
    if os.environ.get("ASANAQL_RECORD"):
        file.write_text(shown, encoding="utf-8")
    assert shown == expected


def test_every_command_is_in_a_sitting():
    entries = [entry for file in HERE.glob("*.txt") for entry in typed(file.read_text(encoding="utf-8"))]
    used = {entry.split()[0] for entry in entries if entry.strip()}
    # These change whom Asana is asked for, or need a person: they are in test_account and test_terminal.
    elsewhere = {".login", ".logout", ".demo", ".edit", "\\e"}
    assert {*COMMANDS, *ALIASES} - elsewhere <= used
