"""The shell as a person uses it: keys in through a pipe, what it writes out."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import threading

import pytest
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

import asanaql
from asanaql.demo import DEMO_BASE_URL, DemoTransport, Service, build
from asanaql.shell.commands import COMMANDS
from asanaql.shell.completion import vocabulary
from asanaql.shell.session import Shell, footer, prompt_session

CTRL_C, CTRL_D, TAB, ENTER = "\x03", "\x04", "\t", "\r"


class Sitting:
    """A shell that is given all its keys at once."""

    def __init__(self, connection, format="csv"):
        self.connection = connection
        self.history = InMemoryHistory()
        self.format = format

    def type(self, keys, *, when="", then=""):
        """What the shell writes for `keys`; Tab is pressed in every menu, `then` typed once the line is `when`."""
        out, err = io.StringIO(), io.StringIO()
        words = vocabulary(self.connection.catalog, {name: command.about for name, command in COMMANDS.items()})
        with create_pipe_input() as pipe:
            pipe.send_text(keys)
            prompt = prompt_session(self.history, words, input=pipe, output=DummyOutput())
            line = prompt.default_buffer

            def menu(_):
                if line.complete_state is not None and line.complete_state.complete_index is None:
                    pipe.send_text(TAB)

            def text(_):
                if line.text == when:
                    pipe.send_text(then)

            if when:
                line.on_completions_changed += menu
                line.on_text_changed += text
            Shell(self.connection, prompt, out, err, format=self.format).run()
        return out.getvalue(), err.getvalue()


@pytest.fixture
def shell(connection):
    return Sitting(connection)


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


def test_tables_lists_relations_with_what_a_row_is(shell):
    out, _ = shell.type(f".tables{ENTER}{CTRL_D}")
    for name in shell.connection.catalog:
        assert f"\n{name} " in out
    assert " ".join(shell.connection.catalog["tasks"].row.split()) in " ".join(out.split())


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("work%", ["workspaces", "workspace_memberships", "workspace_events"]),
        ("SECTION", ["sections"]),
        ("xyz", []),
    ],
)
def test_tables_takes_a_pattern(shell, pattern, names):
    out, _ = shell.type(f".tables {pattern}{ENTER}{CTRL_D}")
    listed = {line.partition(" ")[0] for line in out.splitlines()} & set(shell.connection.catalog)
    assert listed == set(names)
    assert ("No relation matches" in out) == (not names)


def test_describe_tells_columns_types_and_what_they_hold(shell):
    out, err = shell.type(f".describe tasks{ENTER}{CTRL_D}")
    assert err == ""
    assert "due_on  DATE\n" in out
    assert "modified_at  TIMESTAMP WITH TIME ZONE\n" in out
    about = shell.connection.catalog["tasks"].column("due_on").doc
    assert about in " ".join(out.split())
    assert "asana_tasks(…) takes: " in out


def test_describe_knows_the_users_own_relations(shell):
    out, _ = shell.type(f"CREATE TEMP VIEW mine AS SELECT 1 AS a;{ENTER}.describe mine{ENTER}{CTRL_D}")
    assert "a  INTEGER\n" in out


@pytest.mark.parametrize("command", [".describe", ".describe nothing_there"])
def test_describe_without_a_relation_is_an_error(shell, command):
    _, err = shell.type(f"{command}{ENTER}{CTRL_D}")
    assert err.startswith("error: ")


def test_help_lists_every_command(shell):
    out, _ = shell.type(f".help{ENTER}{CTRL_D}")
    for command in COMMANDS.values():
        assert command.usage in out


def test_results_are_drawn_as_boxes(connection):
    out, _ = Sitting(connection, "box").type(f"SELECT 1 AS a;{ENTER}{CTRL_D}")
    assert "│   a   │\n" in out


def test_warnings_follow_the_rows(tmp_path):
    service = Service(build())
    service.forbidden.add(service.world.notable["hundred"])
    with asanaql.connect(
        "an-invented-token", base_url=DEMO_BASE_URL, cache=tmp_path, transport=DemoTransport(service)
    ) as connection:
        _, err = Sitting(connection).type(f"SELECT count(*) FROM sections;{ENTER}{CTRL_D}")
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
        out, err = Sitting(connection).type(f"SELECT * FROM tasks;{ENTER}SELECT 5 AS a;{ENTER}{CTRL_D}")
    assert err == "interrupted\n"
    assert "a\n5\n" in out
    assert threading.active_count() <= before


def test_the_footer_counts_in_words_of_the_right_number():
    stats = asanaql.Stats(rows=1, seconds=0.5, requests=1, cached=0, retries=0, bytes=0, waited=0.0, waiting=False)
    assert footer(stats) == "(1 row, 0.50 s, 1 request)"
