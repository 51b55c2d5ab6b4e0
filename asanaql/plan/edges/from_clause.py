"""The FROM clause of one SELECT: its items joined to a tree, as commas, joins and parentheses bind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlglot import exp

from asanaql.plan.edges.items import Ctes, Items
from asanaql.plan.edges.model import Unplanned
from asanaql.plan.edges.outputs import Outputs
from asanaql.plan.edges.scopes import Scope
from asanaql.plan.edges.tree import Join, Leaf, Tree, folded, shared

#: Reads a query, and gives its outputs.
Query = Callable[[exp.Expr, Ctes, Scope | None], Outputs | None]

_KINDS = {"", "INNER", "OUTER", "CROSS", "SEMI", "ANTI"}
_METHODS = {"", "NATURAL", "ASOF", "POSITIONAL"}


@dataclass(frozen=True, eq=False)
class Condition:
    """The ON of a join; `scope` is what names mean in it."""

    join: Join
    scope: Scope
    on: exp.Expr


class FromClause:
    """Reads items and joins; `conditions` are their ONs and `leaves` the items that were read."""

    def __init__(self, query: Query, items: Items, ctes: Ctes, parent: Scope | None) -> None:
        self.conditions: list[Condition] = []
        self.leaves: list[Leaf] = []
        self._query = query
        self._items = items
        self._ctes = ctes
        self._parent = parent

    def tree(self, first: exp.Expr, joins: Sequence[exp.Join], before: Tree | None = None) -> Tree:
        """The tree of the item and what is joined to it; `before` are the items left of it, which it may refer to.

        A comma binds weaker than JOIN: after one a group begins, which the next joins, natural ones too, belong to.
        """
        done: Tree | None = None
        group: Tree = self._alone(first, before)
        for join in (*(first.args.get("joins") or ()), *joins):
            if _is_comma(join):
                done = together(done, group)
                group = self._item(join.this, together(before, done))
            else:
                outside = before if done is None else together(before, done)
                right = self._item(join.this, together(outside, group))
                group = self._joined(join, group, right, outside)
        return together(done, group)

    def _item(self, item: exp.Expr, before: Tree | None) -> Tree:
        return self.tree(item, (), before)

    def _alone(self, item: exp.Expr, before: Tree | None) -> Tree:
        """The item without what is joined to it."""
        scope = Scope(before, self._parent)
        tree = self._read(item, scope)
        self.leaves += [tree] if isinstance(tree, Leaf) else []
        return Leaf(None, None) if item.args.get("pivots") else tree

    def _read(self, item: exp.Expr, scope: Scope) -> Tree:
        inner = item.this
        if isinstance(item, exp.Table):
            self._subqueries(item.this, scope)
            return self._items.table(item, self._ctes)
        if isinstance(item, exp.Subquery) and _is_group(inner):
            if item.args.get("alias") or item.args.get("sample"):
                raise Unplanned("joins in parentheses have an alias")
            return self._item(inner, scope.tree)
        if isinstance(item, exp.Lateral) and isinstance(inner, exp.Subquery):
            inner = inner.this
        if isinstance(item, exp.Subquery | exp.Lateral) and isinstance(inner, exp.Query):
            return self._items.derived(item, inner, self._query(inner, self._ctes, scope))
        for each in item.iter_expressions():
            self._subqueries(each, scope)
        return self._items.values(item) if isinstance(item, exp.Values) else self._items.other(item)

    def _joined(self, join: exp.Join, left: Tree, right: Tree, outside: Tree | None) -> Join:
        kind, natural = _kind(join), join.method == "NATURAL"
        using: tuple[str, ...] | None = tuple(folded(each.name) for each in join.args.get("using") or ())
        if natural:
            using = shared(left, right)
        node = Join(left, right, kind, using, natural)
        on = join.args.get("on")
        if on is not None:
            scope = Scope(Join(left, right, "INNER"), Scope(outside, self._parent))
            self.conditions.append(Condition(node, scope, on))
            self._subqueries(on, scope)
        return node

    def _subqueries(self, expression: exp.Expr, scope: Scope) -> None:
        for query in subqueries(expression):
            self._query(query, self._ctes, scope)


def subqueries(expression: exp.Expr) -> Iterator[exp.Expr]:
    """The queries in an expression, without those inside of them."""
    if isinstance(expression, exp.Query):
        yield expression
        return
    for each in expression.iter_expressions():
        yield from subqueries(each)


def together(left: Tree | None, right: Tree) -> Tree:
    """The two side by side."""
    return right if left is None else Join(left, right, "INNER")


def _is_comma(join: exp.Join) -> bool:
    return not any(join.args.get(each) for each in ("on", "using", "side", "kind", "method"))


def _is_group(inner: exp.Expr) -> bool:
    """Whether parentheses hold items rather than a query."""
    if isinstance(inner, exp.Subquery):
        return bool(inner.args.get("alias") or inner.args.get("joins"))
    return isinstance(inner, exp.Table | exp.Values | exp.Lateral)


def _kind(join: exp.Join) -> str:
    if join.kind not in _KINDS or join.method not in _METHODS:
        raise Unplanned(f"{join.method or join.kind} joins are not understood")
    if join.method in ("ASOF", "POSITIONAL"):
        return join.method
    if join.kind in ("SEMI", "ANTI"):
        return join.kind
    return join.side or "INNER"
