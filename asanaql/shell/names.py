"""The names of what is in Asana, as far as they are kept on disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from asanaql.shell.completion import Names
from asanaql.shell.completion.references import NAMED, called_after

if TYPE_CHECKING:
    from asanaql.connection import Connection

#: Names with their gids, each once, by relation.
Named = dict[str, dict[tuple[str, str], None]]


def kept_names(connection: Connection) -> Names:
    """The names that are kept of the connection's workspaces. Nothing is ever sent; may be called from any thread."""
    return Names({relation: _named(connection, relation) for relation in NAMED if relation in connection.catalog})


def _named(connection: Connection, relation: str) -> list[tuple[str, str]]:
    """Names and gids; of a gid that was renamed, the name that was kept last."""
    found: dict[str, str] = {}
    for gid, name in connection.kept(relation, ("gid", "name")):
        if gid is not None and name:
            found.setdefault(str(gid), str(name))
    return [(name, gid) for gid, name in found.items()]


def learned(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Named:
    """The names that an answer shows: in its columns `project_gid` and `project_name`, and their like."""
    lower = [column.lower() for column in columns]
    pairs = []
    for at, column in enumerate(lower):
        relation = called_after(column)
        identity = column.removesuffix("_name") + "_gid"
        if column.endswith("_name") and relation and identity in lower:
            pairs.append((relation, at, lower.index(identity)))
    found: Named = {}
    for row in rows if pairs else ():
        for relation, name, gid in pairs:
            if row[name] is not None and row[gid] is not None:
                found.setdefault(relation, {})[str(row[name]), str(row[gid])] = None
    return found
