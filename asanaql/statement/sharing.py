"""One listing for several occurrences of a relation, where asking for it once costs less than for each alone."""

from __future__ import annotations

from collections.abc import Sequence

from asanaql.plan.access import Access
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.account import Account
from asanaql.scan.occurrence import Occurrence, Shared
from asanaql.statement.cost import decided, requests
from asanaql.statement.planned import Planned


def share(account: Account, planned: Planned) -> None:
    """Let occurrences that would list the same with other fields or filters ask for what all of them need."""
    groups: dict[object, list[Occurrence]] = {}
    for reading in planned.readings.values():
        occurrence = reading.occurrence
        if occurrence.kept is None and not occurrence.light and occurrence.order is None:
            found = decided(account, occurrence.table, occurrence.columns, _known(occurrence))
            if found is not None and len(found.accesses) == 1:
                groups.setdefault((occurrence.table.name, _identity(found.accesses[0])), []).append(occurrence)
    for identity, group in groups.items():
        if len(group) > 1:
            _share(account, identity, group)


def _share(account: Account, identity: object, group: Sequence[Occurrence]) -> None:
    table = group[0].table
    columns = frozenset[str]().union(*(each.columns | each.masked for each in group))
    common = tuple(each for each in _known(group[0]) if all(each in _known(other) for other in group[1:]))
    found = decided(account, table, columns, common)
    if found is None or len(found.accesses) != 1 or (table.name, _identity(found.accesses[0])) != identity:
        return
    if found.requests < sum(requests(account, each) for each in group):
        for each in group:
            each.shared = Shared(columns, common)


def _known(occurrence: Occurrence) -> tuple[Conjunct, ...]:
    return (*occurrence.filters, *occurrence.conjuncts)


def _identity(access: Access) -> object:
    """What an access lists, whatever it asks of it."""
    return access.path.name, tuple(access.keys.items()), access.enumerated, access.parent
