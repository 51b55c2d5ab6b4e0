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
    outermost = set(map(id, _outermost(tree)))
    for node in tree.walk():
        if id(node) in outermost:
            continue  # Nothing is above it whose predicates could be given the names of another branch.
        if isinstance(node, exp.Alias):
            yield from _of_alias(node)
        elif isinstance(node, exp.TableAlias):
            yield from (column.name for column in node.columns)
        elif isinstance(node, exp.SetOperation):
            yield from _of_branches(_names(node.left), _names(node.right))


def _outermost(tree: exp.Expr) -> Iterator[exp.Expr]:
    """The set operations that are the statement itself, or branches of it."""
    if isinstance(tree, exp.SetOperation):
        yield tree
        yield from _outermost(tree.left)
        yield from _outermost(tree.right)


def _names(branch: exp.Expr) -> list[str]:
    """The names of a branch's columns, `*` for a star."""
    if not isinstance(branch, exp.Query):
        return [ANY]
    return [ANY if each.is_star and not isinstance(each, exp.Count) else each.alias_or_name for each in branch.selects]


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
