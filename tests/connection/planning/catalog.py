"""A catalog of the relations that statements join, with few columns: planning a statement takes DuckDB half as long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from asanaql.catalog import CATALOG, Catalog, Path, problems


def light(columns: Mapping[str, Sequence[str]]) -> Catalog:
    """The named relations and those that theirs are reached by, with these columns and what paths speak of."""
    kept: dict[str, set[str]] = {name: set(some) for name, some in columns.items() if name in CATALOG}
    waiting = list(kept)
    while waiting:
        name = waiting.pop()
        for table, column in _spoken_of(name):
            if table not in kept:
                kept[table] = {"gid"}
                waiting.append(table)
            kept[table].add(column)
    made = {
        name: replace(table, columns=tuple(each for each in table.columns if each.name in kept[name]))
        for name, table in CATALOG.items()
        if name in kept
    }
    assert not [sentence for table in made.values() for sentence in problems(table, made)]
    return made


def _spoken_of(name: str) -> Iterable[tuple[str, str]]:
    """The columns, of this relation and of others, that its paths need."""
    table = CATALOG[name]
    yield from ((name, column) for column in (*table.arguments, *table.required, "gid"))
    for path in table.paths:
        yield from ((name, column) for column in (*path.keys, *path.fixed))
        yield from _from_others(name, path)


def _from_others(name: str, path: Path) -> Iterable[tuple[str, str]]:
    if path.parent is not None:
        for ours, theirs in {**path.parent.keys, **path.parent.gives}.items():
            yield from ((name, ours), (path.parent.table, theirs))
        yield from ((path.parent.table, column) for column, _, _ in path.parent.where)
    if path.split is not None:
        yield from ((path.split.table, column) for column in path.split.match)
        yield from ((path.split.table, column) for column in path.split.keys.values())
        yield from ((name, column) for column in (*path.split.match.values(), *path.split.keys))
