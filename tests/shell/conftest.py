from __future__ import annotations

from collections.abc import Iterator

import pytest

import asanaql


@pytest.fixture(scope="package")
def connection(tmp_path_factory) -> Iterator[asanaql.Connection]:
    """The demo workspace."""
    with asanaql.connect(demo=True, cache=tmp_path_factory.mktemp("cache")) as connection:
        yield connection
