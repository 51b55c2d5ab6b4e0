"""Statements as examples: how a relation, or one of its access paths, is asked for. An ellipsis stands for a key."""

from __future__ import annotations

from asanaql.catalog.model import ACCESS_PATH, Path, Table
from asanaql.plan.filling import left_to_parent

KEY = "'…'"


def example(table: Table) -> str:
    """A statement that reads the relation, with a key where it needs one."""
    return f"SELECT * FROM {table.name}" + (f" WHERE {table.example}" if table.example else "")


def statement(table: Table, path: Path) -> str:
    """A statement that is read by this access path, with all the columns that the path can show."""
    arguments = dict.fromkeys(path.keys, KEY)
    if len(table.paths) > 1:
        arguments = {ACCESS_PATH.name: f"'{path.name}'", **arguments}
    named = ", ".join(f"{name} := {value}" for name, value in arguments.items())
    return f"SELECT {_shown(table, path)} FROM asana_{table.name}({named})"


def _shown(table: Table, path: Path) -> str:
    """The columns to read: all of them, but those that this path does not know."""
    if path.counts is not None:
        return "count(*)"
    given = {*path.parent.keys, *path.parent.gives} if path.parent is not None else set()
    names = {column.name for column in table.visible}
    unknown = left_to_parent(table, path, names, dict.fromkeys((*path.keys, *path.fixed))) & names - given
    return f"* EXCLUDE ({', '.join(sorted(unknown))})" if unknown else "*"
