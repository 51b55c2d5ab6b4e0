"""A connection to the demo workspace, and what DuckDB leaves above a scan of its tasks."""

from __future__ import annotations

import json

import pytest

import asanaql
from asanaql.catalog import CATALOG
from asanaql.plan.implied import implied


class Planner:
    """DuckDB with the relations of the demo workspace."""

    def __init__(self, duck):
        self.duck = duck
        self.evaluated = []

    def evaluate(self, query):
        self.evaluated.append(query)
        return self.duck.sql(query).fetchall()

    def residual(self, predicate):
        """The texts of the filters that DuckDB leaves above the scan."""
        [(_, plan)] = self.duck.sql(f"EXPLAIN (FORMAT json) SELECT gid FROM tasks WHERE {predicate}").fetchall()
        return [node["extra_info"]["Expression"] for node in _nodes(json.loads(plan)[0]) if node["name"] == "FILTER"]

    def implied(self, predicate):
        """The conjuncts of what DuckDB leaves, which has to be something."""
        texts = self.residual(predicate)
        assert texts, f"DuckDB leaves nothing of {predicate}"
        self.evaluated.clear()
        return [conjunct for text in texts for conjunct in implied(text, CATALOG["tasks"], self.evaluate)]


def _nodes(node):
    yield node
    for child in node["children"]:
        yield from _nodes(child)


@pytest.fixture(scope="module")
def planner():
    with asanaql.connect(demo=True, cache=False) as connection:
        yield Planner(connection.duckdb)
