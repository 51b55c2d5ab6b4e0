"""What the loop and the commands of the shell share: the connection, the last answer, the screen, what was set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from asanaql.errors import ConfigError
from asanaql.shell.opening import Opening, Wishes
from asanaql.shell.preferences import Preferences
from asanaql.shell.screen import Screen

if TYPE_CHECKING:
    from asanaql.connection import Connection
    from asanaql.shell.kept import Kept

NO_TOKEN = (
    "There is no Asana token yet: make one at https://app.asana.com/0/my-apps and copy it.\n"
    ".login asks for it, checks it and keeps it; or set ASANA_ACCESS_TOKEN before asanaql starts.\n"
    ".demo opens an invented workspace instead, without token or network."
)


class Sitting:
    """One use of the shell.

    `connected` is called whenever there is another connection, before it is open, with whether to greet the person.
    `draft` is what the next prompt begins with; `changed` says that there may be other tables, or names, than before.
    `statement` is the last one, also where it failed; `reading` are the files whose statements are being run.
    """

    def __init__(self, wishes: Wishes, screen: Screen, preferences: Preferences) -> None:
        self.wishes = wishes
        self.screen = screen
        self.preferences = preferences
        self.opening = Opening(self._connect)
        self.connected: Callable[[bool], None] = lambda greet: None
        self.last: Kept | None = None
        self.statement = ""
        self.number: int | None = None
        self.draft = ""
        self.changed = False
        self.files: dict[str, Path] = {}
        self.reading: list[Path] = []

    @property
    def connection(self) -> Connection:
        """The connection, once it is open; ConfigError where there is no token, or what kept it from opening."""
        return self.opening.connection()

    def run(self, text: str, *, mode: str | None = None) -> None:
        """Run the statements of a text and show their answers, in `mode` where that is said, until one raises."""
        from asanaql.shell.running import run

        preferences = self.preferences if mode is None else replace(self.preferences, mode=mode)
        before, self.statement = self.statement, text.strip()
        found = self.connection.statements(text)
        if not found:
            self.statement = before
        for statement in found:
            self.statement = statement
            try:
                result, kept = run(self.connection, statement, self.screen, preferences)
            finally:
                self.number = self.connection.number
            self.last = kept or self.last
            self.changed = self.changed or kept is None or result.stats.requests > 0

    def reconnect(self, wishes: Wishes, opened: Connection | None = None) -> None:
        """Turn to another token or workspace; `opened` is its connection, where there is one already."""
        before, self.wishes = self.opening, wishes
        before.close()
        self.opening = Opening(self._connect if opened is None else lambda: self._with_files(opened))
        self.connected(opened is None and wishes.possible)

    def close(self) -> None:
        """Let go of Asana."""
        self.opening.close()

    def _connect(self) -> Connection:
        if not self.wishes.possible:
            raise ConfigError(NO_TOKEN)
        return self._with_files(self.wishes.connection())

    def _with_files(self, connection: Connection) -> Connection:
        """The connection with the databases that were opened before."""
        for name, path in self.files.items():
            attach(connection, name, path)
        return connection


def attach(connection: Connection, name: str, path: Path) -> None:
    """Make a database file the place where new tables go; the relations stay where they are."""
    from asanaql.statement.tagging import identifier, text_literal

    connection.sql(f"ATTACH IF NOT EXISTS {text_literal(str(path))} AS {identifier(name)}")
    connection.sql(f"SET search_path = {text_literal(f'{identifier(name)}.main,memory.main')}")
