"""The loop: what is typed is run and answered, and nothing ends it but leaving."""

from __future__ import annotations

import asyncio
import io
import os
import re
import signal
import threading

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

import asanaql
from asanaql.demo import DEMO_BASE_URL, DemoTransport, Service, build
from asanaql.shell.behind import command_words
from asanaql.shell.commands import run_command
from asanaql.shell.completion import vocabulary
from asanaql.shell.preferences import Preferences
from asanaql.shell.prompt import Colours, Words, prompt_session
from asanaql.shell.running import footer
from asanaql.shell.screen import Screen
from asanaql.shell.sitting import Sitting
from tests.shell.conftest import CTRL_C, CTRL_D, ENTER, NOBODY, Typist


def pasted(text):
    """A text as terminals give it that was not typed."""
    return f"\x1b[200~{text}\x1b[201~"


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
    assert re.search(r"\(15 rows, \d+\.\d\d s, \d requests\)\n", out)


def test_tab_completes_a_relation(shell):
    out, err = shell.type(
        "SELECT count(*) AS n FROM workspace_m",
        when="SELECT count(*) AS n FROM workspace_memberships",
        then=f";{ENTER}{CTRL_D}",
    )
    assert (out.count("n\n20\n"), err) == (1, "")


def test_tab_completes_what_a_command_takes(shell):
    out, err = shell.type(".tables workspace_m", when=".tables workspace_memberships", then=f"{ENTER}{CTRL_D}")
    assert ("one user in one workspace" in out, err) == (True, "")


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


@pytest.mark.parametrize("word", ["help", "help;", "HELP", "?", "\\?"])
def test_who_asks_for_help_gets_it(shell, word):
    out, err = shell.enter(word)
    assert (".tables [PATTERN]" in out, err) == (True, "")


def test_what_is_pasted_may_hold_commands_among_statements(shell):
    out, err = shell.enter(pasted(".mode jsonl\nSELECT 1 AS a;\n-- a note\n.mode csv\nSELECT 2 AS b;"))
    assert ('{"a":1}\n' in out, "b\n2\n" in out, err) == (True, True, "")


def test_explain_takes_a_statement_of_several_lines(shell):
    out, err = shell.enter(pasted(".explain SELECT name\nFROM projects"))
    assert ("GET /projects" in out, err) == (True, "")


def test_explain_runs_none_of_several_statements(shell):
    out, err = shell.enter(".explain SELECT 1; CREATE TABLE never AS SELECT 1", ".tables never")
    assert (err, "(yours)" in out) == (
        "error: One statement at a time: .explain runs none, and would run all behind\nthe first.\n",
        False,
    )


def test_space_of_any_kind_may_stand_behind_a_command(shell):
    out, err = shell.enter(pasted(".mode\tjsonl "), "SELECT 1 AS a;")
    assert ('{"a":1}\n' in out, err) == (True, "")


def test_bytes_that_are_no_text_are_shown_as_such(shell):
    out, err = shell.type(f"SELECT '\udcff' AS a;{ENTER}{CTRL_D}")
    assert ("a\n\ufffd\n" in out, err) == (True, "")


def test_a_statement_that_is_not_understood_can_be_edited_and_a_comment_is_no_statement(shell, tmp_path):
    out, _ = shell.enter("SELEC 1;", "-- a note", f".save {tmp_path}/it.sql")
    assert "The statement is in" in out
    assert (tmp_path / "it.sql").read_text() == "SELEC 1;\n"


def test_a_file_that_reads_itself_ends(shell, tmp_path):
    (tmp_path / "a.sql").write_text(f".read {tmp_path}/b.sql\n")
    (tmp_path / "b.sql").write_text(f".read {tmp_path}/a.sql\n")
    _, err = shell.enter(f".read {tmp_path}/a.sql", f".read {tmp_path}/b.sql")
    assert err.count("reads itself, which would never end") == 2


def test_files_may_be_named_in_quotes(shell, tmp_path):
    out, err = shell.enter("SELECT 1 AS a;", f".export '{tmp_path}/it''s here.csv'", f'.save "{tmp_path}/a b.sql"')
    assert ((tmp_path / "it's here.csv").read_text(), err) == ("a\n1\n", "")
    out, err = shell.enter(f".read '{tmp_path}/a b.sql'")
    assert ("a\n1\n" in out, err) == (True, "")


@pytest.mark.parametrize("command", [".read ~nobody-here/a.sql", ".open ~nobody-here/a.duckdb"])
def test_a_home_of_nobody_is_said_to_be_none(shell, command):
    _, err = shell.enter(command)
    assert err == "error: There is no directory ~nobody-here: write the whole path.\n"


@pytest.mark.parametrize(
    ("editor", "said"),
    [("ed 'x", "The editor ed 'x cannot be run (No closing quotation): set EDITOR."), ("rm", "The editor left no")],
)
def test_an_editor_that_cannot_be_used_changes_nothing(shell, monkeypatch, editor, said):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    _, err = shell.enter(".edit SELECT 1")
    assert err.startswith(f"error: {said}")


@pytest.mark.parametrize("begun", [".read {}/scr", ".open  {}/scr", "\\i {}/scr"])
def test_tab_completes_the_name_of_a_file(shell, tmp_path, begun):
    (tmp_path / "script.sql").write_text("SELECT 1 AS a;")
    begun = begun.format(tmp_path)
    suggested = Words()
    suggested.words = vocabulary(shell.connection.catalog, command_words())

    def texts(**event):
        document = Document(begun)
        return [each.text for each in suggested.get_completions(document, CompleteEvent(**event))]

    assert texts(completion_requested=True) == ["ipt.sql"]
    assert texts(text_inserted=True) == []


def test_describe_runs_nothing_but_that(shell):
    out, err = shell.enter(".describe projects; CREATE TABLE never AS SELECT 1", ".tables never")
    assert (err, "(yours)" in out) == ("error: One relation at a time: .describe TABLE\n", False)


def test_memory_is_no_file_to_open(shell):
    _, err = shell.enter(".open :memory:")
    assert err.startswith("error: A database in memory keeps nothing")


def test_x_shows_lines_as_it_is_told(shell):
    out, err = shell.enter("\\x on", "\\x on", "\\x off", "\\x", "\\x maybe")
    assert (out.count("mode line\n"), out.count("mode box\n")) == (3, 1)
    assert err == "error: 'maybe' is neither on nor off.\n"


def test_the_requests_of_a_statement_that_failed_are_shown(shell):
    out, _ = shell.enter("SELECT 1 AS a;", "SELECT * FROM tasks WHERE project_gid = '4242';", ".requests")
    assert "404,,false," in out
    assert "/tasks?project=4242" in out


@pytest.mark.parametrize("command", [".project Single task", ".open {}/work.duckdb"])
def test_what_brings_tables_has_them_completed(tmp_path, command):
    with asanaql.connect(demo=True, cache=tmp_path / "cache") as connection:
        sitting = Sitting(NOBODY, Screen(io.StringIO(), io.StringIO()), Preferences())
        sitting.reconnect(NOBODY, connection)
        run_command(command.format(tmp_path), sitting)
        assert sitting.changed


def test_ctrl_z_suspends_the_program(shell):
    with create_pipe_input() as pipe:
        prompt = prompt_session(shell.history, Words(), Colours(), Preferences(), input=pipe, output=DummyOutput())
        assert prompt.enable_suspend


@pytest.mark.parametrize(("typed", "shown"), [("''", ""), ('""', ""), ("∅", "∅"), ("n/a", "n/a")])
def test_null_may_be_shown_as_anything_or_nothing(shell, typed, shown):
    shell.enter(f".set null {typed}")
    assert shell.preferences.null == shown
