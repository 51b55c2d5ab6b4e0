"""A statement made ready: its occurrences tagged, what DuckDB's plan needs of each, and which keys can be carried.

Nothing is sent here. The tagged text runs in place of the typed one only where DuckDB plans both alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from asanaql.catalog.model import Catalog, Table
from asanaql.plan.conjuncts import Conjunct
from asanaql.plan.edges import Analysis, Edge, Place, Probe, Unplanned, analysed
from asanaql.plan.edges import Occurrence as Written
from asanaql.plan.implied import implied, says_all
from asanaql.scan.account import Account
from asanaql.scan.listening import Heard
from asanaql.scan.occurrence import Occurrence
from asanaql.scan.predicates import columns_of, conjuncts, needed
from asanaql.scan.statement import Statement
from asanaql.statement.childless import conditions
from asanaql.statement.desk import Desk, Parameters
from asanaql.statement.explained import Node, Scanned, canonical, contains, scans
from asanaql.statement.tagging import identifier, tagged, text_literal
from asanaql.statement.topmost import Topmost, topmost

_COUNTS_ON = re.compile(r"\bnextval\b", re.IGNORECASE)
_QUOTED = re.compile(r"'(?:[^']|'')*'")


@dataclass(frozen=True)
class Carry:
    """Keys that can be carried: every value that `column` of `receiver` needs is one of the givers'."""

    givers: frozenset[Place]
    receiver: str
    column: str
    rule: str


@dataclass(eq=False)
class Reading:
    """What DuckDB reads of one occurrence: `filters` that the scan applies, `residual` that stays with DuckDB."""

    occurrence: Occurrence
    filters: tuple[str, ...]
    residual: tuple[str, ...]


@dataclass(eq=False)
class Planned:
    """A statement ready to be run as `text`.

    `readings` are the occurrences that DuckDB reads, by their tag in the statement, in the order of reading. Those
    that its plan leaves out are not among them. `local` are the scans of what is not Asana's, and
    `inside` says that a transaction of the person's is open, which no query of ours may end. `renamed` are the names
    that stand for other things than the columns of that name; `repeats` says that DuckDB scans some occurrence again,
    `limited` that it stops reading once a LIMIT is satisfied.
    """

    text: str
    statement: Statement
    readings: dict[str, Reading]
    carries: tuple[Carry, ...]
    local: tuple[Scanned, ...]
    inside: bool = False
    renamed: frozenset[str] = frozenset()
    repeats: bool = False
    limited: bool = False
    rules: list[str] = field(default_factory=list)

    def reading(self, tag: str) -> Reading | None:
        """What is read of the occurrence, None where DuckDB reads nothing of it."""
        return self.readings.get(tag)

    def certain(self, predicate: str) -> bool:
        """Whether the names in a predicate of DuckDB's plan are those of the scan's columns."""
        return _certain(predicate, self.renamed)

    @property
    def useful(self) -> bool:
        """Whether running the tagged text can differ from running the typed one."""
        found = [each.occurrence for each in self.readings.values()]
        known = any(each.implied or each.keys or each.within or each.order is not None for each in found)
        return len(found) > 1 or self.repeats or known


def planned(
    desk: Desk,
    account: Account,
    text: str,
    params: Parameters | None,
    typed: Sequence[Node],
    *,
    inside: bool,
    bound: bool,
) -> Planned:
    """The statement, whose plan is `typed`, with its occurrences tagged; `inside` says that a transaction is open.

    `bound` says that DuckDB has taken the statement already, and has then run what counts a sequence on.

    Raises Unplanned, with the reason, where it has to run as typed, and duckdb.Error where DuckDB cannot plan it.
    """
    analysis = analysed(text, desk.known(inside=inside))
    _check(desk, text, analysis)
    if bound and _COUNTS_ON.search(analysis.text + canonical(typed)):
        raise Unplanned("it counts a sequence on, which must happen once")
    prefix = account.occurrences.prefix()
    with account.listening.heard() as heard:
        plan = desk.explained(_tagged(analysis, prefix), params, inside=inside)
    if canonical(typed) != canonical(plan):
        raise Unplanned("its plan would be another one")
    found = scans(plan)
    statement = Statement(account.statements.meter(), planned=True)
    local = tuple(each for each in found if not each.ours)
    made = Planned(_tagged(analysis, prefix), statement, {}, (), local, inside=inside, renamed=analysis.renamed)
    relations = {prefix + written.tag: written.relation for written in analysis.occurrences}
    for tag in dict.fromkeys(each.tag for each in found if each.tag is not None):
        of_tag = [each for each in found if each.tag == tag]
        table = account.catalog[relations[tag]]
        reading = _reading(desk, table, tag, of_tag, heard, statement, analysis.renamed)
        made.readings[tag.removeprefix(prefix)] = reading
    again = contains(plan, "REC_CTE")
    made.limited = contains(plan, "LIMIT", "STREAMING_LIMIT")
    for reading in made.readings.values():
        times = sum(each.tag == reading.occurrence.tag for each in found) + again
        made.repeats = made.repeats or times > 1
        statement.scans[reading.occurrence.table.name] += times
        reading.occurrence.light = _shared(account.catalog, reading.occurrence, made)
    _order(made, topmost(plan), found)
    made.carries = tuple(_carries(desk, analysis, prefix, params, made, inside=inside))
    for tag, reading in made.readings.items():
        reading.occurrence.columns |= set(_giving(account.catalog, made, tag))
    return made


def _order(made: Planned, found: Iterable[Topmost], scanned: Sequence[Scanned]) -> None:
    """Let the occurrences of which only the first rows are wanted be read so far, where Asana can sort them."""
    wanted = {each.tag: each for each in found}
    for reading in made.readings.values():
        occurrence = reading.occurrence
        top = wanted.get(occurrence.tag)
        once = sum(each.tag == occurrence.tag for each in scanned) == 1
        if top is None or not once or not made.certain(top.order.column) or not top.order.on_a_page:
            continue
        searches = [path.search for path in occurrence.table.paths if path.search is not None]
        # A filter that stays with DuckDB may keep fewer rows than were counted, unless what is implied says all of it.
        told = all(text in reading.residual and says_all(text, occurrence.table) for text in top.filters)
        if told and any(top.order.column in search.sorted_by for search in searches):
            occurrence.order = top.order


def _check(desk: Desk, text: str, analysis: Analysis) -> None:
    """Raise Unplanned for what would not mean the same in another text."""
    if "current_query" in analysis.text.lower():
        raise Unplanned("it asks for its own text")
    if re.search(r"\b(max|min)\s*\(", analysis.text, re.IGNORECASE) and desk.redefines("max", "min"):
        raise Unplanned("max or min are not DuckDB's own here")
    if analysis.unnamed and not re.match(r"\s*(select|from|with|\()", text, re.IGNORECASE):
        raise Unplanned("a column that it makes is named after a subquery")


def _tagged(analysis: Analysis, prefix: str, probed: Mapping[Probe, str] | None = None) -> str:
    def written(each: Written) -> str:
        return tagged(each.relation, prefix + each.tag, each.arguments)

    return analysis.tagged(written, probed or {})


def _reading(
    desk: Desk,
    table: Table,
    tag: str,
    found: Sequence[Scanned],
    heard: Heard,
    statement: Statement,
    renamed: frozenset[str],
) -> Reading:
    """What all scans of one tag have in common: DuckDB may read an occurrence more than once."""
    filters = _common([each.filters for each in found])
    above = _common([each.residual for each in found])
    residual = tuple(text for text in above if _certain(text, renamed) and not desk.volatile(text))
    nodes = [heard[table.name, text] for text in filters]
    # Of a struct that is read only in part, DuckDB names the parts: current_status.color.
    asked = {name.partition(".")[0] for each in found for name in each.columns}
    filtered = {name for each in found for text in each.filters for name in columns_of(heard[table.name, text])}
    columns = needed(table, asked, filtered)
    known = {column.name for column in table.columns}
    hints = [hint for text in residual for hint in implied(text, table, desk.rows)]
    occurrence = Occurrence(
        tag, table, statement, frozenset(columns & known), tuple(conjuncts(nodes)), _distinct(hints)
    )
    return Reading(occurrence, filters, residual)


def _certain(text: str, renamed: frozenset[str]) -> bool:
    """Whether the names in a predicate are those of the scan's columns."""
    names = _QUOTED.sub("", text)
    return "*" not in renamed and renamed.isdisjoint(word.lower() for word in re.findall(r"\w+", names))


def _shared(catalog: Catalog, occurrence: Occurrence, made: Planned) -> bool:
    """Whether another occurrence may take its keys from the relation that this one reads."""
    table = occurrence.table
    others = {each.occurrence.table.name for each in made.readings.values()} - {table.name}
    return table.trusted is not None and any(
        path.parent is not None and path.parent.table == table.name for name in others for path in catalog[name].paths
    )


def _common(texts: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(text for text in texts[0] if all(text in others for others in texts[1:]))


def _distinct(found: Iterable[Conjunct]) -> tuple[Conjunct, ...]:
    return tuple(dict.fromkeys(found))


def _carries(
    desk: Desk, analysis: Analysis, prefix: str, params: Parameters | None, made: Planned, *, inside: bool
) -> list[Carry]:
    """The edges of which something is read at both ends, those into derived tables where DuckDB lets keys land."""
    found: list[Carry] = []
    probes: list[Edge] = []
    for edge in analysis.edges:
        if isinstance(edge.receiver, Probe):
            probes.append(edge)
        elif edge.receiver.tag in made.readings:
            found.append(Carry(edge.givers, edge.receiver.tag, edge.receiver.column, edge.rule))
    if probes:

        def explained(probed: Mapping[Probe, str]) -> list[Scanned]:
            return scans(desk.explained(_tagged(analysis, prefix, probed), params, inside=inside))

        landed = _landings(list(dict.fromkeys(_probe(edge) for edge in probes)), explained)
        for edge in probes:
            for tag, column in landed.get(_probe(edge), ()):
                own = tag.removeprefix(prefix)
                if own in made.readings:
                    found.append(Carry(edge.givers, own, column, f"{edge.rule}+probe"))
    return [each for each in dict.fromkeys(found) if _is_gid(each.column)]


def _giving(catalog: Catalog, made: Planned, tag: str) -> Iterator[str]:
    """The columns that an occurrence's keys are read from."""
    table = made.readings[tag].occurrence.table
    for carry in made.carries:
        receiver = made.readings[carry.receiver].occurrence.table
        for place in carry.givers:
            if place.tag == tag:
                yield place.column
                where = conditions(catalog, receiver, carry.column, table, place.column)
                yield from (column for column, _, _ in where)


def _probe(edge: Edge) -> Probe:
    assert isinstance(edge.receiver, Probe)
    return edge.receiver


def _landings(
    probes: Sequence[Probe], explained: Callable[[Mapping[Probe, str]], list[Scanned]]
) -> dict[Probe, list[tuple[str, str]]]:
    """Where a predicate on each derived table reaches scans: the tag and the column, for all scans of the tag."""
    listed = {
        probe: f"{identifier(probe.column)} IN ({text_literal(f'#{place}a')}, {text_literal(f'#{place}b')})"
        for place, probe in enumerate(probes)
    }
    try:
        plans = [(tuple(probes), explained(listed))]
    except duckdb.Error:
        plans = []
        for probe in probes:
            try:
                plans.append(((probe,), explained({probe: listed[probe]})))
            except duckdb.Error:
                continue  # A predicate cannot stand there, so no keys can be carried there.
    landed: dict[Probe, list[tuple[str, str]]] = {}
    for some, found in plans:
        total = Counter(each.tag for each in found if each.tag)
        for probe in some:
            values = listed[probe].partition(" IN ")[2]
            reached = Counter(
                (each.tag, text.partition(" IN ")[0].strip('("'))
                for each in found
                for text in each.filters
                if each.tag and text.endswith(f" IN {values})")
            )
            landed[probe] = [(tag, column) for (tag, column), times in reached.items() if times == total[tag]]
    return landed


def _is_gid(column: str) -> bool:
    return column == "gid" or column.endswith("_gid")
