"""A connection's statements made ready: which text runs, after which keys were carried."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import duckdb

from asanaql.cache import CacheFault
from asanaql.catalog.model import Catalog
from asanaql.connection.run import Run
from asanaql.scan.account import Account
from asanaql.scan.offline import recall
from asanaql.scan.reading import ahead
from asanaql.statement.desk import Desk, Parameters
from asanaql.statement.explained import contains, scans

if TYPE_CHECKING:
    from asanaql.statement.planned import Planned
    from asanaql.statement.report import Report
    from asanaql.statement.steps import Step


class Planner:
    """Plans the statements of one DuckDB connection across the relations of `catalog` that they read."""

    def __init__(self, duck: duckdb.DuckDBPyConnection, account: Account, catalog: Catalog) -> None:
        self._account = account
        self._desk = Desk(duck, catalog)

    def ready(self, query: str, params: Parameters | None, run: Run, *, stops_early: bool, bound: bool = False) -> str:
        """The text to run for the statement: as typed, or tagged after what it needs first was read.

        `bound` says that DuckDB has taken it already, and has then run what counts a sequence on. Raises what reading
        raises.
        """
        if not self._account.plan:
            return query
        try:
            return self._planned(query, params, run, stops_early=stops_early, bound=bound)
        except duckdb.Error as error:
            if run.error is not None:
                raise
            run.unplanned = str(error)
            return query  # DuckDB says of the statement itself what is wrong with it.

    def explained(
        self, query: str, params: Parameters | None, run: Run, *, stops_early: bool, dry: bool
    ) -> tuple[str, list[Step]] | None:
        """The text that would run, and what it would ask of Asana; None where it reads no relation or runs as typed.

        When `dry`, nothing is sent; else what the statement needs first has been read. Raises duckdb.Error where
        DuckDB cannot plan the statement, and what reading raises.
        """
        made = self._made(query, params, run, simple=True, bound=False)
        if made is None:
            return None
        from asanaql.statement.report import Report

        report = Report(self._account, made)
        self._carry(made, report, stops_early=stops_early, dry=dry)
        report.rest()
        return made.text, report.steps

    def close(self) -> None:
        """Close what planning has opened."""
        self._desk.close()

    def _planned(self, query: str, params: Parameters | None, run: Run, *, stops_early: bool, bound: bool) -> str:
        made = self._made(query, params, run, simple=False, bound=bound)
        if made is None:
            return query
        self._carry(made, None, stops_early=stops_early, dry=False)
        run.rules = tuple(made.rules)
        return made.text if made.useful else query

    def _carry(self, made: Planned, report: Report | None, *, stops_early: bool, dry: bool) -> None:
        """Read what the statement needs first, and decide how the rest is read. Raises what reading raises."""
        from asanaql.statement.carrying import Carrying
        from asanaql.statement.sharing import share

        Carrying(self._desk, self._account, made, report, stops_early=stops_early, dry=dry).run()
        if not stops_early:
            share(self._account, made)
        self._start_ahead(made)

    def _made(self, query: str, params: Parameters | None, run: Run, *, simple: bool, bound: bool) -> Planned | None:
        """The statement planned; None where it reads no relation or has to run as typed.

        So has, unless `simple`, one that reads a single relation with no predicate left over, and not the first rows of
        a search.
        """
        self._desk.begin()
        inside = self._desk.inside()
        with self._account.listening.heard() as heard:
            typed = self._desk.explained(query, params, inside=inside)
        found = scans(typed)
        ours = [each for each in found if each.ours]
        if ours:
            self._sizes()
        searched = any(path.search is not None for name, _ in heard for path in self._account.catalog[name].paths)
        ordered = searched and contains(typed, "TOP_N")
        if not ours or (len(found) == 1 and not ours[0].residual and not ordered and not simple):
            return None
        from asanaql.plan.edges import Unplanned  # here, as it takes a library that many statements spare
        from asanaql.statement.planned import planned

        try:
            made = planned(self._desk, self._account, query, params, typed, inside=inside, bound=bound)
        except Unplanned as reason:
            run.unplanned = str(reason)
            return None
        recall(self._account, [each.occurrence.table for each in made.readings.values()])
        run.plan(made, self._account.occurrences)
        return made

    def _sizes(self) -> None:
        """Know what connections before this one have seen, and let others know."""
        with suppress(CacheFault):  # A cache that cannot be read costs requests; those who take rows from it say so.
            self._account.sizes.load(self._account.cache)
            self._account.sizes.save(self._account.cache)

    def _start_ahead(self, made: Planned) -> None:
        """Let the scans that are still to be read start together, once DuckDB has rows of one of them."""
        found = [each.occurrence for each in made.readings.values()]
        # A page may be all that is read of those with an order.
        waiting = [each for each in found if not each.keep and each.order is None]

        def start() -> None:
            for occurrence in waiting:
                if not occurrence.opened:
                    ahead(self._account, occurrence)

        made.statement.ahead = start if len(waiting) > 1 else None
