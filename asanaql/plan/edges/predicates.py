"""Conditions taken apart: their conjuncts, the columns these equate, and those that they reject the NULLs of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from sqlglot import exp

from asanaql.plan.edges.scopes import Scope, bare, resolved
from asanaql.plan.edges.tree import Leaf

_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Like, exp.ILike)

#: Of one SELECT's rows each is a row of its FROM that passes its WHERE, unless it has one of these.
_MORE_THAN_PLAIN = ("group", "having", "qualify", "limit", "offset", "sample", "windows", "with_", "pivots", "laterals")
_PLAIN_PROJECTION = (exp.Column, exp.Literal, exp.Star, exp.Boolean, exp.Null)


def conjuncts(condition: exp.Expr | None) -> Iterator[exp.Expr]:
    """What all has to hold where the condition does."""
    condition = bare(condition)
    if isinstance(condition, exp.And):
        yield from conjuncts(condition.this)
        yield from conjuncts(condition.expression)
    elif condition is not None:
        yield condition


def rejecting(condition: exp.Expr | None, scope: Scope) -> Iterator[Leaf]:
    """The leaves of the scope with a column that is not NULL in any row that passes the condition."""
    for conjunct in conjuncts(condition):
        for operand in _strict(conjunct):
            found = resolved(operand, scope)
            if found is not None and found.depth == 0:
                yield found.ref.leaf


def _strict(conjunct: exp.Expr) -> Iterator[exp.Expr]:
    """The operands that make the conjunct not hold when they are NULL."""
    if isinstance(conjunct, _COMPARISONS):
        # x = ALL (no rows) holds, NULL or not.
        if not isinstance(conjunct.expression, exp.All):
            yield from (conjunct.this, conjunct.expression)
    elif isinstance(conjunct, exp.Between | exp.In) or _is(conjunct, exp.true()):
        yield conjunct.this
    elif isinstance(conjunct, exp.Not) and _is(inside := bare(conjunct.this), exp.null()):
        yield inside.this


def _is(expression: exp.Expr | None, value: exp.Expr) -> TypeGuard[exp.Is]:
    return isinstance(expression, exp.Is) and expression.expression == value


def membership(conjunct: exp.Expr) -> Iterator[tuple[exp.Expr, exp.Expr, bool]]:
    """An operand, the query it equals a row of, and whether any number of rows will do."""
    if isinstance(conjunct, exp.In) and conjunct.args.get("query") is not None:
        yield conjunct.this, unwrapped(conjunct.args["query"]), True
    elif isinstance(conjunct, exp.EQ):
        for operand, other in ((conjunct.this, conjunct.expression), (conjunct.expression, conjunct.this)):
            several = isinstance(other, exp.Any)
            query = unwrapped(other.this if several else other)
            if isinstance(query, exp.Query):
                yield operand, query, several


def unwrapped(query: exp.Expr) -> exp.Expr:
    """The query without the parentheses around it."""
    while isinstance(query, exp.Paren) or (isinstance(query, exp.Subquery) and not _modified(query)):
        query = query.this
    return query


def _modified(query: exp.Subquery) -> bool:
    return any(value for name, value in query.args.items() if name != "this")


def plain(query: exp.Expr) -> bool:
    """Whether the query's rows are rows of its FROM that pass its WHERE, one for one or each once."""
    if not isinstance(query, exp.Select) or any(query.args.get(name) for name in _MORE_THAN_PLAIN):
        return False
    distinct = query.args.get("distinct")
    if distinct is not None and distinct.args.get("on") is not None:
        return False
    listed = (bare(each.this if isinstance(each, exp.Alias) else each) for each in query.expressions)
    return all(isinstance(each, _PLAIN_PROJECTION) for each in listed)
