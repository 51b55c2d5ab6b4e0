"""Which relations a copy has, and what tells one row of them from another."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from asanaql.catalog.model import Catalog, Table
from asanaql.errors import ConfigError

#: What can be listed whole and is no thing that is kept: views of other relations, and logs that forget.
_NOT_KEPT = frozenset({"search_tasks", "search_projects", "task_counts", "workspace_events", "audit_log_events"})


def relations(catalog: Catalog, wanted: Sequence[str] | None) -> list[Table]:
    """The relations to copy, in the catalog's order: those that are wanted, or all that can be kept.

    ConfigError for a name that is none, or of a relation that cannot be kept.
    """
    kept = {name: table for name, table in catalog.items() if not table.example and name not in _NOT_KEPT}
    if wanted is None:
        return list(kept.values())
    for name in wanted:
        if name not in kept:
            raise ConfigError(_problem(name, catalog, kept))
    return [table for name, table in kept.items() if name in wanted]


def identity(table: Table) -> tuple[str, ...]:
    """The columns by which a row is known again when others of it have changed."""
    visible = {column.name for column in table.visible}
    keys = [key for path in table.paths if path.parent is not None and not path.spare for key in path.parent.keys]
    return tuple(name for name in dict.fromkeys(("gid", *keys)) if name in visible)


def _problem(name: str, catalog: Catalog, kept: Catalog) -> str:
    if name in catalog:
        return f"{name} cannot be kept: it is read from other relations, needs a key, or is a log that forgets."
    near = difflib.get_close_matches(name, kept, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"There is no relation {name}. {hint}SHOW TABLES lists them."
