"""Which types are numbers, and what a column says of its type."""

from __future__ import annotations

import pytest

from asanaql.output.types import is_moment, is_number, short_name


@pytest.mark.parametrize(
    ("type", "name", "number"),
    [
        ("BIGINT", "int64", True),
        ("UTINYINT", "uint8", True),
        ("HUGEINT", "int128", True),
        ("DOUBLE", "double", True),
        ("DECIMAL(10,2)", "decimal(10,2)", True),
        ("VARCHAR", "varchar", False),
        ("BIGINT[]", "int64[]", False),
        ("INTEGER[3][]", "int32[3][]", False),
        ("DECIMAL(10,2)[]", "decimal(10,2)[]", False),
        ("TIMESTAMP WITH TIME ZONE", "timestamptz", False),
        ("TIMESTAMP WITH TIME ZONE[]", "timestamptz[]", False),
        ('STRUCT(gid VARCHAR, "name[]" VARCHAR)[]', "struct[]", False),
        ("STRUCT(a BIGINT[])", "struct", False),
        ("MAP(VARCHAR, BIGINT[])[]", "map[]", False),
        ("ENUM('a', 'b)[]')", "enum", False),
        ("JSON", "json", False),
        ("INTERVAL", "interval", False),
        ('"NULL"', "null", False),
    ],
)
def test_a_type_has_a_short_name(type, name, number):
    assert short_name(type) == name
    assert is_number(type) is number


def test_a_moment_has_a_day_and_a_time():
    assert [type for type in ("TIMESTAMP", "TIMESTAMP_MS", "DATE", "TIME", "TIMESTAMP[]") if is_moment(type)] == [
        "TIMESTAMP",
        "TIMESTAMP_MS",
    ]
