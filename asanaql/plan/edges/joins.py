"""Which rows a join lets through: its kind in effect, and which of its leaves may lose rows by its condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from asanaql.plan.edges.tree import Join, Leaf, Tree, leaves

#: What remains of a join when the NULLs are rejected that it adds to its left side, and to its right.
_LEFT_REJECTED = {"RIGHT": "INNER", "FULL": "LEFT"}
_RIGHT_REJECTED = {"LEFT": "INNER", "FULL": "RIGHT"}


def receivers(join: Join, kind: str) -> frozenset[Leaf]:
    """The leaves whose rows matter to the join only where its condition holds."""
    if kind in ("INNER", "SEMI"):
        return frozenset(leaves(join))
    if kind in ("LEFT", "ANTI"):
        return frozenset(leaves(join.right))
    return frozenset(leaves(join.left)) if kind == "RIGHT" else frozenset()


def kinds(
    tree: Tree | None, rejected: Iterable[Leaf], rejects: Callable[[Join], Iterable[Leaf]]
) -> Iterator[tuple[Join, str]]:
    """Every join of the tree with its kind in effect.

    `rejected` are leaves without which no row passes what is above the tree, `rejects` those without which none
    passes a join's condition. An outer join whose added NULLs are rejected above it adds none.
    """
    if not isinstance(tree, Join):
        return
    above, kind = frozenset(rejected), tree.kind
    if not above.isdisjoint(leaves(tree.left)):
        kind = _LEFT_REJECTED.get(kind, kind)
    if not above.isdisjoint(leaves(tree.right)):
        kind = _RIGHT_REJECTED.get(kind, kind)
    yield tree, kind
    below = above | (receivers(tree, kind) & frozenset(rejects(tree)))
    yield from kinds(tree.left, below, rejects)
    yield from kinds(tree.right, below, rejects)


def fixed(tree: Tree | None) -> frozenset[Leaf]:
    """The leaves that must keep every row: samples, and all that is joined by position or by nearness."""
    if isinstance(tree, Join):
        whole = tree.kind in ("POSITIONAL", "ASOF")
        return frozenset(leaves(tree)) if whole else fixed(tree.left) | fixed(tree.right)
    return frozenset({tree}) if tree is not None and tree.fixed else frozenset()
