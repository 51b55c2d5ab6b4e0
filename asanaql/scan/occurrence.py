"""One place of a planned statement where a relation is read: what is known of its rows beside the SQL.

A planned statement is the typed one with every occurrence of a relation tagged; a scan finds its occurrence by the tag.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from asanaql.catalog.model import Table
from asanaql.plan.conjuncts import Conjunct, equalities
from asanaql.scan.first import Order
from asanaql.scan.statement import Statement

if TYPE_CHECKING:
    from asanaql.scan.run import Running


@dataclass(frozen=True)
class Shared:
    """What several occurrences ask for together: the columns of all, narrowed by what is known for each of them."""

    columns: frozenset[str]
    conjuncts: tuple[Conjunct, ...]


@dataclass(eq=False)
class Occurrence:
    """An occurrence by its tag, which no other statement has.

    `columns` are those that the statement reads of it, filters included. `implied` holds of every row that matters
    because of a predicate that stays with DuckDB, and so does `keys` because of what other relations hold: the values
    that a column can have, by column. `within` are such values that only narrow what it gives, as to ask for them would
    cost more.

    Of its rows only the first in `order` are wanted, if there is one. `shared` is what is asked for where other
    occurrences need the same listing, `light` says to ask for all light columns because a fan-out does. `opened` says
    that DuckDB has come to it; `ahead` is its scan where that was started before. `keep` says to read it once and
    whole, after which its rows are in `kept`.
    """

    tag: str
    table: Table
    statement: Statement
    columns: frozenset[str]
    filters: tuple[Conjunct, ...] = ()
    implied: tuple[Conjunct, ...] = ()
    keys: dict[str, frozenset[str]] = field(default_factory=dict)
    within: dict[str, frozenset[str]] = field(default_factory=dict)
    order: Order | None = None
    shared: Shared | None = None
    light: bool = False
    opened: bool = False
    keep: bool = False
    kept: pa.Table | None = None
    ahead: Running | None = None

    @property
    def conjuncts(self) -> tuple[Conjunct, ...]:
        """All that is known beside the filters that DuckDB hands to the scan."""
        carried = [Conjunct(column, "=", tuple(sorted(values))) for column, values in self.keys.items()]
        return (*self.implied, *carried)

    def end(self) -> None:
        """Let go of what is kept, and of what was started and never read."""
        self.kept = None
        if self.ahead is not None:
            self.ahead.cancel()

    @property
    def nothing(self) -> pa.Table:
        """No rows, with the columns that are read."""
        read = [column for column in self.table.columns if column.name in self.columns]
        return pa.schema([pa.field(column.name, column.type) for column in read]).empty_table()

    @property
    def carried(self) -> frozenset[str]:
        """The columns whose values nobody wrote: what Asana does not know of them is no mistake."""
        written = equalities((*self.filters, *self.implied))
        return frozenset(name for name in self.keys if name not in written)

    @property
    def mask(self) -> pc.Expression | None:
        """The rows that can matter, as far as values are known for a column; None where none are."""
        listed = [(each.column, each.values) for each in self.conjuncts if each.comparison == "="]
        combined: pc.Expression | None = None
        for column, values in [*listed, *((name, tuple(held)) for name, held in self.within.items())]:
            held = pc.field(column).isin(pa.array(values, self.table.column(column).type))
            combined = held if combined is None else combined & held
        return combined

    @property
    def masked(self) -> frozenset[str]:
        """The columns that `mask` is about."""
        return frozenset(each.column for each in self.conjuncts if each.comparison == "=") | frozenset(self.within)


class Occurrences:
    """The occurrences of the statements that are being run, by tag."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[str, Occurrence] = {}
        self._planned = 0

    def prefix(self) -> str:
        """What the tags of one more planned statement begin with."""
        with self._lock:
            self._planned += 1
            return f"{self._planned}."

    def add(self, occurrence: Occurrence) -> None:
        """Let scans find the occurrence."""
        with self._lock:
            self._known[occurrence.tag] = occurrence

    def forget(self, occurrence: Occurrence) -> None:
        """Its statement has ended."""
        with self._lock:
            self._known.pop(occurrence.tag, None)

    def tagged(self, tag: str) -> Occurrence | None:
        """The occurrence with this tag, None where its statement has ended."""
        with self._lock:
            return self._known.get(tag)
