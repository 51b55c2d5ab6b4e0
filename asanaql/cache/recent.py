"""What the cache holds of one kind, also what is too old to be trusted; the cache itself is left as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import diskcache
import pyarrow as pa

#: How long to wait for another process that writes, in seconds; the library's own default is a minute.
LOCK_SECONDS = 0.25
#: What was kept for no time at all was kept in order to be forgotten.
_NEWEST = """
    SELECT filename, value FROM Cache WHERE tag = ? AND expire_time > store_time ORDER BY store_time DESC LIMIT ?
"""


def newest(place: Path, tag: str, most: int) -> Iterator[pa.Table]:
    """The tables with this tag, the newest first, at most so many; those that cannot be read are left out.

    OSError, sqlite3.Error where nothing can be read at all.
    """
    database = place / diskcache.core.DBNAME
    if not database.exists():
        return
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=LOCK_SECONDS)) as connection:
        found = connection.execute(_NEWEST, (tag, most)).fetchall()
    for filename, value in found:
        try:
            table = read((place / filename).read_bytes() if filename else value)
        except (OSError, TypeError, pa.ArrowException):
            continue  # Another process has replaced it, or it is damaged.
        yield table


def read(kept: bytes) -> pa.Table:
    """The table in the bytes, whose every offset is checked: damaged ones would be read beyond their end."""
    table = pa.ipc.open_stream(kept).read_all()
    table.validate(full=True)
    return table
