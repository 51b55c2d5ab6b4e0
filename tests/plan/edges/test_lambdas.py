"""Lambdas in a view's body as DuckDB writes it, made readable to what reads statements."""

from __future__ import annotations

import duckdb
import pytest

from asanaql.plan.edges.typed import Typed, bare_lambdas

QUERIES = [
    "SELECT list_filter([1, 2], lambda x: x > 1) AS a",
    "SELECT list_transform(list_filter([1], lambda x: (x) IN (1, 2)), lambda y, i: (y + i) * 2) AS a",
    "SELECT list_transform([[1]], lambda x: list_transform(x, lambda y: y + len(x))) AS a",
    "SELECT '(lambda x: x)' AS a, (1 + 2) AS \"(lambda\"",
    "SELECT [x + 1 for x in [1, 2] if x > 1] AS a",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_view_with_lambdas_can_be_read_and_says_the_same(query: str) -> None:
    with duckdb.connect() as duck:
        duck.execute(f"CREATE VIEW v AS {query}")
        [(made,)] = duck.execute("SELECT sql FROM duckdb_views() WHERE view_name = 'v'").fetchall()
        body = bare_lambdas(made.partition(" AS ")[2].rstrip(";"))
        assert duck.execute(body).fetchall() == duck.execute(query).fetchall()
    assert Typed(body).tree.selects[0].alias == "a"


@pytest.mark.parametrize("text", ["SELECT 1", "SELECT (1)", "'unfinished", "((lambda", ""])
def test_what_has_none_is_left_alone(text: str) -> None:
    assert bare_lambdas(text) == text
