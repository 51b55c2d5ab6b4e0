"""The shell's own commands: a table of names, each with a line of help and what it does."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from asanaql.catalog.model import Table
from asanaql.errors import QueryError
from asanaql.shell.statement import LEAVING

Say = Callable[[str], None]
_INDENT = "    "


@dataclass(frozen=True)
class Surroundings:
    """What a command may use: the relations, the types of a relation's columns, the width, and where to write."""

    catalog: Mapping[str, Table]
    types: Callable[[str], Mapping[str, str]]
    width: int
    say: Say


@dataclass(frozen=True)
class Command:
    """`run` gets what follows the name and tells whether the shell goes on."""

    usage: str
    about: str
    run: Callable[[str, Surroundings], bool]


def run_command(text: str, around: Surroundings) -> bool:
    """Do what the command `text` says and tell whether the shell goes on; QueryError when there is no such command."""
    name, _, argument = text.strip().rstrip(";").partition(" ")
    command = COMMANDS.get(f".{name}" if name in LEAVING else name.lower())
    if command is None:
        raise QueryError(f"There is no command {name}: .help lists them.")
    return command.run(argument.strip(), around)


def _help(argument: str, around: Surroundings) -> bool:
    margin = max(len(command.usage) for command in COMMANDS.values())
    for command in dict.fromkeys(COMMANDS.values()):
        around.say(f"{command.usage:<{margin}}  {command.about}")
    around.say("Anything else is SQL and ends with a semicolon. Ctrl-C stops it, Ctrl-D leaves the shell.")
    return True


def _tables(argument: str, around: Surroundings) -> bool:
    pattern = argument.lower().replace("%", "*") or "*"
    pattern = pattern if "*" in pattern or "?" in pattern else f"*{pattern}*"
    names = [name for name in around.catalog if fnmatchcase(name, pattern)]
    margin = max((len(name) for name in names), default=0)
    for name in names:
        _wrapped(f"{name:<{margin}}  ", around.catalog[name].row, around, margin + 2)
    if not names:
        around.say(f"No relation matches {argument}.")
    return True


def _describe(argument: str, around: Surroundings) -> bool:
    if not argument:
        raise QueryError("Which relation? .tables lists them: .describe TABLE")
    table = around.catalog.get(argument.lower().removeprefix("asana."))
    types = around.types(argument)
    if table is not None:
        _wrapped("", f"{table.name}: {table.row}", around)
    for name, type in types.items():
        about = {column.name: column.doc for column in table.columns}.get(name, "") if table else ""
        around.say(f"{name}  {type}")
        if about:
            _wrapped(_INDENT, about, around, len(_INDENT))
    if table is not None and table.arguments:
        _wrapped(f"asana_{table.name}(…) takes: ", ", ".join(table.arguments), around, len(_INDENT))
    return True


def _quit(argument: str, around: Surroundings) -> bool:
    return False


def _wrapped(lead: str, text: str, around: Surroundings, indent: int = 0) -> None:
    around.say(textwrap.fill(text, max(20, around.width - 1), initial_indent=lead, subsequent_indent=" " * indent))


_QUIT = Command(".quit", "leave the shell; so do .exit and Ctrl-D", _quit)

COMMANDS: dict[str, Command] = {
    ".help": Command(".help", "this list", _help),
    ".tables": Command(".tables [PATTERN]", "the relations and what one row of each is", _tables),
    ".describe": Command(".describe TABLE", "the columns of a relation, their types and what they hold", _describe),
    ".quit": _QUIT,
    ".exit": _QUIT,
}
