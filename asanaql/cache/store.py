"""Arrow tables in diskcache, as IPC bytes under text keys.

Nothing is ever unpickled: a file someone else wrote can at worst be unreadable. Keys begin with a fingerprint of the
token and the address, so two tokens never see each other's rows, and the token itself is nowhere in it. What fails
here (a full disk, a lock, a damaged file) is a `CacheFault`: it costs requests, never an answer.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import diskcache
import pyarrow as pa

from asanaql.cache.recent import LOCK_SECONDS, newest, read

_MOST_BYTES = 512 * 1024 * 1024


class CacheFault(Exception):
    """The cache could not be read or written; the message says why."""


class _PlainDisk(diskcache.Disk):  # type: ignore[misc]
    """Text keys and bytes values, stored as they are; whatever would need pickling is refused."""

    def put(self, key: object) -> tuple[object, bool]:
        if not isinstance(key, str):
            raise TypeError("keys are text")
        return key, True

    def get(self, key: object, raw: bool) -> object:
        if not raw:
            raise CacheFault("it holds a pickled key")
        return key

    def store(self, value: object, read: bool, key: Any = diskcache.core.UNKNOWN) -> Any:
        if not isinstance(value, bytes):
            raise TypeError("values are bytes")
        return super().store(value, read, key=key)

    def fetch(self, mode: int, filename: str | None, value: object, read: bool) -> Any:
        if mode == diskcache.core.MODE_PICKLE:
            raise CacheFault("it holds a pickled value")
        return super().fetch(mode, filename, value, read)


@dataclass(frozen=True)
class Info:
    """Where the cache is, how many listings it holds, and their size on disk in bytes."""

    directory: Path
    entries: int
    bytes: int


def directory() -> Path:
    """The cache's directory: `asanaql` under XDG_CACHE_HOME, or under ~/.cache."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "asanaql"


def fingerprint(token: str, base_url: str) -> str:
    """A text that differs for every token and address and tells nothing of either."""
    return hashlib.sha256(f"{base_url}\n{token}".encode()).hexdigest()


class Cache:
    """The kept listings of one token; opened at its first use."""

    def __init__(self, place: Path, owner: str) -> None:
        self._place = place
        self._owner = owner
        self._opened: diskcache.Cache | None = None

    def table(self, key: str) -> pa.Table | None:
        """The table kept under `key`, None when there is none or it is too old; CacheFault when it cannot be read."""
        try:
            kept = self._cache().get(self._name(key))
            return None if kept is None else read(kept)
        except (OSError, sqlite3.Error, diskcache.Timeout, pa.ArrowException, AttributeError, TypeError) as error:
            raise CacheFault(_reason(error)) from error

    def keep(self, key: str, table: pa.Table, seconds: float, relation: str = "") -> None:
        """Keep the table for so many seconds, as one of `relation`; CacheFault when it cannot be written."""
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        try:
            self._cache().set(self._name(key), sink.getvalue().to_pybytes(), expire=seconds, tag=self._name(relation))
        except (OSError, sqlite3.Error, diskcache.Timeout, AttributeError, TypeError) as error:
            raise CacheFault(_reason(error)) from error

    def newest(self, relation: str, most: int) -> list[pa.Table]:
        """The tables that were kept as ones of `relation`, the newest first, also those that are too old; CacheFault.

        May be called from any thread.
        """
        try:
            return list(newest(self._place, self._name(relation), most))
        except (OSError, sqlite3.Error) as error:
            raise CacheFault(_reason(error)) from error

    def forget(self, relation: str) -> int:
        """Remove the tables of this token's that were kept as one of `relation`; how many there were.

        CacheFault when the cache cannot be changed.
        """
        try:
            return int(self._cache().evict(self._name(relation)))
        except (OSError, sqlite3.Error, diskcache.Timeout, AttributeError, TypeError) as error:
            raise CacheFault(_reason(error)) from error

    def close(self) -> None:
        """Close the files."""
        if self._opened is not None:
            self._opened.close()

    def _cache(self) -> diskcache.Cache:
        if self._opened is None:
            self._opened = _open(self._place)
        return self._opened

    def _name(self, key: str) -> str:
        return hashlib.sha256(f"{self._owner}\n{key}".encode()).hexdigest()


def info(place: Path | None = None) -> Info:
    """What the cache holds, of all tokens."""
    place = place or directory()
    if not place.exists():
        return Info(place, 0, 0)
    try:
        with _open(place) as cache:
            return Info(place, len(cache), cache.volume())
    except (OSError, sqlite3.Error, diskcache.Timeout) as error:
        raise CacheFault(_reason(error)) from error


def clear(place: Path | None = None) -> Info:
    """Remove the cache, of all tokens; returns what it held. A damaged one is removed as well."""
    place = place or directory()
    try:
        held = info(place)
    except CacheFault:
        held = Info(place, 0, sum(file.stat().st_size for file in place.rglob("*") if file.is_file()))
    if place.exists():
        shutil.rmtree(place)
    return held


def _open(place: Path) -> diskcache.Cache:
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.chmod(0o700)
    _refuse_if_locked(place / diskcache.core.DBNAME)
    return diskcache.Cache(
        str(place), disk=_PlainDisk, timeout=LOCK_SECONDS, size_limit=_MOST_BYTES, disk_pickle_protocol=0
    )


def _refuse_if_locked(database: Path) -> None:
    """Raise sqlite3.OperationalError when somebody holds the file: diskcache would wait a minute for it."""
    if not database.exists():
        return
    connection = sqlite3.connect(database, timeout=LOCK_SECONDS, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    finally:
        connection.close()


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
