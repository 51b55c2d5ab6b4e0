"""The loop: what is typed is run and answered, and nothing ends it but leaving."""

from __future__ import annotations

import asyncio
import os
import signal
import threading

import pytest

import asanaql
from asanaql.demo import DEMO_BASE_URL, DemoTransport, Service, build
from asanaql.shell.running import footer
from tests.shell.conftest import CTRL_C, CTRL_D, ENTER, Typist


def test_a_statement_may_be_typed_over_three_lines(shell):
    out, err = shell.type(f"SELECT 1 AS a,{ENTER}  ';' AS b,{ENTER}3 AS c;{ENTER}{CTRL_D}")
    assert "a,b,c\n1,;,3\n" in out
    assert err == ""
    assert shell.history.get_strings() == ["SELECT 1 AS a,\n  ';' AS b,\n  3 AS c;"]


def test_several_statements_may_stand_in_one_line(shell):
    out, _ = shell.type(f"SELECT 1 AS a; SELECT 2 AS b;{ENTER}{CTRL_D}")
    assert out.index("a\n1\n") < out.index("b\n2\n")


def test_the_footer_tells_rows_seconds_and_requests(shell):
    out, _ = shell.type(f"SELECT gid FROM projects;{ENTER}{CTRL_D}")
    assert "(15 rows, 0." in out
    assert " requests" in out


def test_tab_completes_a_relation(shell):
    out, err = shell.type(
        "SELECT count(*) AS n FROM workspace_m",
        when="SELECT count(*) AS n FROM workspace_memberships",
        then=f";{ENTER}{CTRL_D}",
    )
    assert (out.count("n\n20\n"), err) == (1, "")


def test_tab_completes_a_column_behind_an_alias(shell):
    out, err = shell.type(
        "FROM projects p SELECT count(p.permalink_u",
        when="FROM projects p SELECT count(p.permalink_url",
        then=f") AS n;{ENTER}{CTRL_D}",
    )
    assert (out.count("n\n15\n"), err) == (1, "")


def test_ctrl_c_drops_what_is_typed_and_goes_on(shell):
    out, err = shell.type(f"SELECT nonsense{ENTER}more{CTRL_C}SELECT 7 AS a;{ENTER}{CTRL_D}")
    assert "a\n7\n" in out
    assert err == ""


def test_ctrl_d_leaves(shell):
    out, err = shell.type(CTRL_D)
    assert err == ""
    assert "Ctrl-D" in out


@pytest.mark.parametrize("command", [".quit", ".exit", ".QUIT", " .quit ;"])
def test_quit_leaves(shell, command):
    out, err = shell.type(f"{command}{ENTER}SELECT 1 AS never;{ENTER}{CTRL_D}")
    assert "never" not in out
    assert err == ""


def test_an_error_does_not_end_the_shell(shell):
    out, err = shell.type(f"SELEC 1;{ENTER}.nonsense{ENTER}SELECT nope FROM tasks;{ENTER}SELECT 8 AS a;{ENTER}{CTRL_D}")
    assert "a\n8\n" in out
    assert err.count("error: ") == 3
    assert "error: There is no command .nonsense: .help lists them." in err


def test_a_failed_statement_stops_those_behind_it_in_the_line(shell):
    out, _ = shell.type(f"SELECT nope; SELECT 9 AS never;{ENTER}SELECT 8 AS a;{ENTER}{CTRL_D}")
    assert "never" not in out
    assert "a\n8\n" in out


def test_nothing_typed_is_nothing_done(shell):
    _, err = shell.type(f"{ENTER}  {ENTER};{ENTER}-- note;{ENTER};{ENTER}{CTRL_D}")
    assert "error" not in err


def test_results_are_drawn_as_boxes(connection):
    out, _ = Typist(connection, "box").type(f"SELECT 1 AS a;{ENTER}{CTRL_D}")
    assert "│   a   │\n" in out


def test_warnings_follow_the_rows(tmp_path):
    service = Service(build())
    service.forbidden.add(service.world.notable["hundred"])
    with asanaql.connect(
        "an-invented-token", base_url=DEMO_BASE_URL, cache=tmp_path, transport=DemoTransport(service)
    ) as connection:
        _, err = Typist(connection).type(f"SELECT count(*) FROM sections;{ENTER}{CTRL_D}")
    assert err.startswith("warning: ")


def test_ctrl_c_stops_a_statement_and_the_shell_lives_on(tmp_path):
    service = Service(build())

    class Interrupting(DemoTransport):
        """Presses Ctrl-C once when tasks are asked for, and never answers that."""

        pressed = False

        async def handle_async_request(self, request):
            if "/tasks" in request.url.path:
                if not self.pressed:
                    self.pressed = True
                    os.kill(os.getpid(), signal.SIGINT)
                await asyncio.get_running_loop().create_future()
            return await super().handle_async_request(request)

    before = threading.active_count()
    with asanaql.connect(
        "an-invented-token", base_url=DEMO_BASE_URL, cache=tmp_path, transport=Interrupting(service)
    ) as connection:
        out, err = Typist(connection).type(f"SELECT * FROM tasks;{ENTER}SELECT 5 AS a;{ENTER}{CTRL_D}")
    assert err == "interrupted\n"
    assert "a\n5\n" in out
    assert threading.active_count() <= before


def test_the_footer_counts_in_words_of_the_right_number():
    stats = asanaql.Stats(rows=1, seconds=0.5, requests=1, cached=0, retries=0, bytes=0, waited=0.0, waiting=False)
    assert footer(stats, 1) == "(1 row, 0.50 s, 1 request)"


def test_a_file_that_is_no_database_is_an_error_and_nothing_else_changes(shell, tmp_path):
    (tmp_path / "notes.txt").write_text("no database")
    out, err = shell.enter(f".open {tmp_path}/notes.txt", ".open", "SELECT 1 AS a;")
    assert err.startswith("error: ")
    assert "No file is open" in out
    assert "a\n1\n" in out
