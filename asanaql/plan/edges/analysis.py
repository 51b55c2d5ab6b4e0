"""The answer of the package, and the way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlglot import exp

from asanaql.plan.edges.model import Edge, Known, Occurrence, Place, Probe, Unplanned
from asanaql.plan.edges.reader import Reader
from asanaql.plan.edges.renames import renames
from asanaql.plan.edges.rules import Claim, claims
from asanaql.plan.edges.tree import Derived, Leaf, Local, Ref, Relation, folded
from asanaql.plan.edges.typed import Typed
from asanaql.plan.edges.views import inlined
from asanaql.plan.splices import Splice, spliced

_NO_PROBES: Mapping[Probe, str] = MappingProxyType({})


@dataclass(frozen=True)
class Analysis:
    """A statement's text, its views inlined, where it reads our relations, and which columns it equates.

    `renamed` are the names that it gives to something else than the column of that name, `*` among them for any.
    `unnamed` says that some column has no name but the text of a query in it.
    """

    text: str
    occurrences: tuple[Occurrence, ...]
    edges: tuple[Edge, ...]
    renamed: frozenset[str] = frozenset()
    unnamed: bool = False

    def tagged(self, written: Callable[[Occurrence], str], probed: Mapping[Probe, str] = _NO_PROBES) -> str:
        """The text with every occurrence written anew, under the name it had, and a predicate on every probe given."""
        splices = [
            Splice(each.start, each.end, written(each) + ("" if each.alias else f" AS {each.name}"))
            for each in self.occurrences
        ]
        places: dict[tuple[int, int], list[Probe]] = {}
        for probe in probed:
            places.setdefault((probe.start, probe.end), []).append(probe)
        for (start, end), probes in places.items():
            predicate = " AND ".join(f"({probed[probe]})" for probe in probes)
            named = f" AS {probes[0].alias}" if probes[0].alias and not probes[0].aliased else ""
            splices += [Splice(start, start, "(SELECT * FROM "), Splice(end, end, f" WHERE {predicate}){named}")]
        return spliced(self.text, splices)


def analysed(text: str, known: Known) -> Analysis:
    """The analysis of a statement; raises `Unplanned` when it is to run as typed."""
    try:
        return _analysis(inlined(Typed(text), known), known)
    except RecursionError as error:
        raise Unplanned("it is nested too deeply") from error


def _analysis(typed: Typed, known: Known) -> Analysis:
    reader = Reader(typed, known)
    if not reader.leaves:
        raise Unplanned("it reads no relation")
    if any(_names_schema(column, known) for column in typed.tree.find_all(exp.Column)):
        raise Unplanned("a column is written with its relation's schema, which a tagged occurrence does not have")
    occurrences = dict(_occurrences(reader.leaves))
    edges = (edge for claim in claims(reader) for edge in _edges(claim, occurrences))
    return Analysis(
        typed.text, tuple(occurrences.values()), tuple(dict.fromkeys(edges)), renames(typed.tree), _unnamed(typed.tree)
    )


def _unnamed(tree: exp.Expr) -> bool:
    return any(
        not isinstance(each, exp.Alias) and each.find(exp.Query) is not None
        for select in tree.find_all(exp.Select)
        for each in select.expressions
    )


def _names_schema(column: exp.Column, known: Known) -> bool:
    """Whether the column may be written like `asana.tasks.gid`."""
    return column.args.get("db") is not None and folded(column.table) in known.relations


def _occurrences(leaves: list[Leaf]) -> Iterator[tuple[Leaf, Occurrence]]:
    """Each leaf with its occurrence, tagged in the order of the text."""
    found = [(leaf.origin, leaf) for leaf in leaves if isinstance(leaf.origin, Relation)]
    for place, (origin, leaf) in enumerate(sorted(found, key=lambda each: each[0].start), start=1):
        yield (
            leaf,
            Occurrence(f"o{place}", **vars(origin)),
        )


def _edges(claim: Claim, occurrences: Mapping[Leaf, Occurrence]) -> Iterator[Edge]:
    """The edge of a claim, if its receiver can be narrowed by others than itself."""
    receiver = _receiver(claim.receiver, occurrences)
    givers = frozenset(_place(ref, occurrences) for ref in claim.givers)
    if receiver is not None and givers != {receiver}:
        yield Edge(givers, receiver, claim.rule)


def _receiver(ref: Ref, occurrences: Mapping[Leaf, Occurrence]) -> Place | Probe | None:
    origin, column = ref.leaf.origin, ref.leaf.own[ref.place]
    if isinstance(origin, Relation):
        return _place(ref, occurrences)
    if not isinstance(origin, Derived) or origin.span is None or column is None:
        return None
    return Probe(*origin.span, origin.alias, column, origin.aliased)


def _place(ref: Ref, occurrences: Mapping[Leaf, Occurrence]) -> Place:
    column = ref.leaf.own[ref.place] or ""
    if isinstance(ref.leaf.origin, Local):
        return Place("", column, ref.leaf.origin.item, ref.leaf.origin.alias)
    return Place(occurrences[ref.leaf].tag, column)
