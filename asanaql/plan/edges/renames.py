"""Which names a statement gives to something else than the column of that name.

DuckDB's EXPLAIN may show such a name where a scan's own column is meant, so that what it says of it cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

#: Stands for every name.
ANY = "*"


def renames(tree: exp.Expr) -> frozenset[str]:
    """The names, in lower case; `*` among them where any name may be one."""
    return frozenset(name.lower() for name in _renames(tree))


def _renames(tree: exp.Expr) -> Iterator[str]:
    for node in tree.walk():
        if isinstance(node, exp.Alias):
            yield from _of_alias(node)
        elif isinstance(node, exp.TableAlias):
            yield from (column.name for column in node.columns)
        elif isinstance(node, exp.SetOperation):
            yield from _of_branches(node.left.named_selects, node.right.named_selects)


def _of_alias(node: exp.Alias) -> Iterator[str]:
    if node.find(exp.Columns) is not None:
        yield ANY  # COLUMNS can be given names that are made of those it finds.
    elif not (isinstance(node.this, exp.Column) and node.this.name.lower() == node.alias.lower()):
        yield node.alias


def _of_branches(left: list[str], right: list[str]) -> Iterator[str]:
    """A set operation gives its rows the names of its left branch, place by place."""
    if ANY in left or ANY in right or len(left) != len(right):
        yield ANY
        return
    for one, other in zip(left, right, strict=True):
        if one.lower() != other.lower():
            yield from (one, other)
