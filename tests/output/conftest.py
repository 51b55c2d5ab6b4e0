from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import asanaql

GOLDEN = Path(__file__).with_name("golden")
#: With ASANAQL_RECORD set the golden files are written anew: look at what `git diff` says of them.
RECORD = os.environ.get("ASANAQL_RECORD", "")


@pytest.fixture(scope="package")
def connection(tmp_path_factory) -> Iterator[asanaql.Connection]:
    """A connection whose statements here read nothing of Asana; its moments are shown as in Paris."""
    with asanaql.connect(demo=True, cache=tmp_path_factory.mktemp("cache")) as connection:
        connection.sql("SET TimeZone = 'Europe/Paris'")
        yield connection


@pytest.fixture(scope="session")
def golden() -> Callable[[str, str], str]:
    """The text of a golden file, which becomes `drawn` when golden files are written anew."""

    def text(name: str, drawn: str) -> str:
        file = GOLDEN / name
        if RECORD:
            file.write_bytes(drawn.encode())
        return file.read_bytes().decode()

    return text
