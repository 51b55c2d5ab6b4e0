"""The shell as people meet it: a program in a terminal that is typed at, of several sizes and kinds."""

from __future__ import annotations

import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from asanaql.demo import Service, build, serve
from tests.shell.terminal import CTRL_C, CTRL_D, CTRL_R, ENTER, ROOT, TAB, Terminal

PROMPT = "asanaql>"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Opens terminals of one home, all of which are closed at the end."""
    terminals: list[Terminal] = []

    def opens(*arguments: str, **settings) -> Terminal:
        terminals.append(Terminal(tmp_path, *arguments, **settings))
        # It is greeted above its prompt, and takes no keys while that is written.
        greeted = "--demo" in arguments and settings.get("environment") != {"TERM": "dumb"}
        terminals[-1].wait_for("Try: " if greeted else PROMPT)
        return terminals[-1]

    yield opens
    for terminal in terminals:
        terminal.close()


@pytest.fixture(scope="module")
def service() -> Service:
    return Service(build(), clock=lambda: 0.0)


def test_it_greets_and_answers_a_statement_typed_over_three_lines_and_ctrl_d_leaves(opened) -> None:
    shell = opened("--demo")
    shell.wait_for("Hello Ines Okafor. Workspace: Okafor & Töchter")
    shell.type("SELECT count(*) AS projects", ENTER, "FROM projects", ENTER, "WHERE archived = FALSE;", ENTER)
    shell.wait_for("│       13 │")
    shell.type("SELECT half a state", CTRL_C, "SELECT * FROM taskz;", ENTER)
    screen = shell.wait_for('Did you mean "tasks"?')
    assert "LINE 1: SELECT * FROM taskz\n                      ^^^^^" in screen
    shell.type(CTRL_D)
    assert shell.ended() == 0


def test_the_statement_that_it_suggests_can_be_typed(opened) -> None:
    shell = opened("--demo", size=(140, 24))
    [suggested] = [line for line in shell.wait_for("Try: ").splitlines() if line.startswith("Try: ")]
    shell.type(suggested.removeprefix("Try: "), ENTER)
    shell.wait_for("(5 rows, ")


def test_tab_completes_a_table_a_column_behind_an_alias_and_a_projects_name(opened) -> None:
    shell = opened("--demo")
    shell.wait_for("Hello ")
    shell.type("SELECT count(*) FROM workspace_m", TAB)
    shell.wait_for("FROM workspace_memberships")
    shell.type(CTRL_C, "FROM projects p SELECT p.permalink_u", TAB)
    shell.wait_for("SELECT p.permalink_url")
    # Names are known once something has asked for them.
    shell.type(CTRL_C, "SELECT count(*) FROM sections WHERE project_name = 'Single task';", ENTER)
    shell.wait_for("(1 row, ")
    shell.type("SELECT gid FROM tasks WHERE project_name = 'Atl", TAB)
    shell.wait_for("project_name = 'Atlas migration'")
    assert "2 requests" not in shell.screen


def test_history_outlives_the_run_and_secrets_are_not_in_it(opened, tmp_path) -> None:
    first = opened("--demo")
    first.enter("SELECT 6 * 7 AS answer;")
    first.enter("SELECT '1/1234567890:0123456789abcdef0123456789abcdef';")
    first.idle()
    first.type(CTRL_D)
    first.ended()
    assert "0123456789abcdef" not in (tmp_path / "state" / "asanaql" / "history").read_text()
    second = opened("--demo")
    second.type(CTRL_R, "answer")
    second.wait_for("SELECT 6 * 7 AS answer;")


def test_ctrl_c_stops_a_slow_statement_that_tells_how_far_it_is(opened, service) -> None:
    with serve(service, latency=0.5) as url:
        shell = opened("--base-url", url, environment={"ASANA_ACCESS_TOKEN": "an-invented-token"})
        slow = "SELECT count(s.text) FROM tasks t JOIN stories s ON s.task_gid = t.gid"
        shell.enter(f"{slow} WHERE t.project_name = 'Hundred and one nights';")
        shell.wait_for(" of ~101 requests")
        shell.type(CTRL_C)
        shell.wait_for("interrupted")
        shell.enter("SELECT 1 AS alive;")
        shell.wait_for("alive")


def test_a_long_answer_goes_to_the_pager_and_a_resize_is_followed(opened) -> None:
    shell = opened("--demo", environment={"PAGER": "less"})
    shell.enter("SELECT range AS n, repeat('long ', 30) AS text FROM range(30);")
    screen = shell.wait_for("│ long long")
    assert PROMPT not in screen.splitlines()[-1]
    shell.type("q")
    shell.wait_for("(30 rows, ")
    shell.resize(40, 24)
    shell.clear()
    shell.enter("SELECT 1 AS a, repeat('long ', 30) AS text;")
    screen = shell.wait_for("(1 row, ")
    assert [(len(line), line[-1]) for line in screen.splitlines() if line.startswith("│")] == [(40, "│")] * 3


def test_chart_draws_the_last_answer(opened) -> None:
    shell = opened("--demo")
    shell.enter("SELECT * FROM (VALUES ('Ines', 12), ('Maya', 30)) AS t(who, tasks);")
    shell.wait_for("(2 rows, ")
    shell.enter(".chart")
    shell.wait_for(f"{PROMPT} .chart")
    screen = shell.wait_for("█")
    assert "Maya" in screen


def test_a_token_is_asked_for_checked_kept_and_removed(opened, service, tmp_path) -> None:
    with serve(service) as url:
        shell = opened("--base-url", url)
        assert ".login asks for it" in shell.screen
        shell.enter("SELECT 1;")
        shell.wait_for("error: There is no Asana token yet")
        shell.enter(".login")
        shell.wait_for("Token (")
        shell.type("wrong-token", ENTER)
        assert "wrong-token" not in shell.wait_for("Not Authorized")
        shell.enter(".login")
        shell.wait_for(".login\nToken (from https://app.asana.com/0/my-apps, typed unseen):")
        shell.type("right-token", ENTER)
        shell.wait_for("Asana knows this token as Ines Okafor")
        shell.wait_for("There is no keyring here")
        shell.type("y", ENTER)
        assert "right-token" not in shell.wait_for("It is kept in")
        shell.enter("SELECT count(*) AS n FROM projects;")
        shell.wait_for("│    15 │")
        shell.type(CTRL_D)
        shell.ended()
        kept = tmp_path / "config" / "asanaql" / "tokens.json"
        assert kept.stat().st_mode & 0o777 == 0o600
        again = opened("--base-url", url)
        again.wait_for("Hello Ines Okafor")
        again.enter(".logout")
        again.wait_for("The token was removed.")
        assert "right-token" not in kept.read_text()
        again.enter("FROM projects;")
        again.wait_for("error: There is no Asana token yet")


def test_a_wrong_token_from_the_environment_is_told_before_anything_is_typed(opened, service) -> None:
    with serve(service) as url:
        shell = opened("--base-url", url, environment={"ASANA_ACCESS_TOKEN": "wrong-token"})
        shell.wait_for("error: Asana answered 401")
        assert "wrong-token" not in shell.screen


def test_an_answer_is_exported_and_read_again(opened, tmp_path) -> None:
    shell = opened("--demo")
    shell.enter("SELECT gid, name FROM projects ORDER BY name LIMIT 8;")
    shell.wait_for("(8 rows, ")
    shell.enter(f".export {tmp_path}/x.parquet")
    shell.wait_for("8 rows are in")
    assert pq.read_table(tmp_path / "x.parquet").num_rows == 8


def test_the_editor_gives_a_statement_back_to_the_prompt(opened, tmp_path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf 'SELECT 6 * 7 AS edited;\\n' > \"$1\"\n")
    editor.chmod(0o700)
    shell = opened("--demo", environment={"EDITOR": str(editor)})
    shell.enter("\\e")
    shell.wait_for("SELECT 6 * 7 AS edited;")
    shell.type(ENTER)
    shell.wait_for("│     42 │")


def test_settings_of_the_file_hold_from_the_start(opened, tmp_path) -> None:
    (tmp_path / "config" / "asanaql").mkdir(parents=True)
    (tmp_path / "config" / "asanaql" / "shellrc").write_text(".mode csv\n.timing off\n.set keys vi\n")
    shell = opened("--demo")
    shell.enter("SELECT 1 AS a, 2 AS b;")
    shell.wait_for("a,b\n1,2")


@pytest.mark.parametrize(
    "environment",
    [{"TERM": "dumb"}, {"NO_COLOR": "1"}, {"LANG": "en_US.ISO-8859-1", "PYTHONIOENCODING": "latin-1"}],
    ids=["dumb", "no colour", "latin-1"],
)
def test_terminals_that_can_less_are_enough(opened, environment) -> None:
    shell = opened("--demo", environment=environment, size=(40, 24))
    shell.enter("SELECT 'naïve' AS text, 6 * 7 AS n, NULL AS x;")
    screen = shell.wait_for("(1 row, ")
    assert "42" in screen and "NULL" in screen
    frames = [line[0] + line[-1] for line in screen.splitlines() if line[0] in "│|"]
    assert frames in (["││"] * 3, ["||"] * 3)
    if "NO_COLOR" in environment:
        assert shell.colours == {"default"}


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_tmux_shows_it_as_well(tmp_path) -> None:
    """A terminal that we did not choose a library for."""
    name = f"asanaql-{uuid.uuid4().hex[:8]}"
    places = [f"XDG_{kind}_HOME={tmp_path / kind.lower()}" for kind in ("CACHE", "STATE", "CONFIG")]
    given = [part for place in (*places, f"PYTHONPATH={ROOT}") for part in ("-e", place)]

    def tmux(*words: str) -> str:
        command = ["tmux", "-L", name, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout

    shown = f"{sys.executable} -m asanaql --demo; tmux -L {name} wait-for -S ended; cat"
    tmux("new-session", "-d", "-x", "80", "-y", "30", *given, shown)
    try:
        tmux("send-keys", "SELECT 6 * 7", "Enter", "AS answer\\;", "Enter", ".quit", "Enter")
        tmux("wait-for", "ended")
        assert "│     42 │" in tmux("capture-pane", "-p")
    finally:
        tmux("kill-server")
