"""How moments, numbers and nested values are written into JSON."""

from __future__ import annotations

import json

import duckdb
import pytest

from asanaql.output.json_values import json_value


def written(expression, zone="UTC"):
    with duckdb.connect() as database:
        database.execute(f"SET TimeZone = '{zone}'")
        [type] = database.sql(f"SELECT {expression} AS x").types
        query = f"SELECT to_json({json_value('x', type)}) FROM (SELECT {expression} AS x)"
        [(text,)] = database.execute(query).fetchall()
    return json.loads(text) if text is not None else None


@pytest.mark.parametrize(
    ("expression", "zone", "value"),
    [
        ("TIMESTAMPTZ '2024-05-01 10:00:00+00'", "UTC", "2024-05-01T10:00:00+00:00"),
        ("TIMESTAMPTZ '2024-05-01 10:00:00.5+00'", "Asia/Kolkata", "2024-05-01T15:30:00.5+05:30"),
        ("TIMESTAMPTZ '2024-05-01 10:00:00+00'", "America/Sao_Paulo", "2024-05-01T07:00:00-03:00"),
        ("TIMESTAMP '2024-05-01 10:00:00'", "Asia/Kolkata", "2024-05-01T10:00:00"),
        ("TIMESTAMP_MS '2024-05-01 10:00:00.25'", "UTC", "2024-05-01T10:00:00.25"),
        ("DATE '2024-05-01'", "UTC", "2024-05-01"),
        ("TIME '10:00:00'", "UTC", "10:00:00"),
    ],
)
def test_moments_are_iso_8601_in_the_sessions_zone(expression, zone, value):
    assert written(expression, zone) == value


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_lacks_are_null(word):
    assert written(f"'{word}'::DOUBLE") is None
    assert written(f"['{word}'::FLOAT, 1]") == [None, 1.0]


def test_nested_values_are_written_the_same_way():
    fields = "'at': TIMESTAMPTZ '2024-05-01 10:00:00+00', 'deep': [[1.5::DOUBLE, NULL]], 'a \"b\"': JSON '[1]'"
    expression = f"[{{{fields}}}, NULL]"
    assert written(expression) == [
        {"at": "2024-05-01T10:00:00+00:00", "deep": [[1.5, None]], 'a "b"': [1]},
        None,
    ]


def test_lists_within_lists_of_structs_keep_their_own_elements():
    assert written("[[{'at': DATE '2024-01-01', 'n': [1::DOUBLE]}], NULL, []]") == [
        [{"at": "2024-01-01", "n": [1.0]}],
        None,
        [],
    ]


def test_a_value_that_json_already_has_right_is_read_as_it_is():
    assert json_value("c1", duckdb.type("STRUCT(gid VARCHAR, name VARCHAR)[]")) == "c1"
