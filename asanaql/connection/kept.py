"""The rows that are kept on disk of a relation, as they are: without a request, and whether or not they are trusted."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from asanaql.cache import CacheFault
from asanaql.scan.account import Account

#: Listings that are read at most: sections are kept project by project.
MOST_LISTINGS = 10_000


def kept_rows(account: Account, relation: str, columns: Sequence[str]) -> list[tuple[object, ...]]:
    """The rows of a relation as they were kept last, each once; none where nothing is kept or can be read.

    Where some of its listings are kept, these are the rows. Only those of the connection's workspace are shown, where
    they say their workspace.
    """
    if account.cache is None:
        return []
    found: dict[tuple[object, ...], None] = {}
    try:
        for table in account.cache.newest(relation, MOST_LISTINGS):
            if set(columns) <= set(table.column_names):
                found.update(dict.fromkeys(_rows(_confined(account, relation, table), columns)))
    except CacheFault:
        return []
    return list(found)


def _confined(account: Account, relation: str, table: pa.Table) -> pa.Table:
    """The rows of the workspace that the connection is confined to."""
    scope = account.scope(account.catalog[relation])
    if scope is None or scope.column not in table.column_names:
        return table
    [workspace] = scope.values
    keep = [value == workspace for value in table.column(scope.column).to_pylist()]
    return table.filter(pa.array(keep, pa.bool_()))


def _rows(table: pa.Table, columns: Sequence[str]) -> list[tuple[object, ...]]:
    return list(zip(*(table.column(name).to_pylist() for name in columns), strict=True))
