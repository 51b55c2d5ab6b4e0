"""What stands in a FROM clause in the place of a relation, with the relation's columns."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from .ground import ARGUMENTS, COLUMNS, LOCAL
from .predicates import LINKS, Link, Predicates

RELATIONS = (
    ("tasks",) * 9 + ("projects",) * 6 + ("stories",) * 4 + ("users",) * 3 + ("sections",) * 3 + ("picks",) * 2
    + ("subtasks", "user_tasks", "tags", "tag_tasks", "goals", "task_templates", "nothing")
)  # fmt: skip
VIEWS = {"tasks": "viewed_tasks", "projects": "viewed_projects", "stories": "viewed_stories"}


@dataclass(frozen=True)
class Source:
    """A FROM item: its text, its alias, and the relation whose columns it has."""

    text: str
    alias: str
    relation: str


@dataclass
class Names:
    """The aliases and the CTEs of a statement; a CTE has the columns of its relation."""

    aliases: int = 0
    ctes: dict[str, str] = field(default_factory=dict)

    def alias(self) -> str:
        """A name that the statement has not used."""
        self.aliases += 1
        return f"a{self.aliases}"

    def cte(self, relation: str, *, again: bool) -> str:
        """A CTE over the relation: one that is there already, if it should and can be."""
        known = [name for name, of in self.ctes.items() if of == relation]
        if again and known:
            return known[0]
        name = f"c{len(self.ctes) + 1}"
        self.ctes[name] = relation
        return name


class Sources:
    """Draws FROM items."""

    def __init__(self, dice: random.Random, predicates: Predicates) -> None:
        self._dice = dice
        self._predicates = predicates
        self.names = Names()

    def of(self, relation: str) -> Source:
        """A FROM item with at least the relation's columns: most often the relation itself."""
        alias = self.names.alias()
        text = self._plain(relation) if self._dice.random() < 0.66 else self._dressed(relation)
        return Source(f"{text} {self._dice.choice(('', 'AS '))}{alias}", alias, relation)

    def any(self) -> Source:
        """A FROM item of any relation."""
        return self.of(self._dice.choice(RELATIONS))

    def linked(self, relation: str) -> tuple[str, Source, str]:
        """A column of the relation, a FROM item whose rows belong to it by that column, and the item's column."""
        column, other, other_column = self._dice.choice(ways(relation))
        return column, self.of(other), other_column

    def with_clause(self) -> str:
        """The definitions of the CTEs that were drawn; empty when none were."""
        defined: list[str] = []
        for name, relation in self.names.ctes.items():
            kept = self._dice.choice(("", "", "MATERIALIZED ", "NOT MATERIALIZED "))
            defined.append(f"{name} AS {kept}{self._narrowed(relation)}")
        return f"WITH {', '.join(defined)} " if defined else ""

    def renamed(self, link: Link) -> str:
        """A derived table whose only column in common with the linking relation is the one that links."""
        alias = self.names.alias()
        rest = [name for name in COLUMNS[link.other] if name not in (link.other_column, "gid")]
        named = ", ".join(f"{alias}.{name} AS other_{name}" for name in rest)
        where = f" WHERE {self._predicates.of(link.other, alias)}" if self._dice.random() < 0.6 else ""
        return f"(SELECT {alias}.{link.other_column} AS {link.column}, {named} FROM {link.other} {alias}{where})"

    def _plain(self, relation: str) -> str:
        return f"asana.{relation}" if relation not in LOCAL and self._dice.random() < 0.06 else relation

    def _dressed(self, relation: str) -> str:
        ways = [self._narrowed, self._narrowed, self._united, self._first, self._distinct, self._cte, self._cte]
        if relation in VIEWS:
            ways += [lambda _: VIEWS[relation]] * 2
        if relation in ARGUMENTS:
            ways += [self._called] * 2
        if relation == "picks":
            ways += [self._listed] * 4
        return self._dice.choice(ways)(relation)

    def _narrowed(self, relation: str) -> str:
        alias = self.names.alias()
        columns = self._dice.choice(("*", ", ".join(COLUMNS[relation]), f"{alias}.*"))
        where = f" WHERE {self._predicates.of(relation, alias)}" if self._dice.random() < 0.7 else ""
        return f"(SELECT {columns} FROM {relation} {alias}{where})"

    def _united(self, relation: str) -> str:
        columns, alias = ", ".join(COLUMNS[relation]), self.names.alias()
        operator = self._dice.choice(("UNION ALL", "UNION", "EXCEPT", "INTERSECT"))
        where = self._predicates.of(relation, alias)
        return f"(SELECT {columns} FROM {relation} {operator} SELECT {columns} FROM {relation} {alias} WHERE {where})"

    def _first(self, relation: str) -> str:
        order = ", ".join(f"{name} NULLS LAST" for name in COLUMNS[relation])
        columns = ", ".join(COLUMNS[relation])
        return f"(SELECT {columns} FROM {relation} ORDER BY {order} LIMIT {self._dice.randint(1, 25)})"

    def _distinct(self, relation: str) -> str:
        return f"(SELECT DISTINCT {', '.join(COLUMNS[relation])} FROM {relation})"

    def _cte(self, relation: str) -> str:
        return self.names.cte(relation, again=self._dice.random() < 0.7)

    def _called(self, relation: str) -> str:
        argument = self._dice.choice(ARGUMENTS[relation])
        return f"asana_{relation}({argument} := {self._predicates.literal(relation, argument)})"

    def _listed(self, relation: str) -> str:
        alias = self.names.alias()
        gids = [self._predicates.literal(self._dice.choice(("tasks", "projects", "users")), "gid") for _ in range(5)]
        rows = ", ".join(f"({gid}, 'listed')" for gid in gids)
        return f"(SELECT * FROM (VALUES {rows}, (NULL, NULL)) {alias}({', '.join(COLUMNS[relation])}))"


def ways(relation: str) -> list[tuple[str, str, str]]:
    """How other relations belong to this one: its column, the other relation, and the other's column."""
    there = [(link.column, link.other, link.other_column) for link in LINKS if link.relation == relation]
    back = [(link.other_column, link.relation, link.column) for link in LINKS if link.other == relation]
    return there + back
