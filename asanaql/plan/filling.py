"""What fills the columns of a scan on one access path: the request, the rows, a constant, or the row of the parent."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from asanaql.catalog.model import ACCESS_PATH, Column, Path, Table
from asanaql.plan.conjuncts import Value
from asanaql.plan.told import said


def shared(
    table: Table, path: Path, columns: Collection[str], equal: Mapping[str, tuple[Value, ...]], only: str | None
) -> dict[str, Value]:
    """The column values that every row of the path will have, beside its keys.

    `equal` holds the values that columns can have, `only` the workspace that every row is in, where there is no other.
    """
    # What rows say themselves is read from them: one address may answer for several arms.
    context: dict[str, Value] = {name: value for name, value in path.fixed.items() if not table.column(name).path}
    if ACCESS_PATH.name in columns:
        context[ACCESS_PATH.name] = path.name
    if only is not None and "workspace_gid" in columns and not table.column("workspace_gid").path:
        context["workspace_gid"] = only
    context |= {each.column: equal[each.column][0] for each in said(path, columns) if equal.get(each.column)}
    if path.counts is not None:
        values = [value for value in equal.get(path.counts.column, ()) if value in path.counts.by]
        if len(values) == 1:
            context[path.counts.column] = values[0]
    return context


def left_to_parent(table: Table, path: Path, columns: Collection[str], context: Mapping[str, Value]) -> set[str]:
    """The columns that neither the request nor the rows of the path fill."""
    unfilled = {name for name in columns if name not in context and not _fills(path, table.column(name))}
    return unfilled | _grain(table, path)


def _fills(path: Path, column: Column) -> bool:
    """Whether the path fills the column by itself; of rows that are only counted, nothing else is known."""
    if column.name in (*path.keys, path.tells) or column.constant is not None:
        return True
    if column.name in path.lacks:
        return False
    if path.counts is not None:
        return column.name == path.counts.column
    return bool(column.path) or column.marker is not None


def _grain(table: Table, path: Path) -> set[str]:
    """The column that makes an object a single row, where only the path's parent knows its value."""
    if table.each is None or path.parent is None or set(table.each.pinned) & set(path.keys):
        return set()
    return {name for name in table.each.pinned if name in path.parent.gives}
