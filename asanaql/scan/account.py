"""One token at Asana: what all scans of a connection share."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from asanaql.api import Client, Log, Loop
from asanaql.cache import Cache
from asanaql.catalog.model import Catalog, Path, Table
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.flights import Flights
from asanaql.scan.guard import Guard
from asanaql.scan.listening import Listening
from asanaql.scan.occurrence import Occurrences
from asanaql.scan.statement import Statements

#: Rows in a full page.
PAGE = 100


class Sizes:
    """Row counts seen so far: of relations, for the planner, and of single listings, to start the longest first.

    `only` is the gid of the workspace that the token sees, where it was seen to see no other.
    """

    def __init__(self) -> None:
        self._tables: dict[str, int] = {}
        self._listings: dict[tuple[str, ...], int] = {}
        self._paths: dict[tuple[str, str], tuple[int, int]] = {}
        self._kept: frozenset[str] = frozenset()
        self.only: str | None = None

    def rows(self, table: Table) -> int:
        """How many rows the relation has, by the last listing of it or by the catalog's guess."""
        return self._tables.get(table.name, table.rows)

    def pages(self, table: Table, path: Path) -> float:
        """How many requests a listing of this path takes, by those seen or by the catalog's guess."""
        pages, listings = self._paths.get((table.name, path.name), (0, 0))
        return pages / listings if listings else float(path.pages)

    def kept(self, table: Table) -> bool:
        """Whether the relation's rows are at hand, so that taking keys from them costs nothing."""
        return table.name in self._kept

    def keep(self, names: Collection[str]) -> None:
        """Only the rows of these relations are at hand."""
        self._kept = frozenset(names)

    def listed(self, listing: tuple[str, ...]) -> int:
        """How many rows this listing had when it was last read; 0 when it never was."""
        return self._listings.get(listing, 0)

    def saw(self, table: Table, rows: int) -> None:
        """Remember the size of a relation."""
        self._tables[table.name] = max(rows, 1)

    def saw_listing(self, listing: tuple[str, ...], rows: int, *, whole: bool = True) -> None:
        """Remember the size of a listing; `whole` says that nothing narrowed it. Its identity begins with its path."""
        if whole and listing not in self._listings:
            pages, listings = self._paths.get((listing[0], listing[1]), (0, 0))
            self._paths[listing[0], listing[1]] = (pages + max(1, -(-rows // PAGE)), listings + 1)
        self._listings[listing] = rows


@dataclass(frozen=True, eq=False)
class Account:
    """A client and what is known beside it. `workspace` is the gid that the connection is confined to, if any.

    `push` and `plan` can be switched off to compare: what scans are asked to filter, and planning across relations.
    """

    client: Client
    loop: Loop
    catalog: Catalog
    statements: Statements
    cache: Cache | None = None
    workspace: str | None = None
    push: bool = True
    plan: bool = True
    sizes: Sizes = field(default_factory=Sizes)
    occurrences: Occurrences = field(default_factory=Occurrences)
    listening: Listening = field(default_factory=Listening)
    guard: Guard = field(default_factory=Guard)
    flights: Flights = field(default_factory=Flights)
    log: Log = field(default_factory=Log)

    def scope(self, table: Table) -> Conjunct | None:
        """What confines the relation to the connection's workspace."""
        if self.workspace is None:
            return None
        name = "gid" if table.name == "workspaces" else "workspace_gid"
        known = any(column.name == name for column in table.columns)
        return Conjunct(name, "=", (self.workspace,)) if known else None
