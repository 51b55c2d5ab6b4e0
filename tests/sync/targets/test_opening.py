"""Which words are addresses of targets, and what an address that is none of them is answered."""

from __future__ import annotations

import pytest

from asanaql.errors import ConfigError
from asanaql.sync.targets import is_target


@pytest.mark.parametrize(
    "text",
    [
        "parquet:work",
        "parquet:///srv/work",
        "work/",
        "postgresql://ana@db/work",
        "postgres://db/work?schema=team",
        "PostgreSQL://db/work",
        "iceberg:work",
        "iceberg+prod",
        "iceberg+prod/team",
        "snowflake://account/database",
    ],
)
def test_an_address_is_a_target(text):
    assert is_target(text)


@pytest.mark.parametrize(
    "text",
    [
        "work.duckdb",
        "work.db",
        "work",
        "dir/work.duckdb",
        "duckdb:///srv/work.duckdb",
        "duckdb:work",
        r"C:\work.duckdb",
        "iceberg",
        "",
    ],
)
def test_a_duckdb_file_is_none(text):
    assert not is_target(text)


def test_a_directory_that_is_there_is_a_target(tmp_path):
    assert is_target(str(tmp_path))
    assert not is_target(str(tmp_path / "work"))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("snowflake://account/database", r"snowflake is no target of a copy\. There are DIR/ or parquet:DIR"),
        ("mysql://ana:s3cret@db/work", "mysql is no target"),
        ("parquet:", "ends before its directory"),
        ("iceberg://", "ends before its directory"),
    ],
)
def test_an_address_that_is_none_of_them_is_told(copy, address, message):
    with pytest.raises(ConfigError, match=message) as caught:
        copy.publish(address)
    assert "s3cret" not in str(caught.value)
