"""What every format looks like, against files under golden/, and how it behaves as rows arrive."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest

from asanaql.output.formats import FORMATS, printable

GOLDEN = Path(__file__).with_name("golden")
WIDTH = 200
# The least HUGEINT is beyond Arrow's decimals, and pyarrow cannot put unions together.
EVERY_TYPE = 'SELECT * EXCLUDE (hugeint, "union") FROM test_all_types()'


def drawn(connection, format, query, width=WIDTH):
    return "".join(FORMATS[format](connection.sql(query), width))


@pytest.mark.parametrize("format", FORMATS)
def test_looks_as_in_its_golden_file(connection, format):
    query = GOLDEN.joinpath("rows.sql").read_text(encoding="utf-8")
    golden = GOLDEN.joinpath(f"rows.{format}").read_bytes().decode()
    assert drawn(connection, format, query) == golden


@pytest.mark.parametrize("format", FORMATS)
def test_looks_as_in_its_golden_file_without_rows(connection, format):
    golden = GOLDEN.joinpath(f"empty.{format}").read_bytes().decode()
    assert drawn(connection, format, "SELECT 1 AS number, 'x' AS words, [JSON '1'] AS j WHERE false") == golden


def test_json_is_read_back_by_a_json_reader(connection):
    query = GOLDEN.joinpath("rows.sql").read_text(encoding="utf-8")
    rows = json.loads(drawn(connection, "json", query))
    assert [row["number"] for row in rows] == [1, 2, None]
    assert rows == [json.loads(line) for line in drawn(connection, "jsonl", query).splitlines()]
    assert rows[0]["pair"] == {"at": "2024-01-01T01:00:00+01:00", "x": None}
    assert rows[0]["shapeless"] == {"a": [1, None]}


def test_csv_is_read_back_by_duckdb_as_it_was(connection, tmp_path):
    query = GOLDEN.joinpath("rows.sql").read_text(encoding="utf-8")
    file = tmp_path / "rows.csv"
    file.write_bytes(drawn(connection, "csv", query).encode())
    kept = "number, words, moment, day, amount, done"
    read = f"SELECT {kept} FROM read_csv('{file}', header = true, allow_quoted_nulls = false)"
    assert connection.sql(read).fetchall() == connection.sql(f"SELECT {kept} FROM ({query})").fetchall()


def test_two_columns_of_one_name_are_both_there(connection):
    assert drawn(connection, "csv", "SELECT 1 AS a, 2 AS a") == "a,a_1\n1,2\n"
    assert drawn(connection, "jsonl", "SELECT 1 AS a, 2 AS a") == '{"a":1,"a_1":2}\n'
    assert drawn(connection, "line", "SELECT 1 AS a, 2 AS a") == "a = 1\na = 2\n"


def test_names_that_need_quotes_are_kept(connection):
    query = """SELECT 1 AS "a ""b"", c", {'x "y"': now()} IS NULL AS "'" """
    assert drawn(connection, "jsonl", query) == '{"a \\"b\\", c":1,"\'":false}\n'
    assert drawn(connection, "csv", query) == '"a ""b"", c",\'\n1,false\n'


@pytest.mark.parametrize("format", ["csv", "json", "jsonl", "markdown", "line"])
def test_rows_go_out_before_all_have_arrived(connection, format):
    result = connection.sql("SELECT i, 'x' AS words FROM range(1000000) t (i)")
    chunks = FORMATS[format](result, WIDTH)
    first = "".join(islice(chunks, 3))
    chunks.close()
    assert "0" in first
    assert result.stats.rows < 500_000


@pytest.mark.parametrize("format", FORMATS)
def test_every_type_of_duckdb_can_be_written(connection, format):
    assert drawn(connection, format, EVERY_TYPE)


def test_json_of_every_type_of_duckdb_is_json(connection):
    text = drawn(connection, "json", EVERY_TYPE)
    rows = json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert len(rows) == 3


def test_markdown_cells_cannot_break_the_table(connection):
    table = drawn(connection, "markdown", "SELECT 'a|b' || chr(10) || 'c\\d' AS x")
    assert table == "| x |\n| --- |\n| a\\|b<br>c\\\\d |\n"


def test_control_characters_are_spelled_out():
    assert printable("a\x1b[31mb\x07\tc\nd\x9b") == "a\\x1b[31mb\\x07\tc\nd\\x9b"


@pytest.mark.parametrize("format", ["box", "markdown", "line"])
def test_text_of_others_cannot_command_the_terminal(connection, format):
    assert "\x1b" not in drawn(connection, format, "SELECT chr(27) || '[2J' AS x, [chr(27)] AS y")


def test_a_result_that_nobody_wants_any_more_is_not_read_to_its_end(connection):
    result = connection.sql("FROM range(1000000)")
    chunks = FORMATS["csv"](result, WIDTH)
    next(chunks)
    chunks.close()
    assert connection.sql("SELECT 1").fetchall() == [(1,)]
    assert 0 < result.stats.rows < 500_000
