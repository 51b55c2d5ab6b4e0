"""What a copy is read from: one connection, its statements and what Asana tells of projects."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from duckdb import DuckDBPyConnection

from asanaql.api import Told
from asanaql.catalog.model import Catalog
from asanaql.connection.about import forget
from asanaql.connection.result import Result
from asanaql.errors import ApiError
from asanaql.scan.account import Account
from asanaql.scan.watching import watched


class Origin:
    """Asana as the account sees it, read by a cursor of its own, which `sql` runs statements on."""

    def __init__(self, duckdb: DuckDBPyConnection, account: Account, sql: Callable[[str], Result]) -> None:
        self.duckdb = duckdb
        self.sql = sql
        self._account = account

    @property
    def catalog(self) -> Catalog:
        """The relations by name."""
        return self._account.catalog

    def forget(self) -> int:
        """Forget the kept listings; how many there were."""
        return forget(self._account, None)

    def events(self, tokens: Mapping[str, str | None]) -> tuple[Mapping[str, Told | ApiError], int]:
        """What happened in each project since its sync token, and how many requests that took."""
        meter = self._account.statements.meter(number=self._account.log.begin())
        found = watched(self._account, tokens, meter)
        return found, meter.requests
