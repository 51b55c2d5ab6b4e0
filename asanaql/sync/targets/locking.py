"""A directory that one run at a time writes into."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from asanaql.errors import ConfigError

_LOCK = ".asanaql.lock"


@contextmanager
def held(directory: Path) -> Iterator[None]:
    """The directory, made where there is none, for this run alone: ConfigError where another run has it.

    The lock is SQLite's on an empty file, which holds between processes and threads on every system, and ends with its
    process however that ends.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(directory / _LOCK, timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise ConfigError(f"{directory} cannot be written: {error}.") from error
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise ConfigError(f"Another run of sync writes into {directory}. Wait for that to end.") from error
            raise ConfigError(f"{directory} cannot be written: {error}.") from error
        yield
