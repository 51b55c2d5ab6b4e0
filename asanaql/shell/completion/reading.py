"""The queries around the cursor, read for the columns that they show: these are in scope there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from asanaql.shell.completion.clauses import CONSTANTS, SET_WORDS
from asanaql.shell.completion.groups import Group, Item, Step
from asanaql.shell.completion.queries import Arm, Cte, Query, Source, label, query_of
from asanaql.shell.completion.relations import Known, columns_of
from asanaql.shell.completion.scope import Level, Scope, chain_of
from asanaql.shell.completion.vocabulary import Vocabulary


def scope_at(way: Sequence[Step], words: Vocabulary) -> Scope:
    """What is in scope at the end of the way."""
    return _Reader(words).scope(way)


@dataclass(frozen=True)
class _Named:
    """A CTE, and those that it can read."""

    cte: Cte
    around: Mapping[str, _Named]


class _Reader:
    """The columns of queries, each worked out once, and only when asked for."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._queries: dict[int, Query] = {}
        self._reading: set[int] = set()
        self._known: dict[int, list[Known]] = {}

    def scope(self, way: Sequence[Step]) -> Scope:
        """What is in scope at the end of the way: CTEs from the outside in, columns of each query on it."""
        around: dict[str, _Named] = {}
        levels: list[Level] = []
        arm: Arm | None = None
        followed = False
        for step in way:
            if step.group is not way[0].group and not step.group.is_query:
                continue
            query = self._query(step.group)
            inner = [cte for cte in query.ctes if cte.place == step.place]
            around = self._around(query, around, until=step.place if inner else None)
            if inner:
                levels = []  # A CTE sees the CTEs before it, and nothing of the query that it is for.
                continue
            arm = query.arm_at(step.place)
            inside = next((each for each in arm.sources if each.end == step.place and each.reads), None)
            seen = [each for each in arm.sources if inside is None or each.place < inside.place]
            followed = any(each.place > step.place for each in arm.sources)
            levels.insert(0, self._level(arm, seen, around))
        readable = tuple(named.cte.shown for named in around.values())
        into = arm.written if arm is not None else []
        written = [column for source in into for column in self._of_source(source, {})]
        return Scope(tuple(levels), readable, arm, written, followed)

    def _query(self, group: Group) -> Query:
        if id(group) not in self._queries:
            self._queries[id(group)] = query_of(group)
        return self._queries[id(group)]

    def _around(self, query: Query, around: Mapping[str, _Named], until: int | None) -> dict[str, _Named]:
        """The CTEs that can be read in a query, or in the CTE of it at the place `until`."""
        found = dict(around)
        for cte in query.ctes:
            if until is not None and cte.place > until:
                break
            if cte.place != until or _is_recursive(cte):
                found[cte.name] = _Named(cte, dict(found))
        return found

    def _level(self, arm: Arm, sources: Sequence[Source], around: Mapping[str, _Named]) -> Level:
        read = [(source, self._of_source(source, around)) for source in sources]
        labels = dict.fromkeys(name for name, _ in map(label, arm.listed) if name)
        return Level(read, frozenset(arm.shared), tuple(labels))

    def _of_source(self, source: Source, around: Mapping[str, _Named]) -> list[Known]:
        """The columns of what is read, under the names that its alias gives them."""
        if source.query is not None:
            columns = self._of_query(source.query, around)
        elif source.name in around and not source.function:
            columns = self._columns(around[source.name])
        else:
            columns = columns_of(source.name, source.function, self._words, source.shown)
        return renamed(columns, source.columns)

    def _columns(self, named: _Named) -> list[Known]:
        """The columns of a CTE; those that it reads are worked out first, so that a long row is no deep recursion."""
        for each in self._below(named):
            self._of_query(each.cte.query, each.around)
        return renamed(self._of_query(named.cte.query, named.around), named.cte.columns)

    def _below(self, named: _Named) -> list[_Named]:
        """A CTE and all that it reads, in the order in which they are declared."""
        found: dict[int, _Named] = {}
        pending = [named]
        while pending:
            each = pending.pop()
            if id(each.cte.query) not in found and id(each.cte.query) not in self._known:
                found[id(each.cte.query)] = each
                pending += [each.around[name] for name in _mentioned(each.cte.query) if name in each.around]
        return sorted(found.values(), key=lambda each: len(each.around))

    def _of_query(self, group: Group, around: Mapping[str, _Named]) -> list[Known]:
        """The columns that a query shows."""
        if id(group) in self._known:
            return self._known[id(group)]
        if id(group) in self._reading:
            return []  # It reads itself.
        self._reading.add(id(group))
        query = self._query(group)
        inner = self._around(query, around, until=None)
        found = self._of_arm(group, query.arms[0], inner)
        for arm in query.arms[1:]:
            if arm.by_name:
                names = {column.name.lower() for column in found}
                found += [each for each in self._of_arm(group, arm, inner) if each.name.lower() not in names]
        found = list(_distinct(found))
        self._reading.discard(id(group))
        self._known[id(group)] = found
        return found

    def _of_arm(self, group: Group, arm: Arm, around: Mapping[str, _Named]) -> list[Known]:
        """The columns of one SELECT, or of the query in parentheses that stands for one."""
        only = next((item for item in group.items[arm.begin : arm.end] if item.word not in SET_WORDS), None)
        if isinstance(only, Group) and only.is_query:
            return list(self._of_query(only, around))
        return list(self._shown(arm, around))

    def _shown(self, arm: Arm, around: Mapping[str, _Named]) -> Iterator[Known]:
        """The columns that a SELECT shows, as far as they have names; all, where it says none."""
        level = self._level(arm, arm.sources, around)
        scope = Scope((level,))
        if not arm.selects:
            yield from _all(level)
        for listed in arm.listed:
            name, expression = label(listed)
            column = scope.resolved(chain_of(expression))
            if name:
                yield (column or Known(name))._replace(name=name)
            elif column is not None:
                yield column
            elif chain_of(expression) and expression[-1].word not in CONSTANTS:
                yield Known(expression[-1].shown)
            else:
                yield from _starred(listed, level)


def _mentioned(group: Group) -> set[str]:
    """All names in a query."""
    found: set[str] = set()
    pending = [group]
    while pending:
        for item in pending.pop().items:
            if isinstance(item, Group):
                pending.append(item)
            else:
                found.add(item.name)
    return found


def _is_recursive(cte: Cte) -> bool:
    """Whether the CTE has a second part, which may read what the first has found."""
    return any(item.word == "union" for item in cte.query.items)


def renamed(columns: list[Known], names: Sequence[str]) -> list[Known]:
    """The columns under other names, as many as there are; where the columns are not known, just the names."""
    if not columns:
        return [Known(name) for name in names]
    first = [column._replace(name=name) for column, name in zip(columns, names, strict=False)]
    return [*first, *(Known(name) for name in names[len(columns) :]), *columns[len(first) :]]


def _distinct(columns: Iterable[Known]) -> Iterator[Known]:
    """The columns as whoever reads the query calls them: the second `id` is `id_1`, as DuckDB has it."""
    numbers: dict[str, int] = {}
    for column in columns:
        name, number = column.name, numbers.get(column.name.lower(), 0)
        if number:
            while (name := f"{column.name}_{number}").lower() in numbers:
                number += 1
        numbers[column.name.lower()] = number + 1
        numbers.setdefault(name.lower(), 1)
        yield column._replace(name=name)


def _all(level: Level) -> Iterator[Known]:
    """The columns of `*`: those that USING shares once."""
    shared: set[str] = set()
    for _, columns in level.sources:
        for column in columns:
            name = column.name.lower()
            if name not in shared:
                yield column
            if name in level.shared:
                shared.add(name)


def _starred(listed: Sequence[Item], level: Level) -> Iterator[Known]:
    """The columns of `*` or `t.*`, without those that it excludes, and as it renames them."""
    words = [item.word for item in listed]
    if words[:1] == ["*"]:
        found = list(_all(level))
    elif words[1:3] == [".", "*"]:
        found = level.named(listed[0].name) or []
    else:
        return
    without: set[str] = set()
    renames: dict[str, str] = {}
    for item, held in pairwise(listed):
        within = held.items if isinstance(held, Group) else [held]
        if item.word in ("exclude", "except"):
            without.update(each.name for each in within)
        elif item.word == "rename":
            pairs = zip(within, within[2:], strict=False)
            renames |= {
                old.name: new.shown for (old, new), said in zip(pairs, within[1:], strict=False) if said.word == "as"
            }
    for column in found:
        name = column.name.lower()
        if name not in without:
            yield column._replace(name=renames.get(name, column.name))
