"""Statements with the edges that they must have, and a DuckDB in which any edge can be put to the test.

A case is a statement and, after lines that begin with "-->", its edges: `o1.gid -> o2.project_gid on` reads "the first
occurrence's gid gives to the second's project_gid". A giver without a tag is a local item; a receiver in brackets is a
derived table or CTE. "--> none" is a statement without edges, "--> unplanned: why" one that is left as typed.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from asanaql.plan.edges import Analysis, Edge, Known, Occurrence, Place, Probe, Unplanned, analysed

CASES = Path(__file__).parent / "cases"
RELATIONS = {
    "tasks": ("gid", "name", "project_gid", "assignee_gid", "parent_gid", "completed"),
    "projects": ("gid", "name", "owner_gid"),
    "stories": ("gid", "text", "task_gid", "created_by_gid"),
    "users": ("gid", "name"),
    "sections": ("gid", "project_gid"),
}
LOCALS = {
    "picks": ("gid", "note"),
    "main.picks": ("gid", "note"),
    "memory.main.tasks2": ("gid",),
    "'picks.csv'": ("gid", "note"),
    "read_csv('picks.csv')": ("gid", "note"),
    "structs": ("t", "gid"),
    "range(3)": ("range",),
}
VIEWS = {
    ("launches",): "SELECT * FROM projects WHERE name = 'a' -- the launches",
    ("Launched",): "SELECT t.* FROM tasks t JOIN launches ON launches.gid = t.project_gid;",
    ("forever",): "SELECT * FROM forever",
    ("noise",): "SELECT gid, random() AS r FROM tasks",
}


@dataclass(frozen=True)
class Case:
    """A statement and its edges as text."""

    name: str
    text: str
    edges: str

    @property
    def runs(self) -> bool:
        """Whether a DuckDB with these tables can run it, and says the same each time."""
        return not any(each in self.text for each in _NOT_RUN)


def _cases() -> list[Case]:
    found = []
    for path in sorted(CASES.glob("*.sql")):
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()):
            lines = block.splitlines()
            edges = [line.removeprefix("-->").strip() for line in lines if line.startswith("-->")]
            text = "\n".join(line for line in lines if not line.startswith(("-->", "--#")))
            found.append(Case(f"{path.stem}: {' '.join(text.split())}", text, "\n".join(edges)))
    return found


#: What a test can be given: every case, those that are planned and can be run, those with edges, those with probes.
KINDS = {
    "case": lambda case: True,
    "planned_case": lambda case: not case.edges.startswith("unplanned") and case.runs,
    "edged_case": lambda case: "->" in case.edges and case.runs,
    "probed_case": lambda case: "[" in case.edges and case.runs,
}

#: Samples differ each time, COPY writes files, parameters need values; the others do not exist in the world here.
_NOT_RUN = (
    "SAMPLE",
    "COPY",
    "$",
    "unknown_table",
    "other.",
    "range(3)",
    "forever",
    "VERSION",
    "FROM É",
    "u.gid = name",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for name in KINDS.keys() & set(metafunc.fixturenames):
        found = list(filter(KINDS[name], _cases()))
        metafunc.parametrize(name, found, ids=[each.name for each in found])


@pytest.fixture(scope="session")
def cases() -> list[Case]:
    return _cases()


@pytest.fixture(scope="session")
def known() -> Known:
    return Known(RELATIONS, {"asana_tasks": "tasks"}, LOCALS.get, VIEWS.get)


@pytest.fixture(scope="session")
def shown(known: Known):
    """The edges of a statement as the cases write them."""

    def edges(text: str) -> str:
        try:
            analysis = analysed(text, known)
        except Unplanned as why:
            return f"unplanned: {why}"
        return "\n".join(_edge(edge, analysis) for edge in analysis.edges) or "none"

    return edges


def _edge(edge: Edge, analysis: Analysis) -> str:
    givers = " | ".join(sorted(_place(giver, analysis) for giver in edge.givers))
    return f"{givers} -> {_place(edge.receiver, analysis)} {edge.rule}"


def _place(place: Place | Probe, analysis: Analysis) -> str:
    if isinstance(place, Probe):
        return f"[{' '.join(analysis.text[place.start : place.end].split())}].{place.column}"
    return f"{place.tag or place.item}.{place.column}"


class World:
    """Small tables with NULLs and duplicates, each occurrence of a relation with rows of its own."""

    def __init__(self, directory: Path) -> None:
        self.con = duckdb.connect()
        self.con.execute("SET threads = 1")
        self.con.execute(f"SET file_search_path = '{directory}'")
        for name, columns in (*RELATIONS.items(), ("picks", LOCALS["picks"])):
            self._create(name, columns)
            if name != "picks":
                rows = ", ".join(_row(columns, random.Random(f"{name}{place}")) for place in range(5))
                self.con.execute(f'INSERT INTO "{name}" VALUES {rows}')
        self.con.execute("INSERT INTO picks VALUES ('a', 'b'), ('c', 'a'), ('a', NULL), (NULL, 'c')")
        self.con.execute("CREATE MACRO asana_tasks(project_gid := NULL) AS TABLE SELECT * FROM tasks")
        for parts, body in VIEWS.items():
            if parts != ("forever",):
                self.con.execute(f'CREATE VIEW "{parts[-1]}" AS {body.removesuffix(";")}')
        self.con.execute("ATTACH ':memory:' AS asana")
        for name in RELATIONS:
            self.con.execute(f"CREATE VIEW asana.{name} AS FROM memory.main.{name}")
        self.con.execute("CREATE MACRO asana.asana_tasks(project_gid := NULL) AS TABLE FROM memory.main.tasks")
        self.con.execute("CREATE TABLE structs AS SELECT {'gid': gid} AS t, gid FROM picks")
        self.con.execute(f"COPY picks TO '{directory / 'picks.csv'}'")

    def populate(self, analysis: Analysis, seed: int) -> None:
        """Gives every occurrence rows."""
        dice = random.Random(seed)
        for each in analysis.occurrences:
            columns = RELATIONS[each.relation]
            self._create(each.tag, columns)
            rows = [
                f"({', '.join(_value(name, dice) for name in columns)})" for _ in range(dice.choice((0, 1, 3, 4, 6)))
            ]
            if rows:
                self.con.execute(f'INSERT INTO "{each.tag}" VALUES {", ".join(rows)}')

    def rows(self, analysis: Analysis, edge: Edge | None = None):
        """What the statement answers and leaves, and then with the receiver of the edge left only what it says."""
        keys = "" if edge is None else self._keys(edge)
        probed = {edge.receiver: keys} if edge is not None and isinstance(edge.receiver, Probe) else {}

        def written(each: Occurrence) -> str:
            narrowed = edge is not None and isinstance(edge.receiver, Place) and edge.receiver.tag == each.tag
            return f'(SELECT * FROM "{each.tag}" WHERE {keys if narrowed else "TRUE"})'

        return self.answer(analysis.tagged(written, probed))

    def answer(self, text: str):
        """The rows of the statement and those it leaves behind, in any order."""
        self.con.execute("BEGIN")
        try:
            rows = self.con.execute(text).fetchall()
            changed = self.con.execute("FROM picks").fetchall()
        finally:
            self.con.execute("ROLLBACK")
        return sorted(map(repr, rows)), sorted(map(repr, changed))

    def restrict(self, edge: Edge) -> int:
        """Takes from the receiver the rows that the edge says do not matter, and says how many they were."""
        removed = f'DELETE FROM "{edge.receiver.tag}" WHERE ({self._keys(edge)}) IS NOT TRUE'
        return self.con.execute(removed).fetchone()[0]

    def _create(self, name: str, columns: tuple[str, ...]) -> None:
        types = ", ".join(f"{each} {'BOOLEAN' if each == 'completed' else 'VARCHAR'}" for each in columns)
        self.con.execute(f'CREATE OR REPLACE TABLE "{name}" ({types})')

    def _keys(self, edge: Edge) -> str:
        """A predicate: the receiver's column is a key of the edge's givers."""
        found: set[str] = set()
        for giver in edge.givers:
            item, alias = (f'"{giver.tag}" AS g', "g") if giver.tag else (giver.item, giver.alias)
            rows = self.con.execute(f'SELECT DISTINCT {alias}."{giver.column}" FROM {item}').fetchall()
            found |= {value for (value,) in rows if value is not None}
        listed = ", ".join(f"'{key}'" for key in sorted(found))
        return f'"{edge.receiver.column}" IN ({listed})' if found else "FALSE"


def _row(columns: tuple[str, ...], dice: random.Random) -> str:
    return f"({', '.join(_value(name, dice) for name in columns)})"


def _value(column: str, dice: random.Random) -> str:
    values = ("true", "false", "NULL") if column == "completed" else ("'a'", "'a'", "'b'", "'b'", "'c'", "'d'", "NULL")
    return dice.choice(values)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("world"))
