"""What a copy needs of the connection that it is read from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import pyarrow as pa
from duckdb import DuckDBPyConnection

from asanaql.api import Told
from asanaql.catalog.model import Catalog
from asanaql.errors import ApiError
from asanaql.statement.tagging import text_literal
from asanaql.sync.memory import release

#: Where what was read waits for being compared, and the name to make it by.
STAGED_NAME = "_asanaql_staged"
STAGED = f"temp.main.{STAGED_NAME}"
#: As many keys as one statement names.
_MOST = 1000
_ARRIVING = "_asanaql_arriving"


class Counted(Protocol):
    """The numbers of a statement."""

    @property
    def requests(self) -> int: ...


class Answer(Protocol):
    """The result of a statement, as far as a copy needs it."""

    @property
    def warnings(self) -> list[str]: ...

    @property
    def complete(self) -> bool: ...

    @property
    def stats(self) -> Counted: ...

    def reader(self) -> pa.RecordBatchReader: ...


class Source(Protocol):
    """Asana, as one connection sees it, `duckdb`, which reads while another writes the copy."""

    @property
    def duckdb(self) -> DuckDBPyConnection: ...

    @property
    def catalog(self) -> Catalog: ...

    def sql(self, query: str) -> Answer: ...

    def forget(self) -> int: ...

    def events(self, tokens: Mapping[str, str | None]) -> tuple[Mapping[str, Told | ApiError], int]:
        """What happened in each project since its sync token, and how many requests that took."""


@dataclass
class Reading:
    """What it took to read some rows, and what is said of them.

    Where it is not `complete`, rows are missing that there may be; `failed` are the keys whose rows these are, where
    they were asked for by key.
    """

    requests: int = 0
    complete: bool = True
    warnings: list[str] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)

    def take(self, answer: Answer) -> None:
        """Add what one statement took."""
        self.requests += answer.stats.requests
        self.warnings += [said for said in answer.warnings if said not in self.warnings]


@dataclass(frozen=True)
class Among:
    """The condition that a column is one of the keys, which Asana need not know any more; `more` holds as well."""

    column: str
    keys: Sequence[str]
    more: str = ""


class Stage:
    """Reads rows of a relation into STAGED, where nothing else is then; `duck` is the connection that writes."""

    def __init__(self, source: Source, duck: DuckDBPyConnection, relation: str) -> None:
        self._source = source
        self._duck = duck
        self._rows = f"SELECT * FROM asana.main.{relation}"
        self._found = Reading()
        duck.execute(f"CREATE OR REPLACE TEMP TABLE {STAGED_NAME} AS {self._rows} WHERE FALSE")

    def read(self, conditions: Sequence[str | Among] | None) -> Reading:
        """Read the rows that meet any of the conditions, or all; a row that meets two of them is there twice.

        A key of which not all rows could be read has none.
        """
        for condition in [""] if conditions is None else conditions:
            if isinstance(condition, str):
                whole = self._arrive(f"{self._rows} WHERE {condition}" if condition else self._rows)
                self._found.complete = self._found.complete and whole
                continue
            for start in range(0, len(condition.keys), _MOST):
                self._among(replace(condition, keys=condition.keys[start : start + _MOST]))
        return self._found

    def _among(self, condition: Among) -> None:
        """Read the rows of some keys; where some are missing, key after key, to know of which."""
        duck, keys = self._source.duckdb, list(condition.keys)
        duck.execute("CREATE OR REPLACE TEMP TABLE _asanaql_keys (gid VARCHAR)")
        duck.execute("INSERT INTO _asanaql_keys SELECT unnest(?)", [keys])
        whole = self._arrive(
            f"{self._rows} WHERE {condition.column} IN (SELECT gid FROM temp.main._asanaql_keys){condition.more}"
        )
        duck.execute("DROP TABLE _asanaql_keys")
        if whole:
            return
        self._duck.execute(f"DELETE FROM {STAGED} WHERE list_contains(?, {condition.column})", [keys])
        if len(keys) == 1:
            self._found.complete = False
            self._found.failed.add(keys[0])
            return
        for key in keys:
            self._among(replace(condition, keys=[key]))

    def _arrive(self, query: str) -> bool:
        """Stage the rows of a query; whether they are all that there are."""
        answer = self._source.sql(query)
        self._duck.register(_ARRIVING, answer.reader())
        try:
            self._duck.execute(f"INSERT INTO {STAGED} FROM {_ARRIVING}")
        finally:
            self._duck.unregister(_ARRIVING)
            release(self._duck)
        self._found.take(answer)
        return answer.complete


def literals(keys: Iterable[str]) -> str:
    """The keys as SQL literals."""
    return ", ".join(map(text_literal, sorted(keys)))


def one_of(column: str, keys: Collection[str]) -> str:
    """The condition that a column is one of the keys, however few: none where there is none."""
    return f"{column} IN ({literals(keys)})" if keys else "FALSE"


def moment(time: dt.datetime) -> str:
    """A point in time as an SQL expression."""
    return f"CAST({text_literal(time.isoformat())} AS TIMESTAMP WITH TIME ZONE)"
