"""The keys that a statement's relations, and the person's own tables, have for others: read once, and kept."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from asanaql.plan.edges import Place
from asanaql.plan.parameters import GID
from asanaql.scan.account import Account
from asanaql.scan.offline import kept_rows
from asanaql.statement.childless import Condition, conditions, written
from asanaql.statement.cost import rows
from asanaql.statement.desk import Desk
from asanaql.statement.explained import Scanned, same
from asanaql.statement.planned import Carry, Planned, Reading
from asanaql.statement.tagging import identifier, tagged

_WHOLE_NUMBERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}

#: The part of possible parents that is guessed to have children.
_WITH_CHILDREN = 0.1

_Asked = tuple[Place, tuple[Condition, ...]]


class Keys:
    """The keys of one planned statement. `dry`, nothing is sent: those not kept are so many as `guessed` says."""

    def __init__(self, desk: Desk, account: Account, planned: Planned, *, dry: bool) -> None:
        self.guessed: dict[str, int] = {}
        self._most: dict[str, int] = {}
        self._desk = desk
        self._account = account
        self._planned = planned
        self._dry = dry
        self._known: dict[_Asked, frozenset[str] | None] = {}

    def values(self, carry: Carry) -> frozenset[str] | None:
        """The keys, None while a giver is not read yet."""
        receiver = self._planned.readings[carry.receiver].occurrence.table
        found: set[str] = set()
        for place in carry.givers:
            giver = self._planned.reading(place.tag)
            where: tuple[Condition, ...] = ()
            if giver is not None:
                table = giver.occurrence.table
                where = conditions(self._account.catalog, receiver, carry.column, table, place.column)
            values = self._of_place(place, where)
            if values is None:
                return None
            found |= values
        return frozenset(found)

    def at_most(self, tag: str, keys: int) -> None:
        """So many keys of an occurrence can matter, though it is not known which."""
        self._most[tag] = min(keys, self._most.get(tag, keys))

    def keep(self, tag: str) -> None:
        """Read an occurrence whole, once. Raises what reading raises."""
        reading = self._planned.readings[tag]
        if self._dry:
            self._keep_dry(tag, reading)
            return
        occurrence = reading.occurrence
        occurrence.keep = True
        source = tagged(occurrence.table.name, occurrence.tag)
        self._desk.rows(f"SELECT count(*) FROM {source}{_where(reading.filters)}")
        if occurrence.kept is None:
            # DuckDB saw that no row can pass, and did not ask.
            occurrence.kept = occurrence.nothing

    def _keep_dry(self, tag: str, reading: Reading) -> None:
        """Take an occurrence's rows from what is kept, or guess how many there are."""
        occurrence = reading.occurrence
        found = kept_rows(self._account, occurrence.table, occurrence.columns, occurrence.filters)
        if found is None or tag in self._most:
            guess = rows(self._account, occurrence, len(reading.residual)) if found is None else len(found)
            self.guessed[tag] = min(guess, self._most.get(tag, guess))
            occurrence.kept = occurrence.nothing
        else:
            kept = pa.Table.from_pylist(found, schema=occurrence.nothing.schema)
            occurrence.kept = kept if occurrence.mask is None else kept.filter(occurrence.mask)
        occurrence.keep = True

    def _of_place(self, place: Place, where: tuple[Condition, ...]) -> frozenset[str] | None:
        asked = place, where
        if asked in self._known:
            return self._known[asked]
        reading = self._planned.reading(place.tag)
        values: frozenset[str] | None
        if not place.tag:
            values = self._of_local(place)
        elif reading is None:
            values = frozenset()  # DuckDB reads nothing of it, so it gives nothing.
        elif place.tag in self.guessed:
            values = so_many(max(1, round(self.guessed[place.tag] * _WITH_CHILDREN ** len(where))))
        elif reading.occurrence.kept is None:
            return None
        else:
            values = self._of_reading(reading, place.column, written(where))
        self._known[asked] = values
        return values

    def _of_reading(self, reading: Reading, column: str, where: Sequence[str]) -> frozenset[str]:
        """The keys in the rows that pass all of the occurrence's filters, as far as these can be applied apart."""
        source = tagged(reading.occurrence.table.name, reading.occurrence.tag)
        query = f"SELECT DISTINCT {identifier(column)} FROM {source}"
        own = Scanned(True, None, "", reading.filters, reading.residual, ())
        passing = (*reading.filters, *reading.residual)
        if reading.residual and self._means(query + _where(passing), own):
            try:
                return _gids(self._desk.rows(query + _where((*passing, *where))))
            except duckdb.Error:
                pass  # A predicate that fails here may never be reached there; without it there are more keys.
        return _gids(self._desk.rows(query + _where((*reading.filters, *where))))

    def _of_local(self, place: Place) -> frozenset[str] | None:
        """The keys in a table, file or list of the person's; None where they are no keys."""
        name = f"{place.alias}.{identifier(place.column)}"
        typed = self._desk.person.sql(f"SELECT {name} FROM {place.item} LIMIT 0").types
        if str(typed[0]) not in {"VARCHAR", *_WHOLE_NUMBERS}:
            return None
        query = f"SELECT DISTINCT {name}::VARCHAR FROM {place.item}"
        sources = {each.source for each in self._desk.plan(query, apart=False)}
        read = [each for each in self._planned.local if each.source in sources]
        if len(read) == 1 and not self._planned.inside and self._stable(read[0]):
            narrowed = query + _where((*read[0].filters, *read[0].residual))
            try:
                if self._means(narrowed, read[0], apart=False):
                    return _gids(self._desk.rows(narrowed, apart=False))
            except duckdb.Error:
                pass  # As above.
        return _gids(self._desk.rows(query, apart=False))

    def _stable(self, scanned: Scanned) -> bool:
        """Whether its filters can be applied once more, and say what they seem to."""
        texts = (*scanned.filters, *scanned.residual)
        return bool(texts) and all(self._planned.certain(text) and not self._desk.volatile(text) for text in texts)

    def _means(self, query: str, expected: Scanned, *, apart: bool = True) -> bool:
        """Whether DuckDB reads a query with these filters as it read the statement they are from."""
        try:
            [found] = self._desk.plan(query, apart=apart)
        except (duckdb.Error, ValueError):
            return False
        return same(found, expected)


def so_many(keys: int) -> frozenset[str]:
    """As many keys, of which only the number is meant."""
    return frozenset(str(place + 1) for place in range(keys))


def _where(filters: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(f'({text})' for text in filters)}" if filters else ""


def _gids(found: Sequence[tuple[object, ...]]) -> frozenset[str]:
    """The values that can be gids; nothing else is equal to one."""
    return frozenset(value for (value,) in found if isinstance(value, str) and GID.fullmatch(value))
