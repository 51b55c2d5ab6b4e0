"""One token at Asana: what all scans of a connection share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from asanaql.api import Client, Log, Loop
from asanaql.cache import Cache
from asanaql.catalog.model import Catalog, Table
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.days import Days
from asanaql.scan.flights import Flights
from asanaql.scan.guard import Guard
from asanaql.scan.listening import Listening
from asanaql.scan.occurrence import Occurrences
from asanaql.scan.sizes import Sizes
from asanaql.scan.statement import Statements


@dataclass(eq=False)
class Account:
    """A client and what is known beside it.

    `workspace` is the gid that the connection is confined to, if any; it may change between two statements.

    `push` and `plan` can be switched off to compare: what scans are asked to filter, and planning across relations.
    `fields` are the names of the typed columns that were made, by the gid of the custom field. `now` is the moment.
    `answers` are the relations that a copy answers in Asana's place, and how old each is.
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
    days: Days = field(default_factory=Days)
    fields: dict[str, str] = field(default_factory=dict)
    log: Log = field(default_factory=Log)
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    answers: Callable[[], Mapping[str, dt.datetime]] = lambda: {}

    def scope(self, table: Table) -> Conjunct | None:
        """What confines the relation to the connection's workspace."""
        if self.workspace is None:
            return None
        name = "gid" if table.name == "workspaces" else "workspace_gid"
        known = any(column.name == name for column in table.columns)
        return Conjunct(name, "=", (self.workspace,)) if known else None

    def unconfined(self) -> Account:
        """The same account where it is confined to no workspace."""
        return replace(self, workspace=None)
