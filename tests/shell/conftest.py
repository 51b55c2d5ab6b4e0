"""The shell as a person uses it: keys in through a pipe, what it writes out."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

import asanaql
from asanaql.shell.behind import command_words
from asanaql.shell.completion import vocabulary
from asanaql.shell.opening import Wishes
from asanaql.shell.preferences import Preferences
from asanaql.shell.prompt import Colours, Words, prompt_session
from asanaql.shell.screen import Screen
from asanaql.shell.session import Shell
from asanaql.shell.sitting import Sitting

CTRL_C, CTRL_D, TAB, ENTER = "\x03", "\x04", "\t", "\r"
#: There is a connection already, and nobody is greeted.
NOBODY = Wishes(leaving=True)


class Typist:
    """Shells over one connection that are given all their keys at once."""

    def __init__(self, connection, mode="csv"):
        self.connection = connection
        self.history = InMemoryHistory()
        self.preferences = Preferences(mode=mode)
        self.sitting = None

    def type(self, keys, *, when="", then="", rc=None, hidden=lambda question: ""):
        """What the shell writes for `keys`; Tab is pressed in every menu, `then` typed once the line is `when`."""
        out, err = io.StringIO(), io.StringIO()
        self.preferences.suggest = bool(when)
        self.sitting = Sitting(NOBODY, Screen(out, err, hidden=hidden), self.preferences)
        self.sitting.reconnect(NOBODY, self.connection)
        words = Words()
        words.words = vocabulary(self.connection.catalog, command_words())
        with create_pipe_input() as pipe:
            pipe.send_bytes(keys.encode("utf-8", "surrogateescape"))
            prompt = prompt_session(self.history, words, Colours(), self.preferences, input=pipe, output=DummyOutput())
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
            Shell(self.sitting, prompt, words, Colours()).run(rc)
        return out.getvalue(), err.getvalue()

    def enter(self, *lines, **settings):
        """What the shell writes for lines, each ended by Enter, and no more."""
        return self.type("".join(f"{line}{ENTER}" for line in lines) + CTRL_D, **settings)


@pytest.fixture(scope="package")
def connection(tmp_path_factory) -> Iterator[asanaql.Connection]:
    """The demo workspace."""
    with asanaql.connect(demo=True, cache=tmp_path_factory.mktemp("cache")) as connection:
        yield connection


@pytest.fixture
def shell(connection):
    return Typist(connection)


class SilentPrompt:
    """What the shell needs of a line editor where nobody types."""

    class App:
        loop = None
        is_running = False

    app = App()
