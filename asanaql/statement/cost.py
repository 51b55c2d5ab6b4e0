"""What a scan costs in requests, by what is known and by the guesses of the catalog."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from asanaql.catalog.model import Table
from asanaql.errors import QueryError
from asanaql.plan.access import Plan, Wanted, impossible, plan
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.account import Account
from asanaql.scan.occurrence import Occurrence


def decided(account: Account, table: Table, columns: Collection[str], known: Sequence[Conjunct]) -> Plan | None:
    """The access paths that a scan would take, None where it needs a key that is not known."""
    scope = account.scope(table)
    conjuncts = (*known, scope) if scope is not None else tuple(known)
    wanted = Wanted(frozenset(columns), conjuncts, account.workspace or account.sizes.only)
    if impossible(table, wanted):
        return Plan()
    try:
        return plan(table, wanted, account.catalog, account.sizes)
    except QueryError:
        return None  # Whoever runs the statement is told.


def requests(account: Account, occurrence: Occurrence, extra: Sequence[Conjunct] = ()) -> float:
    """How many requests the occurrence is expected to take, with more known of it than there is."""
    if occurrence.kept is not None:
        return 0.0
    known = (*occurrence.filters, *occurrence.conjuncts, *extra)
    found = decided(account, occurrence.table, occurrence.columns, known)
    return math.inf if found is None else found.requests
