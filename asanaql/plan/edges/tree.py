"""What a FROM clause joins: its leaves, the tree of joins over them, and the columns that are seen above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SIMPLE = re.compile(r"[^\W\d]\w*")
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def folded(name: str) -> str:
    """The name as DuckDB compares it: only the letters of ASCII lose their case."""
    return name.translate(_LOWER)


@dataclass(frozen=True)
class Columns:
    """The columns of a query or of a FROM item, in order.

    A name is None where it is the text of an expression, which no plain identifier can mean. `repeated` are the names
    that occurred more than once: DuckDB calls the later ones name_1, name_2, ….
    """

    names: tuple[str | None, ...]
    repeated: frozenset[str] = frozenset()

    def at(self, name: str) -> list[int]:
        """Where the name occurs."""
        return [place for place, each in enumerate(self.names) if each == name]

    def surely_lack(self, name: str) -> bool:
        """Whether no column can have the name."""
        if name in self.names or any(name.startswith(f"{each}_") for each in self.repeated):
            return False
        return None not in self.names or _SIMPLE.fullmatch(name) is not None

    def renamed(self, names: list[str]) -> Columns:
        """The columns under the names that an alias lists, as far as it lists any."""
        return Columns((*names, *self.names[len(names) :])[: len(self.names)], self.repeated)


def distinguished(names: list[str | None], repeated: frozenset[str] = frozenset()) -> Columns:
    """The columns of a query by the names it gives: of equal ones only the first can be meant by its name."""
    again = {name for place, name in enumerate(names) if name is not None and name in names[:place]}
    return Columns(tuple(_certain(names, place, again) for place in range(len(names))), repeated | again)


def _certain(names: list[str | None], place: int, again: set[str]) -> str | None:
    name = names[place]
    if name is None or name in names[:place] or any(name.startswith(f"{each}_") for each in again):
        return None
    return name


@dataclass(frozen=True)
class Relation:
    """A leaf that reads one of our relations at `text[start:end]`."""

    relation: str
    start: int
    end: int
    alias: str | None
    call: bool
    name: str
    arguments: str


@dataclass(frozen=True)
class Local:
    """A leaf that reads what costs no request: `item` is SQL that stands alone, `alias` what it calls itself."""

    item: str
    alias: str


@dataclass(frozen=True)
class Derived:
    """A leaf that is a query; `sources` say for each column where its values come from, or None."""

    sources: tuple[frozenset[Ref] | None, ...]
    span: tuple[int, int] | None
    alias: str
    aliased: bool


@dataclass(frozen=True, eq=False)
class Leaf:
    """One item of a FROM clause.

    `alias` is folded: "" where no name can mean the item, None where it is not known which do. `own` are the columns as
    they are called below the alias, `fixed` says that dropping rows of it could change which others are read.
    """

    alias: str | None
    columns: Columns | None
    own: tuple[str | None, ...] = ()
    origin: Relation | Local | Derived | None = None
    fixed: bool = False


@dataclass(frozen=True)
class Ref:
    """A column of a leaf, by its place."""

    leaf: Leaf
    place: int

    @property
    def sources(self) -> frozenset[Ref] | None:
        """The columns of relations and local items that hold every non-null value of it, or None when unknown."""
        match self.leaf.origin:
            case Relation() | Local():
                return frozenset({self})
            case Derived() as derived:
                return derived.sources[self.place]
            case None:
                return None


@dataclass(frozen=True, eq=False)
class Join:
    """Two items joined. `using` are the columns merged, None when a natural join's are not known."""

    left: Tree
    right: Tree
    kind: str
    using: tuple[str, ...] | None = ()
    natural: bool = False


Tree = Leaf | Join


def leaves(tree: Tree | None) -> Iterator[Leaf]:
    """Every leaf of the tree, left to right."""
    if isinstance(tree, Join):
        yield from leaves(tree.left)
        yield from leaves(tree.right)
    elif tree is not None:
        yield tree


def visible(tree: Tree | None) -> Iterator[Leaf]:
    """The leaves whose names can be used above the tree."""
    if isinstance(tree, Join):
        yield from visible(tree.left)
        if tree.kind not in ("SEMI", "ANTI"):
            yield from visible(tree.right)
    elif tree is not None:
        yield tree


@dataclass(frozen=True)
class Seen:
    """A column that is seen above a tree; `ref` is None where it is merged of two that may differ."""

    name: str | None
    ref: Ref | None


def seen(tree: Tree) -> list[Seen] | None:
    """The columns above the tree in the order of `*`, merged ones once; None when some are not known."""
    if isinstance(tree, Leaf):
        if tree.columns is None:
            return None
        return [Seen(name, Ref(tree, place)) for place, name in enumerate(tree.columns.names)]
    left, right = seen(tree.left), seen(tree.right)
    if left is None or right is None or tree.using is None:
        return None
    if tree.kind in ("SEMI", "ANTI"):
        return left
    merged = [_merged(tree.kind, each, right) if each.name in tree.using else each for each in left]
    return [*merged, *(each for each in right if each.name not in tree.using)]


def _merged(kind: str, left: Seen, right: list[Seen]) -> Seen:
    if kind == "RIGHT":
        return next((each for each in right if each.name == left.name), Seen(left.name, None))
    return Seen(left.name, None) if kind == "FULL" else left


def named(columns: list[Seen] | None, name: str) -> Ref | None:
    """The one column of that name, None when there is not exactly one."""
    found = [each.ref for each in columns or () if each.name == name]
    return found[0] if len(found) == 1 else None


def shared(left: Tree, right: Tree) -> tuple[str, ...] | None:
    """The columns that a natural join of the two merges, None when that is not certain."""
    if any(leaf.columns is None or leaf.columns.repeated or None in leaf.columns.names for leaf in visible(left)):
        return None
    if any(leaf.columns is None or leaf.columns.repeated or None in leaf.columns.names for leaf in visible(right)):
        return None
    ours, theirs = seen(left), seen(right)
    if ours is None or theirs is None:
        return None
    names = {each.name for each in theirs}
    return tuple(dict.fromkeys(each.name for each in ours if each.name is not None and each.name in names))
