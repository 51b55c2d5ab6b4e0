"""What a person can set in the shell, by `.set` and the commands that are short for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from asanaql.errors import QueryError
from asanaql.output.names import FORMAT_NAMES

Value = str | int | bool


@dataclass
class Preferences:
    """How answers are shown and how keys work."""

    mode: str = "box"
    limit: int = 40
    timing: bool = True
    pager: bool = True
    keys: str = "emacs"
    suggest: bool = True
    null: str = "NULL"


@dataclass(frozen=True)
class Setting:
    """One of them: `choices` for completion, `read` makes a value of what was typed, or raises QueryError."""

    about: str
    read: Callable[[str], Value]
    choices: tuple[str, ...] = ()


def shown(preferences: Preferences, name: str) -> str:
    """A setting as it is typed."""
    value = getattr(preferences, name)
    if isinstance(value, bool):
        return "on" if value else "off"
    return "all" if name == "limit" and value == 0 else str(value)


def change(preferences: Preferences, name: str, typed: str) -> None:
    """Set what was typed; QueryError where there is no such setting, or it has no such value."""
    setting = SETTINGS.get(name)
    if setting is None:
        raise QueryError(f"There is no setting {name}. There are: {', '.join(SETTINGS)}.")
    setattr(preferences, name, setting.read(typed))


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if typed.lower() not in choices:
            raise QueryError(f"{typed!r} is none of {', '.join(choices)}.")
        return typed.lower()

    return read


def _switch(typed: str) -> bool:
    if typed.lower() not in ("on", "off"):
        raise QueryError(f"{typed!r} is neither on nor off.")
    return typed.lower() == "on"


def _rows(typed: str) -> int:
    if typed.lower() == "all":
        return 0
    if not typed.isdecimal() or int(typed) == 0:
        raise QueryError(f"{typed!r} is no number of rows: write 1 or more, or all.")
    return int(typed)


def _text(typed: str) -> str:
    """A text as it is, or nothing, which can only be typed in quotes."""
    return "" if typed in ("''", '""') else typed


_SWITCH = ("on", "off")

SETTINGS: Mapping[str, Setting] = {
    "mode": Setting("how answers are shown", _one_of(*FORMAT_NAMES), FORMAT_NAMES),
    "limit": Setting("rows that a box shows at most, or all", _rows, ("all",)),
    "timing": Setting("the line of rows, seconds and requests after an answer", _switch, _SWITCH),
    "pager": Setting("answers longer than the terminal go to $PAGER, or to less", _switch, _SWITCH),
    "keys": Setting("the keys of the line editor", _one_of("emacs", "vi"), ("emacs", "vi")),
    "suggest": Setting("names and keywords are offered while you type", _switch, _SWITCH),
    "null": Setting("what a box shows for NULL", _text),
}
