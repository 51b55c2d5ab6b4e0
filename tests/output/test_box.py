"""The drawn table: what is left out of it is said, and no more is held than is drawn."""

from __future__ import annotations

import pyarrow as pa
import pyte
import pytest
from wcwidth import wcswidth

from asanaql.output.box import Ends, box
from asanaql.output.grid import cut
from asanaql.output.look import Look


def batches(rows, size):
    numbers = pa.arange(0, rows)
    return [pa.RecordBatch.from_arrays([numbers.slice(start, size)], names=["n"]) for start in range(0, rows, size)]


def numbers_in(drawing):
    cells = [line.strip("│ ") for line in drawing.splitlines() if line.startswith("│")]
    return [int(cell) for cell in cells if cell.isdigit()]


@pytest.mark.parametrize("rows", [0, 1, 19, 20, 40, 41, 43, 44, 45, 60, 1000])
@pytest.mark.parametrize("size", [1, 7, 100, 10_000])
def test_shows_first_and_last_rows_and_says_how_many_there_are(rows, size):
    drawing = box(["n"], ["BIGINT"], batches(rows, size), Look(80))
    shown = numbers_in(drawing)
    if rows <= 43:
        assert shown == list(range(rows))
        assert "shown" not in drawing
    else:
        assert shown == [*range(20), *range(rows - 20, rows)]
        assert drawing.endswith(f"\n({rows:,} rows, 40 shown)\n")


def test_says_when_there_are_no_rows():
    assert box(["n"], ["BIGINT"], [], Look(80)).endswith("┘\n(no rows)\n")


def test_is_no_wider_than_asked_and_says_how_many_columns_are_left_out(connection):
    columns = ", ".join(f"'value {place}' AS column_{place}" for place in range(20))
    result = connection.sql(f"SELECT {columns}")
    drawing = box(result.columns, result.types, result.reader(), Look(100))
    assert max(map(len, drawing.splitlines())) == 100
    assert drawing.splitlines()[-1] == "(20 columns, 9 shown)"


def test_rows_and_columns_left_out_are_both_said(connection):
    columns = ", ".join(f"'value {place}' AS column_{place}" for place in range(20))
    result = connection.sql(f"SELECT {columns} FROM range(100)")
    drawing = box(result.columns, result.types, result.reader(), Look(100, shown=6))
    assert drawing.splitlines()[-1] == "(100 rows, 6 shown; 20 columns, 9 shown)"


def test_what_is_left_out_is_said_in_lines_that_fit(connection):
    result = connection.sql("SELECT 'a word' AS one, 'a word' AS two, 'a word' AS three FROM range(1000)")
    drawing = box(result.columns, result.types, result.reader(), Look(30, shown=6))
    assert drawing.splitlines()[-2:] == ["(1,000 rows, 6 shown)", "(3 columns, 2 shown)"]


@pytest.mark.parametrize(("shown", "first", "last"), [(1, [0], []), (2, [0], [99]), (5, [0, 1, 2], [98, 99])])
def test_draws_exactly_as_many_rows_as_asked(shown, first, last):
    drawing = box(["n"], ["BIGINT"], batches(100, 7), Look(80, shown=shown))
    assert numbers_in(drawing) == first + last
    assert drawing.count("·") == 3
    assert drawing.endswith(f"(100 rows, {shown} shown)\n")


def test_draws_all_rows_when_told():
    drawing = box(["n"], ["BIGINT"], batches(300, 7), Look(80, shown=None))
    assert numbers_in(drawing) == list(range(300))
    assert drawing.endswith("┘\n")


def test_text_with_a_corner_of_the_frame_does_not_confuse_it(connection):
    result = connection.sql("SELECT '┘' AS x")
    assert box(result.columns, result.types, result.reader(), Look(60)).splitlines()[-1] == "└─────────┘"


def test_holds_no_more_rows_than_it_draws():
    ends = Ends(40)
    for batch in batches(1_000_000, 10_000):
        ends.take(batch)
    held = ends.kept()
    assert sum(batch.num_rows for batch in held) <= 44
    assert sum(batch.get_total_buffer_size() for batch in [*ends.head, *ends.tail]) < 10_000


# A lone half of a flag and the conjuncts of Indic scripts are left out: terminals disagree on them.
TEXTS = (
    *("plain", "漢字とかな", "한국어", "ﾊﾝｶｸ", "e\u0301a\u0308", "👨‍👩‍👧‍👦", "🇫🇷🇩🇪🇯🇵", "👍🏽👋🏿", "❤️", "☺", "1️⃣"),
    *("🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👩🏽‍🚀", "שלום", "مرحبا", "नमस्ते", "ภาษา", "a\u200bb", "\u00ad", "\u200d", "\u0301", "\ufe0f"),
    *("\u3164", "🀄", "…", "│", "two\nlines", "a\tb", "\x1b[31m", "\x9b2J", "\u202eabc", "a\u2028b", "", "   "),
    "long " * 50,
)


@pytest.mark.parametrize("look", [Look(80), Look(40), Look(40, encoding="ascii"), Look(40, encoding="latin-1")])
@pytest.mark.parametrize("text", TEXTS)
def test_every_line_is_as_wide_as_the_others_whatever_is_in_it(text, look):
    for times in (1, 2, 3, 5, 11):
        rows = pa.RecordBatch.from_arrays([pa.array([text * times, "x"]), pa.array([1, 2])], names=["a", "b"])
        lines = box([text, "n"], ["VARCHAR", "BIGINT"], [rows], look).splitlines()
        widths = {wcswidth(line) for line in lines}
        assert len(widths) == 1
        assert widths.pop() <= look.width
        assert len(lines) == 7


@pytest.mark.parametrize("text", ["漢字とかな", "한국어", "e\u0301a\u0308", "🀄🎉", "long " * 50])
def test_a_terminal_shows_the_right_edge_in_one_column(text):
    rows = pa.RecordBatch.from_arrays([pa.array([text, "x", None])], names=["a"])
    screen = pyte.Screen(40, 10)
    pyte.Stream(screen).feed(box(["a"], ["VARCHAR"], [rows], Look(40, colour=True)).replace("\n", "\r\n"))
    lines = [line.rstrip() for line in screen.display if line.strip()]
    assert len(lines) == 8
    assert {screen.buffer[row][wcswidth(lines[0]) - 1].data for row in range(1, 7) if row != 3} == {"│"}


@pytest.mark.parametrize("width", range(1, 30))
def test_fits_whatever_leaves_room_for_a_character(connection, width):
    result = connection.sql("SELECT 'some words' AS words, 12345678 AS number, now() AS moment")
    drawing = box(result.columns, result.types, result.reader(), Look(width))
    table = [line for line in drawing.splitlines() if not line.startswith("(")]
    assert {len(line) for line in table} == {len(table[0])}
    assert len(table[0]) <= max(width, len("│ x │"))


def test_a_number_is_left_whole_while_words_are_cut(connection):
    result = connection.sql("SELECT 'many words in a row' AS words, 1234567890123456789 AS number")
    assert "│ many word… │ 1234567890123456789 │" in box(result.columns, result.types, result.reader(), Look(36))


def test_the_day_of_a_moment_is_left_while_its_time_is_cut(connection):
    result = connection.sql("SELECT 'many words in a row' AS words, TIMESTAMP '2024-05-01 10:00:00' AS moment")
    assert "│ 2024-05-01… │" in box(result.columns, result.types, result.reader(), Look(28))


def test_a_flag_is_not_cut_in_two():
    for width in range(1, 20):
        letters = cut("🇫🇷🇩🇪🇯🇵x🇫🇷🇩🇪", width, "…").rstrip("…").replace("x", "").rstrip()
        assert len(letters) % 2 == 0


def test_only_ascii_is_written_where_there_is_nothing_else(connection):
    result = connection.sql("SELECT 'Größe 漢字' AS \"Spaß\", 'a long text ' || repeat('x', 99) AS b FROM range(100)")
    drawing = box(result.columns, result.types, result.reader(), Look(60, encoding="ascii", shown=4))
    assert drawing.isascii()
    assert "Gr\\xf6\\xdfe \\u6f22\\u5b57" in drawing
    assert "..." in drawing


def test_null_is_faint_and_as_told_where_a_text_of_that_name_is_not(connection):
    result = connection.sql("SELECT 'NULL' AS a, NULL::VARCHAR AS b")
    assert "│ NULL    │ \x1b[2mNULL   \x1b[0m │" in box(
        result.columns, result.types, result.reader(), Look(60, colour=True)
    )
    result = connection.sql("SELECT NULL::INTEGER AS b")
    assert "│     ∅ │" in box(result.columns, result.types, result.reader(), Look(60, null="∅"))


def test_without_colour_there_is_no_escape_code(connection):
    result = connection.sql("SELECT NULL AS a, '[bold]x[/bold]' AS b")
    drawing = box(result.columns, result.types, result.reader(), Look(60))
    assert "\x1b" not in drawing
    assert "[bold]x[/bold]" in drawing
