"""Which column's values hold another's: one rule, one function.

A rule takes a conjunct and the place where it stands, and yields what it claims; what is not certain yields nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot import exp

from asanaql.plan.edges.from_clause import Condition
from asanaql.plan.edges.joins import fixed, kinds, receivers
from asanaql.plan.edges.predicates import conjuncts, membership, plain, rejecting, unwrapped
from asanaql.plan.edges.reader import Block, Reader
from asanaql.plan.edges.scopes import Found, Scope, resolved
from asanaql.plan.edges.tree import Join, Leaf, Ref, leaves, named, seen, visible


@dataclass(frozen=True)
class Claim:
    """Every non-null value of the receiver, in a row that matters, is a value of one of the givers."""

    givers: frozenset[Ref]
    receiver: Ref
    rule: str


@dataclass(frozen=True)
class Place:
    """Where a conjunct stands. Rows of the leaves in `receiving` matter only where it holds."""

    scope: Scope
    receiving: frozenset[Leaf]
    rule: str
    reader: Reader


def claims(reader: Reader) -> Iterator[Claim]:
    """What the conditions of a statement claim."""
    for block in reader.blocks:
        yield from _block(block, reader)


def _block(block: Block, reader: Reader) -> Iterator[Claim]:
    tree = block.scope.tree
    conditions = {each.join: each for each in block.conditions}
    kept = frozenset(leaves(tree)) if block.fixed else fixed(tree)
    rejected = rejecting(block.where, block.scope)
    for join, kind in kinds(tree, rejected, lambda join: _rejected(join, conditions.get(join))):
        receiving = receivers(join, kind) - kept
        yield from _merged(join, receiving)
        condition = conditions.get(join)
        if condition is not None:
            yield from _claims(condition.on, Place(condition.scope, receiving, "on", reader))
    yield from _claims(block.where, Place(block.scope, frozenset(visible(tree)) - kept, "where", reader))


def _claims(condition: exp.Expr | None, place: Place) -> Iterator[Claim]:
    for conjunct in conjuncts(condition):
        for rule in _RULES:
            yield from rule(conjunct, place)


def _equality(conjunct: exp.Expr, place: Place) -> Iterator[Claim]:
    """`a.x = b.y`: each side gives to the other, where the other's rows need it."""
    if isinstance(conjunct, exp.EQ):
        one, other = resolved(conjunct.this, place.scope), resolved(conjunct.expression, place.scope)
        if one is not None and other is not None:
            yield from _given(one, other, place.receiving, place.rule)
            yield from _given(other, one, place.receiving, place.rule)


def _given(giver: Found, receiver: Found, receiving: frozenset[Leaf], rule: str) -> Iterator[Claim]:
    sources = giver.ref.sources
    if sources and receiver.depth == 0 and receiver.ref.leaf in receiving and giver.ref.leaf is not receiver.ref.leaf:
        yield Claim(sources, receiver.ref, "correlated" if giver.depth else rule)


def _merged(join: Join, receiving: frozenset[Leaf]) -> Iterator[Claim]:
    """USING and NATURAL: as an equality of the columns that they merge."""
    rule = "natural" if join.natural else "using"
    for one, other in _equated(join):
        yield from _given(Found(one, 0), Found(other, 0), receiving, rule)
        yield from _given(Found(other, 0), Found(one, 0), receiving, rule)


def _equated(join: Join) -> Iterator[tuple[Ref, Ref]]:
    if join.using:
        left, right = seen(join.left), seen(join.right)
        for name in join.using if left is not None and right is not None else ():
            one, other = named(left, name), named(right, name)
            if one is not None and other is not None:
                yield one, other


def _rejected(join: Join, condition: Condition | None) -> Iterator[Leaf]:
    """The leaves without which no row passes the join's condition."""
    for one, other in _equated(join):
        yield from (one.leaf, other.leaf)
    if condition is not None:
        yield from rejecting(condition.on, condition.scope)


def _member(conjunct: exp.Expr, place: Place) -> Iterator[Claim]:
    """`x IN (SELECT y …)`, `x = ANY (…)`, `x = (…)`: y gives to x."""
    for operand, query, _ in membership(conjunct):
        found, outputs = resolved(operand, place.scope), place.reader.outputs.get(id(query))
        if found is not None and found.depth == 0 and found.ref.leaf in place.receiving:
            sources = outputs.sources[0] if outputs is not None and len(outputs.sources) == 1 else None
            if sources:
                yield Claim(sources, found.ref, "in")


def _member_reversed(conjunct: exp.Expr, place: Place) -> Iterator[Claim]:
    """`x IN (SELECT y …)` over a plain query: x gives to y. A scalar query must keep its rows, and its errors."""
    for operand, query, several in membership(conjunct):
        found, scope = resolved(operand, place.scope), place.reader.scopes.get(id(query))
        if found is None or scope is None or not several or not plain(query):
            continue
        inner = _projected(query, scope)
        if inner is not None and inner.leaf not in fixed(scope.tree) and found.ref.sources:
            yield Claim(found.ref.sources, inner, "in-reverse")


def _projected(query: exp.Expr, scope: Scope) -> Ref | None:
    """The one column of its FROM that the query gives."""
    if len(query.expressions) != 1:
        return None
    projection = query.expressions[0]
    if isinstance(projection, exp.Star):
        columns = seen(scope.tree) if scope.tree is not None and not any(projection.args.values()) else None
        return columns[0].ref if columns is not None and len(columns) == 1 else None
    found = resolved(projection.this if isinstance(projection, exp.Alias) else projection, scope)
    return found.ref if found is not None and found.depth == 0 else None


def _existence(conjunct: exp.Expr, place: Place) -> Iterator[Claim]:
    """`EXISTS (SELECT … WHERE i.x = o.y)` over a plain query: x gives to y."""
    query = unwrapped(conjunct.this) if isinstance(conjunct, exp.Exists) else None
    scope = place.reader.scopes.get(id(query))
    if query is None or scope is None or not plain(query) or query.args.get("where") is None:
        return
    for each in conjuncts(query.args["where"].this):
        if isinstance(each, exp.EQ):
            one, other = resolved(each.this, scope), resolved(each.expression, scope)
            for inner, outer in ((one, other), (other, one)):
                if inner is None or outer is None or inner.depth or not inner.ref.sources:
                    continue
                if outer.depth and outer.ref.leaf in place.receiving:
                    yield Claim(inner.ref.sources, outer.ref, "exists")


_RULES: tuple[Callable[[exp.Expr, Place], Iterator[Claim]], ...] = (_equality, _member, _member_reversed, _existence)
