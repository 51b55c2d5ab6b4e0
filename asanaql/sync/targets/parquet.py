"""A directory of Parquet: one file for each relation, or for each project of a relation whose rows have a project.

    DIR/users/rows.parquet
    DIR/tasks/project=1201/rows.parquet
    DIR/tasks/project=none/rows.parquet

A file has all columns, `project_gid` too: the value in a directory's name cannot be NULL. The rows without a project
have a file always, if an empty one, so that the columns of a relation without rows can be read, and that no reader
takes projects for numbers. All files of a relation have the same columns. Files are written beside the relations and
renamed when all are whole.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from duckdb import DuckDBPyConnection

from asanaql.errors import ConfigError
from asanaql.statement.tagging import identifier, text_literal
from asanaql.sync.targets.arrow import duckdb_types, plain
from asanaql.sync.targets.locking import held
from asanaql.sync.targets.target import ROW, Change

_PARTITION, _KEY = "project_gid", "project"
_NO_PROJECT = f"{_KEY}=none"
_FILE = "rows.parquet"
#: Beside the relations and on their file system; no reader takes it for one of their files.
_WRITING = ".asanaql.writing"


@contextmanager
def parquet(directory: Path, duck: DuckDBPyConnection) -> Iterator[Parquet]:
    """A directory of Parquet; ConfigError where it cannot be written, or another run writes there."""
    with held(directory):
        try:
            shutil.rmtree(directory / _WRITING, ignore_errors=True)
            (directory / _WRITING).mkdir()
            yield Parquet(directory, duck)
            (directory / _WRITING).rmdir()
        except (OSError, duckdb.IOException) as error:
            raise ConfigError(f"{directory} cannot be written: {error}.") from error


class Parquet:
    """The relations in a directory."""

    def __init__(self, directory: Path, duck: DuckDBPyConnection) -> None:
        self._directory = directory
        self._duck = duck
        self._schemas: dict[Path, pa.Schema] = {}

    def place(self, relation: str) -> str:
        return f"the directory {self._directory / relation}"

    def type(self, name: str) -> str:
        return plain(name)

    def value(self, expression: str, name: str) -> str:
        return f"CAST({expression} AS VARCHAR)" if name == "JSON" else expression

    def columns(self, relation: str) -> Mapping[str, str]:
        """The columns that each of the files has; a file that lacks one is of a run that did not end."""
        files = sorted((self._directory / relation).rglob("*.parquet"))
        self._schemas = {file: _schema(file) for file in files}
        columns: dict[str, str] = {}
        for schema in set(self._schemas.values()):
            columns |= duckdb_types(self._duck, schema)
        return {name: type for name, type in columns.items() if all(name in s.names for s in self._schemas.values())}

    def digests(self, relation: str) -> pa.Table:
        return self._duck.sql(f"SELECT {ROW} FROM {_read(self._schemas)}").to_arrow_table()

    def write(self, change: Change) -> None:
        """Write the files that change. All are whole before the first is renamed: a reader between two renames may meet
        a row that moved between projects twice, or not at all.
        """
        files = {**self._outdated(change), **self._coming(change)}
        written = [
            (file, self._written(change, file, rows, self._directory / _WRITING / f"{number}.parquet"))
            for number, (file, rows) in enumerate(files.items())
        ]
        for file, new in written:
            if new is None:
                file.unlink(missing_ok=True)
                with suppress(OSError):  # what others put there stays
                    file.parent.rmdir()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                new.replace(file)

    def _outdated(self, change: Change) -> dict[Path, str]:
        """The files that rows go from, that have other columns, or that are there always; no row comes to them."""
        if not self._schemas:
            return {self._file(change, None): "FALSE"}
        gone = f"SELECT DISTINCT filename FROM {_read(self._schemas)} SEMI JOIN {change.gone} USING ({ROW})"
        names = [Path(name) for (name,) in self._duck.execute(gone).fetchall()]
        other = [file for file, schema in self._schemas.items() if set(schema.names) != set(change.columns)]
        return dict.fromkeys([*names, *other], "FALSE")

    def _coming(self, change: Change) -> dict[Path, str]:
        """The files that rows come to, each with the condition of its rows."""
        if not _partitioned(change):
            return {self._file(change, None): "TRUE"}
        keys = self._duck.execute(f"SELECT DISTINCT {_PARTITION} FROM {change.fresh} ORDER BY ALL").fetchall()
        return {
            self._file(change, key): f"{_PARTITION} IS NULL" if key is None else f"{_PARTITION} = {text_literal(key)}"
            for (key,) in keys
        }

    def _file(self, change: Change, key: str | None) -> Path:
        whole = self._directory / change.relation
        if not _partitioned(change):
            return whole / _FILE
        return whole / (_NO_PROJECT if key is None else f"{_KEY}={quote(key, safe='')}") / _FILE

    def _written(self, change: Change, file: Path, rows: str, new: Path) -> Path | None:
        """The file with its change, under the name of a new one; None where it has no row and need not be there."""
        parts = [f"SELECT * FROM {change.fresh} WHERE {rows}"]
        if file in self._schemas:
            names = ", ".join(identifier(name) for name in self._schemas[file].names if name in change.columns)
            parts.append(f"SELECT {names} FROM {_read([file])} ANTI JOIN {change.gone} USING ({ROW})")
        [(count,)] = self._duck.execute(
            f"COPY (SELECT {change.names} FROM ({' UNION ALL BY NAME '.join(parts)})) TO {text_literal(new)} "
            "(FORMAT parquet, COMPRESSION zstd)"
        ).fetchall()
        if not count and file != self._file(change, None):
            new.unlink()
            return None
        with new.open("rb+") as there:
            os.fsync(there.fileno())
        return new


def _partitioned(change: Change) -> bool:
    return _PARTITION in change.columns


def _read(files: Iterable[Path]) -> str:
    names = ", ".join(map(text_literal, files))
    return f"read_parquet([{names}], filename = true, hive_partitioning = false)"


def _schema(file: Path) -> pa.Schema:
    try:
        return pq.read_schema(file).remove_metadata()
    except pa.ArrowException as error:
        raise ConfigError(f"{file} cannot be read: {error}. Remove it; the next run makes it anew.") from error
