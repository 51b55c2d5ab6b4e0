"""Bringing rows that were read into the copy: compared, bounded, counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from asanaql.catalog.model import Table
from asanaql.errors import QueryError
from asanaql.statement.tagging import text_literal
from asanaql.sync.copy import Copy
from asanaql.sync.merging import Merge
from asanaql.sync.report import Copied, Options, Tally
from asanaql.sync.selection import FIELDS, NAMED, SUBTASKS, TASKS, identity
from asanaql.sync.source import Among, Reading, Source, Stage, moment

#: Rows that may go from a small table whatever its size, and the part of a large one.
_FEW = 10
_SHARE = 10


class Keeper:
    """What one run writes into the copy, and the tallies of it by relation."""

    def __init__(self, source: Source, copy: Copy, options: Options) -> None:
        self.source = source
        self.copy = copy
        self.options = options
        self.moment = options.now()
        self._tallies: dict[str, Tally] = {}
        self._timed: set[str] = set()

    @contextmanager
    def timed(self, relation: str) -> Iterator[Tally]:
        """The tally of a relation, which is worked on meanwhile."""
        tally = self.tally(relation)
        if relation in self._timed:
            yield tally
            return
        self._timed.add(relation)
        begun = self.options.clock()
        try:
            yield tally
        finally:
            self._timed.remove(relation)
            tally.seconds += self.options.clock() - begun

    def tally(self, relation: str) -> Tally:
        """The tally of a relation; it knows how many rows there were before the run."""
        if relation not in self._tallies:
            self._tallies[relation] = Tally(before=self.copy.count(relation))
        return self._tallies[relation]

    def read(self, relation: str, conditions: Sequence[str | Among] | None = None) -> Reading:
        """Stage the rows of a relation, and count what that took."""
        with self.timed(relation) as tally:
            found = Stage(self.source, self.copy.duck, relation).read(conditions)
            tally.requests += found.requests
            tally.complete = tally.complete and found.complete
            tally.warnings += [said for said in found.warnings if said not in tally.warnings]
            return found

    def merge(self, table: Table, scope: str = "TRUE", *, complete: bool = True) -> None:
        """Make the rows of a relation within a scope what is staged. Nothing goes where that is not `complete`.

        What other rows show by its name is remembered where that is another now. QueryError where more rows would go
        than may.
        """
        options, name = self.options, self.copy.table(table.name)
        with self.timed(table.name) as tally:
            merge = Merge(self.copy.duck, name, identity(table), scope)
            merge.prepare(keep_deleted=options.keep_deleted)
            found = merge.compare()
            gone = tally.deleted + (found.deleted if complete else 0)
            if gone > max(_FEW, tally.before // _SHARE) and not options.allow_deletes:
                raise QueryError(
                    f"{table.name}: {gone:,} of {tally.before:,} rows are not there any more, and no more of it "
                    "was changed. If that is so, run it again with --allow-deletes (in Python allow_deletes=True)."
                )
            shown = _shown(table)
            before = merge.names(shown) if shown is not None else set()
            if table.name == FIELDS:
                self.copy.rename(merge.differing("parent_gid"), fields=True)
            merge.write(moment(self.moment), deletes=complete, keep_deleted=options.keep_deleted)
            tally.added += found.added
            tally.changed += found.changed
            tally.deleted = gone
            merge.close()
            if before:
                self._rename(table.name, before, shown or ())

    def done(self, relation: str) -> Copied:
        """Write down what became of a relation."""
        copied = self.tally(relation).copied(relation, self.copy.count(relation))
        self.copy.log(self.moment, copied)
        return copied

    def _rename(self, relation: str, before: set[tuple[object, ...]], shown: Sequence[str]) -> None:
        gids = ", ".join(text_literal(str(gid)) for gid, _ in before)
        columns = ", ".join(("gid", *shown))
        found = self.copy.duck.execute(f"SELECT {columns} FROM {self.copy.rows(relation)} WHERE gid IN ({gids})")
        now = {(gid, repr(values)) for gid, *values in found.fetchall()}
        renamed = {str(gid) for gid, _ in before - now}
        if relation == "users":
            # Rows go on showing whom the workspace no longer has.
            renamed &= {str(gid) for gid, _ in now}
        self.copy.rename(renamed)


def _shown(table: Table) -> tuple[str, ...] | None:
    """What rows of other relations show of a row of this one beside its gid; None where they show nothing."""
    if table.name in (TASKS, SUBTASKS):
        return ("name",)
    shown = NAMED.get(table.name)
    return tuple(column.name for column in table.visible) if shown == ("*",) else shown
