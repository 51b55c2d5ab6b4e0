"""What is done behind the prompt while the person types: the connection opened, words and colours made ready."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError
from dataclasses import replace
from typing import TYPE_CHECKING

from asanaql.errors import AsanaqlError
from asanaql.shell.commands import ALIASES, COMMANDS
from asanaql.shell.opening import Opening
from asanaql.shell.prompt import Colours, Words
from asanaql.shell.sitting import Sitting

if TYPE_CHECKING:
    from asanaql.connection import Connection
    from asanaql.shell.completion import CommandWords
    from asanaql.shell.kept import Kept
    from asanaql.shell.names import Named

Say = Callable[[str], None]


class Behind:
    """Threads that never touch the terminal: `say` and `complain` may be called from any, and write between prompts."""

    def __init__(self, sitting: Sitting, words: Words, colours: Colours, say: Say, complain: Say) -> None:
        self._sitting = sitting
        self._words = words
        self._colours = colours
        self._say = say
        self._complain = complain
        self._seen: Named = {}

    def start(self, greet: bool) -> None:
        """Make everything ready for a connection, for the first time or another."""
        self._seen = {}
        self._begin(lambda: self._ready(self._sitting.opening, greet))

    def refresh(self, answer: Kept | None) -> None:
        """Look again for the names that are kept and those of an answer, and for the person's own tables."""
        self._begin(lambda: self._names(self._sitting.opening, answer))

    def _begin(self, work: Callable[[], None]) -> None:
        threading.Thread(target=work, name="asanaql-behind", daemon=True).start()

    def _ready(self, opening: Opening, greet: bool) -> None:
        import duckdb

        self._vocabulary()
        try:
            if self._sitting.wishes.possible:
                connection = opening.connection()
                if greet:
                    self._greet(connection)
                self._names(opening, None)
        except (AsanaqlError, duckdb.Error) as error:
            if greet:  # Else it was told already, or the next statement tells it.
                self._complain(f"error: {error}")
        except CancelledError:
            return  # The connection was closed meanwhile.

    def _greet(self, connection: Connection) -> None:
        """Greet the person, at one request, which names the workspaces as well; where a copy answers, at none."""
        from asanaql.shell.greeting import answering, greeting

        mirror = self._sitting.wishes.mirror
        if mirror is not None:
            self._say(answering(mirror, connection.mirrored))
            return
        person = connection.person()
        self._seen["workspaces"] = {(name, gid): None for gid, name in person.workspaces}
        self._say(greeting(person, connection.workspace))

    def _vocabulary(self) -> None:
        if self._words.words is not None:
            return
        self._colours.load()
        from asanaql.catalog import CATALOG
        from asanaql.shell.completion import vocabulary

        self._words.words = vocabulary(CATALOG, command_words())

    def _names(self, opening: Opening, answer: Kept | None) -> None:
        """Take the names of this connection, unless it is closed or another has come meanwhile."""
        import duckdb

        from asanaql.shell.names import kept_names, learned

        words = self._words.words
        if words is None:
            return
        try:
            with opening.used() as connection:
                if connection is None or opening is not self._sitting.opening:
                    return
                for relation, named in learned(*_table(answer)).items():
                    self._seen.setdefault(relation, {}).update(named)
                names = kept_names(connection).joined(self._seen)
                found = replace(words, names=names, tables=connection.own_tables())
        except (AsanaqlError, CancelledError, duckdb.Error) as error:
            if not opening.closed:
                self._complain(f"warning: The names that Tab completes could not be read: {error}")
            return
        self._words.words = found


def command_words() -> dict[str, CommandWords]:
    """The commands and their aliases, as completion knows them."""
    from asanaql.shell.completion import CommandWords

    commands = {name: CommandWords(each.about, each.takes, each.choices) for name, each in COMMANDS.items()}
    return commands | {alias: commands[name] for alias, name in ALIASES.items() if name in commands}


def _table(answer: Kept | None) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    """The columns and rows of an answer that may show names; none of one that was not kept whole."""
    columns = [] if answer is None else answer.columns
    telling = [place for place, column in enumerate(columns) if column.lower().endswith(("_name", "_gid"))]
    if answer is None or not telling:
        return (), ()
    try:
        table = answer.table()
    except AsanaqlError:
        return (), ()  # .last tells why, where it is asked for.
    rows = zip(*(table.column(place).to_pylist() for place in telling), strict=True)
    return [columns[place] for place in telling], rows
