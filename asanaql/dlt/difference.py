"""What a destination lacks of a relation in the copy, and what it has too much, as Arrow.

A row is known by its content: the digest of it, with a number behind where several rows are equal. So a row that has
changed is one that is gone and one that is new, whatever relation it is of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

from asanaql.statement.tagging import identifier, text_literal
from asanaql.sync.merging import DELETED
from asanaql.sync.targets.publishing import digest
from asanaql.sync.targets.target import ROW

#: The column of a destination that says whether a row is gone.
GONE = "_gone"
#: What a destination has: so many rows with a key, which are there or say that it is gone.
COUNTED = pa.schema([("key", pa.string()), ("gone", pa.bool_()), ("rows", pa.int64())])
#: Rows in a batch: long texts among them make a batch large.
_BATCH = 10_000
_NESTED = ("STRUCT", "MAP", "UNION", "JSON")


@dataclass(frozen=True)
class Difference:
    """How many rows the destination has, how many of them are gone, and how many are new to it.

    `whole` says whether the relation was ever read without leaving out what could not be read: only then is a row that
    the copy lacks one that is gone.
    """

    had: int
    gone: int
    new: int
    whole: bool
    _duck: DuckDBPyConnection
    _relation: str
    _columns: Mapping[str, str]

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The keys that are gone, with nothing else in their rows, and then the rows that are new.

        What is nested is JSON as text. There is one batch at least, as it tells the columns.
        """
        nothing = ", ".join(
            f"CAST(NULL AS {_flat(each)}) AS {identifier(name)}" for name, each in self._columns.items()
        )
        values = ", ".join(f"{_value(name, each)} AS {identifier(name)}" for name, each in self._columns.items())
        reader = self._duck.sql(
            f"SELECT {nothing}, key AS {ROW}, TRUE AS {GONE} FROM gone UNION ALL "
            f"SELECT {values}, key AS {ROW}, FALSE AS {GONE} FROM {self._relation} kept "
            "JOIN new ON kept.rowid = new.place"
        ).to_arrow_reader(_BATCH)
        schema = pa.schema([field.with_nullable(field.name != ROW) for field in reader.schema])
        empty = True
        for batch in reader:
            empty = False
            yield pa.RecordBatch.from_arrays(batch.columns, schema=schema)
        if empty:
            yield pa.RecordBatch.from_pylist([], schema)


@contextmanager
def compared(copy: Path, relation: str, had: pa.Table, *, keep_deleted: bool) -> Iterator[Difference | None]:
    """A relation in the copy beside what a destination has of it, COUNTED; None where the copy lacks the relation.

    With `keep_deleted` the rows that the copy keeps as deleted are part of the relation, and so is when they were. The
    copy is open for reading meanwhile.
    """
    with closing(duckdb.connect()) as duck:
        # Moments are digested as text.
        duck.execute(f"SET TimeZone = 'UTC'; ATTACH {text_literal(str(copy))} AS copy (READ_ONLY)")
        kept = _columns(duck, relation)
        if not kept:
            yield None
            return
        columns = {name: type for name, type in kept.items() if keep_deleted or name != DELETED}
        table = f"copy.main.{identifier(relation)}"
        _number(duck, table if len(columns) == len(kept) else f"{table} WHERE {DELETED} IS NULL", columns)
        counts = _match(duck, had)
        yield Difference(*counts, _was_whole(duck, relation), duck, table, columns)


def _number(duck: DuckDBPyConnection, source: str, columns: Mapping[str, str]) -> None:
    """Keep the key of every row, and where in the copy it is."""
    duck.execute(
        "CREATE TEMP TABLE present AS "
        "SELECT place, digest || CASE WHEN nth > 1 THEN '-' || nth ELSE '' END AS key FROM ("
        "SELECT place, digest, row_number() OVER (PARTITION BY digest ORDER BY place) AS nth FROM ("
        f"SELECT rowid AS place, {digest(columns)} AS digest FROM {source}))"
    )


def _match(duck: DuckDBPyConnection, had: pa.Table) -> tuple[int, int, int]:
    """Keep which rows are gone and which are new; how many there were, and of these two."""
    duck.register("counted", had)
    duck.execute(
        "CREATE TEMP TABLE had AS SELECT key FROM counted GROUP BY key "
        "HAVING sum(CASE WHEN gone THEN -rows ELSE rows END) > 0;"
        "CREATE TEMP TABLE gone AS SELECT key FROM had ANTI JOIN present USING (key);"
        "CREATE TEMP TABLE new AS SELECT * FROM present ANTI JOIN had USING (key)"
    )
    [counts] = duck.sql(
        "SELECT (SELECT count(*) FROM had), (SELECT count(*) FROM gone), (SELECT count(*) FROM new)"
    ).fetchall()
    return counts


def _was_whole(duck: DuckDBPyConnection, relation: str) -> bool:
    [(whole,)] = duck.execute(
        "SELECT coalesce(bool_or(complete), FALSE) FROM copy.main.asana_sync_log WHERE relation = ?", [relation]
    ).fetchall()
    return bool(whole)


def _columns(duck: DuckDBPyConnection, relation: str) -> dict[str, str]:
    """The columns that the copy has of a relation, with their types; none where it lacks the relation."""
    return dict(
        duck.execute(
            "SELECT column_name, data_type FROM duckdb_columns() "
            "WHERE database_name = 'copy' AND schema_name = 'main' AND table_name = ? ORDER BY column_index",
            [relation],
        ).fetchall()
    )


def _value(name: str, type: str) -> str:
    column = f"kept.{identifier(name)}"
    return column if _flat(type) == type else f"CAST(to_json({column}) AS VARCHAR)"


def _flat(type: str) -> str:
    """The type that the values of a column are handed over as."""
    return "VARCHAR" if type.startswith(_NESTED) or type.endswith("]") else type
