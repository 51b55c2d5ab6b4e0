"""Where a copy is: in the file that is the target, or beside a target that is something else."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from asanaql.sync.targets import is_target

_FILE = "duckdb:"


@dataclass(frozen=True)
class Place:
    """The DuckDB file of a copy, and the address of what is brought in line with it, None where the file is all."""

    file: Path
    address: str | None = None


def place(target: str, copy: Path | None = None) -> Place:
    """Where the copy for a target is; for one that is no DuckDB file it is `copy`, or a file kept for that address.

    A file may be written as an address, `duckdb:///work.duckdb`.
    """
    if is_target(target):
        return Place(copy or _working_copy(target), target)
    if target.casefold().startswith(_FILE):
        target = target[len(_FILE) :]
        target = target.removeprefix("///") if target.startswith("///") else target.removeprefix("//")
    return Place(Path(target).expanduser())


def _working_copy(address: str) -> Path:
    """A file under XDG_DATA_HOME, or under ~/.local/share, the same for an address whatever its password."""
    base = os.environ.get("XDG_DATA_HOME")
    directory = (Path(base) if base else Path.home() / ".local" / "share") / "asanaql" / "copies"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
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
