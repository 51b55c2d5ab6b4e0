"""Every mistake of a catalog entry as a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from asanaql.catalog.model import Catalog, Paging, Path, Table, whole


def problems(table: Table, catalog: Catalog) -> list[str]:
    """Every mistake of one entry, as sentences; empty when it is sound."""
    return [f"{table.name}: {sentence}" for sentence in (*_column_problems(table), *_path_problems(table, catalog))]


def _column_problems(table: Table) -> Iterator[str]:
    names = [column.name for column in table.columns]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"column {name} is declared {names.count(name)} times."
    for name in table.required:
        if name not in names:
            yield f"required column {name} is not declared."
    for column in table.columns:
        if not column.doc.endswith("."):
            yield f"column {column.name} has no documentation that ends in a full stop."
        if column.path and column.path != ("gid",) and not column.fields and any(p.opt_fields for p in table.paths):
            yield f"column {column.name} is read from {'.'.join(column.path)} but asks for no opt_fields."
    if not table.row:
        yield "what one row is, is not said."


def _path_problems(table: Table, catalog: Catalog) -> Iterator[str]:
    names = {column.name: column.path for column in table.columns}
    for path in table.paths:
        if (path.counts is None) == (path.paging is Paging.COUNTS):
            yield f"path {path.name} must say which fields count rows exactly where its paging is {Paging.COUNTS}."
        if path.counts is not None and names.get(path.counts.column) != (path.counts.column,):
            yield f"path {path.name} counts by {path.counts.column}, which is no column read from a field of that name."
        if (path.search is None) == (path.paging is Paging.SEARCH):
            yield f"path {path.name} must say how rows are told apart exactly where its paging is {Paging.SEARCH}."
        for told in path.told:
            if told.column in names and not table.column(told.column).hidden:
                yield f"path {path.name} is told {told.column}, which is a column of its rows."
        spoken = (*(each.column for each in path.filters), *(each.column for each in path.told))
        for key in (*path.keys, *path.fixed, *path.confined, *path.lacks, *path.either, *spoken):
            if key not in names:
                yield f"path {path.name} speaks of {key}, which is no column."
        yield from _arm_problems(table, path)
        if path.parent is None:
            continue
        parent = catalog.get(path.parent.table)
        if parent is None:
            yield f"path {path.name} takes its keys from {path.parent.table}, which is no relation."
            continue
        given = {column.name for column in parent.columns}
        for ours, theirs in {**path.parent.keys, **path.parent.gives}.items():
            if ours not in names:
                yield f"path {path.name} fills {ours} from its parent, which is no column."
            if theirs not in given:
                yield f"path {path.name} reads {theirs} of {parent.name}, which has no such column."
    listed = any(whole(path) for path in table.paths)
    if not listed and not table.example:
        yield "no path can be taken without a key, and no example says which key to write."
    if listed and table.example:
        yield "it can be scanned whole, so an example of a key is misleading."


def _arm_problems(table: Table, path: Path) -> Iterator[str]:
    """What an arm cannot know of its rows: a key that is written may be of another arm at the same address."""
    asked = (path.endpoint, path.parameters, path.always)
    others = [each for each in table.paths if each is not path and each.arm]
    shared = any((each.endpoint, each.parameters, each.always) == asked for each in others)
    unsaid = [column.name for column in table.columns if not column.path and column.name in path.fixed]
    for name in unsaid if path.arm and shared else ():
        yield f"path {path.name} fixes {name}, which no row says, at an address that answers for other arms too."
