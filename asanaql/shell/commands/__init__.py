"""The shell's own commands: words that begin with a dot, each with a line of help and what it does."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from asanaql.errors import QueryError
from asanaql.shell.commands import account, answers, editing, relations, settings
from asanaql.shell.commands.model import Command, Leave
from asanaql.shell.statement import PLAIN, pieces

if TYPE_CHECKING:
    from asanaql.shell.sitting import Sitting

__all__ = ["ALIASES", "COMMANDS", "Command", "Leave", "run_command", "typed_pieces"]


def _help(argument: str, sitting: Sitting) -> None:
    """All commands, or one."""
    if argument:
        command = command_called(argument if argument[0] in ".\\" else f".{argument}")
        sitting.screen.say(f"{command.usage}: {command.about}")
        return
    margin = max(len(command.usage) for command in COMMANDS.values())
    for command in COMMANDS.values():
        sitting.screen.tell(f"{command.usage:<{margin}}  {command.about}", margin + 2)
    psql = ", ".join(f"{alias} {name}" for alias, name in ALIASES.items() if alias != ".exit")
    sitting.screen.tell(f"From psql: {psql}.")
    sitting.screen.tell("Anything else is SQL and ends with a semicolon. Ctrl-C stops it, Ctrl-D leaves the shell.")


def command_called(name: str) -> Command:
    """The command of this name or alias; QueryError when there is none."""
    lower = name.lower()
    found = COMMANDS.get(ALIASES.get(lower, lower)) or (settings.EXPANDED if lower == "\\x" else None)
    if found is None:
        near = difflib.get_close_matches(lower, COMMANDS, n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise QueryError(f"There is no command {name}: {hint}.help lists them.")
    return found


def run_command(text: str, sitting: Sitting) -> None:
    """Do what the command `text` says; Leave when it is to leave the shell, QueryError when there is no such one."""
    name, *rest = text.strip().rstrip(";").split(maxsplit=1)
    name = PLAIN.get(name.lower(), name)
    argument = rest[0].rstrip() if rest else ""
    if name.lower() == "\\d" and not argument:
        name = ".tables"
    command_called(name).run(argument, sitting)


def typed_pieces(text: str) -> list[str]:
    """The commands and statements of what was typed, or pasted; a command that takes a statement has all its lines."""
    name = text.split(maxsplit=1)[0].lower() if text.strip() else ""
    command = COMMANDS.get(name)
    return [text] if command is not None and command.takes == "sql" else pieces(text)


_ALL = (
    Command(".help [COMMAND]", "this list", _help, "command"),
    *relations.COMMANDS,
    *answers.COMMANDS,
    *settings.COMMANDS,
    *editing.COMMANDS,
    *account.COMMANDS,
    editing.QUIT,
)

COMMANDS: Mapping[str, Command] = {command.name: command for command in _ALL}

#: What other shells call them.
ALIASES: Mapping[str, str] = {
    "\\?": ".help",
    "\\d": ".describe",
    "\\dt": ".tables",
    "\\x": ".mode line",
    "\\timing": ".timing",
    "\\e": ".edit",
    "\\i": ".read",
    "\\w": ".save",
    "\\q": ".quit",
    ".exit": ".quit",
}
