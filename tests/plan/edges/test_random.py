"""Random statements over relations with rows of their own: what is claimed of a statement is true of any rows."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from asanaql.plan.edges import Known, Place, analysed

COLUMNS = {
    "tasks": ("gid", "name", "project_gid", "assignee_gid"),
    "projects": ("gid", "name", "owner_gid"),
    "stories": ("gid", "text", "task_gid"),
    "users": ("gid", "name"),
    "picks": ("gid", "note"),
}
KINDS = ("JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "SEMI JOIN", "ANTI JOIN")
COMPARED = ("{} = 'a'", "{} <> 'b'", "{} IS NOT NULL", "{} IS NULL", "coalesce({}, 'a') = 'a'", "{} IN ('a', 'c')")
EQUATED = (*("{} = {}",) * 6, "{} IS NOT DISTINCT FROM {}", "({0} = {1} OR {0} = 'a')", "NOT {} = {}", "{} <= {}")
MEMBER = ("{} IN ({})", "{} IN ({})", "{} NOT IN ({})", "{} = ANY ({})", "({} IN ({})) IS NOT FALSE")
SELECTED = ("{}", "{}", "DISTINCT {}", "max({})", "upper({})")
EXIST = ("EXISTS ({})", "EXISTS ({})", "NOT EXISTS ({})", "(SELECT count(*) FROM ({}) n) = 1")
EXISTING = ("1", "*", "count(*)")
STATEMENTS = 300


@dataclass(frozen=True)
class Source:
    """FROM items as text, and the columns that can be named above them."""

    text: str
    columns: tuple[str, ...]


class Statements:
    """Statements that depend on nothing but the seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._aliases = 0

    def statement(self) -> str:
        sources = [self._joined(self._dice.choice((1, 2, 3))) for _ in range(self._dice.choice((1, 1, 1, 2)))]
        columns = tuple(column for source in sources for column in source.columns)
        between = [self._equality(one, other) for one, other in pairwise(sources)]
        where = [*between, *(self._condition(columns, 2) for _ in range(self._dice.choice((0, 1, 1, 2))))]
        text = f"SELECT {', '.join(columns)} FROM {', '.join(source.text for source in sources)}"
        return f"{text} WHERE {' AND '.join(where)}" if where else text

    def _joined(self, size: int) -> Source:
        if size == 1:
            return self._item()
        cut = self._dice.randrange(1, size)
        left, right = self._joined(cut), self._joined(size - cut)
        kind = self._dice.choice(KINDS)
        columns = left.columns if kind.startswith(("SEMI", "ANTI")) else left.columns + right.columns
        right_text = right.text if size - cut == 1 else f"({right.text})"
        if size == 2 and self._dice.random() < 0.2:
            return Source(f"{left.text} {kind} {right_text} USING (gid)", columns)
        on = [self._equality(left, right)]
        if self._dice.random() < 0.3:
            on.append(self._condition(left.columns + right.columns, 0))
        return Source(f"{left.text} {kind} {right_text} ON {' AND '.join(on)}", columns)

    def _item(self) -> Source:
        relation = self._dice.choice(list(COLUMNS))
        self._aliases += 1
        alias = f"a{self._aliases}"
        columns = tuple(f"{alias}.{name}" for name in COLUMNS[relation])
        text = self._dice.choice((*(relation,) * 5, f"(FROM {relation})", f"(FROM {relation} WHERE gid <> 'c')"))
        return Source(f"{text} {alias}", columns)

    def _equality(self, one: Source, other: Source) -> str:
        pair = [self._dice.choice(one.columns), self._dice.choice(other.columns)]
        self._dice.shuffle(pair)
        return self._dice.choice(EQUATED).format(*pair)

    def _condition(self, columns: tuple[str, ...], depth: int) -> str:
        column = self._dice.choice(columns)
        if depth == 0 or self._dice.random() < 0.5:
            return self._dice.choice(COMPARED).format(column)
        source = self._joined(self._dice.choice((1, 1, 2)))
        inner = self._dice.choice(source.columns)
        where = [self._condition(source.columns, depth - 1)] if self._dice.random() < 0.5 else []
        if self._dice.random() < 0.5:
            selected = self._dice.choice(SELECTED).format(inner)
            return self._dice.choice(MEMBER).format(column, self._query(selected, source, where))
        where.append(f"{inner} = {column}")
        return self._dice.choice(EXIST).format(self._query(self._dice.choice(EXISTING), source, where))

    def _query(self, selected: str, source: Source, where: list[str]) -> str:
        return f"SELECT {selected} FROM {source.text}{' WHERE ' if where else ''}{' AND '.join(where)}"


def test_rows_that_an_edge_leaves_out_never_matter(known: Known, world) -> None:
    rules: Counter[str] = Counter()
    effective: Counter[str] = Counter()
    statements = Statements(7)
    for seed in range(STATEMENTS):
        text = statements.statement()
        if not any(relation in text for relation in known.relations):
            continue
        analysis = analysed(text, known)
        rules.update(edge.rule for edge in analysis.edges)
        for data in range(2):
            world.populate(analysis, 2 * seed + data)
            whole = world.rows(analysis)
            for edge in analysis.edges:
                assert world.rows(analysis, edge) == whole, (text, edge)
            for edge in (*analysis.edges, *analysis.edges):
                if isinstance(edge.receiver, Place) and world.restrict(edge):
                    effective[edge.rule] += 1
            assert world.rows(analysis) == whole, text
    assert min(rules[rule] for rule in ("on", "where", "using", "in", "in-reverse", "exists", "correlated")) >= 15
    assert min(effective[rule] for rule in ("on", "where", "using", "in", "in-reverse", "exists", "correlated")) >= 8
