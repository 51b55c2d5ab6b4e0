"""Results into files. A file appears whole or not at all: it is written beside its place and moved there at the end."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa

from asanaql.errors import ConfigError, QueryError
from asanaql.output.formats import FORMATS, Format, Rows, batches
from asanaql.output.look import Look

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

_PLAIN = Look(width=80)
_GROUP_ROWS = 100_000
_GROUP_BYTES = 64 << 20

Write = Callable[[Rows, BinaryIO], None]


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
        if target.exists() and not target.is_file():
            raise FileExistsError(errno.EEXIST, "It is a device or a pipe, which a file would replace")
        file = _File(beside, path)
    try:
        yield file
        file.flush()
        with _unwritable(path):
            os.fsync(file.fileno())
            file.close()
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
            _settle(target.parent)
    finally:
        # After an error what is still unwritten may fail again, and that would hide the first one.
        with contextlib.suppress(ConfigError):
            file.close()
        beside.unlink(missing_ok=True)


class _File(io.BufferedWriter):
    """A new file at `beside` whose faults are told as those of `path`."""

    def __init__(self, beside: Path, path: Path) -> None:
        super().__init__(io.FileIO(beside, "xb"))
        self._path = path

    def write(self, written: Buffer) -> int:
        with _unwritable(self._path):
            return super().write(written)

    def flush(self) -> None:
        with _unwritable(self._path):
            super().flush()


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
    def write(result: Rows, file: BinaryIO) -> None:
        for chunk in format(result, _PLAIN):
            file.write(chunk.encode())

    return write


def _arrow(result: Rows, file: BinaryIO) -> None:
    with pa.ipc.new_file(file, result.schema) as writer:
        for batch in batches(result):
            writer.write_batch(batch)


def _parquet(result: Rows, file: BinaryIO) -> None:
    import pyarrow.parquet as pq

    try:
        with pq.ParquetWriter(file, result.schema) as writer:
            for table in _groups(batches(result), result.schema):
                writer.write_table(table)
    except pa.ArrowNotImplementedError as error:
        raise QueryError(f"Parquet cannot hold a column of this answer: {error}. Cast it to VARCHAR.") from error


def _groups(arriving: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """Tables large enough to be row groups worth having, and bounded in memory."""
    held: list[pa.RecordBatch] = []
    for batch in arriving:
        held.append(batch)
        if sum(each.num_rows for each in held) >= _GROUP_ROWS or sum(each.nbytes for each in held) >= _GROUP_BYTES:
            yield pa.Table.from_batches(held, schema)
            held = []
    if held:
        yield pa.Table.from_batches(held, schema)


_WRITERS: dict[str, Write] = {
    ".parquet": _parquet,
    ".csv": _text(FORMATS["csv"]),
    ".json": _text(FORMATS["json"]),
    ".jsonl": _text(FORMATS["jsonl"]),
    ".arrow": _arrow,
}
