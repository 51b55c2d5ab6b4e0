"""What a run of sync is asked for: on the command line, and where it is not said there, in a file for cron."""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from asanaql.errors import ConfigError
from asanaql.sync.durations import duration

DEFAULT = "asanaql.toml"
_ADDRESS = "asana://WORKSPACE_GID?access_token=TOKEN"


@dataclass(frozen=True)
class SyncSettings:
    """The settings of `[sync]` in a file, and of the command line, each None where nothing is said."""

    target: str | None = None
    source: str | None = None
    workspace: str | None = None
    copy: str | None = None
    tables: list[str] | None = None
    projects: list[str] | None = None
    since: str | None = None
    full: bool | None = None
    keep_deleted: bool | None = None
    allow_deletes: bool | None = None

    @property
    def time(self) -> dt.timedelta | None:
        """What `since` says; ConfigError where that is no time."""
        return None if self.since is None else duration(self.since)

    @property
    def account(self) -> tuple[str | None, str | None]:
        """The workspace and the token that `source` says; ConfigError, without the token, where it cannot be read."""
        if self.source is None:
            return self.workspace, None
        parts = urlsplit(self.source)
        if parts.scheme != "asana":
            raise ConfigError(f"The source is no address of Asana. Write {_ADDRESS}.")
        said = parse_qs(parts.query)
        if unknown := sorted(said.keys() - {"access_token"}):
            raise ConfigError(f"The source says {', '.join(unknown)}, which means nothing. Write {_ADDRESS}.")
        tokens = said.get("access_token", [])
        return parts.netloc or parts.path.strip("/") or self.workspace, tokens[0] if tokens else None


def settings(options: argparse.Namespace) -> SyncSettings:
    """The settings of a command line, and for what it does not say, of the file that it names, or the one that is here.

    ConfigError where the file cannot be read, or says what means nothing.
    """
    file = Path(options.config or DEFAULT)
    written = _written(file) if options.config is not None or file.is_file() else {}
    said = {name: getattr(options, name) for name in _KINDS}
    said |= {name: _names(said[name]) for name in ("tables", "projects")}
    found = SyncSettings(**{name: written.get(name) if value is None else value for name, value in said.items()})
    if found.target is None:
        raise ConfigError(f'Say where the copy is: asanaql sync work.duckdb, or target = "work.duckdb" in {file}.')
    return found


def _written(file: Path) -> Mapping[str, Any]:
    try:
        with file.open("rb") as opened:
            content = tomllib.load(opened)
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file} is no TOML: {error}.") from error
    _check(content.keys(), ["sync"], f"{file} has a section")
    section = content.get("sync", {})
    if not isinstance(section, dict):
        raise ConfigError(f"{file}: sync is a section. Write [sync], and the settings below it.")
    _check(section.keys(), list(_KINDS), f"{file} says")
    for name, value in section.items():
        kind, right = _KINDS[name]
        if not right(value):
            raise ConfigError(f"{file}: {name} is {value!r}. It has to be {kind}.")
    return section


def _check(names: Any, known: list[str], where: str) -> None:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"It can say {', '.join(known)}."
            raise ConfigError(f"{where} {name}, which means nothing. {hint}")


def _names(text: str | None) -> list[str] | None:
    return None if text is None else [name.strip() for name in text.split(",") if name.strip()]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


_RIGHT: dict[str, tuple[str, Callable[[object], bool]]] = {
    "str | None": ("text", _is_text),
    "list[str] | None": ("a list of names", _are_names),
    "bool | None": ("true or false", _is_switch),
}
_KINDS = {each.name: _RIGHT[str(each.type)] for each in fields(SyncSettings)}
