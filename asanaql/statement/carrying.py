"""Keys carried from one occurrence to another before the statement runs.

The cheapest occurrence whose keys spare requests elsewhere is read first, and kept; its keys narrow the others, which
may then give keys themselves. Whatever is read here is not read again.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from asanaql.plan.conjuncts import Conjunct
from asanaql.plan.edges import Place
from asanaql.scan.account import Account
from asanaql.scan.occurrence import Occurrence
from asanaql.statement.cost import guessed, requests, rows
from asanaql.statement.desk import Desk
from asanaql.statement.keys import Keys, so_many
from asanaql.statement.planned import Carry, Planned, Reading
from asanaql.statement.report import Report

#: More values of one column than this are not asked for one by one.
MOST_KEYS = 10_000
#: Keys must cost less than this part of a plain scan where the cost of that is a guess.
_DOUBT = 0.5


class Carrying:
    """Which keys of one planned statement go where. `stops_early` says that DuckDB may not read all that it plans to.

    What is read, and with which keys, is told to `report`. When it is `dry`, nothing is sent: keys are known as far as
    they are kept, and guessed to be so many else.
    """

    def __init__(
        self, desk: Desk, account: Account, planned: Planned, report: Report | None, *, stops_early: bool, dry: bool
    ) -> None:
        self._account = account
        self._planned = planned
        self._report = report
        self._stops_early = stops_early
        self._keys = Keys(desk, account, planned, dry=dry)
        self._done: set[Carry] = set()

    def run(self) -> None:
        """Carry every key that spares requests. Raises what reading a giver raises."""
        while True:
            if self._carried():
                continue
            cheapest = self._cheapest_givers()
            if not cheapest:
                return
            for tag in cheapest:
                if self._report is not None:
                    self._report.add(tag)
                self._keys.keep(tag)

    def _carried(self) -> bool:
        """Whether keys that are known by now were taken somewhere."""
        progress = False
        for carry in self._planned.carries:
            receiver = self._receiver(carry)
            if carry in self._done or receiver.kept is not None or not self._useful(carry, 1):
                continue
            values = self._keys.values(carry)
            if values is not None:
                self._done.add(carry)
                self._take(carry, receiver, values)
                progress = True
        return progress

    def _take(self, carry: Carry, receiver: Occurrence, values: frozenset[str]) -> None:
        """Narrow what the receiver is asked for where that is cheaper, else what it gives."""
        if len(values) > MOST_KEYS:
            receiver.statement.notes.say(
                f"{receiver.table.name}: {len(values):,} values of {carry.column} are too many to ask for one by "
                f"one (at most {MOST_KEYS:,}), so it was read without them."
            )
            return
        givers = [(self._named(place), place.column) for place in carry.givers]
        doubted = guessed(self._account, receiver, carry.column, givers)
        before = requests(self._account, receiver) * (_DOUBT if doubted else 1.0)
        narrowed = values & receiver.keys.get(carry.column, values)
        if requests(self._account, receiver, [_listed(carry.column, narrowed)]) < before:
            receiver.keys[carry.column] = narrowed
            self._planned.rules.append(carry.rule)
            self._tell(carry)
        elif any(place.tag in self._keys.guessed for place in carry.givers):
            self._keys.at_most(carry.receiver, len(values))
        else:
            receiver.within[carry.column] = values & receiver.within.get(carry.column, values)

    def _cheapest_givers(self) -> list[str]:
        """The occurrences to keep next, of those whose keys spare more than they cost; none where there are none.

        Of two that cost the same it is the narrower, whose keys are fewer.
        """
        ranked: list[tuple[float, int, list[str]]] = []
        for carry in self._planned.carries:
            receiver = self._receiver(carry)
            unread = [tag for tag in dict.fromkeys(place.tag for place in carry.givers) if self._unread(tag)]
            if carry in self._done or not unread or carry.receiver in unread or receiver.kept is not None:
                continue
            readings = [self._planned.readings[tag] for tag in unread]
            cost = sum(requests(self._account, each.occurrence) for each in readings)
            spares = cost <= requests(self._account, receiver) or self._passes_on(carry)
            if math.isfinite(cost) and spares and self._useful(carry, self._expected(readings)):
                ranked.append((cost, sum(not _narrowed(each) for each in readings), unread))
        return min(ranked, key=lambda each: each[:2])[2] if ranked else []

    def _expected(self, readings: Sequence[Reading]) -> int:
        """How many keys must help: any, unless a LIMIT may spare reading the givers at all."""
        if not self._stops_early:
            return 1
        return sum(rows(self._account, each.occurrence, len(each.residual)) for each in readings)

    def _receiver(self, carry: Carry) -> Occurrence:
        return self._planned.readings[carry.receiver].occurrence

    def _unread(self, tag: str) -> bool:
        reading = self._planned.reading(tag)
        return reading is not None and reading.occurrence.kept is None

    def _useful(self, carry: Carry, keys: int) -> bool:
        """Whether so many keys would spare requests: of the receiver, or of those that it has keys for."""
        return self._helps(carry, keys) or self._passes_on(carry)

    def _passes_on(self, carry: Carry) -> bool:
        """Whether the receiver, narrowed, would give fewer keys to another that is dearer than it is."""
        if self._stops_early:
            return False
        own = requests(self._account, self._receiver(carry))
        givers = {place.tag for place in carry.givers}
        return any(
            other not in self._done
            and other.receiver not in {carry.receiver, *givers}
            and any(place.tag == carry.receiver for place in other.givers)
            and requests(self._account, self._receiver(other)) > own
            and self._helps(other, 1)
            for other in self._planned.carries
        )

    def _helps(self, carry: Carry, keys: int) -> bool:
        """Whether so many keys would make the receiver cheaper."""
        receiver = self._receiver(carry)
        now = requests(self._account, receiver)
        if carry.column in receiver.keys or carry.column in {each.column for each in receiver.filters}:
            return now > 1
        return requests(self._account, receiver, [_listed(carry.column, so_many(min(keys, MOST_KEYS)))]) < now

    def _named(self, place: Place) -> str:
        """The relation that a place is of, or the person's own item."""
        giver = self._planned.reading(place.tag)
        return place.item if giver is None else giver.occurrence.table.name

    def _tell(self, carry: Carry) -> None:
        """Report where keys are from."""
        if self._report is None:
            return
        sources = set()
        for place in carry.givers:
            sources.add(f"{self._named(place)}.{place.column}")
        guess = any(place.tag in self._keys.guessed for place in carry.givers)
        told = f"{' and '.join(sorted(sources))} ({carry.rule})"
        self._report.carried(carry.receiver, carry.column, told, guessed=guess)


def _narrowed(reading: Reading) -> bool:
    """Whether something is known of the occurrence's rows."""
    occurrence = reading.occurrence
    return bool(reading.filters or reading.residual or occurrence.keys or occurrence.within)


def _listed(column: str, values: Collection[str]) -> Conjunct:
    return Conjunct(column, "=", tuple(sorted(values)))
