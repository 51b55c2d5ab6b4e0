"""What a query consists of: its CTEs, and of each SELECT the list, the relations it reads and its clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from asanaql.shell.completion.clauses import CLAUSES, JOINED, NO_ALIAS, PIVOTS, SETS, begins_clause, ends_value
from asanaql.shell.completion.groups import Group, Item
from asanaql.shell.completion.words import Token

_READ = frozenset({"from", "pivot", "into", "update", "describe", "summarize"})

FROM = Token("word", "FROM", "from")


@dataclass(frozen=True)
class Source:
    """A relation that is read: a table, a function or a subquery, from `place` to `end` among its query's items."""

    name: str
    alias: str
    place: int
    shown: str = ""
    function: bool = False
    query: Group | None = None
    columns: tuple[str, ...] = ()
    end: int = 0

    @property
    def reads(self) -> bool:
        """Whether there are parentheses at its end, in which it cannot be read itself."""
        return self.function or self.query is not None


@dataclass
class Arm:
    """One SELECT: the items from `begin` to `end`, its list, what it reads and writes, what USING shares.

    It is `by_name` where its columns join those of the SELECT before it by their names.
    """

    begin: int
    end: int
    listed: list[list[Item]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    written: list[Source] = field(default_factory=list)
    shared: set[str] = field(default_factory=set)
    selects: bool = False
    by_name: bool = False


@dataclass(frozen=True)
class Cte:
    """A query with a name, and the names its columns are given there."""

    name: str
    shown: str
    query: Group
    place: int
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """The CTEs and the arms that UNION and the like join together."""

    ctes: tuple[Cte, ...]
    arms: tuple[Arm, ...]

    def arm_at(self, place: int) -> Arm:
        """The arm that holds the item at `place`."""
        return next((arm for arm in self.arms if arm.begin <= place <= arm.end), self.arms[-1])


def query_of(group: Group) -> Query:
    """The query in a group, or that is the whole statement."""
    items = group.items
    ctes: list[Cte] = []
    begin = 0
    for place, item in enumerate(items):
        if item.word == "with" and (found := list(_ctes(items, place + 1))):
            ctes, begin = found, found[-1].place + 1
            break
    edges = [place for place in range(begin, len(items)) if items[place].word in SETS]
    starts = [begin, *(place + 1 for place in edges)]
    ends = [*edges, len(items)]
    arms = [_arm(items, start, end) for start, end in zip(starts, ends, strict=True)]
    return Query(tuple(ctes), tuple(arms))


def _ctes(items: Sequence[Item], place: int) -> Iterator[Cte]:
    """The CTEs declared from `place` on."""
    if place < len(items) and items[place].word == "recursive":
        place += 1
    while place < len(items) and items[place].name:
        name, shown = items[place].name, items[place].shown
        place += 1
        columns: tuple[str, ...] = ()
        while place < len(items) and items[place].word not in ("as", ",", "select"):
            item = items[place]
            columns = columns or (_names(item) if isinstance(item, Group) else ())
            place += 1
        while place < len(items) and items[place].word in ("as", "not", "materialized"):
            place += 1
        if place >= len(items) or not isinstance(query := items[place], Group):
            return
        yield Cte(name, shown, query, place, columns)
        if place + 1 >= len(items) or items[place + 1].word != ",":
            return
        place += 2


def _arm(items: Sequence[Item], begin: int, end: int) -> Arm:
    """The SELECT between two places."""
    said = [item.word for item in items[begin : begin + 3]]
    arm = Arm(begin, end, by_name=said[:2] == ["by", "name"] or said[1:] == ["by", "name"])
    clause = ""
    joined = JOINED if not any(item.word in PIVOTS for item in items[begin:end]) else ("from",)
    for place in range(begin, end):
        item = items[place]
        word = item.word
        if begins_clause(items, place):
            clause = CLAUSES[word]
            arm.selects |= word == "select"
            if word == "select":
                arm.listed.append([])
            if clause in _READ:
                found = list(_sources(items, place + 1, end, called=clause in ("from", "pivot")))
                (arm.written if clause == "into" else arm.sources).extend(found)
        elif word == "," and clause in joined:
            clause = "from"
            arm.sources += _sources(items, place + 1, end)
        elif clause == "select":
            if word == ",":
                arm.listed.append([])
            elif word not in ("distinct", "all"):
                arm.listed[-1].append(item)
        elif clause == "using" and isinstance(item, Group):
            arm.shared.update(name.lower() for name in _names(item))
    return arm


def _sources(items: Sequence[Item], place: int, end: int, *, called: bool = True) -> Iterator[Source]:
    """The relation named at `place`, or those in the parentheses there."""
    while place < end and items[place].word in ("lateral", "only", "table", "or", "replace"):
        place += 1
    if place >= end:
        return
    item, at = items[place], place
    name, shown, function, query = "", "", False, None
    if isinstance(item, Group):
        query = item
    elif item.kind == "text" or (item.name and item.word not in NO_ALIAS):
        name = item.name
        while place + 2 < end and items[place + 1].word == "." and items[place + 2].name:
            place += 2
            name = items[place].name
        shown = items[place].shown
        function = called and place + 1 < end and isinstance(items[place + 1], Group)
        place += function
    else:
        return
    alias, columns = _alias(items, place + 1, end)
    if query is not None and not query.is_query and not alias:
        for source in query_of(_as_from(query)).arms[0].sources:
            yield replace(source, place=at, end=at)
        return
    yield Source(name, alias.lower() or name, at, alias or shown, function, query, columns, place)


def _as_from(group: Group) -> Group:
    """The relations that stand in parentheses, as a FROM of their own."""
    whole = Group("", "")
    whole.items = [FROM, *group.items]
    return whole


def _alias(items: Sequence[Item], place: int, end: int) -> tuple[str, tuple[str, ...]]:
    """The alias at `place` and the names that it gives to columns."""
    said = place < end and items[place].word == "as"
    place += said
    if place >= end or items[place].kind not in ("word", "quoted"):
        return "", ()
    item = items[place]
    if item.word in NO_ALIAS and not said:
        return "", ()
    declared = items[place + 1] if place + 1 < end else None
    if isinstance(declared, Group) and declared.opener == "(":
        return item.shown, _names(declared)
    return item.shown, ()


def _names(group: Group) -> tuple[str, ...]:
    return tuple(item.shown for item in group.items if item.name and item.kind != "cursor")


def label(listed: Sequence[Item]) -> tuple[str, Sequence[Item]]:
    """The name that an item of a SELECT list gives to its column, and the expression; empty where it gives none."""
    words = [item.word for item in listed[:3]]
    if words[:1] == ["*"] or words[1:] == [".", "*"]:
        return "", listed
    if len(listed) > 2 and listed[1].word == ":" and listed[0].name:
        return listed[0].shown, listed[2:]
    if len(listed) > 2 and listed[-2].word == "as" and listed[-1].kind in ("word", "quoted"):
        return listed[-1].shown, listed[:-2]
    last = listed[-1] if len(listed) > 1 else None
    if last is not None and last.kind in ("word", "quoted") and last.word != "end" and ends_value(listed[-2]):
        return listed[-1].shown, listed[:-1]
    return "", listed
