"""Values: of every type of DuckDB's, in Python, pandas and Arrow, the same as DuckDB's own client gives."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

ZONES = ["UTC", "Asia/Kolkata", "America/New_York", "Pacific/Chatham"]

PLAIN = [
    "true",
    "(-128)::TINYINT",
    "255::UTINYINT",
    "(-32768)::SMALLINT",
    "65535::USMALLINT",
    "(-2147483648)::INTEGER",
    "4294967295::UINTEGER",
    "-9223372036854775807::BIGINT",
    "18446744073709551615::UBIGINT",
    "1.5::FLOAT",
    "1e308::DOUBLE",
    "'-inf'::DOUBLE",
    "1.50::DECIMAL(18,3)",
    "-12345678901234567890.12::DECIMAL(38,2)",
    "'text with ''quotes'' and ünïcode 🚀'",
    "DATE '2024-02-29'",
    "TIMESTAMP '2024-01-02 03:04:05.678901'",
    "TIMESTAMP '1969-12-31 23:59:59.999999'",
    "TIMESTAMP_S '2024-01-02 03:04:05'",
    "TIMESTAMP_MS '2024-01-02 03:04:05.678'",
    "TIMESTAMP_NS '2024-01-02 03:04:05.678901234'",
    "[1, NULL, 3]",
    "[[1, NULL], NULL, []]",
    "{'a': 1, 'b c': 'x', 'name': NULL}",
    "[{'gid': '1', 'name': NULL}, NULL]",
    "'a\\x00\\xFFb'::BLOB",
    "'x'::ENUM('x', 'y''z')",
    "'{\"a\": [1, null]}'::JSON",
    "170141183460469231731687303715884105727::HUGEINT",
    "-170141183460469231731687303715884105727::HUGEINT",
    "'eeccb8c5-9943-b2bb-bb5e-222f4e14b687'::UUID",
    "INTERVAL 14 MONTH + INTERVAL 3 DAY + INTERVAL 5 MICROSECOND",
    "TIME '12:34:56.789012'",
]

SPECIAL = [
    "340282366920938463463374607431768211455::UHUGEINT",
    "0::UHUGEINT",
    "MAP {'a': 1, 'b': NULL}",
    "MAP {1: 170141183460469231731687303715884105727::HUGEINT}",
    "MAP {'eeccb8c5-9943-b2bb-bb5e-222f4e14b687'::UUID: INTERVAL 1 DAY}",
    "MAP {{'x': 1}: 2}",
    "MAP {[1]: [2]}",
    "[1::HUGEINT, NULL]",
    "{'a': 1::HUGEINT, 'b': 'eeccb8c5-9943-b2bb-bb5e-222f4e14b687'::UUID, 'c': INTERVAL 1 YEAR}",
    "[{'a': [MAP {'k': '00000000-0000-0000-0000-000000000001'::UUID}]}]",
    "TIMETZ '12:34:56.789+02:30'",
    "TIMETZ '12:34:56-15:59'",
    "[TIMETZ '12:34:56+02', NULL]",
    "MAP {'a': TIMETZ '12:34:56.789+02:30'}",
    "{'\"odd\" name': TIMETZ '12:34:56+02', 'BIT': 1}",
    "TIME '24:00:00'",
    "TIME_NS '12:34:56.789123456'",
    "'0101'::BIT",
    "''::VARCHAR::BLOB",
    "['0101'::BIT, '1'::BIT]",
    "union_value(num := 1)",
    "union_value(str := 'x')::UNION(num INTEGER, str VARCHAR)",
    "[union_value(num := 1::HUGEINT)]",
    "union_value(\"Q z\" := '01'::BIT)",
    "[1, 2]::INTEGER[2]",
    "['1'::BIT, '0'::BIT]::BIT[2]",
    "[340282366920938463463374607431768211455::UHUGEINT]",
    "row(1, '01'::BIT)",
    "{'a': 'x'::ENUM('x', 'y')}",
    "['{\"a\": 1}'::JSON]",
    "'infinity'::TIMESTAMP",
    "'-infinity'::DATE",
    "'infinity'::TIMESTAMPTZ",
    "DATE '0044-03-15 (BC)'",
    "TIMESTAMP '290000-01-01 00:00:00'",
    "1::BIGNUM",
    "1::VARIANT",
    "'POINT(1 2)'::GEOMETRY",
    "TIMESTAMPTZ_NS '2024-01-02 03:04:05.123456789+00'",
    "NULL",
    "[]",
]

ZONED = [
    "TIMESTAMPTZ '2024-07-02 03:04:05.678901+00'",
    "TIMESTAMPTZ '2024-01-02 03:04:05+00'",
    "TIMESTAMPTZ '2024-11-03 05:30:00+00'",
    "[TIMESTAMPTZ '2024-07-02 03:04:05+00', NULL]",
    "{'at': TIMESTAMPTZ '2024-07-02 03:04:05+00'}",
    "MAP {'at': TIMESTAMPTZ '2024-07-02 03:04:05+00'}",
    "TIMESTAMPTZ '2024-07-02 03:04:05+00'::DATE",
]


@pytest.fixture
def plain():
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture(params=["UTC"])
def zoned(request, cold, plain):
    """The time zone, set on both connections."""
    for connection in (cold.duckdb, plain):
        connection.execute("SET TimeZone = ?", [request.param])
    yield request.param
    cold.duckdb.execute("RESET TimeZone")


def values(value):
    """The value and its NULL, in one column."""
    return f"SELECT {value} AS v UNION ALL SELECT NULL ORDER BY v NULLS LAST"


def same(found, expected):
    """Whether values and their types, also inside, are the same."""
    return repr(found) == repr(expected) and all(
        type(one) is type(other)
        for row, like in zip(found, expected, strict=True)
        for one, other in zip(row, like, strict=True)
    )


@pytest.mark.parametrize("value", [*PLAIN, *SPECIAL])
def test_a_value_is_what_duckdbs_own_client_gives(cold, plain, value):
    query = f"SELECT {value} AS v" if "MAP" in value or "union" in value else values(value)
    result = cold.sql(query)
    expected = plain.sql(query)
    assert result.types == [str(kind) for kind in expected.types]
    assert same(result.fetchall(), expected.fetchall())
    assert same(list(cold.sql(query)), expected.fetchall())


@pytest.mark.parametrize("zoned", ZONES, indirect=True)
@pytest.mark.parametrize("value", ZONED)
def test_a_moment_is_in_the_sessions_time_zone(cold, plain, zoned, value):
    query = f"SELECT {value} AS v"
    found = cold.sql(query).fetchall()
    assert same(found, plain.sql(query).fetchall())
    if value == ZONED[0]:
        assert str(found[0][0].tzinfo) == zoned
        assert found[0][0] == dt.datetime(2024, 7, 2, 3, 4, 5, 678901, tzinfo=dt.UTC)


@pytest.mark.parametrize("zoned", ZONES, indirect=True)
def test_the_time_zone_is_that_of_the_run_also_when_it_changes_before_the_rows_are_used(cold, plain, zoned):
    query = "SELECT TIMESTAMPTZ '2024-07-02 03:04:05+00' AS v"
    result = cold.sql(query)
    result.arrow()
    cold.sql("SET TimeZone = 'Asia/Tokyo'")
    assert same(result.fetchall(), plain.sql(query).fetchall())
    assert result.df().equals(plain.sql(query).df())


@pytest.mark.parametrize("zoned", ["UTC", "America/New_York"], indirect=True)
@pytest.mark.parametrize("value", [*PLAIN, *ZONED[:4]])
def test_a_data_frame_is_what_duckdb_gives(cold, plain, zoned, value):
    query = values(value) if value in PLAIN else f"SELECT {value} AS v"
    found, expected = cold.sql(query).df(), plain.sql(query).df()
    assert list(found.dtypes) == list(expected.dtypes)
    assert repr(found.to_dict()) == repr(expected.to_dict())


@pytest.mark.parametrize("zoned", ["UTC", "America/New_York"], indirect=True)
@pytest.mark.parametrize("value", [*PLAIN, *ZONED[:4], *SPECIAL])
def test_an_arrow_table_is_what_duckdb_gives(cold, plain, zoned, value):
    query = f"SELECT {value} AS v"
    result, expected = cold.sql(query), plain.sql(query).to_arrow_table()
    assert result.schema == expected.schema
    assert result.arrow().equals(expected)


@pytest.mark.parametrize("value", [each for each in PLAIN if "INTERVAL" not in each])
def test_a_parquet_file_is_what_duckdb_writes(cold, plain, tmp_path, value):
    query = values(value)
    ours, theirs = tmp_path / "ours.parquet", tmp_path / "theirs.parquet"
    cold.sql(query).to_parquet(ours)
    plain.sql(query).write_parquet(str(theirs))
    assert plain.sql(f"DESCRIBE FROM '{ours}'").fetchall() == plain.sql(f"DESCRIBE FROM '{theirs}'").fetchall()
    assert same(plain.sql(f"FROM '{ours}'").fetchall(), plain.sql(f"FROM '{theirs}'").fetchall())


def test_a_polars_frame_is_what_duckdb_gives(cold, plain):
    columns = ", ".join(f"{value} AS c{place}" for place, value in enumerate(PLAIN) if "INTERVAL" not in value)
    found, expected = cold.sql(f"SELECT {columns}").pl(), plain.sql(f"SELECT {columns}").pl()
    assert found.schema == expected.schema
    assert found.equals(expected)


def test_values_of_the_relations_are_of_their_types(alone, cold):
    gid = alone.notable["every_custom_field"]
    rows = cold.sql(
        "SELECT gid, completed, modified_at, due_on, custom_fields, num_subtasks FROM tasks "
        "WHERE project_gid = ? AND due_on IS NOT NULL",
        [gid],
    ).fetchall()
    assert rows
    for identity, completed, modified_at, due_on, custom_fields, _ in rows:
        assert (type(identity), type(completed), type(due_on)) == (str, bool, dt.date)
        assert modified_at.tzinfo is not None
        assert {type(each) for each in custom_fields} <= {dict}
