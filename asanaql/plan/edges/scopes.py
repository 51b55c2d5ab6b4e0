"""What a column's name means where it is written."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from asanaql.plan.edges.tree import Ref, Tree, folded, named, seen, visible


@dataclass(frozen=True, eq=False)
class Scope:
    """The FROM items that names can mean at a place; `parent` is asked for those that mean none here.

    `aliases` are the names that the SELECT list gives: a name that is one of them does not mean anything further out.
    """

    tree: Tree | None
    parent: Scope | None = None
    aliases: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    """A column that a name certainly means, `depth` scopes further out."""

    ref: Ref
    depth: int


def bare(expression: exp.Expr | None) -> exp.Expr | None:
    """The expression without the parentheses around it."""
    while isinstance(expression, exp.Paren):
        expression = expression.this
    return expression


def resolved(expression: exp.Expr | None, scope: Scope) -> Found | None:
    """The column that the expression is, in parentheses at most; None for anything else or when it is not certain."""
    column = bare(expression)
    if not isinstance(column, exp.Column) or not isinstance(column.this, exp.Identifier):
        return None
    table = column.args.get("table")
    if table is None:
        return _unqualified(folded(column.name), scope, 0)
    # A longer name is a field of a column, or names the schema, which a tagged occurrence no longer has.
    return None if column.args.get("db") else _qualified(folded(table.name), folded(column.name), scope, 0)


def _unqualified(name: str, scope: Scope | None, depth: int) -> Found | None:
    if scope is None or (depth and name in scope.aliases):
        return None
    around = list(visible(scope.tree))
    columns = seen(scope.tree) if scope.tree is not None else []
    if columns is None:
        return None
    if any(each.name == name for each in columns):
        ref = named(columns, name)
        return None if ref is None else Found(ref, depth)
    if name in scope.aliases or not all(leaf.columns.surely_lack(name) for leaf in around if leaf.columns):
        return None
    return _unqualified(name, scope.parent, depth + 1)


def _qualified(table: str, name: str, scope: Scope | None, depth: int) -> Found | None:
    if scope is None or table in scope.aliases:
        return None
    around = list(visible(scope.tree))
    called = [leaf for leaf in around if leaf.alias == table]
    # `t.c` may also be the field c of a column t: then it is left alone, whichever DuckDB takes.
    if any(leaf.columns is not None and not leaf.columns.surely_lack(table) for leaf in around):
        return None
    if called:
        places = called[0].columns.at(name) if len(called) == 1 and called[0].columns else []
        return Found(Ref(called[0], places[0]), depth) if len(places) == 1 else None
    if any(leaf.columns is None or leaf.alias is None for leaf in around):
        return None
    return _qualified(table, name, scope.parent, depth + 1)
