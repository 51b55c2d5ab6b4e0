"""The commands about statements in files, and about the shell itself."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from asanaql.errors import ConfigError, QueryError
from asanaql.shell.commands.arguments import file_called
from asanaql.shell.commands.model import Command, Leave
from asanaql.shell.statement import is_command, pieces

if TYPE_CHECKING:
    from asanaql.shell.sitting import Sitting


def edit(argument: str, sitting: Sitting) -> None:
    """The last statement in the person's editor; what comes of it stands at the next prompt."""
    path = _draft(argument or sitting.statement)
    try:
        _edited(path)
        sitting.draft = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("The editor left no UTF-8 text, so nothing has changed.") from error
    finally:
        path.unlink(missing_ok=True)


def read(argument: str, sitting: Sitting) -> None:
    """Run the statements and commands of a file, until one fails."""
    from asanaql.shell.commands import run_command

    if not argument:
        raise QueryError("Which file? .read FILE runs its statements")
    path = file_called(argument)
    place = path.resolve()
    if place in sitting.reading:
        raise QueryError(f"{path} reads itself, which would never end: take its .read out.")
    sitting.reading.append(place)
    try:
        for text in pieces(_text(path)):
            if is_command(text):
                run_command(text, sitting)
            else:
                sitting.run(text)
    finally:
        sitting.reading.pop()


def quit(argument: str, sitting: Sitting) -> None:
    """Leave the shell."""
    raise Leave


def _draft(text: str) -> Path:
    """A new file that holds a statement; its ending tells the editor that it is SQL."""
    try:
        with tempfile.NamedTemporaryFile("w", prefix="asanaql-", suffix=".sql", delete=False, encoding="utf-8") as file:
            file.write(f"{text}\n" if text else "")
    except OSError as error:
        raise ConfigError(f"No file can be made for the editor: {error.strerror or error}.") from error
    return Path(file.name)


def _edited(path: Path) -> None:
    """Let the person's editor change a file; ConfigError where there is none, or it failed."""
    given = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(given) or ["vi"]
    except ValueError as error:
        raise ConfigError(f"The editor {given} cannot be run ({error}): set EDITOR.") from error
    try:
        ended = subprocess.run([*command, str(path)], check=False)
    except OSError as error:
        raise ConfigError(f"The editor {command[0]} cannot be run ({error.strerror or error}): set EDITOR.") from error
    if ended.returncode:
        raise ConfigError(f"The editor {command[0]} ended with {ended.returncode}, so nothing has changed.")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"Cannot read {path}: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"Cannot read {path}: it is not UTF-8 text.") from error


COMMANDS = (
    Command(".read FILE", "run the statements and commands of a file", read, "file"),
    Command(".edit", "the last statement in $EDITOR, and back at the prompt", edit),
)
QUIT = Command(".quit", "leave the shell; so do .exit, \\q and Ctrl-D", quit)
