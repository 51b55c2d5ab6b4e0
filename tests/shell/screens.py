"""Captures the screens of examples/screens from a terminal: `python -m tests.shell.screens` writes them anew."""

from __future__ import annotations

import datetime as dt
import re
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asanaql.demo import Service, build, serve
from tests.shell.terminal import CTRL_C, ROOT, Terminal

HERE = ROOT / "examples" / "screens"
WIDTHS = (80, 40)
LINES = 30

_OPEN = (
    "SELECT assignee_name, count(*) AS open FROM tasks WHERE project_name = 'Atlas migration' "
    "AND NOT completed GROUP BY ALL ORDER BY open DESC LIMIT 5;"
)
_MADE = "SELECT created_at, completed_at FROM tasks WHERE project_name = 'Atlas migration';"
_SLOW = "SELECT p.name, count(t.name) AS tasks FROM projects p JOIN tasks t ON t.project_gid = p.gid GROUP BY ALL;"
#: What a clock tells, which no two captures would agree on.
_MOMENTS = ((re.compile(r"\d+\.\d\d s"), "0.12 s"), (re.compile(r"\b\d+ s$", re.MULTILINE), "2 s"))


class Holding(Service):
    """A demo workspace that keeps back one page of its biggest project, the `held`-th, until it is told not to.

    By then everything that does not wait for that page was answered.
    """

    def __init__(self, held: int) -> None:
        super().__init__(build(now=dt.datetime(2026, 3, 2, tzinfo=dt.UTC)))
        self.told = threading.Event()
        self._held = held
        self._pages = Counter()

    def answer(self, method, path, params, headers):
        asked = dict(params)
        self._pages[asked.get("project")] += path == "/tasks"
        if asked.get("project") == self.world.notable["biggest"] and self._pages[asked["project"]] == self._held:
            self.told.wait()
        return super().answer(method, path, params, headers)


@contextmanager
def opened(columns: int, held: int = 0) -> Iterator[tuple[Terminal, Holding]]:
    """The shell over a workspace whose days stand still, in a terminal of this width."""
    service = Holding(held)
    with tempfile.TemporaryDirectory() as home, serve(service) as url:
        environment = {"ASANA_ACCESS_TOKEN": "an-invented-token"}
        terminal = Terminal(Path(home), "--base-url", url, size=(columns, LINES), environment=environment)
        try:
            yield terminal, service
        finally:
            service.told.set()
            terminal.close()


def captured(columns: int) -> dict[str, str]:
    """The screens by name, each as it stands when what it shows is complete."""
    with opened(columns) as (terminal, service):
        terminal.wait_for("LIMIT 5;")
        screens = {"greeting": terminal.idle()}
        screens["result"] = _after(terminal, _OPEN)
        screens["chart"] = _after(terminal, ".chart")
        terminal.enter(".limit 4")  # Longer ones go to the pager.
        terminal.enter(_MADE)
        screens["burn-up"] = _after(terminal, ".chart")
        screens["error"] = _after(terminal, "SELECT nam FROM projects WHERE archived;")
    with opened(columns, held=7) as (terminal, service):
        terminal.wait_for("LIMIT 5;")
        terminal.clear()
        terminal.enter(_SLOW)
        screens["running"] = terminal.wait_for("25 of ~26 requests")
        service.told.set()
        terminal.type(CTRL_C)
    return {name: _still(screen) for name, screen in screens.items()}


def _after(terminal: Terminal, line: str) -> str:
    """The screen of one line and what it gave."""
    terminal.clear()
    terminal.enter(line)
    return terminal.idle()


def _still(screen: str) -> str:
    for moment, told in _MOMENTS:
        screen = moment.sub(told, screen)
    return screen.removesuffix("asanaql>").rstrip() + "\n"


def main() -> int:
    """Write all screens."""
    for columns in WIDTHS:
        for name, screen in captured(columns).items():
            (HERE / f"{name}-{columns}.txt").write_text(screen, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
