"""What is kept of the relations that keys are taken from, without asking Asana."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from asanaql.api import Meter
from asanaql.catalog.model import Catalog, Table
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.account import Account
from asanaql.scan.asking import Unsent
from asanaql.scan.fetch import Fetch
from asanaql.scan.parents import Found, of_table, only_workspace
from asanaql.scan.statement import Statement


def recall(account: Account, tables: Iterable[Table]) -> None:
    """Let the account's sizes tell what is at hand of these relations and of those that their keys come from."""
    at_hand = []
    for table in _with_parents(account.catalog, tables):
        found = kept_rows(account, table, {"gid"}, ())
        if found is not None:
            account.sizes.saw(table, len(found))
            at_hand.append(table.name)
    account.sizes.keep(at_hand)


def kept_rows(
    account: Account, table: Table, columns: Collection[str], conjuncts: Sequence[Conjunct]
) -> list[Found] | None:
    """The rows of a relation as they are kept, None where they are not."""
    if table.trusted is None or account.cache is None:
        return None
    try:
        return account.loop.run(_rows(account, table, columns, conjuncts))
    except Unsent:
        return None


async def _rows(account: Account, table: Table, columns: Collection[str], conjuncts: Sequence[Conjunct]) -> list[Found]:
    statement = Statement(Meter())
    fetch = Fetch(account, statement, remember=True, offline=True)
    if account.sizes.only is None and account.workspace is None:
        await only_workspace(fetch)
    return [row async for group in of_table(fetch, table, columns, conjuncts) for row in group]


def _with_parents(catalog: Catalog, tables: Iterable[Table]) -> list[Table]:
    """The relations whose rows can be kept, among these and all that their keys come from."""
    found: dict[str, Table] = {}
    pending = list(tables)
    while pending:
        table = pending.pop()
        if table.name not in found:
            found[table.name] = table
            pending += [catalog[path.parent.table] for path in table.paths if path.parent is not None]
    return [table for table in found.values() if table.trusted is not None]
