"""What is written to a terminal that is narrow or not of UTF-8."""

from __future__ import annotations

import io

import pytest
from wcwidth import wcswidth

import asanaql
from asanaql.cli.statements import Printed
from asanaql.cli.terminal import Streams
from asanaql.output.progress import progress

QUERY = "SELECT 'Größe 予算' AS words, 'a long text ' || repeat('x', 200) AS more, 5 AS number"


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    with asanaql.connect(demo=True, cache=tmp_path_factory.mktemp("cache")) as connection:
        yield connection


def written(connection, encoding):
    """The bytes of a box on a terminal of this encoding, whatever cannot be encoded being an error."""
    output = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict", newline="\n")
    streams = Streams(io.StringIO(), output, io.StringIO())
    with progress(streams.errors) as line:
        Printed(streams, "box").write(connection.sql(QUERY), line)
    return output.buffer.getvalue().decode(encoding)


@pytest.mark.parametrize("columns", [20, 40, 80])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii", "cp1252", "gbk"])
def test_a_box_fits_the_terminal_and_its_encoding(connection, monkeypatch, encoding, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = written(connection, encoding).splitlines()
    assert max(map(wcswidth, lines)) <= columns
    assert lines[0].startswith("┌─" if encoding == "utf-8" else "+-")


def test_a_text_is_as_much_itself_as_the_encoding_allows(connection):
    assert "│ Größe 予算 │" in written(connection, "utf-8")
    assert "| Größe \\u4e88\\u7b97 |" in written(connection, "latin-1")
    assert "| Gr\\xf6\\xdfe \\u4e88\\u7b97 |" in written(connection, "ascii")
