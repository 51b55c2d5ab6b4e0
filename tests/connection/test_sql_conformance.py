"""DuckDB's own SQL runs on a connection of ours as on a plain one: rows, order, names, types and errors.

The cases are in sql/, one file for a chapter of DuckDB's documentation. A line `-- [page] title` begins a case, every
`;` at the end of a line ends a statement, and a line `-- with …` before a statement holds its parameters as JSON.
`<task>` and the like stand for gids of the workspace. `_local.sql` makes what both sides have beside the relations.
In `errors.sql` the last statement of a case fails; everywhere else none does, and the last gives rows. A gid that a
person writes is one that exists: for another one Asana's own refusal is the answer.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from asanaql.errors import AsanaqlError

CHAPTERS = Path(__file__).parent / "sql"
RELATIONS = ("users", "teams", "projects", "sections", "tags", "tasks", "stories", "team_memberships", "goals")
#: What is said before a case, and after it.
WAYS = {
    "as it is": ([], []),
    "in a transaction": (["BEGIN"], ["COMMIT"]),
    "nulls first": (["SET default_null_order = 'nulls_first'"], ["RESET default_null_order"]),
    "in Havana": (["SET TimeZone = 'America/Havana'"], ["RESET TimeZone"]),
}
#: The pages of duckdb.org/docs/current/sql; what they say needs a network or another database is left out.
PAGES = {
    "statements": "alter table, alter view, analyze, attach, call, checkpoint, comment on, copy, create index, "
    "create macro, create schema, create secret, create sequence, create table, create type, create view, delete, "
    "describe, drop, explain, export, insert, load, merge into, pivot, profiling, select, set, set variable, show, "
    "summarize, transactions, unpivot, update, use, vacuum",
    "query_syntax": "select, from, where, group by, grouping sets, having, order by, limit, sample, unnest, with, "
    "window, qualify, values, filter, set operations, prepared statements",
    "data_types": "array, bitstring, blob, boolean, date, enum, interval, list, literal types, map, nulls, numeric, "
    "struct, text, time, timestamp, time zones, typecasting, union",
    "expressions": "case, cast, collations, comparisons, in, logical operators, star, subqueries, try",
    "functions": "aggregates, array, bitstring, blob, char, date, date formats, date parts, enum, interval, lambda, "
    "list, map, nested, numeric, pattern matching, regular expressions, struct, text, time, timestamp, timestamptz, "
    "union, utility, window functions",
    "dialect": "friendly sql, indexing, keywords and identifiers, order preservation, postgresql compatibility, "
    "constraints, duckdb table functions, information schema",
}
SCALE = 150

_CASE = re.compile(r"^-- \[(.+?)\] (.+)$", re.MULTILINE)
_WITH = re.compile(r"^-- with (.+)\n", re.MULTILINE)
_NAMED = re.compile(rf"\b({'|'.join(RELATIONS)}|asana_\w+|open_tasks|work)\b")
#: DuckDB calls a view a list of values and offers no candidates for it. Relations are views; the plain side has tables.
_NO_COLUMN = re.compile(
    r'(?:Table|Values list) (".+" does not have a column named ".+"\n)(?:\nCandidate bindings: .*\n)?'
)
#: How much of a long line is shown before the place of an error depends on the text that ran, so it counts from there.
_CUT = re.compile(r"(LINE \d+: )(\.\.\. .*)\n( *)(\^+)")
#: Statements that leave nothing behind, and those after which the catalog is looked through.
_QUERY = re.compile(r"select|from|with|values|describe|pivot|\(|/\*", re.IGNORECASE)
_MAKES = re.compile(r"create|attach|import", re.IGNORECASE)

#: What the names of gids in the cases stand for: projects that differ in size, a task in two of them, one in one.
GIDS = {
    "project": "SELECT project_gid FROM tasks GROUP BY ALL ORDER BY count(*), project_gid",
    "larger": "SELECT project_gid FROM tasks GROUP BY ALL ORDER BY count(*) DESC, project_gid",
    "task": "SELECT gid FROM tasks GROUP BY gid ORDER BY count(*) DESC, gid",
    "other": "SELECT gid FROM tasks GROUP BY gid ORDER BY count(*), gid",
    "user": "SELECT assignee_gid FROM tasks WHERE assignee_gid NOTNULL GROUP BY ALL ORDER BY count(*) DESC, 1",
    "told": "SELECT task_gid FROM stories WHERE task_gid NOTNULL GROUP BY ALL ORDER BY count(*) DESC, 1",
}

#: The function of a relation, as DuckDB would have it.
MACRO = """
CREATE MACRO asana_tasks(gid := NULL, project_gid := NULL, completed := NULL) AS TABLE SELECT t.* FROM tasks t
WHERE (gid IS NULL OR t.gid = gid::VARCHAR) AND (project_gid IS NULL OR t.project_gid = project_gid::VARCHAR)
    AND (completed IS NULL OR t.completed = completed)
"""

LEFTOVERS = """
(SELECT 'TABLE', schema_name, table_name FROM duckdb_tables() WHERE database_name = 'memory' AND NOT temporary
    ORDER BY table_oid DESC)
UNION ALL SELECT 'VIEW', schema_name, view_name FROM duckdb_views() WHERE database_name = 'memory' AND NOT internal
UNION ALL SELECT 'SEQUENCE', schema_name, sequence_name FROM duckdb_sequences() WHERE database_name = 'memory'
UNION ALL SELECT 'TYPE', schema_name, type_name FROM duckdb_types() WHERE database_name = 'memory' AND NOT internal
UNION ALL SELECT 'SCHEMA', schema_name, schema_name FROM duckdb_schemas() WHERE database_name = 'memory'
UNION ALL SELECT 'DATABASE', '', database_name FROM duckdb_databases() WHERE NOT internal
"""
#: Apart, as DuckDB takes long to list its functions.
MACROS = """
SELECT if(function_type = 'macro', 'MACRO', 'MACRO TABLE'), schema_name, function_name
FROM duckdb_functions() WHERE database_name = 'memory' AND NOT internal
"""


def _from_the_place(shown):
    line, excerpt, before, marked = shown.groups()
    return f"{line}{excerpt[len(before) - len(line) :]}\n{marked}"


@dataclass(frozen=True)
class Case:
    """Statements of which each may need those before it, with the parameters of each as JSON."""

    chapter: str
    page: str
    title: str
    statements: tuple[tuple[str, str], ...]

    def __str__(self):
        return f"{self.chapter}: {self.page}: {self.title}"


def _cases(path):
    _, *found = _CASE.split(path.read_text(encoding="utf-8"))
    for page, title, text in zip(found[::3], found[1::3], found[2::3], strict=True):
        yield Case(path.stem, page, title, tuple(_statements(text)))


def _statements(text):
    for statement in re.split(r";\n", text.strip() + "\n"):
        if statement.strip():
            given = _WITH.search(statement)
            yield _WITH.sub("", statement).strip(), "null" if given is None else given[1]


CASES = [case for path in sorted(CHAPTERS.glob("[!_]*.sql")) for case in _cases(path)]


@dataclass(frozen=True)
class Outcome:
    """What one statement gave: a table, by DuckDB's names of its types, or an error."""

    columns: list[str]
    types: list[str]
    rows: list[str]
    error: str = ""


class Ours:
    """A cursor of a connection with asanaql."""

    def __init__(self, connection):
        self._cursor = connection.cursor()

    def run(self, text, params):
        result = self._cursor.sql(text, params)
        return result.columns, result.types, result.fetchall()

    def close(self):
        self._cursor.close()


class Plain:
    """A cursor of DuckDB alone."""

    def __init__(self, connection):
        self._cursor = connection.cursor()

    def run(self, text, params):
        self._cursor.execute(text, params)
        rows = self._cursor.fetchall()
        described = [(name, str(kind)) for name, kind, *_ in self._cursor.description]
        if not rows and described in ([("Success", "BOOLEAN")], [("Count", "BIGINT")]):
            described = []  # It only stands for the statement's success: a result of ours then has no table.
        return [name for name, _ in described], [kind for _, kind in described], rows

    def close(self):
        self._cursor.close()


def outcome(side, text, params=None):
    """What the statement gives on one side, with its rows in order only where the statement orders them."""
    try:
        columns, types, rows = side.run(text, params)
    except (duckdb.Error, AsanaqlError) as error:
        said = _CUT.sub(_from_the_place, _NO_COLUMN.sub(r"\1", str(error)))
        return Outcome([], [], [], f"{type(error).__name__}: {said}")
    shown = [repr(row) for row in rows]
    return Outcome(list(columns), list(types), shown if _orders(text) else sorted(shown))


def _orders(text):
    """Whether the statement itself has an ORDER BY, not only something in it."""
    inner = 1
    while inner:
        text, inner = re.subn(r"\([^()]*\)|'[^']*'", "", text)
    return re.search(r"\border\s+by\b", text, re.IGNORECASE) is not None


class Pair:
    """A connection with asanaql and a plain one that holds the same, each in a directory of its own."""

    def __init__(self, asana, place):
        self._ours = asana.open()
        self._plain = duckdb.connect(config={"threads": 1})
        self._plain.execute("ATTACH ':memory:' AS asana")
        for name in RELATIONS:
            whole = self._ours.sql(f"SELECT * FROM {name}").arrow()
            for schema in ("asana.main", "memory.main"):
                self._plain.execute(f"USE {schema}")
                self._plain.from_arrow(whole).create(name)
        self._plain.execute(MACRO)
        self._gids = {name: self._plain.sql(text).fetchall()[0][0] for name, text in GIDS.items()}
        self._ducks = (self._ours.duckdb, self._plain)
        for duck in self._ducks:
            duck.execute(self._filled((CHAPTERS / "_local.sql").read_text(encoding="utf-8")))
        self._standing = [set(duck.sql(LEFTOVERS + " UNION ALL " + MACROS).fetchall()) for duck in self._ducks]
        self._places = (place / "ours", place / "plain")
        self._fresh()

    def run(self, case, way, monkeypatch):
        """Every statement that is run for the case, with its outcomes on both sides."""
        before, after = ([(text, "null") for text in texts] for texts in WAYS[way])
        filled = [(self._filled(text), self._filled(params)) for text, params in (*before, *case.statements, *after)]
        found = []
        for side, place in zip(self._sides, self._places, strict=True):
            monkeypatch.chdir(place)  # So that a file has the same name on both sides.
            outcomes = [outcome(side, text, json.loads(params)) for text, params in filled]
            # Some errors name a file by its whole path.
            found.append([replace(each, error=each.error.replace(f"{place}/", "")) for each in outcomes])
        only_asks = all(_QUERY.match(text) for text, _ in case.statements)
        if not only_asks or any(each.error for outcomes in found for each in outcomes):
            self._clear(" ".join(text for text, _ in filled))
        return [(text, *outcomes) for (text, _), *outcomes in zip(filled, *found, strict=True)]

    def close(self):
        for side in self._sides:
            side.close()
        self._plain.close()

    def _filled(self, text):
        """The text with gids in the place of their names."""
        for name, gid in self._gids.items():
            text = text.replace(f"<{name}>", gid)
        return text

    def _clear(self, run):
        """Take away what the statements that were run have left, in the session, the catalog and the directory."""
        for side in self._sides:
            side.close()
        listed = f"{LEFTOVERS} UNION ALL {MACROS}" if "MACRO" in run else LEFTOVERS
        for duck, standing in zip(self._ducks, self._standing, strict=True):
            found = duck.sql(listed).fetchall() if _MAKES.search(run) else []
            for kind, schema, name in (left for left in found if left not in standing):
                if kind == "DATABASE":
                    duck.execute(f'DETACH "{name}"')
                else:
                    within = "" if kind == "SCHEMA" else f'"{schema}".'
                    duck.execute(f'DROP {kind} IF EXISTS {within}"{name}" CASCADE')
        self._fresh()

    def _fresh(self):
        """Begin with new cursors and empty directories."""
        self._sides = (Ours(self._ours), Plain(self._plain))
        for place in self._places:
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()


@pytest.fixture(scope="module")
def pair(small_world, asana_of, tmp_path_factory):
    made = Pair(asana_of(small_world, tmp_path_factory.mktemp("cache")), tmp_path_factory.mktemp("files"))
    yield made
    made.close()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_statement_runs_as_on_a_plain_connection(pair, case, way, monkeypatch) -> None:
    found = pair.run(case, way, monkeypatch)
    for text, ours, plain in found:
        assert ours == plain, text
    if way == "as it is":
        *others, last = [plain for _, _, plain in found]
        assert not [each.error for each in others if each.error]
        assert bool(last.error) == (case.chapter == "errors"), last
        assert last.error or last.rows


@pytest.mark.parametrize("chapter", PAGES)
def test_every_page_of_the_documentation_has_a_case(chapter) -> None:
    written = {case.page for case in CASES if case.chapter.startswith(chapter)}
    assert written >= set(PAGES[chapter].split(", "))


def test_enough_statements_read_asana() -> None:
    assert len({text for case in CASES for text, _ in case.statements if _NAMED.search(text)}) >= SCALE


def test_only_an_order_of_the_statement_itself_is_compared() -> None:
    assert _orders("SELECT name FROM tasks ORDER BY ALL LIMIT 3")
    assert not _orders("SELECT list(name ORDER BY name), rank() OVER (ORDER BY max(x)) FROM (FROM tasks ORDER BY gid)")


@pytest.mark.parametrize(
    ("way", "page", "title"),
    [("nulls first", "order by", "the place of NULLs by default"), ("in Havana", "time zones", "days of the session")],
)
def test_a_setting_changes_what_a_case_answers(pair, way, page, title, monkeypatch) -> None:
    [case] = [case for case in CASES if (case.page, case.title) == (page, title)]
    assert pair.run(case, way, monkeypatch)[1:-1] != pair.run(case, "as it is", monkeypatch)
