"""Writes statements over related relations, such that keys can often be carried; the same for the same seed."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from .ground import COLUMNS, LOCAL, Statement
from .predicates import LINKS, Predicates, Values
from .sources import Source, Sources

_JOINS = {"inner": 36, "left": 13, "right": 8, "full": 4, "comma": 12, "semi": 4, "anti": 4, "merged": 7, "grouped": 4}
_SPELLED = {
    "inner": ("JOIN", "INNER JOIN"), "left": ("LEFT JOIN", "LEFT OUTER JOIN"), "right": ("RIGHT JOIN",),
    "full": ("FULL JOIN", "FULL OUTER JOIN"), "semi": ("SEMI JOIN",), "anti": ("ANTI JOIN",),
}  # fmt: skip
#: A subquery as a condition: {c} is the outer column, {i} the inner one; {f} is FROM and WHERE,
#: {k} the same with {i} = {c}, {p} a condition on the outer row.
_SUBQUERIES = {
    "{c} IN (SELECT {i} {f})": 20,
    "{c} IN (SELECT DISTINCT {i} {f})": 5,
    "{c} NOT IN (SELECT {i} {f})": 5,
    "{c} NOT IN (SELECT {i} {f} AND {i} IS NOT NULL)": 3,
    "EXISTS (SELECT 1 {k})": 12,
    "EXISTS (SELECT * {k})": 5,
    "EXISTS (FROM (SELECT {i} AS x {f}) z WHERE z.x = {c})": 2,
    "NOT EXISTS (SELECT 1 {k})": 8,
    "EXISTS (SELECT count(*) {k})": 2,
    "EXISTS (SELECT max({i}) {k} HAVING count(*) > 1)": 2,
    "{c} = (SELECT max({i}) {f})": 6,
    "{c} = (SELECT min({i}) {f})": 4,
    "{c} = ANY (SELECT {i} {f})": 5,
    "{c} <> ALL (SELECT {i} {f})": 2,
    "{c} <> (SELECT max({i}) {f})": 2,
    "{c} IN (SELECT {i} {f} ORDER BY 1 NULLS LAST LIMIT 3)": 3,
    "{c} IN (SELECT {i} {f} GROUP BY 1 HAVING count(*) > 1)": 3,
    "(SELECT count(*) {k}) > 0": 4,
    "(SELECT count(*) {k}) = 0": 3,
    "({c} IN (SELECT {i} {f}) OR {p})": 3,
    "({c} IN (SELECT {i} {f})) IS NOT TRUE": 2,
    "({c}, {c}) IN (SELECT {i}, {i} {f})": 2,
    "CASE WHEN {p} THEN {c} IN (SELECT {i} {f}) ELSE TRUE END": 2,
    "{c} IN (SELECT {i} {f} UNION SELECT {i} {f})": 2,
}
_SHAPES = {
    "columns": 40, "grouped": 14, "counted": 5, "having": 6, "scalar": 8, "lateral": 8, "ranked": 6, "combined": 10,
    "first": 8, "recursive": 2,
}  # fmt: skip


@dataclass
class Block:
    """FROM and WHERE of one SELECT. `sources` are those whose columns can be named, `merged` what USING made."""

    text: str
    sources: list[Source]
    where: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)

    @property
    def clauses(self) -> str:
        """From the word FROM on; the condition is never empty."""
        return f"FROM {self.text} WHERE {' AND '.join(self.where) or 'TRUE'}"


class Writer:
    """Writes one statement for each seed, from the values that are in the relations."""

    def __init__(self, values: Values, seed: str) -> None:
        self._dice = random.Random(seed)
        self._predicates = Predicates(self._dice, values)
        self._sources = Sources(self._dice, self._predicates)

    def statement(self) -> Statement:
        """The statement. Its rows, but not their order, follow from the relations' rows."""
        query = getattr(self, f"_{self._drawn(_SHAPES)}")()
        text = query if query.startswith("WITH ") else self._sources.with_clause() + query
        params = {name: value for name, value in self._predicates.params.items() if re.search(rf"\${name}\b", text)}
        return Statement(text, params, made=not params and self._happens(0.05))

    # The shapes of a SELECT.

    def _columns(self) -> str:
        block = self._block()
        return f"SELECT {self._dice.choice(('', '', '', 'DISTINCT '))}{self._some(block)} {block.clauses}"

    def _grouped(self) -> str:
        block = self._block()
        found = (
            f"{self._column(block)} AS k, count(*) AS n, min({self._column(block)}) AS m, count({self._column(block)})"
        )
        return f"SELECT {found} {block.clauses} GROUP BY ALL"

    def _counted(self) -> str:
        block = self._block()
        source = self._dice.choice(block.sources)
        condition = self._predicates.of(source.relation, source.alias)
        return f"SELECT count(*), count(DISTINCT {source.alias}.gid), count(*) FILTER ({condition}) {block.clauses}"

    def _having(self) -> str:
        block = self._block()
        found = f"{self._column(block)} AS k, count(DISTINCT {block.sources[-1].alias}.gid) AS n"
        return f"SELECT {found} {block.clauses} GROUP BY 1 HAVING count(*) > 1"

    def _scalar(self) -> str:
        block = self._block()
        outer, column, inner, inner_column = self._linked(block)
        where = [f"{inner.alias}.{inner_column} = {outer.alias}.{column}"]
        where += [self._predicates.of(inner.relation, inner.alias)] if self._happens(0.4) else []
        found = self._dice.choice(("count(*)", f"max({inner.alias}.gid)", f"count({inner.alias}.name)"))
        found = found.replace(".name", f".{COLUMNS[inner.relation][1]}")
        asked = f"(SELECT {found} FROM {inner.text} WHERE {' AND '.join(where)}) AS found"
        return f"SELECT {self._some(block)}, {asked} {block.clauses}"

    def _lateral(self) -> str:
        block = self._block()
        outer, column, inner, inner_column = self._linked(block)
        found = self._dice.choice((f"count(*) AS n, max({inner.alias}.gid) AS m", f"1 AS n, {inner.alias}.gid AS m"))
        body = f"(SELECT {found} FROM {inner.text} WHERE {inner.alias}.{inner_column} = {outer.alias}.{column}) l"
        joins = (", LATERAL {}", " CROSS JOIN LATERAL {}", ", {}", " LEFT JOIN LATERAL {} ON TRUE")
        block.text += self._dice.choice(joins).format(body)
        return f"SELECT {self._some(block)}, l.n, l.m {block.clauses}"

    def _ranked(self) -> str:
        block = self._block()
        everything = [f"{source.alias}.{name}" for source in block.sources for name in COLUMNS[source.relation]]
        order = ", ".join(f"{name} NULLS LAST" for name in everything + block.merged)
        ranked = f"row_number() OVER (PARTITION BY {self._column(block)} ORDER BY {order}) AS place"
        return f"SELECT {self._some(block)}, {ranked} {block.clauses}{self._dice.choice(('', ' QUALIFY place = 1'))}"

    def _combined(self) -> str:
        one = self._block()
        # Gids that are compared are of one relation: DuckDB asks the second for those that are given for the first.
        other = self._block(depth=1, relation=one.sources[0].relation)
        operator = self._dice.choice(("UNION ALL", "UNION ALL", "UNION", "EXCEPT", "INTERSECT"))
        written = []
        for block in (one, other):
            first, last = block.sources[0], block.sources[-1]
            written.append(f"SELECT {first.alias}.gid, {last.alias}.{COLUMNS[last.relation][1]} {block.clauses}")
        return f" {operator} ".join(written)

    def _first(self) -> str:
        inner = getattr(self, self._dice.choice(("_columns", "_columns", "_grouped", "_scalar")))()
        order = self._dice.choice(("ORDER BY ALL NULLS LAST", "ORDER BY ALL DESC NULLS FIRST"))
        return f"SELECT * FROM ({inner}) z {order} LIMIT {self._dice.randint(1, 12)}"

    def _recursive(self) -> str:
        roots = self._predicates.of("tasks", "r")
        step = self._dice.choice(("t.parent_gid = f.gid", "t.gid = f.parent_gid"))
        return (
            f"WITH RECURSIVE f AS (SELECT r.gid, r.parent_gid, 0 AS depth FROM tasks r WHERE {roots} UNION "
            f"SELECT t.gid, t.parent_gid, f.depth + 1 FROM tasks t JOIN f ON {step} WHERE f.depth < 4) "
            f"SELECT f.gid, f.depth, p.name FROM f LEFT JOIN tasks p ON p.gid = f.gid"
        )

    # FROM and WHERE.

    def _block(self, depth: int = 0, relation: str = "") -> Block:
        first = self._sources.of(relation) if relation else self._sources.any()
        block = Block(first.text, [first])
        for _ in range(self._dice.choice((0, 1, 1, 1, 1, 1, 2, 2, 3) if depth == 0 else (0, 0, 0, 1))):
            self._add(block, self._drawn(_JOINS))
        for source in block.sources:
            if self._happens(0.3):
                block.where.append(self._predicates.of(source.relation, source.alias))
        if depth < 2 and self._happens(0.33 if depth == 0 else 0.15):
            block.where.append(self._subquery(block, depth))
        self._dice.shuffle(block.where)
        return block

    def _add(self, block: Block, kind: str) -> None:
        written = {"comma": self._comma, "merged": self._merge, "grouped": self._group}
        if kind in written:
            written[kind](block)
        else:
            self._join(block, kind)

    def _join(self, block: Block, kind: str) -> None:
        outer, column, inner, inner_column = self._linked(block)
        sides = [f"{outer.alias}.{column}", f"{inner.alias}.{inner_column}"]
        self._dice.shuffle(sides)
        condition = f" {'IS NOT DISTINCT FROM' if self._happens(0.05) else '='} ".join(sides)
        extra = self._dice.choice((inner, inner, outer))
        if self._happens(0.15):
            condition += f" AND {self._predicates.of(extra.relation, extra.alias)}"
        elif self._happens(0.04):
            condition += f" OR {self._predicates.of(extra.relation, extra.alias)}"
        block.text += f" {self._dice.choice(_SPELLED[kind])} {inner.text} ON {condition}"
        if kind not in ("semi", "anti"):
            block.sources.append(inner)

    def _comma(self, block: Block) -> None:
        outer, column, inner, inner_column = self._linked(block)
        block.text += f", {inner.text}"
        block.where.append(f"{outer.alias}.{column} = {inner.alias}.{inner_column}")
        block.sources.append(inner)

    def _merge(self, block: Block) -> None:
        """USING or NATURAL, where the first relation has a column for it and stands alone; else an ordinary join."""
        links = [link for link in LINKS if link.relation == block.sources[0].relation and link.column != "gid"]
        if len(block.sources) > 1 or not links or " JOIN " in block.text:
            self._join(block, "inner")
            return
        link, alias = self._dice.choice(links), self._sources.names.alias()
        side = self._dice.choice(("", "", "LEFT ", "RIGHT ", "FULL "))
        right = f"{self._sources.renamed(link)} {alias}"
        natural = self._happens(0.5)
        block.text += f" NATURAL {side}JOIN {right}" if natural else f" {side}JOIN {right} USING ({link.column})"
        block.merged.append(link.column)

    def _group(self, block: Block) -> None:
        """Two relations joined in parentheses, and then joined to the rest."""
        outer, column, inner, inner_column = self._linked(block)
        group = Block(inner.text, [inner])
        self._join(group, self._dice.choice(("inner", "left", "right", "anti")))
        kind = self._dice.choice(("JOIN", "LEFT JOIN", "FULL JOIN"))
        block.text += f" {kind} ({group.text}) ON {outer.alias}.{column} = {inner.alias}.{inner_column}"
        block.sources += group.sources

    def _subquery(self, block: Block, depth: int) -> str:
        outer, column, inner, inner_column = self._linked(block)
        own = Block(inner.text, [inner])
        if self._happens(0.3):
            own = self._block(depth + 1)
            own.text = f"{inner.text}, {own.text}"
        if self._happens(0.65):
            own.where.append(self._predicates.of(inner.relation, inner.alias))
        form, of_outer = self._drawn(_SUBQUERIES), self._predicates.of(outer.relation, outer.alias)
        c, i = f"{outer.alias}.{column}", f"{inner.alias}.{inner_column}"
        return form.format(c=c, i=i, f=own.clauses, k=f"{own.clauses} AND {i} = {c}", p=of_outer)

    # What both need.

    def _linked(self, block: Block) -> tuple[Source, str, Source, str]:
        # A gid that passes through a local table could be asked for as one of another relation, which Asana refuses.
        own = [source for source in block.sources if source.relation not in LOCAL]
        outer = self._dice.choice(own or block.sources)
        return outer, *self._sources.linked(outer.relation)

    def _some(self, block: Block) -> str:
        chosen = [self._column(block) for _ in range(self._dice.choice((1, 2, 3)))]
        return ", ".join(chosen + block.merged)

    def _column(self, block: Block) -> str:
        source = self._dice.choice(block.sources)
        return f"{source.alias}.{self._dice.choice(COLUMNS[source.relation])}"

    def _drawn(self, weights: dict[str, int]) -> str:
        return self._dice.choices(list(weights), list(weights.values()))[0]

    def _happens(self, share: float) -> bool:
        return self._dice.random() < share
