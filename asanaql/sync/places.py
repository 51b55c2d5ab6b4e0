"""Where a copy is: in the file that is the target, or beside a target that is something else."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from asanaql.errors import ConfigError
from asanaql.sync.targets import is_target

_FILE = "duckdb:"


@dataclass(frozen=True)
class Place:
    """The DuckDB file of a copy, and the address of what is brought in line with it, None where the file is all."""

    file: Path
    address: str | None = None


def place(target: str, copy: Path | None = None) -> Place:
    """Where the copy for a target is; for one that is no DuckDB file it is `copy`, or a file kept for that address.

    A file may be written as an address, `duckdb:///work.duckdb`. ConfigError where the target names no file, or is one
    and `copy` is said as well.
    """
    if is_target(target):
        return Place(_working_copy(target) if copy is None else copy.expanduser(), target)
    if copy is not None:
        raise ConfigError(
            f"{target} is a DuckDB file, which is the copy itself: leave out {copy}, or name another target, "
            "as parquet:DIR."
        )
    if target.casefold().startswith(_FILE):
        target = target[len(_FILE) :]
        target = target.removeprefix("///") if target.startswith("///") else target.removeprefix("//")
    if target in ("", ":memory:"):
        raise ConfigError("The target names no file. Write work.duckdb, or duckdb:///work.duckdb.")
    return Place(Path(target).expanduser())


def _working_copy(address: str) -> Path:
    """A file under XDG_DATA_HOME, or under ~/.local/share, the same for an address whatever its password."""
    base = os.environ.get("XDG_DATA_HOME")
    directory = (Path(base) if base else Path.home() / ".local" / "share") / "asanaql" / "copies"
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"The copy for this target cannot be kept in {directory}: {error.strerror}. Say where it is to be, with "
            "--copy work.duckdb (in Python copy='work.duckdb')."
        ) from error
    return directory / f"{hashlib.sha256(_public(address).encode()).hexdigest()[:32]}.duckdb"


def _public(address: str) -> str:
    """The address without its password; of a directory, from where it is."""
    if "://" in address:
        parts = urlsplit(address)
        return urlunsplit(parts._replace(netloc=f"{parts.username or ''}@{parts.netloc.rpartition('@')[2]}"))
    scheme, colon, directory = address.rpartition(":")
    return (
        address if "+" in scheme or address.startswith("iceberg+") else f"{scheme}{colon}{Path(directory).absolute()}"
    )
