"""What a statement's planning asks of DuckDB: plans, names, and small queries of its own.

Nothing that may fail is asked within a transaction of the person's, which the failure would end: there a second
connection with the same settings is asked first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import duckdb

from asanaql.catalog.model import Catalog
from asanaql.statement.explained import Node, Scanned, scans
from asanaql.statement.tagging import text_literal

if TYPE_CHECKING:
    from asanaql.plan.edges import Known

Parameters = Sequence[object] | Mapping[str, object]

_EXPLAIN = "EXPLAIN (FORMAT json) "
_NAME = r'(?:"(?:[^"]|"")*"|[^\s."(]+)'
_NAMES = rf"\(({_NAME}(?:\s*,\s*{_NAME})*)\)"
_MADE = r"CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMP(?:ORARY)?\s+)?VIEW"
_VIEW = re.compile(rf"{_MADE}\s+{_NAME}(?:\.{_NAME})*\s*(?:{_NAMES})?\s+AS\s+(.*?);?\s*", re.I | re.S)
_CALLED = re.compile(r'(\w+)"?\s*\(')
#: Settings that two connections of one database do not share in a way that matters here, or that cannot be set alike.
_NOT_COPIED = ("search_path", "schema", "profiling_mode", "enable_profiling", "streaming_buffer_size")


class Desk:
    """Answers about one DuckDB connection of the person's."""

    def __init__(self, duck: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
        self._duck = duck
        self._catalog = catalog
        self._second: duckdb.DuckDBPyConnection | None = None
        self._alike = False
        self._functions_known: set[str] = set()
        self._volatile: set[str] = set()
        self._relations = {name: tuple(column.name for column in table.visible) for name, table in catalog.items()}
        self._functions = {f"asana_{name}": name for name in catalog}

    def begin(self) -> None:
        """Another statement: settings may have changed since the one before."""
        self._alike = False

    def explained(self, text: str, params: Parameters | None, *, inside: bool) -> list[Node]:
        """The plan of a statement; `inside` a transaction only after the second connection could tell one.

        Raises duckdb.Error where DuckDB cannot tell.
        """
        if inside:
            self.apart().sql(_EXPLAIN + text, params=params).fetchall()
        return _plan(self._duck.sql(_EXPLAIN + text, params=params).fetchall())

    def inside(self) -> bool:
        """Whether a transaction of the person's is open."""
        [(one,)] = self._duck.sql("SELECT txid_current()").fetchall()
        [(other,)] = self._duck.sql("SELECT txid_current()").fetchall()
        return bool(one == other)

    def known(self, *, inside: bool) -> Known:
        """What the names of a statement mean."""
        from asanaql.plan.edges import Known  # here, as it brings a library that most connections never need

        asking = self.apart() if inside else self._duck
        return Known(
            relations=self._relations,
            functions=self._functions,
            described=lambda item: _columns(asking, item),
            view=lambda parts: _view(asking, parts),
        )

    def apart(self) -> duckdb.DuckDBPyConnection:
        """The second connection, with the settings that the person's has now."""
        if self._second is None:
            self._second = self._duck.cursor()
        if self._alike:
            return self._second
        ours, theirs = (dict(each.sql(_SETTINGS).fetchall()) for each in (self._second, self._duck))
        for name, value in theirs.items():
            if ours.get(name) != value and name not in _NOT_COPIED:
                self._second.execute(f"RESET {name}" if value is None else f"SET {name} = {text_literal(value)}")
        [(path,)] = self._duck.sql("SELECT current_setting('search_path')").fetchall()
        if path:
            self._second.execute(f"SET search_path = {text_literal(path)}")
        self._alike = True
        return self._second

    @property
    def person(self) -> duckdb.DuckDBPyConnection:
        """The connection of the person's, which alone sees what he has not committed."""
        return self._duck

    def plan(self, query: str, *, apart: bool = True) -> list[Scanned]:
        """The scans of a query of the planning's own."""
        return scans(_plan((self.apart() if apart else self._duck).sql(_EXPLAIN + query).fetchall()))

    def rows(self, query: str, *, apart: bool = True) -> list[tuple[Any, ...]]:
        """The rows of a query that changes nothing."""
        if apart:
            return self.apart().execute(query).fetchall()
        # What the person has yet to fetch of his own connection is left alone.
        return self._duck.sql(query).fetchall()

    def volatile(self, text: str) -> bool:
        """Whether an expression calls what gives another value each time."""
        names = {name.lower() for name in _CALLED.findall(text)} - _SYNTAX
        if not names <= self._functions_known:
            self._functions_known |= names
            found = self._duck.sql(_STABILITY).fetchall()
            self._functions_known |= {name for name, _ in found}
            self._volatile = {name for name, volatile in found if volatile}
        return not names.isdisjoint(self._volatile)

    def redefines(self, *names: str) -> bool:
        """Whether the person has macros or functions of these names, in place of DuckDB's own."""
        listed = ", ".join(map(text_literal, names))
        found = self._duck.sql(
            f"SELECT count(*) FROM duckdb_functions() WHERE function_name IN ({listed}) AND NOT internal"
        ).fetchall()
        return bool(found[0][0])

    def close(self) -> None:
        """Close the second connection."""
        if self._second is not None:
            self._second.close()


_STABILITY = "SELECT lower(function_name), bool_or(stability = 'VOLATILE') FROM duckdb_functions() GROUP BY ALL"
#: Words before a parenthesis that are no functions.
_SYNTAX = {"and", "as", "between", "case", "cast", "decimal", "else", "in", "not", "or", "then", "try_cast", "when"}
_SETTINGS = "SELECT name, value FROM duckdb_settings() WHERE scope = 'LOCAL'"


def _plan(rows: list[tuple[Any, ...]]) -> list[Node]:
    found = [text for key, text in rows if key == "physical_plan"]
    if not found:
        raise duckdb.InvalidInputException("EXPLAIN is set to give no physical plan.")
    plan: list[Node] = json.loads(found[0])
    return plan


def _columns(duck: duckdb.DuckDBPyConnection, item: str) -> tuple[str, ...] | None:
    try:
        return tuple(duck.sql(f"SELECT * FROM {item} LIMIT 0").columns)
    except duckdb.Error:
        return None  # Then it is not certain which columns the statement means.


def _view(duck: duckdb.DuckDBPyConnection, parts: tuple[str, ...]) -> str | None:
    """The body of the only view that these names can mean, None where there is none."""
    names = ("database_name", "schema_name", "view_name")[-len(parts) :]
    condition = " AND ".join(
        f"lower({name}) = lower({text_literal(part)})" for name, part in zip(names, parts, strict=True)
    )
    found = duck.sql(f"SELECT sql FROM duckdb_views() WHERE NOT internal AND {condition}").fetchall()
    if len(found) != 1:
        return None
    made = _VIEW.fullmatch(found[0][0])
    if made is None:
        return None
    renames, body = made.groups()
    return f"SELECT * FROM ({body}) renamed({renames})" if renames else body
