"""What generated and hand-written statements run on: connections to one workspace, and a plain DuckDB with its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from .catalog import light

#: The columns that statements use, by relation. Every relation but the local ones is whole in the oracle.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "tasks": (
        "gid", "name", "project_gid", "section_gid", "completed", "assignee_gid", "parent_gid", "due_on",
        "modified_at", "num_subtasks",
    ),
    "projects": ("gid", "name", "archived", "owner_gid", "team_gid", "created_at"),
    "stories": ("gid", "text", "type", "task_gid", "created_by_gid", "created_at"),
    "users": ("gid", "name", "email"),
    "sections": ("gid", "name", "project_gid"),
    "subtasks": ("gid", "name", "parent_gid", "completed", "assignee_gid"),
    "user_tasks": ("gid", "name", "assignee_gid", "parent_gid", "completed", "due_on"),
    "tags": ("gid", "name", "color"),
    "tag_tasks": ("gid", "name", "tag_gid", "completed", "assignee_gid"),
    "goals": ("gid", "name", "owner_gid", "team_gid"),
    "task_templates": ("gid", "name", "project_gid"),
    "picks": ("gid", "note"),
    "nothing": ("gid", "note"),
}  # fmt: skip
LOCAL = ("picks", "nothing")
RELATIONS = tuple(name for name in COLUMNS if name not in LOCAL)
#: What each function is called with, one argument at a time.
ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "tasks": ("project_gid", "section_gid", "assignee_gid", "gid"),
    "stories": ("task_gid",),
    "sections": ("project_gid",),
    "projects": ("team_gid", "gid"),
}
UNKNOWN = "990099009900"

_VIEWS = (
    "CREATE VIEW viewed_tasks AS SELECT {tasks} FROM tasks WHERE completed IS NOT TRUE",
    "CREATE VIEW viewed_projects AS SELECT {projects} FROM asana.projects",
    "CREATE VIEW viewed_stories AS SELECT {stories} FROM stories s WHERE s.created_by_gid IS NOT NULL",
)


@dataclass(frozen=True)
class Statement:
    """A query and its parameters by name; `made` says that it is read into a table, and that table compared."""

    text: str
    params: Mapping[str, str]
    made: bool = False


@dataclass(frozen=True)
class Comparison:
    """A statement's rows in both places, and what it sent planned and unplanned."""

    statement: Statement
    expected: Counter[str]
    found: Counter[str]
    rules: tuple[str, ...]
    planned: int
    unplanned: int

    @property
    def problem(self) -> str:
        """How the rows differ; empty when they do not."""
        missing, added = self.expected - self.found, self.found - self.expected
        if not missing and not added:
            return ""
        told = f"missing {sorted(missing.elements())[:3]}\n  added {sorted(added.elements())[:3]}"
        return f"{self.statement.text}\n  {dict(self.statement.params)} by {self.rules}\n  {told}"

    @property
    def dearer(self) -> str:
        """How much more was sent planned than unplanned; empty when it was not more."""
        if self.planned <= self.unplanned:
            return ""
        told = f"{self.planned} requests planned by {self.rules}, {self.unplanned} unplanned"
        return f"{self.statement.text}\n  {dict(self.statement.params)}: {told}"

    @property
    def filled(self) -> bool:
        """Whether some row says more than that nothing was found."""
        return any(set(row.strip("(),").split(", ")) - {"0", "None", ""} for row in self.expected)


class Ground:
    """A workspace, a connection that plans across its relations, one that does not, and an oracle.

    The oracle is a DuckDB of tables, each holding one relation whole as the second connection read it, unfiltered.
    `values` are those of the columns that statements use, in the order of the rows.
    """

    def __init__(self, asana) -> None:
        self.asana = asana
        self._catalog = light(COLUMNS)
        self.unplanned = self.opened(plan=False)
        self.oracle = duckdb.connect(config={"threads": 1})
        self.oracle.execute("ATTACH ':memory:' AS asana")
        self.values: dict[str, dict[str, Sequence[object]]] = {}
        with asana.open(cache=False, plan=False, push=False, catalog=self._catalog) as reading:
            for relation in RELATIONS:
                whole = reading.sql(f"SELECT * FROM {relation}").arrow()
                self.oracle.from_arrow(whole).create(f"asana.main.{relation}")
                self.oracle.execute(f"CREATE VIEW {relation} AS SELECT * FROM asana.main.{relation}")
                self._define_function(relation)
                self.values[relation] = {
                    column: whole.column(column).drop_null().to_pylist() for column in COLUMNS[relation]
                }
        self._settle(self.oracle)
        self._settle(self.unplanned.duckdb)

    def opened(self, *, plan: bool = True):
        """A connection that keeps nothing between statements, with the local tables and views."""
        connection = self.asana.open(cache=False, plan=plan, catalog=self._catalog)
        if plan:
            self._settle(connection.duckdb)
        return connection

    def rows(self, text: str, params: Mapping[str, str] | None = None) -> Counter[str]:
        """The oracle's rows."""
        return _counted(self.oracle.execute(text, params or None).fetchall())

    def compared(self, connection, statement: Statement, *, unplanned: bool = True) -> Comparison:
        """What a connection, and the oracle, make of a statement; `unplanned` says to count its requests as typed."""
        rules, found, sent = self._run(connection, statement)
        _, _, plain = self._run(self.unplanned, statement) if rules and unplanned else ((), found, sent)
        expected = self.rows(statement.text, statement.params)
        return Comparison(statement, expected, found, rules, sent, plain)

    def _run(self, connection, statement: Statement) -> tuple[tuple[str, ...], Counter[str], int]:
        self.asana.service.log.clear()
        text = f"CREATE OR REPLACE TEMP TABLE made AS {statement.text}" if statement.made else statement.text
        result = connection.sql(text, statement.params or None)
        rows = (connection.duckdb.execute("FROM made") if statement.made else result).fetchall()
        return result.stats.rules, _counted(rows), len(self.asana.service.log)

    def _define_function(self, relation: str) -> None:
        names = ARGUMENTS.get(relation, ())
        if names:
            taken = ", ".join(f"{name} := NULL" for name in names)
            said = " AND ".join(f"({name} IS NULL OR r.{name} = {name})" for name in names)
            text = f"CREATE MACRO asana_{relation}({taken}) AS TABLE SELECT r.* FROM asana.main.{relation} r"
            self.oracle.execute(f"{text} WHERE {said}")

    def _settle(self, duck: duckdb.DuckDBPyConnection) -> None:
        """Give a DuckDB the settings, the local tables and the views that all of them have."""
        duck.execute("SET TimeZone = 'America/New_York'")
        for name in LOCAL:
            duck.execute(f"CREATE TABLE {name} (gid VARCHAR, note VARCHAR)")
        picked = [*self._some("tasks", "gid"), *self._some("projects", "gid"), *self._some("users", "gid")]
        rows = [
            *((gid, f"note {place % 4}") for place, gid in enumerate(picked)),
            (picked[0], "twice"),
            (picked[0], None),
        ]
        duck.executemany("INSERT INTO picks VALUES (?, ?)", [*rows, (None, "no gid"), (UNKNOWN, "unknown")])
        for view in _VIEWS:
            duck.execute(view.format_map({name: ", ".join(columns) for name, columns in COLUMNS.items()}))

    def _some(self, relation: str, column: str) -> list[object]:
        return list(dict.fromkeys(self.values[relation][column]))[::9]


def _counted(rows: Sequence[tuple[object, ...]]) -> Counter[str]:
    return Counter(map(repr, rows))
