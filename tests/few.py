"""Catalogs of few relations: a connection to these opens sooner, and asks what it would ask with all of them."""

from __future__ import annotations

from asanaql.catalog import CATALOG
from asanaql.catalog.model import Catalog

#: What most statements of the tests read.
USUAL = (
    *("users", "projects", "sections", "tasks", "subtasks", "stories", "tags", "tag_tasks", "user_tasks"),
    *("portfolio_items", "team_memberships", "custom_field_settings"),
)


def few(*names: str) -> Catalog:
    """These relations, and those that keys of theirs come from."""
    found, pending = {"workspaces"}, list(names)
    while pending:
        name = pending.pop()
        found.add(name)
        sources = [each for path in CATALOG[name].paths for each in (path.parent, path.split) if each is not None]
        pending += [each.table for each in sources if each.table not in found]
    return {name: table for name, table in CATALOG.items() if name in found}
