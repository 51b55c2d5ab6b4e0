"""Pictures: what they look like, against files under golden/charts, and that what is drawn is what is there."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import plotext
import pytest
from wcwidth import wcswidth

from asanaql.errors import QueryError
from asanaql.output.chart import chart
from asanaql.output.look import Look

GOLDEN = Path(__file__).with_name("golden") / "charts"
LOOKS = {
    "80": (Look(80), 20),
    "40": (Look(40), 14),
    "ascii": (Look(60, encoding="ascii"), 16),
    "colour": (Look(60, colour=True, null="∅"), 16),
}
CASES = sorted(file.stem for file in GOLDEN.glob("*.sql"))
DAYS = "FROM (SELECT DATE '2024-01-01' + CAST(range AS INTEGER) AS day, range FROM range(40))"


def picture(query, look=LOOKS["80"][0], height=20):
    with duckdb.connect() as database:
        return chart(database.sql(query).to_arrow_table(), look, height)


def bars_in(drawing):
    """The width of the bar of every name."""
    lines = (re.fullmatch(r"(\w+) *([█▏▎▍▌▋▊▉▐▕]*) *(\S+)", line) for line in drawing.splitlines())
    return {line[1]: len(line[2]) for line in lines if line}


def rows_in(drawing):
    """What stands before and within the frame, from above."""
    return [re.split(r"[|+]", line, maxsplit=1) for line in drawing if line.endswith("|")]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("case", CASES)
def test_looks_as_in_its_golden_file(connection, golden, case, look):
    query = GOLDEN.joinpath(f"{case}.sql").read_text(encoding="utf-8")
    drawing = chart(connection.sql(query).arrow(), *LOOKS[look])
    assert drawing == golden(f"charts/{case}.{look}", drawing)


def test_every_golden_file_belongs_to_a_query():
    kept = {file.name for file in GOLDEN.iterdir() if file.suffix != ".sql"}
    assert kept == {f"{case}.{look}" for case in CASES for look in LOOKS}


@pytest.mark.parametrize("height", [12, 20])
@pytest.mark.parametrize("width", [20, 33, 40, 80, 200])
@pytest.mark.parametrize("case", CASES)
def test_fits_the_room_it_is_given(connection, case, width, height):
    query = GOLDEN.joinpath(f"{case}.sql").read_text(encoding="utf-8")
    drawing = chart(connection.sql(query).arrow(), Look(width), height).splitlines()
    assert max(map(wcswidth, drawing)) <= width
    assert len(drawing) <= height


@pytest.mark.parametrize("case", CASES)
def test_writes_nothing_but_ascii_where_there_is_nothing_else(connection, case):
    query = GOLDEN.joinpath(f"{case}.sql").read_text(encoding="utf-8")
    assert chart(connection.sql(query).arrow(), Look(40, encoding="ascii"), 14).isascii()


def test_an_encoding_that_has_frames_and_no_dots_gets_what_it_can_write():
    drawing = picture(f"SELECT day, range {DAYS}", Look(40, encoding="gbk"))
    assert drawing.isascii()
    assert "漢" in picture("SELECT '漢' AS name, 1 AS n", Look(40, encoding="gbk"))


@pytest.mark.parametrize("case", CASES)
def test_without_colour_there_is_no_escape_code(connection, case):
    query = GOLDEN.joinpath(f"{case}.sql").read_text(encoding="utf-8")
    table = connection.sql(query).arrow()
    assert "\x1b" not in chart(table, Look(80), 20)
    assert "\x1b" in chart(table, Look(80, colour=True), 20)


@pytest.mark.parametrize("case", CASES)
def test_colours_change_nothing_but_colours(connection, case):
    query = GOLDEN.joinpath(f"{case}.sql").read_text(encoding="utf-8")
    table = connection.sql(query).arrow()
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", chart(table, Look(80, colour=True), 20))
    plain = chart(table, Look(80), 20)
    assert [line.rstrip() for line in coloured.splitlines()] == plain.splitlines()


def test_one_picture_leaves_nothing_to_the_next_nor_to_others(connection, capsys):
    first, second = (GOLDEN.joinpath(f"{case}.sql").read_text() for case in ("lines", "burnup"))
    look = Look(60)
    alone = chart(connection.sql(second).arrow(), look, 16)
    chart(connection.sql(first).arrow(), Look(200, colour=True), 40)
    assert chart(connection.sql(second).arrow(), look, 16) == alone
    assert plotext.figure.size() == plotext.terminal.size()
    assert "40" not in plotext.figure.build().string(colorless=True)
    assert capsys.readouterr().out == ""


def test_bars_are_as_long_as_their_numbers():
    lengths = bars_in(picture("SELECT chr(97 + range::INTEGER) AS name, range * 10 AS n FROM range(10)"))
    assert list(lengths) == list("abcdefghij")
    assert lengths["a"] == 0
    assert max(lengths, key=lengths.get) == "j"
    for place, name in enumerate(lengths):
        assert lengths[name] == pytest.approx(lengths["j"] * place / 9, abs=1)


def test_bars_below_zero_end_where_those_above_begin():
    drawing = picture("SELECT * FROM (VALUES ('up', 4), ('down', -4)) AS t (name, n)").splitlines()
    up, down = (next(line for line in drawing if line.startswith(name)) for name in ("up", "down"))
    assert up.index("█") == down.rindex("█") + 1
    assert up.count("█") == down.count("█")


def test_what_has_no_number_has_a_line_and_no_bar():
    values = "('known', 1.5::DOUBLE), ('null', NULL), ('nan', 'nan'), ('inf', 'inf')"
    drawing = picture(f"SELECT * FROM (VALUES {values}) AS t (name, n)")
    assert [name for name, length in bars_in(drawing).items() if length] == ["known"]
    assert re.search(r"^null +NULL$", drawing, re.MULTILINE)
    assert re.search(r"^inf +inf$", drawing, re.MULTILINE)


def test_a_name_that_comes_twice_has_two_bars():
    drawing = picture("SELECT * FROM (VALUES ('a', 1), ('a', 2), (NULL, 3)) AS t (name, n)", Look(40, null="∅"))
    assert [line.split()[0] for line in drawing.splitlines()[1:]] == ["a", "a", "∅"]


def test_the_first_bars_are_drawn_and_the_rest_is_told():
    drawing = picture("SELECT 'n' || range AS name, range FROM range(1000)", height=10).splitlines()
    assert [line.split()[0] for line in drawing[1:-1]] == [f"n{place}" for place in range(8)]
    assert drawing[-1] == "(1,000 rows, the first 8 shown)"


def test_the_first_number_is_drawn_and_the_others_are_told():
    drawing = picture("SELECT 'x' AS name, 1 AS one, 2 AS two, 3 AS three").splitlines()
    assert drawing[0] == "one by name"
    assert drawing[-1] == "(not drawn: two, three)"


@pytest.mark.parametrize(
    ("query", "title", "label"),
    [
        ("SELECT '12' AS gid, 'Launch' AS name, 1 AS n", "n by name", "Launch"),
        ("SELECT '12' AS gid, 1 AS n", "n by gid", "12"),
        ("SELECT 'Launch' AS project, 'Build' AS section, 1 AS n", "n by project, section", "Launch / Build"),
        ("SELECT TRUE AS completed, 1 AS n", "n by completed", "true"),
        ("SELECT 'b'::ENUM('a', 'b') AS kind, 1 AS n", "n by kind", "b"),
        ("SELECT 2024 AS year, 5 AS n", "n by year", "2024"),
        ("SELECT DATE '2024-02-03' AS day, 5 AS n", "n by day", "2024-02-03"),
        ("SELECT TIMESTAMP '2024-02-03 10:00:00.123' AS at, 5 AS n", "n by at", "2024-02-03 10:00:00"),
        ("SELECT TIMESTAMP '20000-02-03 10:00:00' AS at, 5 AS n", "n by at", "20000-02-03 10:00:00"),
        (
            "SELECT DATE '2024-02-03' + range::INTEGER AS due_on, 'x' || range AS name, 1 AS n FROM range(3)",
            "n by name",
            "x0",
        ),
        ("SELECT 'x' AS name, 170141183460469231731687303715884105727::HUGEINT AS n", "n by name", "x"),
    ],
)
def test_bars_are_labelled_by_what_names_them(query, title, label):
    drawing = picture(query).splitlines()
    assert drawing[0] == title
    assert drawing[1].startswith(f"{label} █")


def test_a_line_goes_where_its_numbers_go():
    drawing = picture(f"SELECT day, range {DAYS}", Look(60, encoding="ascii")).splitlines()
    columns = [row.index("*") for _, row in rows_in(drawing) if "*" in row]
    assert columns == sorted(columns, reverse=True)
    assert columns[0] > 45
    assert columns[-1] == 0


def test_points_are_drawn_in_the_order_of_time():
    straight = f"SELECT day, range {DAYS}"
    assert picture(f"{straight} ORDER BY hash(range)") == picture(straight)


def test_what_has_no_place_in_time_or_no_number_is_told():
    more = "SELECT NULL, 5 UNION ALL SELECT DATE '2024-01-05', NULL UNION ALL SELECT 'infinity'::DATE, 1"
    drawing = picture(f"SELECT day, range AS n {DAYS} UNION ALL {more}")
    assert "(3 points lack day or a number)" in drawing.splitlines()


def test_every_name_has_its_line_and_those_with_least_are_left_out():
    query = f"SELECT day, 'name' || range % 7 AS name, range % 7 AS n {DAYS}"
    drawing = picture(query).splitlines()
    assert re.findall(r"name\d", drawing[1]) == ["name6", "name5", "name4", "name3", "name2"]
    assert drawing[-1] == "(7 lines, 5 shown)"


def test_one_high_point_of_many_is_seen():
    query = "SELECT TIMESTAMP '2024-01-01' + to_minutes(range) AS at, CASE range WHEN 7777 THEN 100 ELSE 0 END AS n"
    drawing = picture(f"{query} FROM range(10000)", Look(60, encoding="ascii")).splitlines()
    [(tick, row), *_] = rows_in(drawing)
    assert tick.strip() == "100"
    assert row.index("*") == pytest.approx(0.7777 * len(row), abs=2)


def test_a_burn_up_counts_what_is_begun_and_what_is_done():
    query = f"SELECT day AS created_at, CASE WHEN range < 10 THEN day + 5 END AS completed_at {DAYS}"
    drawing = picture(query, Look(60, encoding="ascii")).splitlines()
    assert drawing[1] == "** created_at 40  ## completed_at 10"
    rows = rows_in(drawing)
    scope, done = ([row for row in rows if mark in row[1]] for mark in "*#")
    assert scope[0][0].strip() == "40"
    assert scope[0][1].rstrip("| ").endswith("*")
    assert len(done) == pytest.approx(1 + (len(rows) - 1) * 10 / 40, abs=1)


def test_a_burn_up_needs_only_one_of_its_columns():
    assert "rows counted by completed_at" in picture(f"SELECT day AS completed_at {DAYS}")
    assert "rows counted by due_on" in picture(f"SELECT day AS due_on, 'x' AS name {DAYS}")


def test_what_has_nothing_to_draw_is_named_all_the_same():
    drawing = picture(f"SELECT day AS created_at, NULL::DATE AS completed_at {DAYS}", Look(60, encoding="ascii"))
    assert drawing.splitlines()[1] == "** created_at 40  ## completed_at 0"
    drawing = picture(f"SELECT day, range AS some, NULL::BIGINT AS none {DAYS}", Look(60, encoding="ascii"))
    assert drawing.splitlines()[1] == "** some  oo none"
    assert "o" not in "".join(row for _, row in rows_in(drawing.splitlines()))


def test_rows_without_a_beginning_are_told_and_those_not_done_are_not():
    drawing = picture("SELECT * FROM (VALUES (DATE '2024-01-01', NULL), (NULL, NULL)) AS t (created_at, completed_at)")
    assert drawing.splitlines()[-1] == "(1 row lacks created_at)"


def test_moments_are_those_of_the_clock_of_the_answer(connection):
    rows = connection.sql("SELECT TIMESTAMPTZ '2024-07-01 00:00:00+00' + to_hours(range) AS at, range FROM range(3)")
    assert "07-01 02:00" in chart(rows.arrow(), Look(80), 20)


@pytest.mark.parametrize(
    "numbers",
    ["1e300", "-1e300", "1e-310", "0", "1e17 + range", "1.7e308 * (range - 1)", "'nan'::DOUBLE", "5"],
)
def test_no_number_is_too_large_or_too_small_for_a_picture(numbers):
    picture(f"SELECT range::VARCHAR AS name, {numbers} AS n FROM range(3)")
    if "nan" not in numbers:
        picture(f"SELECT DATE '2024-01-01' + range::INTEGER AS day, {numbers} AS n FROM range(3)")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT 1 AS n WHERE FALSE", "no rows"),
        ("SELECT 5 AS n", "a number, n, and nothing to set it against.*GROUP BY ALL"),
        ("SELECT 'a' AS name", r"neither a number nor a date.*SELECT name, count\(\*\)"),
        ("SELECT [1] AS list", "neither a number nor a date"),
        ("SELECT NULL::DATE AS due_on", "due_on is NULL in every row"),
    ],
)
def test_says_why_there_is_nothing_to_draw_and_what_to_select(query, says):
    with pytest.raises(QueryError, match=says):
        picture(query)
