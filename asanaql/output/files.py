"""Results into files. A file appears whole or not at all: it is written beside its place and moved there at the end."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa

from asanaql.errors import ConfigError, QueryError
from asanaql.output.formats import FORMATS, Format

if TYPE_CHECKING:
    from asanaql.connection import Result

_GROUP_ROWS = 100_000
_GROUP_BYTES = 64 << 20

Write = Callable[["Result", BinaryIO], None]


def writer_for(path: Path) -> Write:
    """What writes the kind of file that the ending of `path` names; ConfigError when it names none."""
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise ConfigError(f"The ending of {path} names no format: use one of {' '.join(_WRITERS)}.")
    return write


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that becomes `path` when the block ends well, and is removed when it does not.

    ConfigError where the place cannot be written. A link is followed; what `path` was before stays until the end.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    with _unwritable(path):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        file = beside.open("xb")
    try:
        with _unwritable(path), file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with _unwritable(path):
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
            _settle(target.parent)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _unwritable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigError(f"Cannot write {path}: {error.strerror or error}.") from error


def _settle(directory: Path) -> None:
    """Make the new name last through a power cut, where directories can be opened."""
    if os.name != "posix":
        return
    opened = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _text(format: Format) -> Write:
    def write(result: Result, file: BinaryIO) -> None:
        for chunk in format(result, 0):
            file.write(chunk.encode())

    return write


def _arrow(result: Result, file: BinaryIO) -> None:
    reader = result.reader()
    with pa.ipc.new_file(file, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)


def _parquet(result: Result, file: BinaryIO) -> None:
    import pyarrow.parquet as pq

    reader = result.reader()
    try:
        with pq.ParquetWriter(file, reader.schema) as writer:
            for table in _groups(reader):
                writer.write_table(table)
    except pa.ArrowNotImplementedError as error:
        raise QueryError(f"Parquet cannot hold a column of this answer: {error}. Cast it to VARCHAR.") from error


def _groups(reader: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """Tables large enough to be row groups worth having, and bounded in memory."""
    held: list[pa.RecordBatch] = []
    for batch in reader:
        held.append(batch)
        if sum(each.num_rows for each in held) >= _GROUP_ROWS or sum(each.nbytes for each in held) >= _GROUP_BYTES:
            yield pa.Table.from_batches(held, reader.schema)
            held = []
    if held:
        yield pa.Table.from_batches(held, reader.schema)


_WRITERS: dict[str, Write] = {
    ".parquet": _parquet,
    ".csv": _text(FORMATS["csv"]),
    ".json": _text(FORMATS["json"]),
    ".jsonl": _text(FORMATS["jsonl"]),
    ".arrow": _arrow,
}
