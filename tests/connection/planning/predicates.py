"""Conditions over one row of a relation, made of values that are in it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Values = Mapping[str, Mapping[str, Sequence[object]]]


@dataclass(frozen=True)
class Link:
    """A column whose values are those of another relation's column."""

    relation: str
    column: str
    other: str
    other_column: str


LINKS = (
    Link("tasks", "project_gid", "projects", "gid"),
    Link("tasks", "section_gid", "sections", "gid"),
    Link("tasks", "assignee_gid", "users", "gid"),
    Link("tasks", "parent_gid", "tasks", "gid"),
    Link("tasks", "gid", "tasks", "gid"),
    Link("tasks", "project_gid", "sections", "project_gid"),
    Link("stories", "task_gid", "tasks", "gid"),
    Link("stories", "created_by_gid", "users", "gid"),
    Link("sections", "project_gid", "projects", "gid"),
    Link("projects", "owner_gid", "users", "gid"),
    Link("subtasks", "parent_gid", "tasks", "gid"),
    Link("user_tasks", "assignee_gid", "users", "gid"),
    Link("user_tasks", "gid", "tasks", "gid"),
    Link("tag_tasks", "tag_gid", "tags", "gid"),
    Link("tag_tasks", "gid", "tasks", "gid"),
    Link("goals", "owner_gid", "users", "gid"),
    Link("task_templates", "project_gid", "projects", "gid"),
    Link("picks", "gid", "projects", "gid"),
    Link("picks", "gid", "tasks", "gid"),
    Link("picks", "gid", "users", "gid"),
    Link("nothing", "gid", "tasks", "gid"),
)

_FLAGS = (
    "{c}", "NOT {c}", "{c} IS TRUE", "{c} IS NOT TRUE", "{c} IS NULL", "{c} = FALSE", "{c} <> TRUE", "{c} IN (TRUE)",
    "coalesce({c}, TRUE)", "NOT ({c} IS NOT FALSE)",
)  # fmt: skip
_DAYS = (
    "{c} = DATE '{day}'", "{c} <> DATE '{day}'", "{c} BETWEEN DATE '{day}' AND DATE '{later}'", "{c} >= DATE '{day}'",
    "year({c}) = year(DATE '{day}')", "date_trunc('month', {c}) = date_trunc('month', DATE '{day}')", "{c} IS NULL",
    "{c} IS NOT NULL", "{c} + INTERVAL 3 DAY < DATE '{day}'", "{c} < DATE '{day}' OR {c} IS NULL",
    "date_diff('day', {c}, DATE '{day}') BETWEEN -20 AND 20", "strftime({c}, '%Y-%m') = left('{day}', 7)",
)  # fmt: skip
_MOMENTS = (
    "{c} = TIMESTAMPTZ '{at}'", "{c} > TIMESTAMPTZ '{at}'", "{c} <= TIMESTAMPTZ '{at}'", "{c}::DATE = DATE '{day}'",
    "{c}::DATE BETWEEN DATE '{day}' AND DATE '{later}'",
    "date_trunc('month', {c}) >= date_trunc('month', DATE '{day}')",
    "year({c}) = year(DATE '{day}')", "{c} - INTERVAL 2 DAY > TIMESTAMPTZ '{at}'", "hour({c}) < 12",
    "{c} NOT BETWEEN TIMESTAMPTZ '{at}' AND TIMESTAMPTZ '{at}' + INTERVAL 30 DAY",
    "date_diff('day', {c}, TIMESTAMPTZ '{at}') < 30", "date_part('dow', {c}) IN (1, 2, 3)",
)  # fmt: skip
_TEXTS = (
    "{c} = '{text}'", "{c} <> '{text}'", "{c} ILIKE '%{part}%'", "{c} LIKE '{part}%'", "{c} IS NOT NULL",
    "{c} IS NULL OR length({c}) > 8", "lower({c}) IN ('{lower}', 'launch')", "{c} < '{text}'", "{c} >= 'L'",
    "NOT ({c} ILIKE '%{part}%' OR {c} = '{text}')", "starts_with({c}, '{part}')", "length({c}) % 2 = 0",
)  # fmt: skip
_KEYS = (
    "{c} = {one}", "{c} = {one}", "{c} IN ({one}, {two})", "{c} IN ({one}, {two}, {three})", "{two} = {c}",
    "{c} = {one} OR {c} = {two}", "{c} IN ({one}, {two}, NULL)", "{c} IN ({one}, {two}, {three}) AND {c} <> {one}",
)  # fmt: skip
_LOOSE_KEYS = (
    "{c} IS NULL", "{c} IS NOT NULL", "{c} <> {one}", "{c} NOT IN ({one}, {two})", "coalesce({c}, {one}) = {one}",
    "{c} IS DISTINCT FROM {one}", "{c} > {one}", "NOT ({c} = {one})", "{c} IS NOT DISTINCT FROM {one}",
    "{c} = {one} OR {c} IS NULL", "{c}::BIGINT % 2 = 0", "{c} LIKE '1%'",
)  # fmt: skip
_LOCAL_FORMS = (
    "{a}.gid IS NOT NULL", "{a}.gid IS NULL", "{a}.note = 'note 1'", "{a}.note LIKE 'note%'", "{a}.note <> 'note 2'",
    "length({a}.gid) < 14", "{a}.note IS NOT NULL", "{a}.note IN ('note 1', 'note 3', 'listed')",
    "{a}.gid::BIGINT % 2 = 0",
)  # fmt: skip


class Predicates:
    """Draws conditions. `params` holds the values of the parameters that have been drawn, whether used or not."""

    def __init__(self, dice: random.Random, values: Values) -> None:
        self._dice = dice
        self._values = values
        self.params: dict[str, str] = {}

    def of(self, relation: str, alias: str) -> str:
        """A condition of any kind; one that holds an OR is in parentheses."""
        kinds = [self.key, self.key, self._loose_key, self._text] if relation in self._values else [self._local]
        if relation in ("tasks", "user_tasks", "subtasks", "tag_tasks", "projects"):
            kinds += [self._flag]
        if relation in ("tasks", "user_tasks", "stories", "projects"):
            kinds += [self._time]
        text = self._dice.choice(kinds)(relation, alias)
        return f"({text})" if " OR " in text else text

    def key(self, relation: str, alias: str) -> str:
        """A condition that a key has one of a few values."""
        return self._keyed(relation, alias, _KEYS)

    def literal(self, relation: str, column: str) -> str:
        """A value of the column as SQL, perhaps a parameter that stands for it.

        It is always one that is there: to ask for a key that Asana does not know is an error.
        """
        value = str(self._dice.choice(self._values[relation][column]))
        if self._dice.random() < 0.1:
            name = f"k{len(self.params) + 1}"
            self.params[name] = value
            return f"${name}"
        return f"'{value}'"

    def _keyed(self, relation: str, alias: str, forms: Sequence[str]) -> str:
        columns = [link.column for link in LINKS if link.relation == relation] + ["gid"]
        column = self._dice.choice(columns)
        if not self._values[relation][column]:
            return f"{alias}.{column} IS NOT NULL"
        one, two, three = (self.literal(relation, column) for _ in range(3))
        return self._dice.choice(forms).format(c=f"{alias}.{column}", one=one, two=two, three=three)

    def _local(self, relation: str, alias: str) -> str:
        """A condition on a local table; none says which gid it is, as that could be of another relation."""
        return self._dice.choice(_LOCAL_FORMS).format(a=alias)

    def _loose_key(self, relation: str, alias: str) -> str:
        return self._keyed(relation, alias, _LOOSE_KEYS)

    def _flag(self, relation: str, alias: str) -> str:
        column = "archived" if relation == "projects" else "completed"
        return self._dice.choice(_FLAGS).format(c=f"{alias}.{column}")

    def _time(self, relation: str, alias: str) -> str:
        column = {"tasks": self._dice.choice(("due_on", "modified_at")), "user_tasks": "due_on"}.get(
            relation, "created_at"
        )
        found = list(self._values[relation][column])
        one, two = sorted(str(self._dice.choice(found)) for _ in range(2))
        forms = _DAYS if column == "due_on" else _MOMENTS
        return self._dice.choice(forms).format(c=f"{alias}.{column}", day=one[:10], later=two[:10], at=one)

    def _text(self, relation: str, alias: str) -> str:
        column = "text" if relation == "stories" else "name"
        words = str(self._dice.choice(self._values[relation][column] or ["none"])).replace("'", "''")
        part = words.split(" ")[0].strip("'%_") or "a"
        return self._dice.choice(_TEXTS).format(c=f"{alias}.{column}", text=words, part=part, lower=words.lower())
