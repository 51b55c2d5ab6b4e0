"""Copies with every oddity that a row can have, and places to publish them to."""

from __future__ import annotations

import pytest

from tests.sync.targets.copies import Copy
from tests.sync.targets.places import IcebergPlace, ParquetPlace, PostgreSQLPlace
from tests.sync.targets.server import started


@pytest.fixture
def copy():
    made = Copy.odd()
    yield made
    made.duck.close()


@pytest.fixture(scope="session")
def server():
    pytest.importorskip("adbc_driver_postgresql")
    with started() as server:
        if server is None:
            pytest.skip("PostgreSQL's programs are not installed: Debian's package is postgresql")
        yield server


@pytest.fixture
def parquet(tmp_path):
    return ParquetPlace(tmp_path / "parquet")


@pytest.fixture
def postgresql(server):
    return PostgreSQLPlace(server, server.new_database())


@pytest.fixture
def iceberg(tmp_path):
    pytest.importorskip("pyiceberg")
    return IcebergPlace(tmp_path / "iceberg")


@pytest.fixture(params=["parquet", "postgresql", "iceberg"])
def place(request):
    """Each of the places, in turn."""
    return request.getfixturevalue(request.param)
