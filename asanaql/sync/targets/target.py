"""What a target can do, and what it is asked to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa
from duckdb import DuckDBPyConnection

from asanaql.statement.tagging import identifier

#: The column of a row's digest, by which a target's rows are told apart.
ROW = "_row"


@dataclass(frozen=True, kw_only=True)
class Published:
    """What a publish wrote of one relation. `rows` are those that the target has now.

    A row has changed where one of its gid went and another came; rows without a gid are deleted and added.
    """

    relation: str
    rows: int
    added: int = 0
    changed: int = 0
    deleted: int = 0


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is to be written of one relation: rows that go, rows that come, columns that the target lacks.

    `columns` are all that a row has, `_row` at their end, with the target's types. `gone` and `fresh` are relations in
    `duck`: the digests of the `went` rows that go, and the `came` rows that come, whole. `lacking` is empty where the
    relation is not there yet.
    """

    duck: DuckDBPyConnection
    relation: str
    columns: Mapping[str, str]
    lacking: Sequence[str]
    gone: str
    fresh: str
    went: int
    came: int

    def digests(self) -> pa.Table:
        """The digests of the rows that go."""
        return self.duck.sql(f"SELECT {ROW} FROM {self.gone}").to_arrow_table()

    def rows(self) -> pa.RecordBatchReader:
        """The rows that come, read from the copy while they are written."""
        return self.duck.sql(f"FROM {self.fresh}").to_arrow_reader(10_000)

    def schema(self) -> pa.Schema:
        """What the columns of these rows are in Arrow."""
        return self.duck.sql(f"FROM {self.fresh} LIMIT 0").to_arrow_table().schema

    @property
    def names(self) -> str:
        """The columns' names, as SQL."""
        return ", ".join(map(identifier, self.columns))


class Target(Protocol):
    """A place that is brought in line with the copy, open and held by this run alone as far as it can be."""

    def place(self, relation: str) -> str:
        """What the relation is there, in words: the table asana.tasks."""
        ...

    def type(self, name: str) -> str:
        """The type in which the target keeps a type of DuckDB's."""
        ...

    def value(self, expression: str, name: str) -> str:
        """DuckDB's expression for what is written of an expression with a type of DuckDB's."""
        ...

    def columns(self, relation: str) -> Mapping[str, str]:
        """The columns that the target has of a relation, with its own types; none where it has no such relation."""
        ...

    def digests(self, relation: str) -> pa.Table:
        """The digests of all rows that the target has of a relation whose columns were just asked for."""
        ...

    def write(self, change: Change) -> None:
        """Write one relation's change, whole or, where the target cannot do that, so that the next run completes it."""
        ...
