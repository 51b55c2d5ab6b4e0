"""Keys carried from one occurrence to another before the statement runs.

The cheapest occurrence whose keys spare requests elsewhere is read first, and kept; its keys narrow the others, which
may then give keys themselves. Whatever is read here is not read again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import duckdb
import pyarrow as pa

from asanaql.plan.conjuncts import Conjunct
from asanaql.plan.edges import Place
from asanaql.plan.parameters import GID
from asanaql.scan.account import Account
from asanaql.scan.offline import kept_rows
from asanaql.statement.cost import requests
from asanaql.statement.desk import Desk
from asanaql.statement.explained import Scanned, same
from asanaql.statement.planned import Carry, Planned, Reading
from asanaql.statement.report import Report
from asanaql.statement.tagging import identifier, tagged

#: More values of one column than this are not asked for one by one.
MOST_KEYS = 10_000
#: How many rows an occurrence is guessed to give of those its relation has, for every predicate that stays with DuckDB.
_LEFT = 0.2

_WHOLE_NUMBERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}


class Carrying:
    """The keys of one planned statement. `stops_early` says that DuckDB may not read all that it plans to.

    What is read, and with which keys, is told to `report`. When it is `dry`, nothing is sent: keys are known as far as
    they are kept, and guessed to be so many else.
    """

    def __init__(
        self, desk: Desk, account: Account, planned: Planned, report: Report | None, *, stops_early: bool, dry: bool
    ) -> None:
        self._desk = desk
        self._account = account
        self._planned = planned
        self._report = report
        self._stops_early = stops_early
        self._dry = dry
        self._guessed: dict[str, int] = {}
        self._done: set[Carry] = set()
        self._known: dict[Place, frozenset[str] | None] = {}

    def run(self) -> None:
        """Carry every key that spares requests. Raises what reading a giver raises."""
        while True:
            if self._carried():
                continue
            cheapest = self._cheapest_giver()
            if cheapest is None:
                return
            for tag in cheapest:
                self._keep(tag)

    def _carried(self) -> bool:
        """Whether keys that are known by now could be taken somewhere."""
        progress = False
        for carry in self._planned.carries:
            receiver = self._planned.readings[carry.receiver].occurrence
            if carry in self._done or receiver.kept is not None or not self._helps(carry, 1):
                continue
            values = self._values(carry)
            if values is None:
                continue
            self._done.add(carry)
            progress = True
            if len(values) > MOST_KEYS:
                receiver.statement.notes.say(
                    f"{receiver.table.name}: {len(values):,} values of {carry.column} are too many to ask for one by "
                    f"one (at most {MOST_KEYS:,}), so it was read without them."
                )
                continue
            before = requests(self._account, receiver)
            narrowed = values & receiver.keys.get(carry.column, values)
            if requests(self._account, receiver, [_listed(carry.column, narrowed)]) < before:
                receiver.keys[carry.column] = narrowed
                self._planned.rules.append(carry.rule)
                self._tell(carry)
        return progress

    def _cheapest_giver(self) -> list[str] | None:
        """The occurrences to keep next: those whose keys spare more than they cost, None where there are none."""
        best: tuple[float, list[str]] | None = None
        for carry in self._planned.carries:
            receiver = self._planned.readings[carry.receiver]
            unread = [tag for tag in dict.fromkeys(place.tag for place in carry.givers) if self._unread(tag)]
            if carry in self._done or not unread or carry.receiver in unread or receiver.occurrence.kept is not None:
                continue
            readings = [self._planned.readings[tag] for tag in unread]
            cost = sum(requests(self._account, each.occurrence) for each in readings)
            dearer = requests(self._account, receiver.occurrence)
            expected = sum(self._rows(each) for each in readings) if self._stops_early else 1
            if not math.isfinite(cost) or cost > dearer or not self._helps(carry, expected):
                continue
            if best is None or cost < best[0]:
                best = cost, unread
        return None if best is None else best[1]

    def _unread(self, tag: str) -> bool:
        reading = self._planned.reading(tag)
        return reading is not None and reading.occurrence.kept is None

    def _helps(self, carry: Carry, keys: int) -> bool:
        """Whether so many keys would make the receiver cheaper."""
        receiver = self._planned.readings[carry.receiver].occurrence
        guessed = _listed(carry.column, _so_many(min(keys, MOST_KEYS)))
        if carry.column in receiver.keys or carry.column in {each.column for each in receiver.filters}:
            return requests(self._account, receiver) > 1
        return requests(self._account, receiver, [guessed]) < requests(self._account, receiver)

    def _rows(self, reading: Reading) -> int:
        """How many rows an occurrence is guessed to give."""
        table = reading.occurrence.table
        equal = [len(each.values) for each in reading.occurrence.filters if each.comparison == "="]
        narrowed = self._account.sizes.rows(table) * _LEFT ** (len(reading.filters) + len(reading.residual))
        return max(1, int(min([narrowed, *equal])))

    def _values(self, carry: Carry) -> frozenset[str] | None:
        """The keys, None while a giver is not read yet."""
        found: set[str] = set()
        for place in carry.givers:
            values = self._of_place(place)
            if values is None:
                return None
            found |= values
        return frozenset(found)

    def _of_place(self, place: Place) -> frozenset[str] | None:
        if place in self._known:
            return self._known[place]
        values: frozenset[str] | None
        if not place.tag:
            values = self._of_local(place)
        else:
            reading = self._planned.reading(place.tag)
            if reading is None:
                values = frozenset()  # DuckDB reads nothing of it, so it gives nothing.
            elif reading.occurrence.kept is None:
                return None
            else:
                guessed = self._guessed.get(place.tag)
                values = self._of_reading(reading, place.column) if guessed is None else _so_many(guessed)
        self._known[place] = values
        return values

    def _tell(self, carry: Carry) -> None:
        """Report where keys are from."""
        if self._report is None:
            return
        sources = []
        for place in carry.givers:
            giver = self._planned.reading(place.tag)
            name = place.item if giver is None else giver.occurrence.table.name
            sources.append(f"{name}.{place.column}")
        guessed = any(place.tag in self._guessed for place in carry.givers)
        told = f"{' and '.join(sorted(set(sources)))} ({carry.rule})"
        self._report.carried(carry.receiver, carry.column, told, guessed=guessed)

    def _keep(self, tag: str) -> None:
        """Read an occurrence whole, once."""
        reading = self._planned.readings[tag]
        if self._report is not None:
            self._report.add(tag)
        if self._dry:
            self._keep_dry(tag, reading)
            return
        reading.occurrence.keep = True
        source = tagged(reading.occurrence.table.name, reading.occurrence.tag)
        self._desk.rows(f"SELECT count(*) FROM {source}{_where(reading.filters)}")
        if reading.occurrence.kept is None:
            # DuckDB saw that no row can pass, and did not ask.
            reading.occurrence.kept = reading.occurrence.nothing

    def _keep_dry(self, tag: str, reading: Reading) -> None:
        """Take an occurrence's rows from what is kept, or guess how many there are."""
        occurrence = reading.occurrence
        rows = kept_rows(self._account, occurrence.table, occurrence.columns, occurrence.filters)
        if rows is None:
            self._guessed[tag] = self._rows(reading)
            occurrence.kept = occurrence.nothing
        else:
            occurrence.kept = pa.Table.from_pylist(rows, schema=occurrence.nothing.schema)
        occurrence.keep = True

    def _of_reading(self, reading: Reading, column: str) -> frozenset[str]:
        """The keys in the rows that pass all of the occurrence's filters, as far as these can be applied apart."""
        source = tagged(reading.occurrence.table.name, reading.occurrence.tag)
        name = identifier(column)
        query = f"SELECT DISTINCT {name} FROM {source}"
        own = Scanned(True, None, "", reading.filters, reading.residual, ())
        narrowed = query + _where((*reading.filters, *reading.residual))
        if not reading.residual or self._means(narrowed, own):
            try:
                return _gids(self._desk.rows(narrowed))
            except duckdb.Error:
                pass  # A predicate that fails here may never be reached there; without it there are more keys.
        return _gids(self._desk.rows(query + _where(reading.filters)))

    def _of_local(self, place: Place) -> frozenset[str] | None:
        """The keys in a table, file or list of the person's; None where they are no keys."""
        name = f"{place.alias}.{identifier(place.column)}"
        typed = self._desk.person.sql(f"SELECT {name} FROM {place.item} LIMIT 0").types
        if str(typed[0]) not in {"VARCHAR", *_WHOLE_NUMBERS}:
            return None
        query = f"SELECT DISTINCT {name}::VARCHAR FROM {place.item}"
        sources = {each.source for each in self._desk.plan(query, apart=False)}
        read = [each for each in self._planned.local if each.source in sources]
        if len(read) == 1 and (read[0].filters or read[0].residual):
            narrowed = query + _where((*read[0].filters, *read[0].residual))
            volatile = any(self._desk.volatile(text) for text in read[0].residual)
            if not volatile and self._means(narrowed, read[0], apart=False):
                query = narrowed
        return _gids(self._desk.rows(query, apart=False))

    def _means(self, query: str, expected: Scanned, *, apart: bool = True) -> bool:
        """Whether DuckDB reads a query with these filters as it read the statement they are from."""
        try:
            [found] = self._desk.plan(query, apart=apart)
        except (duckdb.Error, ValueError):
            return False
        return same(found, expected)


def _where(filters: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(f'({text})' for text in filters)}" if filters else ""


def _listed(column: str, values: Sequence[str] | frozenset[str]) -> Conjunct:
    return Conjunct(column, "=", tuple(sorted(values)))


def _so_many(keys: int) -> frozenset[str]:
    """As many keys, of which only the number is meant."""
    return frozenset(str(place + 1) for place in range(keys))


def _gids(rows: Sequence[tuple[object, ...]]) -> frozenset[str]:
    """The values that can be gids; nothing else is equal to one."""
    return frozenset(value for (value,) in rows if isinstance(value, str) and GID.fullmatch(value))
