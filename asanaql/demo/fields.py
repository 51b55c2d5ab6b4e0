"""opt_fields: which fields of a record and of the records inside it are shown.

Only what is asked for comes back, and the gid at every level; `a.b` narrows what a bare `a` would show; names that
do not exist are passed over in silence. Source: https://developers.asana.com/docs/input-output-options
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Optional

from asanaql.demo.shapes import COMPACT, COMPACT_OF, FLAT, OPT_IN, ROW_OF
from asanaql.demo.world import Record

# The fields asked for; under each the fields asked of what it holds, or None for its compact form.
Tree = dict[str, Optional["Tree"]]


@lru_cache(maxsize=256)
def tree_of(opt_fields: str, hidden: frozenset[str] = frozenset()) -> Tree:
    """The fields named by an opt_fields parameter, without those whose name is hidden."""
    tree: Tree = {}
    for path in _paths(opt_fields):
        names = [name.strip() for name in path.split(".")]
        if names[0] == "this":
            names = names[1:]
        if names and all(names) and not hidden.intersection(names):
            _plant(tree, names)
    return tree


def _plant(tree: Tree, names: list[str]) -> None:
    for name in names[:-1]:
        below = tree.get(name)
        if below is None:
            below = tree[name] = {}
        tree = below
    tree.setdefault(names[-1], None)


def _paths(text: str) -> Iterator[str]:
    """Dotted names, with every `(a|b)` group written out."""
    for item in _split(text, ","):
        opened = item.find("(")
        if opened < 0:
            yield item
            continue
        closed = _closing(item, opened)
        if closed < 0:
            continue
        for choice in _split(item[opened + 1 : closed], "|"):
            yield from _paths(item[:opened] + choice + item[closed + 1 :])


def _closing(text: str, opened: int) -> int:
    depth = 0
    for index in range(opened, len(text)):
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if not depth:
            return index
    return -1


def _split(text: str, mark: str) -> list[str]:
    """The parts between marks that are in no group."""
    parts, depth, start = [], 0, 0
    for index, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == mark and not depth:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]


def chosen(record: Record, tree: Tree) -> Record:
    """The fields that were asked for, and the gid where the record has one."""
    out: Record = {"gid": record["gid"]} if "gid" in record else {}
    for name, below in tree.items():
        if name in record:
            value = record[name]
            if value.__class__ is dict:
                out[name] = compact(value) if below is None else chosen(value, below)
            elif value.__class__ is list:
                out[name] = _each(value, below)
            elif below is None or value is None:
                out[name] = value
    return out


def _each(values: list[Any], below: Tree | None) -> list[Any]:
    if values and values[0].__class__ is dict:
        return [compact(value) for value in values] if below is None else [chosen(value, below) for value in values]
    return values


def row(record: Record) -> Record:
    """A record as it shows in a list when nothing is asked for."""
    names = ROW_OF.get(record.get("resource_type", ""))
    return {name: _inner(record[name]) for name in names if name in record} if names else compact(record)


def compact(record: Record) -> Record:
    """A record as it shows inside another record when nothing is asked for."""
    # What has no gid is no record, whatever kind it speaks of: a webhook's filter of tasks.
    kind = record.get("resource_type") if "gid" in record else None
    if kind in FLAT:
        return record
    names = COMPACT_OF.get(kind, COMPACT) if kind else None
    if names is None:
        return full(record)
    return {name: _inner(record[name]) for name in names if name in record}


def full(record: Record, hidden: frozenset[str] = frozenset()) -> Record:
    """A record on its own when nothing is asked for: everything but what must be asked for by name."""
    left_out = OPT_IN.get(record.get("resource_type", ""), frozenset()) | hidden
    return {name: _inner(value) for name, value in record.items() if name not in left_out}


def _inner(value: Any) -> Any:
    if value.__class__ is dict:
        return compact(value)
    return _each(value, None) if value.__class__ is list else value
