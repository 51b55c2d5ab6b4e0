from __future__ import annotations

from collections.abc import Iterator

import pytest

import asanaql


@pytest.fixture(scope="package")
def connection(tmp_path_factory) -> Iterator[asanaql.Connection]:
    """A connection whose statements here read nothing of Asana; its moments are shown as in Paris."""
    with asanaql.connect(demo=True, cache=tmp_path_factory.mktemp("cache")) as connection:
        connection.sql("SET TimeZone = 'Europe/Paris'")
        yield connection
