"""Rows that differ in anything have another digest."""

from __future__ import annotations

import itertools

import duckdb
import pytest

from asanaql.sync.merging import digest

ALIKE = {
    "VARCHAR": ["NULL", "'null'", "'NULL'", "''''", "''", "' '", "'a, b: c'", "'a'', ''b'': ''c'", "'a\\'", "'a\\\\'"],
    "VARCHAR[]": ["NULL", "[]", "[NULL]", "['NULL']", "['']", "['a', 'b']", "['a, b']", "['a'', ''b']", "['[a, b]']"],
    "STRUCT(gid VARCHAR, name VARCHAR)": [
        "NULL",
        "{'gid': NULL, 'name': NULL}",
        "{'gid': '1', 'name': NULL}",
        "{'gid': '1', 'name': 'NULL'}",
        "{'gid': '1, name: 2', 'name': '2'}",
        "{'gid': '1', 'name': '2, name: 2'}",
    ],
    "JSON": ["NULL", "'null'", "'{}'", "'[]'", "'\"{}\"'", "'{\"a\": 1}'", '\'{"a": "1"}\''],
    "DOUBLE": ["NULL", "0.1", "30000000000000004e-17", "3e-1", "1e300", "'nan'"],
    "TIMESTAMP WITH TIME ZONE": ["NULL", "'2026-10-25 00:30:00+00'", "'2026-10-25 01:30:00+00'", "'2026-10-25'"],
}


@pytest.mark.parametrize("kind", ALIKE)
def test_values_that_look_alike_are_told_apart(kind: str) -> None:
    with duckdb.connect() as duck:
        duck.execute("SET TimeZone = 'Europe/Berlin'")  # Where an hour comes twice in a year.
        duck.execute(f"CREATE TABLE rows (one {kind}, other {kind})")
        values = ALIKE[kind]
        for one, other in itertools.product(values, values):
            duck.execute(f"INSERT INTO rows VALUES (CAST({one} AS {kind}), CAST({other} AS {kind}))")
        [(digests,)] = duck.execute(f"SELECT count(DISTINCT {digest(['one', 'other'])}) FROM rows").fetchall()
    assert digests == len(values) ** 2


def test_equal_rows_have_equal_digests_and_what_is_fleeting_makes_no_difference() -> None:
    with duckdb.connect() as duck:
        rows = "(VALUES ('1', ['a'], 'there'), ('1', ['a'], 'elsewhere')) AS r(gid, names, download_url)"
        found = duck.execute(f"SELECT count(DISTINCT {digest(['gid', 'names', 'download_url'])}) FROM {rows}")
        assert found.fetchall() == [(1,)]
