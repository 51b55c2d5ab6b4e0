"""The shell's own commands: their names, and what follows them."""

from __future__ import annotations

from collections.abc import Iterable

from asanaql.output.names import FORMAT_NAMES
from asanaql.shell.completion.candidates import Candidate, Suggestion, matching
from asanaql.shell.completion.scope import Scope
from asanaql.shell.completion.tables import tables
from asanaql.shell.completion.values import of_names
from asanaql.shell.completion.vocabulary import CommandWords, Vocabulary
from asanaql.shell.preferences import SETTINGS

_RELATIONS = {"workspace": "workspaces", "project": "projects"}


def is_command(before: str) -> bool:
    """Whether what stands before the cursor is a command of the shell."""
    return before.lstrip().startswith((".", "\\"))


def statement_in(before: str, words: Vocabulary) -> int:
    """Where in a command the statement begins that it takes; 0 where it takes none, or has not come to it."""
    name, space, _ = before.lstrip().partition(" ")
    command = words.commands.get(name.lower())
    taken = bool(space) and command is not None and command.takes == "sql"
    return len(before) - len(before.lstrip()) + len(name) + 1 if taken else 0


def file_in(before: str, words: Vocabulary) -> str | None:
    """What is typed of a file's name behind a command that takes one; None where none is to be typed."""
    name, space, rest = before.lstrip().partition(" ")
    command = words.commands.get(name.lower())
    return rest.lstrip() if space and command is not None and command.takes == "file" else None


def of_commands(before: str, words: Vocabulary) -> list[Suggestion]:
    """Commands while the first word is typed, what the command takes behind it."""
    typed = before.lstrip()
    if "\n" in typed:
        return []
    name, space, rest = typed.partition(" ")
    if not space:
        known = (Candidate(each, "command", command.about) for each, command in words.commands.items())
        return matching(known, name, len(name))
    command = words.commands.get(name.lower())
    return [] if command is None else _arguments(command, rest.lstrip(), words)


def _arguments(command: CommandWords, rest: str, words: Vocabulary) -> list[Suggestion]:
    if command.takes in _RELATIONS:
        return of_names(words.names, _RELATIONS[command.takes], rest)
    if command.takes == "setting":
        return _setting(rest, words)
    if " " in rest:
        return []
    return matching(_choices(command, words), rest, len(rest))


def _choices(command: CommandWords, words: Vocabulary) -> Iterable[Candidate]:
    if command.takes == "table":
        return tables(words, Scope())
    if command.takes == "format":
        return [Candidate(each, "format") for each in command.choices or FORMAT_NAMES]
    if command.takes == "command":
        return [Candidate(each, "command", known.about) for each, known in words.commands.items()]
    return [Candidate(each, "choice") for each in command.choices]


def _setting(rest: str, words: Vocabulary) -> list[Suggestion]:
    """The name of a setting, and then its value."""
    name, space, value = rest.partition(" ")
    if not space:
        return matching((Candidate(each, "setting", known.about) for each, known in SETTINGS.items()), name, len(name))
    setting = SETTINGS.get(name)
    value = value.lstrip()
    return matching((Candidate(each, "choice") for each in setting.choices), value, len(value)) if setting else []
