"""The rows of one relation, fetched: listings side by side, each drained page after page, parents before children.

A fan-out never waits for a whole level: as soon as a parent's row is known its listing may start, and listings known to
be long start first. A parent that may not be read is skipped and noted; a key that the person wrote is an error. Every
generator here is closed where it is used: a dropped scan leaves nothing in flight.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Sequence
from contextlib import aclosing
from dataclasses import replace

from asanaql.catalog.model import Column, Paging, Table
from asanaql.errors import ApiError
from asanaql.plan.access import Access, Plan, Wanted, impossible, plan
from asanaql.plan.conjuncts import Conjunct, equalities
from asanaql.scan import parents
from asanaql.scan.account import Account
from asanaql.scan.asking import Asking
from asanaql.scan.first import First
from asanaql.scan.flow import UNRECOGNIZED, Chunk, Flow
from asanaql.scan.guard import Ask
from asanaql.scan.listing import Listing, filled, given_by, listing, narrowed_to
from asanaql.scan.notes import Notes
from asanaql.scan.rows import Row
from asanaql.scan.statement import Statement
from asanaql.scan.tally import Tally
from asanaql.scan.window import Window

_PAID, _FORBIDDEN, _UNKNOWN = 402, 403, 404


class Fetch(Asking):
    """What one scan asks of Asana: the requests of `Asking`, decided, side by side and in order.

    The keys of the columns `carried` came from other relations: Asana need not know them, as for those of a parent.
    Only the `first` rows of a search are read where these are all that is wanted.
    """

    def __init__(
        self,
        account: Account,
        statement: Statement,
        *,
        remember: bool,
        carried: Collection[str] = (),
        offline: bool = False,
        ask: Ask | None = None,
        tally: Tally | None = None,
        first: First | None = None,
    ) -> None:
        super().__init__(account, statement, remember=remember, offline=offline, ask=ask, tally=tally)
        self._carried = frozenset(carried)
        self._first = first

    async def chunks(
        self, table: Table, columns: Sequence[Column], conjuncts: Sequence[Conjunct], window: Window
    ) -> AsyncGenerator[Chunk, None]:
        """The pages of the relation, in the order they arrive; each takes a place in `window` until consumed."""
        decided = await self._plan(table, columns, conjuncts)
        if decided.alternatives:
            found = self._first_recognized(table, columns, decided, window)
        else:
            found = Flow(self, window).chunks(self.listings(table, columns, decided.accesses))
        seen: set[str] = set()
        async with aclosing(found):
            async for rows, context in found:
                yield (_unseen(rows, seen) if table.distinct else rows), context

    async def _plan(self, table: Table, columns: Sequence[Column], conjuncts: Sequence[Conjunct]) -> Plan:
        names = {column.name for column in columns}
        scope = self.account.scope(table)
        known = (*conjuncts, scope) if scope is not None else tuple(conjuncts)
        if impossible(table, Wanted(names, known)):
            return Plan()
        # Where rows do not say their workspace, it is known of the key; else it helps that there is no other.
        asked = "workspace_gid" in names and not table.column("workspace_gid").path
        if asked and (self.account.workspace is None or equalities(conjuncts)):
            only = await parents.only_workspace(self)
        else:
            only = None
        wanted = Wanted(names, known, self.account.workspace or only, only)
        decided = plan(table, wanted, self.account.catalog, self.account.sizes)
        self.expect(table, wanted, decided.requests)
        return decided

    async def listings(
        self, table: Table, columns: Sequence[Column], accesses: Sequence[Access]
    ) -> AsyncGenerator[Listing, None]:
        """Every listing that the accesses stand for, those known to be longest first where all are known at once."""
        for access in accesses:
            ends = access is accesses[-1] and self._all_at_once(access)
            try:
                async with aclosing(self._of_access(table, columns, access)) as groups:
                    async for group in groups:
                        await self.permit(table, access, len(group))
                        for each in self._announced(table, group, complete=ends):
                            yield each
            except ApiError as error:
                if error.status != _PAID or len(accesses) == 1 or not access.enumerated:
                    raise
                self.statement.notes.say(f"{table.name}: skipped those of every {access.path.arm}: {error}", lost=True)
        self.reckon(table, complete=True)

    def _announced(self, table: Table, group: Sequence[Listing], *, complete: bool) -> list[Listing]:
        """The listings in the order in which they are started; `complete` says that there are no others."""
        found = [replace(each, first=self._first) if each.path.search is not None else each for each in group]
        for each in found:
            self.announce(each)
        self.reckon(table, complete=complete)
        return sorted(found, key=lambda each: -self.account.sizes.listed(each.identity))

    def _all_at_once(self, access: Access) -> bool:
        """Whether the listings of an access are all known together: rows that are not kept arrive page after page."""
        parent = access.path.parent
        return access.parent is None or parent is None or self.account.catalog[parent.table].trusted is not None

    async def _of_access(
        self, table: Table, columns: Sequence[Column], access: Access
    ) -> AsyncGenerator[Sequence[Listing], None]:
        """The listings of one access, in groups that are known together."""
        combinations = [
            dict(zip(access.keys, values, strict=True)) for values in itertools.product(*access.keys.values())
        ]
        given = not self._carried.isdisjoint(access.keys)
        if access.parent is None:
            yield [listing(table, access, keys, {}, columns, enumerated=given) for keys in combinations]
            return
        if access.enumerated and access.path.note:
            self.statement.notes.say(f"{table.name}: {access.path.note}")
        seen: set[tuple[str, ...]] = set()
        async with aclosing(parents.rows(self, access, columns)) as groups:
            async for rows in groups:
                group = []
                for keys, row in itertools.product(combinations, rows):
                    full = filled(access, keys, row)
                    if full is not None and tuple(full.values()) not in seen:
                        seen.add(tuple(full.values()))
                        # With a single parent, a refusal is about the key that the person wrote.
                        found = given or (bool(access.enumerated) and not (access.keys and len(rows) == 1))
                        made = listing(table, access, full, given_by(access, row), columns, found)
                        group.append(replace(made, alone=bool(access.told) and len(rows) == 1))
                yield group

    async def _first_recognized(
        self, table: Table, columns: Sequence[Column], decided: Plan, window: Window
    ) -> AsyncGenerator[Chunk, None]:
        """For every key, the first of the accesses whose endpoint knows it."""
        [keys] = {tuple(access.keys.items()) for access in decided.accesses}
        for values in itertools.product(*(values for _, values in keys)):
            refusal: ApiError | None = None
            for access in decided.accesses:
                narrowed = narrowed_to(access, dict(zip((name for name, _ in keys), values, strict=True)))
                try:
                    async with aclosing(Flow(self, window).chunks(self.listings(table, columns, [narrowed]))) as chunks:
                        async for chunk in chunks:
                            yield chunk
                    break
                except ApiError as error:
                    if error.status not in UNRECOGNIZED:
                        raise
                    refusal = refusal or error
            else:
                assert refusal is not None
                if self._carried.isdisjoint(key for key, _ in keys):
                    raise refusal
                skipped = f"{table.name}: skipped {', '.join(map(str, values))}: {refusal}"
                self.statement.notes.say(skipped, lost=True)

    def refused(self, each: Listing, error: ApiError, lacks: Notes, rows: int = 0) -> None:
        """Note a parent that may not be read, of which so many rows were; raise where the person named it, or where
        the refusal is not about the parent."""
        given = not self._carried.isdisjoint(each.keys)
        if given and each.path.paging is Paging.ONE and error.status in UNRECOGNIZED:
            return  # What another relation names is not there, as it would not be in a listing.
        skipped = (_FORBIDDEN, _UNKNOWN, *(UNRECOGNIZED if given else ()))
        if not each.enumerated or each.alone or error.status not in skipped:
            raise error
        read = f"after {rows} rows the rest is missing of" if rows else "skipped"
        self.lack(f"{each.table.name}: {read} {each.subject}: {error}", lacks)

    async def parts(self, whole: Listing, listed: int, lacks: Notes) -> AsyncIterator[Listing]:
        """The listings that together show what one listing, of which so many rows were listed, is too long for."""
        split = whole.path.split
        assert split is not None
        path = whole.table.path(split.path)
        if split.remainder:
            ended = f"{whole.table.name}: Asana ended the listing of {whole.subject} after {listed} rows"
            self.lack(f"{ended}; the others were read by {split.table}, which do not show {split.remainder}.", lacks)
        table = self.account.catalog[split.table]
        known = [Conjunct(theirs, "=", (whole.keys[ours],)) for theirs, ours in split.match.items()]
        taken = {taken.parameter for taken in path.filters}
        parameters = {name: text for name, text in whole.parameters.items() if name in taken}
        async for rows in parents.of_table(self, table, set(split.keys.values()), known):
            for row in rows:
                keys = {ours: row[theirs] for ours, theirs in split.keys.items()}
                context = {**whole.context, **keys}
                yield Listing(whole.table, path, keys, parameters, context, whole.columns, enumerated=True)

    def lack(self, sentence: str, lacks: Notes) -> None:
        """Say what a listing lacks; what is kept of the listing says it again."""
        lacks.say(sentence, lost=True)
        self.statement.notes.say(sentence, lost=True)


def _unseen(rows: list[Row], seen: set[str]) -> list[Row]:
    """The rows of objects that were not met before, which are `seen` now."""
    fresh = list({row["gid"]: row for row in rows if row["gid"] not in seen}.values())
    seen.update(row["gid"] for row in fresh)
    return fresh
