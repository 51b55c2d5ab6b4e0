"""The commands about whom Asana is asked for, and where things are kept."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from asanaql.errors import ApiError, AuthError, ConfigError, QueryError
from asanaql.output.printable import printable
from asanaql.shell.commands.arguments import file_called
from asanaql.shell.commands.model import Command
from asanaql.tokens import TOKEN_VARIABLE, Tokens, tokens_path

if TYPE_CHECKING:
    from asanaql.shell.sitting import Sitting

_NO_NAME = re.compile(r"\W+")


def login(argument: str, sitting: Sitting) -> None:
    """Ask for a token, check it with one request, and keep it."""
    if argument:
        raise QueryError("Write .login alone: it asks for the token, so that nobody sees it on the screen.")
    token = sitting.screen.secret("Token (from https://app.asana.com/0/my-apps, typed unseen): ")
    if not token:
        sitting.screen.tell("No token was given; nothing has changed.")
        return
    wishes = replace(sitting.wishes, token=token, demo=False, leaving=False)
    connection = wishes.connection()
    try:
        person = connection.person()
    except BaseException as error:
        connection.close()
        if isinstance(error, AuthError):
            raise ApiError(error.status, error.method, error.path, error.said, "Nothing has changed.") from None
        raise
    sitting.screen.tell(f"Asana knows this token as {printable(person.name)} ({printable(person.email)}).")
    sitting.reconnect(wishes, connection)
    _keep(token, wishes.address, sitting)


def logout(argument: str, sitting: Sitting) -> None:
    """Forget the kept token, and what was kept of its workspaces."""
    try:
        if sitting.wishes.possible and not sitting.wishes.demo:
            sitting.connection.forget()
    finally:
        _forget_token(sitting)


def _forget_token(sitting: Sitting) -> None:
    """Use the token no longer, and keep it no longer."""
    address = sitting.wishes.address
    sitting.reconnect(replace(sitting.wishes, token=None, demo=False, workspace=None, leaving=True))
    removed = _tokens().forget(address)
    sitting.screen.tell("The token was removed." if removed else "No token was kept; it is not used any longer.")
    if os.environ.get(TOKEN_VARIABLE):
        sitting.screen.tell(f"{TOKEN_VARIABLE} is set, so asanaql will use that the next time it starts.")


def demo(argument: str, sitting: Sitting) -> None:
    """Turn to the demo workspace."""
    sitting.reconnect(replace(sitting.wishes, token=None, demo=True, base_url=None, workspace=None, leaving=False))
    sitting.screen.tell("This is an invented workspace now: no token, no network.")


def cache(argument: str, sitting: Sitting) -> None:
    """What is kept on disk, or forget it."""
    from asanaql.cache import CacheFault, info

    if argument.lower() == "clear":
        refresh("", sitting)
        return
    if argument:
        raise QueryError(".cache takes nothing, or clear.")
    try:
        held = info()
    except CacheFault as fault:
        raise ConfigError(f"The cache cannot be read: {fault}. `asanaql cache clear` removes it.") from fault
    sitting.screen.say(f"{held.entries:,} listings, {held.bytes:,} bytes, in {held.directory}")


def refresh(argument: str, sitting: Sitting) -> None:
    """Forget what is kept of a relation, or of all, so that the next statement asks Asana."""
    forgotten = sitting.connection.forget(argument.lower() or None)
    what = f"of {argument.lower()}" if argument else "of this token's"
    sitting.screen.say(f"{forgotten:,} kept {'listing' if forgotten == 1 else 'listings'} {what} forgotten.")


def open_file(argument: str, sitting: Sitting) -> None:
    """Attach a DuckDB file, in which new tables are made from now on."""
    from asanaql.shell.sitting import attach

    if not argument:
        for each, path in sitting.files.items():
            sitting.screen.say(f"{each}  {path}")
        if not sitting.files:
            sitting.screen.tell("No file is open: .open FILE keeps tables that you make in a DuckDB file.")
        return
    if argument == ":memory:":
        raise QueryError("A database in memory keeps nothing, and there is one already: .open FILE keeps tables.")
    path = file_called(argument).resolve()
    name = _database_name(path, sitting)
    attach(sitting.connection, name, path)
    sitting.files.pop(name, None)
    sitting.files[name] = path
    sitting.changed = True
    sitting.screen.say(f"Tables that you make are kept in {path}: CREATE TABLE … AS SELECT …")


def _keep(token: str, address: str, sitting: Sitting) -> None:
    """Keep a token in the keyring, else, if the person agrees, in a file."""
    tokens = _tokens()
    if tokens.keep_in_keyring(address, token):
        sitting.screen.tell("It is kept in the system's keyring; .logout removes it.")
    elif sitting.screen.agrees(f"There is no keyring here. Keep it in {tokens.path}, which only you can read?"):
        tokens.keep_in_file(address, token)
        sitting.screen.say(f"It is kept in {tokens.path}; .logout removes it.")
    else:
        sitting.screen.tell("It is not kept, and used until you leave.")
    if os.environ.get(TOKEN_VARIABLE):
        sitting.screen.tell(f"{TOKEN_VARIABLE} is set, and goes before it the next time asanaql starts.")


def _tokens() -> Tokens:
    return Tokens(tokens_path(os.environ))


def _database_name(path: Path, sitting: Sitting) -> str:
    """What a file's database is called: its name without the ending, numbered where another file has that."""
    base = _NO_NAME.sub("_", path.stem) or "work"
    taken = {each: where for each, where in sitting.files.items() if where != path}
    base = next((each for each, where in sitting.files.items() if where == path), base)
    name, number = base, 1
    while name in (*taken, "asana", "memory", "main", "temp", "system"):
        number += 1
        name = f"{base}_{number}"
    return name


COMMANDS = (
    Command(".login", "give a token: typed unseen, checked, kept for later", login),
    Command(".logout", "remove the kept token, and what was kept of its workspaces", logout),
    Command(".demo", "an invented workspace: no token, no network", demo),
    Command(".cache [clear]", "what is kept on disk; clear forgets it", cache, "choice", ("clear",)),
    Command(".refresh [TABLE]", "ask Asana again for what is kept of a relation, or of all", refresh, "table"),
    Command(".open [FILE]", "keep the tables you make in a DuckDB file", open_file, "file"),
)
