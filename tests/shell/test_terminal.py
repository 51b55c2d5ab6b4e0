"""The shell in a real terminal: tmux runs it, types into it, and tells what stands on the screen."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

ROOT = Path(__file__).parents[2]
#: Seconds without anything drawn after which a terminal is given up.
PATIENCE = 60


class Terminal:
    """A terminal of 100 by 40 with the shell in it. What it draws comes through a pipe, so that waiting for a text
    is reading until it arrives."""

    def __init__(self, place: Path) -> None:
        self.name = f"asanaql-{uuid.uuid4().hex[:8]}"
        pipe = place / "drawn"
        os.mkfifo(pipe)
        environment = {"XDG_CACHE_HOME": place / "cache", "XDG_STATE_HOME": place / "state", "PYTHONPATH": ROOT}
        given = [part for name, value in environment.items() for part in ("-e", f"{name}={value}")]
        self._tmux("new-session", "-d", "-s", self.name, "-x", "100", "-y", "40", *given, "exec cat")
        self._tmux("pipe-pane", "-t", self.name, f"exec cat > {pipe}")
        self._drawn = pipe.open("rb", buffering=0)
        self._tmux(
            "respawn-pane", "-k", "-t", self.name, *given, f"{sys.executable} -m asanaql --demo; echo ended $?; cat"
        )

    def _tmux(self, *words: object) -> str:
        command = ["tmux", "-L", self.name, *map(str, words)]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=20).stdout

    def type(self, *keys: str) -> None:
        """Press keys: texts, or names such as Enter and C-c."""
        # A semicolon at the end of a word would end tmux's own command.
        self._tmux("send-keys", "-t", self.name, *(f"{key[:-1]}\\;" if key.endswith(";") else key for key in keys))

    def wait_for(self, text: str) -> str:
        """The screen, once `text` has been drawn."""
        drawn = b""
        while text.encode() not in drawn:
            ready, _, _ = select.select([self._drawn], [], [], PATIENCE)
            piece = self._drawn.read(4096) if ready else b""
            assert piece, f"the terminal did not draw {text!r}"
            drawn += piece
        return self._tmux("capture-pane", "-p", "-t", self.name)

    def close(self) -> None:
        """End the terminal and everything in it."""
        self._tmux("kill-server")
        self._drawn.close()


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path)
    try:
        opened.wait_for("asanaql>")
        yield opened
    finally:
        opened.close()


def test_a_statement_over_three_lines_is_answered_below_it(terminal: Terminal) -> None:
    terminal.type("SELECT count(*) AS projects", "Enter", "FROM projects", "Enter", "WHERE archived = FALSE;", "Enter")
    terminal.wait_for("asanaql>")
    terminal.type(".quit", "Enter")
    screen = terminal.wait_for("ended 0")
    assert "│       13 │" in screen


def test_an_error_and_ctrl_c_leave_the_shell_alive_and_ctrl_d_ends_it(terminal: Terminal) -> None:
    terminal.type("SELECT * FROM taskz;", "Enter")
    terminal.wait_for("taskz does not exist")
    terminal.type("SELECT half a state", "C-c")
    terminal.type("SELECT 6 * 7 AS answer;", "Enter")
    terminal.wait_for(" 42 ")
    terminal.type("C-d")
    screen = terminal.wait_for("ended 0")
    assert "42" in screen


def test_tab_completes_a_table(terminal: Terminal) -> None:
    terminal.type("SELECT count(*) FROM workspace_m", "Tab")
    terminal.wait_for("workspace_memberships")
    terminal.type("C-c", "C-d")
    terminal.wait_for("ended 0")
