"""One token at Asana: what all scans of a connection share."""

from __future__ import annotations

from dataclasses import dataclass, field

from asanaql.api import Client, Loop
from asanaql.cache import Cache
from asanaql.catalog.model import Catalog, Table
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.listening import Listening
from asanaql.scan.occurrence import Occurrences
from asanaql.scan.statement import Statements


class Sizes:
    """Row counts seen so far: of relations, for the planner, and of single listings, to start the longest first."""

    def __init__(self) -> None:
        self._tables: dict[str, int] = {}
        self._listings: dict[object, int] = {}

    def rows(self, table: Table) -> int:
        """How many rows the relation has, by the last listing of it or by the catalog's guess."""
        return self._tables.get(table.name, table.rows)

    def listed(self, listing: object) -> int:
        """How many rows this listing had when it was last read; 0 when it never was."""
        return self._listings.get(listing, 0)

    def saw(self, table: Table, rows: int) -> None:
        """Remember the size of a relation."""
        self._tables[table.name] = max(rows, 1)

    def saw_listing(self, listing: object, rows: int) -> None:
        """Remember the size of a listing."""
        self._listings[listing] = rows


@dataclass(frozen=True, eq=False)
class Account:
    """A client and what is known beside it. `workspace` is the gid that the connection is confined to, if any."""

    client: Client
    loop: Loop
    catalog: Catalog
    statements: Statements
    cache: Cache | None = None
    workspace: str | None = None
    push: bool = True
    sizes: Sizes = field(default_factory=Sizes)
    occurrences: Occurrences = field(default_factory=Occurrences)
    listening: Listening = field(default_factory=Listening)

    def scope(self, table: Table) -> Conjunct | None:
        """What confines the relation to the connection's workspace."""
        if self.workspace is None:
            return None
        name = "gid" if table.name == "workspaces" else "workspace_gid"
        known = any(column.name == name for column in table.columns)
        return Conjunct(name, "=", (self.workspace,)) if known else None
