"""The drawn table: what is left out of it is said, and no more is held than is drawn."""

from __future__ import annotations

import pyarrow as pa
import pytest

from asanaql.output.box import Ends, box


def batches(rows, size):
    numbers = pa.arange(0, rows)
    return [pa.RecordBatch.from_arrays([numbers.slice(start, size)], names=["n"]) for start in range(0, rows, size)]


def numbers_in(drawing):
    cells = [line.strip("│ ") for line in drawing.splitlines() if line.startswith("│")]
    return [int(cell) for cell in cells if cell.isdigit()]


@pytest.mark.parametrize("rows", [0, 1, 19, 20, 40, 41, 43, 44, 45, 60, 1000])
@pytest.mark.parametrize("size", [1, 7, 100, 10_000])
def test_shows_first_and_last_rows_and_says_how_many_there_are(rows, size):
    drawing = box(["n"], ["BIGINT"], batches(rows, size), 80)
    shown = numbers_in(drawing)
    if rows <= 43:
        assert shown == list(range(rows))
        assert "shown" not in drawing
    else:
        assert shown == [*range(20), *range(rows - 20, rows)]
        assert drawing.endswith(f"\n({rows:,} rows, 40 shown)\n")


def test_says_when_there_are_no_rows():
    assert box(["n"], ["BIGINT"], [], 80).endswith("┘\n(no rows)\n")


def test_is_no_wider_than_asked_and_says_how_many_columns_are_left_out(connection):
    columns = ", ".join(f"'value {place}' AS column_{place}" for place in range(20))
    result = connection.sql(f"SELECT {columns}")
    drawing = box(result.columns, result.types, result.reader(), 100)
    assert 80 < max(map(len, drawing.splitlines())) <= 100
    assert drawing.splitlines()[-1] == "(20 columns, 8 shown)"


def test_rows_and_columns_left_out_are_both_said(connection):
    columns = ", ".join(f"'value {place}' AS column_{place}" for place in range(20))
    result = connection.sql(f"SELECT {columns} FROM range(100)")
    drawing = box(result.columns, result.types, result.reader(), 100, shown=6)
    assert drawing.splitlines()[-1] == "(100 rows, 6 shown; 20 columns, 8 shown)"


def test_text_with_a_corner_of_the_frame_does_not_confuse_it(connection):
    result = connection.sql("SELECT '┘' AS x")
    assert box(result.columns, result.types, result.reader(), 60).splitlines()[-1] == "└─────────┘"


def test_holds_no_more_rows_than_it_draws():
    ends = Ends(20)
    for batch in batches(1_000_000, 10_000):
        ends.take(batch)
    held = ends.batches()
    assert sum(batch.num_rows for batch in held) <= 44
    assert sum(batch.get_total_buffer_size() for batch in [*ends.head, *ends.tail]) < 10_000
