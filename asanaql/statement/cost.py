"""What a scan costs in requests, by what is known and by the guesses of the catalog."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from asanaql.catalog.model import Table
from asanaql.errors import QueryError
from asanaql.plan.access import Access, Plan, Wanted, impossible, plan
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.account import Account
from asanaql.scan.occurrence import Occurrence
from asanaql.scan.sizes import left


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
    if found is None:
        return math.inf
    # Where only the first rows of an order are wanted, a page of them is most often enough.
    return found.requests if occurrence.order is None else min(found.requests, float(len(found.accesses)))


def guessed(account: Account, occurrence: Occurrence, column: str, givers: Collection[tuple[str, str]]) -> bool:
    """Whether the cost rests on how many parents a fan-out has, which nobody has seen.

    It does not matter where the `givers`, relation and column each, are such parents: their keys are some of these.
    """
    found = decided(account, occurrence.table, occurrence.columns, (*occurrence.filters, *occurrence.conjuncts))
    accesses = found.accesses if found is not None else ()
    parents = [access.path.parent for access in accesses if access.enumerated and access.path.parent is not None]
    if any({(parent.table, parent.keys.get(column))} == set(givers) for parent in parents):
        return False
    return any(not account.sizes.knows(account.catalog[parent.table]) for parent in parents)


#: The part of the rows that a predicate is guessed to leave which Asana does not apply: one value of many, a name, a
#: comparison, and what stays with DuckDB.
_EQUAL, _NAMED, _COMPARED, _RESIDUAL = 0.1, 0.01, 0.3, 0.2


def rows(account: Account, occurrence: Occurrence, residual: int) -> int:
    """How many rows the occurrence is guessed to give, of which so many predicates stay with DuckDB."""
    found = decided(account, occurrence.table, occurrence.columns, (*occurrence.filters, *occurrence.conjuncts))
    if found is None:
        return occurrence.table.rows
    if occurrence.order is not None:
        return occurrence.order.rows
    accesses = found.accesses[:1] if found.alternatives else found.accesses
    listed = sum(_listed(account, occurrence.table, access) for access in accesses)
    sent = {key for access in accesses for key in access.keys}
    sent |= {each.column for access in accesses for each in access.path.filters if each.parameter in access.parameters}
    part = _RESIDUAL**residual
    for each in occurrence.filters:
        if each.column not in sent:
            part *= _COMPARED if each.comparison != "=" else _NAMED if each.column == "name" else _EQUAL
    return max(1, round(listed * part))


def _listed(account: Account, table: Table, access: Access) -> float:
    """How many rows an access is guessed to list."""
    sizes = account.sizes
    if access.enumerated and not access.keys:
        return sizes.rows(table) * left(access.parameters)
    return sizes.listed_rows(table, access.path, access.keys, access.parameters, account.catalog)
