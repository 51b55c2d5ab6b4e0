"""Which rows of a giver have nothing in the receiver, as the catalog says of parents that can have children."""

from __future__ import annotations

from asanaql.catalog.model import Catalog, Table
from asanaql.statement.tagging import identifier

Condition = tuple[str, str, object]


def conditions(catalog: Catalog, receiver: Table, column: str, giver: Table, given: str) -> tuple[Condition, ...]:
    """What holds of a giver's row whose `given` can be the receiver's `column`: (column, comparison, value) each.

    Nothing, where the giver's rows are not of the kind that the receiver hangs under.
    """
    paths = [path for path in receiver.paths if column in path.keys]
    found = {path.parent.where if path.parent is not None else () for path in paths}
    if len(found) != 1 or any(path.parent is None or path.parent.keys.get(column) != given for path in paths):
        return ()
    [where] = found
    parents = {path.parent.table for path in paths if path.parent is not None}
    alike = all(_same_column(catalog[name], giver, told) for name in parents for told, _, _ in where)
    return where if alike else ()


def written(where: tuple[Condition, ...]) -> list[str]:
    """The conditions in SQL."""
    return [
        f"len({identifier(column)}) > 0" if comparison == "some" else f"{identifier(column)} {comparison} {value}"
        for column, comparison, value in where
    ]


def _same_column(one: Table, other: Table, name: str) -> bool:
    """Whether both relations read a column from the same field of the same kind of object."""
    try:
        same = one.column(name) == other.column(name)
    except KeyError:
        return False
    return same and one.documentation == other.documentation
