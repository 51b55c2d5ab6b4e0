"""A DuckDB of our own that turns record batches into text, so that every value looks as DuckDB writes it.

It is in memory, on one thread, and apart from the user's connection, whose open result must not be disturbed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

_ROWS = "asanaql_rows"


class Scratch:
    """Batches in, text out. `columns` and `types` are the names and DuckDB types of the result being written."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, directory: Path, columns: Sequence[str], types: Sequence[str]
    ) -> None:
        self._connection = connection
        self._file = directory / "rows"
        self.columns = tuple(columns)
        self.types = tuple(types)
        self._zone: str | None = None

    def values(self) -> list[str]:
        """One SQL expression per column, in the result's own types: Arrow carries JSON as plain text."""
        return [f"CAST(c{place} AS {type})" if "JSON" in type else f"c{place}" for place, type in enumerate(self.types)]

    def selection(self, expressions: Sequence[str]) -> str:
        """The statement that reads the current rows as `expressions`, under the result's names."""
        named = (f"{value} AS {_name(column)}" for value, column in zip(expressions, self.columns, strict=True))
        return f"SELECT {', '.join(named)} FROM {_ROWS}"

    def copied(self, batch: pa.RecordBatch, expressions: Sequence[str], options: str) -> str:
        """What `COPY` writes for the rows of `batch`."""
        self.hold([batch])
        return self._copy(self.selection(expressions), options)

    def copied_header(self, options: str) -> str:
        """What `COPY` writes when there are no rows."""
        return self._copy(self.nothing(), options)

    def cells(self, batches: Sequence[pa.RecordBatch]) -> list[tuple[str | None, ...]]:
        """The rows of `batches` with every value as text, None for NULL."""
        if not batches:
            return []
        self.hold(batches)
        texts = ", ".join(f"CAST({value} AS VARCHAR)" for value in self.values())
        return self._connection.execute(f"SELECT {texts} FROM {_ROWS}").fetchall()

    def nothing(self) -> str:
        """A statement with the result's columns and no rows."""
        pairs = zip(self.types, self.columns, strict=True)
        return f"SELECT {', '.join(f'CAST(NULL AS {type}) AS {_name(column)}' for type, column in pairs)} WHERE false"

    def hold(self, batches: Sequence[pa.RecordBatch]) -> None:
        """Make `batches` the current rows. Moments are shown in the time zone that the result carries."""
        zone = _zone(batches[0].schema.types)
        if zone is not None and zone != self._zone:
            self._connection.execute(f"SET TimeZone = {_text(zone)}")
            self._zone = zone
        places = [f"c{place}" for place in range(len(self.columns))]
        self._connection.register(_ROWS, pa.Table.from_batches(batches).rename_columns(places))

    def _copy(self, selection: str, options: str) -> str:
        self._connection.execute(f"COPY ({selection}) TO {_text(str(self._file))} ({options})")
        return self._file.read_text(encoding="utf-8")


@contextmanager
def scratch(columns: Sequence[str], types: Sequence[str]) -> Iterator[Scratch]:
    """A Scratch for one result; its database and its temporary directory go when the block ends."""
    with tempfile.TemporaryDirectory(prefix="asanaql-") as directory, duckdb.connect(config={"threads": 1}) as database:
        yield Scratch(database, Path(directory), columns, types)


def _zone(types: Sequence[pa.DataType]) -> str | None:
    """The first time zone found in `types` or inside them."""
    for type in types:
        if pa.types.is_timestamp(type) and type.tz is not None:
            return str(type.tz)
        inner = _zone([type.field(place).type for place in range(type.num_fields)])
        if inner is not None:
            return inner
    return None


def _name(column: str) -> str:
    escaped = column.replace('"', '""')
    return f'"{escaped}"'


def _text(value: str) -> str:
    escaped = value.replace("'", "''")
    return f"'{escaped}'"
