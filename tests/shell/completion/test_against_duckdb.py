"""What is suggested, held against DuckDB itself: the columns it finds in a query, and that it takes each suggestion."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import duckdb
import pytest

from asanaql.shell.completion import suggestions

QUERIES = 400
#: Why DuckDB may refuse a random query.
INVALID = ("duplicate names", "not found in FROM clause", "Ambiguous reference", 'Column "id"', "Duplicate entry")


@pytest.fixture(scope="module")
def database(words) -> Iterator[duckdb.DuckDBPyConnection]:
    """The person's own tables of the vocabulary."""
    with duckdb.connect() as database:
        for name, columns in words.tables.items():
            listed = ", ".join(f'"{column}" INTEGER' for column in columns)
            database.execute(f'CREATE TABLE "{name}" ({listed})')
        yield database


class Writer:
    """Random queries over some tables."""

    def __init__(self, seed: int, tables: Iterable[str], prefix: str = "n") -> None:
        self._tables = list(tables)
        self._dice = random.Random(seed)
        self._names = iter(f"{prefix}{number}" for number in range(1000))

    def query(self, depth: int = 3, ctes: tuple[str, ...] = ()) -> str:
        """A SELECT, with CTEs and subqueries."""
        declared = []
        while depth > 0 and self._dice.random() < 0.3:
            name = next(self._names)
            shape = self._dice.choice(("{name} AS ({query})", "{name} AS MATERIALIZED ({query})"))
            declared.append(shape.format(name=name, query=self.query(depth - 1, ctes)))
            ctes = (*ctes, name)
        text = self._select(depth, ctes)
        if depth > 1 and self._dice.random() < 0.1:
            text += f" UNION ALL BY NAME {self._select(1, ctes)}"
        return f"WITH {', '.join(declared)} {text}" if declared else text

    def reads(self, depth: int, ctes: tuple[str, ...]) -> tuple[str, list[str]]:
        """A FROM clause without its word, and the aliases in it."""
        if self._dice.random() < 0.15:
            aliases = [next(self._names), next(self._names)]
            join = self._dice.choice(("JOIN", "LEFT JOIN", "FULL JOIN"))
            return f"plan {aliases[0]} {join} costs {aliases[1]} USING (id)", aliases
        aliases = [next(self._names)]
        text = self._relation(depth, ctes, aliases[0])
        for _ in range(self._dice.choice((0, 0, 0, 1, 1, 2))):
            aliases.append(next(self._names))
            join = self._dice.choice((", {}", " JOIN {} ON true", " LEFT JOIN {} ON true", " CROSS JOIN {}"))
            text += join.format(self._relation(depth, ctes, aliases[-1]))
        return text, aliases

    def _relation(self, depth: int, ctes: tuple[str, ...], alias: str) -> str:
        named = self._dice.choice((" {}", " AS {}")).format(alias)
        choice = self._dice.random()
        if depth > 0 and choice < 0.3:
            return f"({self.query(depth - 1, ctes)}){named}"
        if ctes and choice < 0.6:
            return f"{self._dice.choice(ctes)}{named}"
        if choice < 0.65:
            return f"(VALUES (1, 2)){named}(one, {alias}_two)"
        if choice < 0.7:
            return f"range(3){named}"
        return f'"{self._dice.choice(self._tables)}"{named}'

    def _select(self, depth: int, ctes: tuple[str, ...]) -> str:
        reads, aliases = self.reads(depth, ctes)
        if self._dice.random() < 0.15:
            return f"FROM {reads}"
        items = []
        for _ in range(self._dice.randint(1, 3)):
            label = next(self._names)
            star = f"{self._dice.choice(aliases)}.*"
            shapes = (
                "*",
                star,
                f"1 AS {label}",
                f"count(*) OVER () {label}",
                f"{label}: 2",
                f"CASE 1 WHEN 2 THEN 3 END {label}",
            )
            shapes += (f'1 AS "{label} x"', "* EXCLUDE (id)", f"* RENAME (id AS {label})", "id")
            items.append(self._dice.choice(shapes))
        return f"SELECT {', '.join(items)} FROM {reads}"


def described(database: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    """The columns that DuckDB finds; none where the query is not valid, as a random one may be."""
    try:
        return [row[0] for row in database.execute(f"DESCRIBE {query}").fetchall()]
    except duckdb.BinderException as error:
        assert any(reason in str(error) for reason in INVALID), query
        return []


def columns(text, words, where):
    """The columns that are suggested."""
    return [found.text for found in suggestions(text, where, words) if found.kind == "column"]


@pytest.mark.parametrize("seed", range(QUERIES))
def test_the_columns_of_a_query_are_those_that_duckdb_finds(seed, words, database):
    query = Writer(seed, words.tables).query()
    expected = described(database, f"WITH it AS ({query}) FROM it")
    before = f"WITH it AS ({query}) SELECT it."
    if expected:
        assert [text.strip('"') for text in columns(f"{before} FROM it", words, len(before))] == expected, query


def test_most_of_the_queries_are_valid(words, database):
    valid = sum(bool(described(database, Writer(seed, words.tables).query())) for seed in range(QUERIES))
    assert valid > QUERIES / 2


@pytest.mark.parametrize("seed", range(QUERIES, QUERIES + QUERIES // 4))
def test_every_column_that_is_suggested_can_be_written(seed, words, database):
    reads, _ = Writer(seed, words.tables).reads(2, ())
    for column in (
        columns(f"SELECT  FROM {reads}", words, len("SELECT ")) if described(database, f"FROM {reads}") else ()
    ):
        database.execute(f"DESCRIBE SELECT {column} FROM {reads}")


@pytest.mark.parametrize("seed", range(QUERIES, QUERIES + QUERIES // 4))
def test_every_column_that_is_suggested_in_a_subquery_can_be_written(seed, words, database):
    outer, _ = Writer(seed, words.tables).reads(1, ())
    inner, _ = Writer(seed + 1000, words.tables, random.Random(seed).choice("nm")).reads(0, ())
    before, after = f"FROM {outer} WHERE EXISTS (SELECT ", f" FROM {inner})"
    for column in columns(f"{before}{after}", words, len(before)) if described(database, f"{before}1{after}") else ():
        database.execute(f"DESCRIBE {before}{column}{after}")
