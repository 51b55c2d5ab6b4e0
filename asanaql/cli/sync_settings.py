"""What a run of sync is asked for: on the command line, and where it is not said there, in a file for cron."""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

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
        """The workspace and the token, each None where it is not said; ConfigError where `source` cannot be read."""
        workspace, token = (None, None) if self.source is None else _read(self.source)
        return self.workspace or workspace, token


def settings(options: argparse.Namespace) -> SyncSettings:
    """The settings of a command line, and for what it does not say, of the file that it names, or the one that is here.

    ConfigError where the file cannot be read, or says what means nothing.
    """
    file = Path(options.config or DEFAULT)
    written = _written(file) if options.config is not None or file.is_file() else {}
    values = {name: getattr(options, name) for name in _KINDS}
    said = SyncSettings(**values | {name: _names(name, values[name]) for name in ("tables", "projects")})
    found = SyncSettings(**{**written, **{name: value for name, value in vars(said).items() if value is not None}})
    if said.source is not None and said.workspace is None and said.account[0] is not None:
        found = replace(found, workspace=None)  # The file's is another than that of the source.
    if not found.target:
        raise ConfigError(f'Say where the copy is: asanaql sync work.duckdb, or target = "work.duckdb" in {file}.')
    return found


def _written(file: Path) -> Mapping[str, Any]:
    try:
        with file.open("rb") as opened:
            content = tomllib.load(opened)
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} is no TOML: {error}.") from error
    _check(content.keys(), ["sync"], f"{file} has a section")
    section = content.get("sync", {})
    if not isinstance(section, dict):
        raise ConfigError(f"{file}: sync is a section. Write [sync], and the settings below it.")
    _check(section.keys(), list(_KINDS), f"{file} says")
    for name, value in section.items():
        kind, right = _KINDS[name]
        if not right(value):
            # Not the value itself, which may hold a token or a password.
            raise ConfigError(f"{file}: {name} is {_SPOKEN.get(type(value), 'a time')}. It has to be {kind}.")
    return section


def _read(source: str) -> tuple[str | None, str | None]:
    """The workspace and the token that an address says; ConfigError, which tells nothing of it, where it is none."""
    try:
        parts = urlsplit(source)
        # A plus is a plus in a token.
        said = parse_qsl(parts.query.replace("+", "%2B"), keep_blank_values=True)
    except ValueError:
        raise ConfigError(f"The source is no address. Write {_ADDRESS}.") from None
    if parts.scheme != "asana":
        raise ConfigError(f"The source is no address of Asana. Write {_ADDRESS}.")
    path = parts.path.strip("/")
    token = dict(said).get("access_token")
    if (
        (parts.netloc and path)
        or set(parts.netloc + path) & set("@:/")
        or parts.fragment
        or len(said) > (token is not None)
    ):
        raise ConfigError(f"The source says more than a workspace and an access_token. Write {_ADDRESS}.")
    if token is not None and not token.strip():
        raise ConfigError(f"The source says access_token, and nothing after it. Write {_ADDRESS}.")
    return unquote(parts.netloc or path) or None, token


def _check(names: Any, known: list[str], where: str) -> None:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"It can say {', '.join(known)}."
            raise ConfigError(f"{where} {name}, which means nothing. {hint}")


def _names(option: str, text: str | None) -> list[str] | None:
    if text is None:
        return None
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise ConfigError(f"--{option} names nothing. Leave it out for all {option}.")
    return names


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _are_names(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


_RIGHT: dict[str, tuple[str, Callable[[object], bool]]] = {
    "str | None": ("a text that is not empty", _is_text),
    "list[str] | None": ("a list of names", _are_names),
    "bool | None": ("true or false", _is_switch),
}
_SPOKEN = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "a section",
}
_KINDS = {each.name: _RIGHT[str(each.type)] for each in fields(SyncSettings)}
