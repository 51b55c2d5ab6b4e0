"""Which relation a column refers to, as far as the catalog tells; and the few words that it does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from asanaql.catalog.model import Table

#: The relations whose names are worth offering.
NAMED = ("workspaces", "users", "teams", "projects", "sections", "tags", "portfolios", "goals", "custom_fields")
_SINGULAR = {relation[:-1]: relation for relation in NAMED}
#: Columns of references that are called after what somebody does, and a few after what something is.
_CALLED = {
    **dict.fromkeys(("assignee", "owner", "author", "actor", "requester", "member", "follower"), "users"),
    **dict.fromkeys(("created_by", "completed_by", "assigned_by"), "users"),
    **dict.fromkeys(("liked_by", "commented_on_by"), "users"),
    "organization": "workspaces",
    "attributable_to": "projects",
}
#: Columns that are called like another relation's, though they refer to none of it.
_OTHERS = frozenset({"assignee_section"})
_ADDRESS = re.compile(r"/(\w+)/{(\w+)}")
_ENDINGS = ("_gid", "_name")
_PLURAL = re.compile(r"s?_(?:not|all|any)$")


def referred(catalog: Mapping[str, Table], relation: str, column: str) -> str:
    """The relation whose gids or names the column holds; empty where that is none, or is not known."""
    table = catalog.get(relation)
    if table is None:
        return ""
    if column in ("gid", "name"):
        return relation if relation in NAMED else ""
    return _by_parent(table, column) or _by_address(table, column) or called_after(column)


def holds_gid(catalog: Mapping[str, Table], relation: str, column: str) -> bool:
    """Whether the column holds gids: so it is called, or so its function's argument takes them."""
    return column.endswith("gid") or (relation in catalog and column in listed_arguments(catalog[relation]))


def listed_arguments(table: Table) -> frozenset[str]:
    """The arguments of the relation's function that take several gids, joined by commas."""
    return frozenset(told.column for path in table.paths for told in path.told if told.kind)


def _by_parent(table: Table, column: str) -> str:
    """The relation that a path takes the column's values from."""
    for path in table.paths:
        if path.parent is not None and path.parent.table in NAMED:
            theirs = {**path.parent.gives, **path.parent.keys}.get(column)
            if theirs in ("gid", "name") and len(_parents(table, column)) == 1:
                return path.parent.table
    return ""


def _parents(table: Table, column: str) -> set[str]:
    """All relations that the column's values can be from: the parent of an attachment is a task or a project."""
    return {
        path.parent.table
        for path in table.paths
        if path.parent is not None and column in (*path.parent.keys, *path.parent.gives)
    }


def _by_address(table: Table, column: str) -> str:
    """The relation behind whose word an address has the column: `/teams/{team_gid}/projects`."""
    found = {relation for path in table.paths for relation, key in _ADDRESS.findall(path.endpoint) if key == column}
    return next(iter(found)) if len(found) == 1 and found <= set(NAMED) else ""


def called_after(column: str) -> str:
    """The relation that a column is called after: projects for project_name; empty where there is none such."""
    for name in _bases(column):
        if name in _OTHERS:
            return ""
        if name in _CALLED:
            return _CALLED[name]
        found = next(
            (relation for word, relation in _SINGULAR.items() if name == word or name.endswith(f"_{word}")), ""
        )
        if found:
            return found
    return ""


def _bases(column: str) -> Iterator[str]:
    """What the column is called without its ending: assignee of assignee_gid, project of projects_not."""
    for ending in _ENDINGS:
        if column.endswith(ending):
            yield column.removesuffix(ending)
    if _PLURAL.search(column):
        yield _PLURAL.sub("", column)
