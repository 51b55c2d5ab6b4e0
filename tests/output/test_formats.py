"""What every format looks like, against files under golden/, and how it behaves as rows arrive."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from asanaql.output.formats import FORMATS
from asanaql.output.look import Look
from asanaql.output.printable import printable

GOLDEN = Path(__file__).with_name("golden")
WIDTH = 200
LOOKS = {
    **{format: Look(80) for format in FORMATS},
    "box-40": Look(40),
    "box-20": Look(20),
    "box-wide": Look(200, shown=None),
    "box-ascii": Look(60, encoding="ascii"),
    "box-latin-1": Look(60, encoding="latin-1"),
    "box-colour": Look(60, colour=True, null="∅"),
}
CASES = sorted(file.stem for file in GOLDEN.glob("*.sql"))
# The least HUGEINT is beyond Arrow's decimals, and pyarrow cannot put unions together.
EVERY_TYPE = 'SELECT * EXCLUDE (hugeint, "union") FROM test_all_types()'


def drawn(connection, format, query, width=WIDTH):
    return "".join(FORMATS[format](connection.sql(query), Look(width)))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("case", CASES)
def test_looks_as_in_its_golden_file(connection, golden, case, look):
    query = GOLDEN.joinpath(f"{case}.sql").read_text(encoding="utf-8")
    format = look.partition("-")[0]
    text = "".join(FORMATS[format](connection.sql(query), LOOKS[look]))
    assert text == golden(f"{case}.{look}", text)


def test_every_golden_file_belongs_to_a_query():
    kept = {file.name for file in GOLDEN.iterdir() if file.is_file() and file.suffix != ".sql"}
    assert kept == {f"{case}.{look}" for case in CASES for look in LOOKS}


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
    chunks = FORMATS[format](result, Look(WIDTH))
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


def test_drawing_libraries_are_imported_only_to_draw():
    program = (
        "import sys, asanaql.output.formats, asanaql.output.chart; "
        "print([name for name in ('rich', 'plotext', 'prompt_toolkit', 'httpx') if name in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed == "[]\n"


def test_control_characters_are_spelled_out():
    assert printable("a\x1b[31mb\x07\tc\nd\x9b") == "a\\x1b[31mb\\x07\tc\nd\\x9b"


@pytest.mark.parametrize("format", ["box", "markdown", "line"])
def test_text_of_others_cannot_command_the_terminal(connection, format):
    assert "\x1b" not in drawn(connection, format, "SELECT chr(27) || '[2J' AS x, [chr(27)] AS y")


def test_a_result_that_nobody_wants_any_more_is_not_read_to_its_end(connection):
    result = connection.sql("FROM range(1000000)")
    chunks = FORMATS["csv"](result, Look(WIDTH))
    next(chunks)
    chunks.close()
    assert connection.sql("SELECT 1").fetchall() == [(1,)]
    assert 0 < result.stats.rows < 500_000


def test_a_plan_that_duckdb_drew_is_left_as_it_is(connection):
    query = "EXPLAIN SELECT 42 AS answer"
    [(_, plan)] = connection.sql(query).fetchall()
    assert plan.count("\n") > 1
    assert drawn(connection, "box", query, width=40) == f"{plan}\n"
