"""The commands that set how answers are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asanaql.errors import QueryError
from asanaql.shell.commands.model import Command
from asanaql.shell.preferences import SETTINGS, change, shown

if TYPE_CHECKING:
    from asanaql.shell.sitting import Sitting


def set_any(argument: str, sitting: Sitting) -> None:
    """All settings, one, or another value for one."""
    name, _, value = argument.partition(" ")
    if not name:
        margin = max(map(len, SETTINGS))
        for each, setting in SETTINGS.items():
            sitting.screen.say(f"{each:<{margin}}  {shown(sitting.preferences, each):<8}  {setting.about}")
    else:
        _set(name.lower(), value.strip(), sitting)


def mode(argument: str, sitting: Sitting) -> None:
    """How answers are shown."""
    _set("mode", argument, sitting)


def limit(argument: str, sitting: Sitting) -> None:
    """How many rows a box shows."""
    _set("limit", argument, sitting)


def timing(argument: str, sitting: Sitting) -> None:
    """The line of numbers after an answer, the other way round where nothing is said."""
    _set("timing", argument or ("off" if sitting.preferences.timing else "on"), sitting)
    if not argument:
        _set("timing", "", sitting)


def expanded(argument: str, sitting: Sitting) -> None:
    """Every value on a line of its own, or no longer; the other way round where nothing is said."""
    wanted = argument.lower() or ("off" if sitting.preferences.mode == "line" else "on")
    if wanted not in ("on", "off"):
        raise QueryError(f"{argument!r} is neither on nor off.")
    sitting.preferences.mode = "line" if wanted == "on" else "box"
    sitting.screen.say(f"mode {sitting.preferences.mode}")


def _set(name: str, value: str, sitting: Sitting) -> None:
    if value:
        change(sitting.preferences, name, value)
    elif name in SETTINGS:
        sitting.screen.say(f"{name} {shown(sitting.preferences, name)}")
    else:
        raise QueryError(f"There is no setting {name}. There are: {', '.join(SETTINGS)}.")


COMMANDS = (
    Command(".mode [FORMAT]", "how answers are shown: box, line, csv, json, jsonl, markdown", mode, "format"),
    Command(".limit [ROWS]", "rows that a box shows at most, or all", limit, "choice", ("all",)),
    Command(".timing [on|off]", "the line of rows, seconds and requests", timing, "choice", ("on", "off")),
    Command(".set [NAME VALUE]", "all settings, or another value for one", set_any, "setting"),
)
EXPANDED = Command("\\x", "every value on a line of its own, or no longer", expanded)
