"""Relations that are answered from a copy in a DuckDB file, which is brought up to date first where it is too old."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from duckdb import DuckDBPyConnection

from asanaql.catalog.model import Catalog, Table
from asanaql.connection.reach import sql_type
from asanaql.errors import ConfigError
from asanaql.scan.account import Account
from asanaql.statement.tagging import identifier, text_literal
from asanaql.sync import Options, Report
from asanaql.sync.copy import Copy, attach, written
from asanaql.sync.copying import brought_up_to_date
from asanaql.sync.merging import living_in
from asanaql.sync.selection import relations
from asanaql.sync.source import Source
from asanaql.typed.kinds import KINDS

if TYPE_CHECKING:
    from asanaql.connection.connection import Connection

DATABASE = "asana_mirror"

_WORD = re.compile(r"\w+")
_SCANNED = re.compile(rf"\b{DATABASE}\.main\.\"?(\w+)")


class Mirror:
    """The copy in a file, attached to `duck`; `live` gives a connection to Asana itself.

    It is as it is where there is no `max_age`; else what a statement reads is first brought up to date where it is
    older. ConfigError where there is no copy in the file, or it cannot be opened.
    """

    def __init__(
        self,
        duck: DuckDBPyConnection,
        account: Account,
        file: Path,
        max_age: dt.timedelta | None,
        live: Callable[[], Connection],
    ) -> None:
        self.file = file
        self.live = live
        self._account = account
        self._max_age = max_age
        if not file.is_file():
            raise ConfigError(f"There is no copy at {file}: `asanaql sync {file}` makes one.")
        # A copy that is only read may be open in several programs.
        attach(duck, file, DATABASE, "(READ_ONLY)" if max_age is None else "")
        # Apart from whatever the person has open, a transaction too; one at a time brings it up to date.
        self._copy = Copy(duck.cursor(), DATABASE)
        self._lock = threading.Lock()
        try:
            self._ages = self._copy.ages()
        except duckdb.CatalogException:
            raise ConfigError(f"{file} is no copy of Asana: `asanaql sync` makes one in a file of its own.") from None
        if max_age is not None:
            self._copy.prepare()
        self.names = frozenset(name for name, table in account.catalog.items() if self._has(table))

    @property
    def lacking(self) -> Catalog:
        """The relations that go to Asana."""
        return {name: table for name, table in self._account.catalog.items() if name not in self.names}

    def answers(self) -> Mapping[str, dt.datetime]:
        """The relations that are answered from the copy, and when each was brought up to date last."""
        return {name: age for name, age in self._ages.items() if name in self.names}

    def rows(self, table: Table) -> str | None:
        """The relation's rows in the copy, as a subquery, with its arguments; None where these are not there.

        An argument that says something no column of the copy does is an error where it is used.
        """
        if table.name not in self.names:
            return None
        kept = self._copy.table(table.name)
        said = text_literal(
            f"An argument of asana_{table.name} asks for what the copy in {self.file} cannot tell. "
            "Ask Asana itself, without --mirror (in Python mirror=None)."
        )
        arguments = "".join(
            f", CAST(error({said}) AS {sql_type(column.type)}) AS {identifier(column.name)}"
            for column in table.columns
            if column.hidden
        )
        conditions = [living_in(self._copy.duck, kept)]
        scope = self._account.scope(table)
        if scope is not None:
            conditions.append(f"{identifier(scope.column)} = {text_literal(scope.values[0])}")
        return f"(SELECT *{arguments} FROM {kept} WHERE {' AND '.join(conditions)})"

    def freshen(
        self, query: str, explained: Callable[[], str], asked: Callable[[], AbstractContextManager[Source]]
    ) -> Report | None:
        """Bring up to date what a statement reads, where it is too old; None where nothing was.

        `explained` gives DuckDB's plan of the statement, and `asked` what is copied from. Raises as `sync` does.
        """
        if self._max_age is None:
            return None
        wanted = self._named(query, explained)
        with self._lock:
            now = self._account.now()
            if not any(now - self._ages[name] > self._max_age for name in wanted):
                return None
            options = Options(tables=sorted(wanted), max_age=self._max_age, now=lambda: now)
            chosen = relations(self._account.catalog, options.tables)
            with asked() as source, written(self.file):
                report = brought_up_to_date(source, self._copy, chosen, options)
            self._ages = self._copy.ages()
            return report

    def close(self) -> None:
        """Let go of what reads and writes the copy."""
        self._copy.duck.close()

    def _named(self, query: str, explained: Callable[[], str]) -> set[str]:
        """The relations of the copy that a statement names, or reads by a view of somebody's own."""
        words = {word.casefold() for word in _WORD.findall(query)}
        named = {word.removeprefix("asana_") for word in words}
        named |= {kind.relation for function, kind in KINDS.items() if function in words}
        return (named | set(_SCANNED.findall(explained()))) & self.names

    def _has(self, table: Table) -> bool:
        """Whether the copy has all of a relation's columns, as they are now."""
        if table.name not in self._ages or not self._copy.has(table.name):
            return False
        found = self._copy.duck.execute(f"DESCRIBE {self._copy.table(table.name)}").fetchall()
        kept = {name: kind for name, kind, *_ in found}
        return all(kept.get(column.name) == sql_type(column.type) for column in table.visible)
