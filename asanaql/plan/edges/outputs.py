"""What a query gives: its columns' names, and which columns of its FROM items each takes its values from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from asanaql.plan.edges.scopes import Scope, bare, resolved
from asanaql.plan.edges.tree import Columns, Ref, Seen, Tree, distinguished, folded, seen, visible

Sources = frozenset[Ref] | None

#: What may become several columns, or one whose name is not the text of the expression.
_UNCERTAIN = (exp.Star, exp.Columns, exp.Unnest, exp.Explode, exp.Aliases, exp.PositionalColumn, exp.Dot)
#: Functions of which a call may become several columns, when sqlglot does not know them behind a dot.
_SEVERAL = {"unnest", "columns"}


@dataclass(frozen=True)
class Outputs:
    """The columns of a query in order; the sources of one are the columns that hold every non-null value of it."""

    columns: Columns
    sources: tuple[Sources, ...]


def selected(select: exp.Select, scope: Scope) -> Outputs | None:
    """The outputs of a SELECT whose FROM is the scope's; None when they are not all known."""
    names: list[str | None] = []
    sources: list[Sources] = []
    repeated: frozenset[str] = frozenset()
    for projection in select.expressions:
        starred = _starred(projection, scope)
        if starred is not None:
            tree, columns = starred
            names += [each.name for each in columns]
            sources += [None if each.ref is None else each.ref.sources for each in columns]
            repeated |= {name for leaf in visible(tree) if leaf.columns for name in leaf.columns.repeated}
        elif _has_one_column(projection):
            names.append(_name(projection))
            sources.append(_sources(projection, scope))
        else:
            return None
    return Outputs(distinguished(names, repeated), tuple(sources))


def starred(tree: Tree) -> Outputs | None:
    """The outputs of `SELECT *` over the tree."""
    columns = seen(tree)
    if columns is None:
        return None
    repeated = frozenset(name for leaf in visible(tree) if leaf.columns for name in leaf.columns.repeated)
    sources = tuple(None if each.ref is None else each.ref.sources for each in columns)
    return Outputs(distinguished([each.name for each in columns], repeated), sources)


def combined(kind: exp.SetOperation, left: Outputs | None, right: Outputs | None) -> Outputs | None:
    """The outputs of a set operation: values come from both sides of a union, else from the left one."""
    if left is None or right is None or kind.args.get("by_name") or len(left.sources) != len(right.sources):
        return None
    if not isinstance(kind, exp.Union):
        return left
    both = zip(left.sources, right.sources, strict=True)
    return Outputs(left.columns, tuple(a | b if a is not None and b is not None else None for a, b in both))


def _starred(projection: exp.Expr, scope: Scope) -> tuple[Tree, list[Seen]] | None:
    """The columns that `*` or `t.*` stands for, and what they are of; None for anything else or what changes them."""
    star = projection.this if isinstance(projection, exp.Column) else projection
    excluded = _excluded(star) if isinstance(star, exp.Star) else None
    tree = _starring(projection, scope)
    columns = seen(tree) if tree is not None and excluded is not None else None
    if tree is None or columns is None or excluded is None:
        return None
    return tree, [each for each in columns if each.name is None or each.name not in excluded]


def _excluded(star: exp.Star) -> set[str] | None:
    """The names after EXCLUDE; None when the star is changed otherwise."""
    listed = star.args.get("except_") or []
    simple = all(isinstance(each, exp.Column) and not each.table for each in listed)
    others = any(value for name, value in star.args.items() if name != "except_")
    return {folded(each.name) for each in listed} if simple and not others else None


def _starring(projection: exp.Expr, scope: Scope) -> Tree | None:
    """The tree whose columns `*` stands for, or the leaf whose columns `t.*` does."""
    if not isinstance(projection, exp.Column):
        return scope.tree
    called = [leaf for leaf in visible(scope.tree) if leaf.alias == folded(projection.table)]
    return called[0] if len(called) == 1 and not projection.args.get("db") else None


def _has_one_column(projection: exp.Expr) -> bool:
    """Whether the projection is certainly one column: a plain one, or an expression, which its alias or text names."""
    inside = _unaliased(projection)
    if isinstance(inside, exp.Column):
        return isinstance(inside.this, exp.Identifier)
    if isinstance(inside, exp.Count):
        return True
    if inside is None:
        return False
    named = isinstance(projection, exp.Alias)
    return all(named and isinstance(each, exp.Dot) and _is_call(each) for each in inside.find_all(*_UNCERTAIN))


def _is_call(dot: exp.Dot) -> bool:
    """Whether the dot is in the name of a function that is called, as in schema.f(x), and so in one column."""
    called, above = dot.expression, dot.parent
    if isinstance(called, exp.Identifier) and isinstance(above, exp.Dot) and above.this is dot:
        return _is_call(above)
    return isinstance(called, exp.Anonymous) and folded(called.name) not in _SEVERAL


def _unaliased(projection: exp.Expr) -> exp.Expr | None:
    return bare(projection.this if isinstance(projection, exp.Alias) else projection)


def _name(projection: exp.Expr) -> str | None:
    if isinstance(projection, exp.Alias):
        return folded(projection.alias)
    inside = bare(projection)
    return folded(inside.name) if isinstance(inside, exp.Column) else None


def _sources(projection: exp.Expr, scope: Scope) -> Sources:
    """The sources of a bare column, or of the least or greatest value of one."""
    inside = _unaliased(projection)
    if isinstance(inside, exp.Max | exp.Min) and not inside.expressions and not inside.args.get("count"):
        inside = inside.this
    found = resolved(inside, scope)
    return found.ref.sources if found is not None and found.depth == 0 else None
