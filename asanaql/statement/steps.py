"""What a planned statement will ask of Asana, scan by scan, as rows: the answer to EXPLAIN."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from asanaql.catalog.model import Table
from asanaql.plan.access import Access, read_above
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.account import Account
from asanaql.scan.first import Order
from asanaql.scan.listing import Listing, opt_fields
from asanaql.scan.occurrence import Occurrence
from asanaql.scan.parents import light_columns
from asanaql.statement.cost import decided

#: How many values of a key are shown one by one.
_SHOWN = 3


@dataclass(frozen=True)
class Origin:
    """Where carried keys are from, such as `projects.gid (on)`; `guessed` says that only their number is guessed."""

    source: str
    guessed: bool = False


@dataclass(frozen=True)
class Step:
    """One scan of one endpoint. `tag` is the occurrence that it serves; `keys_from` names what its keys are from.

    `requests` is the estimate, None where nothing can tell; `cached` whether it is answered from what is kept.
    """

    tag: str
    relation: str
    endpoint: str
    parameters: Mapping[str, str]
    opt_fields: str
    keys_from: str
    requests: int | None
    cached: bool
    residual: tuple[str, ...] = ()


def steps(account: Account, occurrence: Occurrence, origins: Mapping[str, Origin]) -> list[Step]:
    """The scans that an occurrence takes, parents before children; `origins` tells of carried keys, by column."""
    columns, known = occurrence.columns, (*occurrence.filters, *occurrence.conjuncts)
    if occurrence.shared is not None:
        columns, known = occurrence.shared.columns, occurrence.shared.conjuncts
    found = _of_table(account, occurrence.table, occurrence.tag, columns, known, origins, parent=False)
    return [_sorted(step, occurrence.order) if step.relation == occurrence.table.name else step for step in found]


def _sorted(step: Step, order: Order | None) -> Step:
    """The scan as it is asked for where only the first rows of an order are wanted."""
    if order is None or step.requests is None:
        return step
    sorted_by = {"sort_by": order.column, "sort_ascending": "false" if order.descending else "true"}
    return replace(step, parameters={**step.parameters, **sorted_by}, requests=min(step.requests, 1))


def _of_table(
    account: Account,
    table: Table,
    tag: str,
    columns: frozenset[str],
    known: Sequence[Conjunct],
    origins: Mapping[str, Origin],
    *,
    parent: bool,
) -> Iterator[Step]:
    found = decided(account, table, columns, known)
    if found is None:
        yield Step(tag, table.name, "", {}, "", "a key that the statement does not give", None, False)
        return
    kept = parent and account.sizes.kept(table)
    for access in found.accesses:
        above = 0.0
        if access.parent is not None and not kept:
            upper, needed = read_above(access, columns, account.catalog)
            for step in _of_table(account, upper, tag, needed, access.parent, origins, parent=True):
                above += step.requests or 0
                yield step
        # What is read above is counted there.
        own = max(1, math.ceil(access.requests - above)) if access.requests else 0
        listing = _listing(table, access, columns, light=parent and table.trusted is not None)
        yield Step(
            tag,
            table.name,
            f"GET {access.path.endpoint}",
            {**access.path.always, **_keys(access, origins), **access.parameters},
            ",".join(opt_fields(listing)) if access.path.opt_fields else "",
            _origin(access, origins, {each.column for each in known}),
            0 if kept else own,
            kept,
        )


def _listing(table: Table, access: Access, columns: frozenset[str], *, light: bool) -> Listing:
    """One of the access's listings, to tell which fields it asks for."""
    context: dict[str, object] = dict.fromkeys(access.path.keys, "")
    if access.path.parent is not None and access.parent is not None:
        context |= dict.fromkeys((*access.path.parent.gives, *access.path.parent.keys), "")
    context |= access.context
    shown = light_columns(table, columns) if light else [each for each in table.columns if each.name in columns]
    return Listing(table, access.path, {}, {}, context, tuple(shown))


def _keys(access: Access, origins: Mapping[str, Origin]) -> dict[str, str]:
    """The keys as EXPLAIN shows them: their values where there are few and they are known."""
    names = {key: parameter for parameter, key in access.path.parameters.items()}
    return {
        names.get(key, key): _values(values, guessed=key in origins and origins[key].guessed)
        for key, values in access.keys.items()
    }


def _values(values: Sequence[object], *, guessed: bool) -> str:
    if guessed:
        return f"(about {len(values)} values)"
    shown = ", ".join(map(str, values[:_SHOWN]))
    return shown if len(values) <= _SHOWN else f"{shown}, … ({len(values)} values)"


def _origin(access: Access, origins: Mapping[str, Origin], known: Collection[str]) -> str:
    """Where the keys of an access come from."""
    said = []
    for key in access.path.keys:
        if key in access.enumerated and access.path.parent is not None:
            said.append(f"{key} from {access.path.parent.table}{_where(access)}")
        elif key in origins:
            said.append(f"{key} from {origins[key].source}")
        elif key in access.keys:
            said.append(f"{key} from {'the statement' if key in known else 'what is known of the token'}")
    return "; ".join(said)


def _where(access: Access) -> str:
    """What narrows the parents that keys are taken from."""
    told = [
        f"{each.column} {each.comparison} {', '.join(map(str, each.values[:_SHOWN]))}" for each in access.parent or ()
    ]
    return f" where {' and '.join(told)}" if told else ""
