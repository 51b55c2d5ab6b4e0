from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pyarrow as pa
import pytest

from asanaql.catalog import CATALOG
from asanaql.catalog.model import Column, Each, Path, Table
from asanaql.scan.notes import Notes
from asanaql.scan.rows import array, batch, follows_elements

TEXT, INTEGER, NUMBER, DAY = pa.string(), pa.int64(), pa.float64(), pa.date32()
INSTANT = pa.timestamp("us", tz="UTC")


def plain(name: str, kind: pa.DataType, **more: Any) -> Column:
    return Column(name, kind, "Some.", (name,), (name,), **more)


def table(*columns: Column, **more: Any) -> Table:
    return Table("things", "one thing", columns, (Path("all", "/things"),), "https://example.com", **more)


def read(
    columns: Table | list[Column], *rows: dict[str, Any], context: dict[str, Any] | None = None
) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows as Python values, and the warnings."""
    entry = columns if isinstance(columns, Table) else table(*columns)
    notes = Notes()
    made = batch(entry, entry.columns, list(rows), context or {}, notes)
    made.validate(full=True)
    return made.to_pylist(), notes.warnings


def value(kind: pa.DataType, given: Any) -> Any:
    """One JSON value as a column of the type reads it."""
    [row], _ = read([plain("x", kind)], json.loads(json.dumps({"x": given})))
    return row["x"]


def lost(kind: pa.DataType, given: Any) -> list[str]:
    return read([plain("x", kind)], {"x": given})[1]


@pytest.mark.parametrize(
    ("kind", "given", "seen"),
    [
        (TEXT, "", ""),
        (TEXT, "Ünï 採用 🚀 \u0000 \u202eabc", "Ünï 採用 🚀 \u0000 \u202eabc"),
        (INTEGER, 2**62 + 1, 2**62 + 1),
        (INTEGER, 3.0, 3),
        (INTEGER, -1, -1),
        (NUMBER, 3, 3.0),
        (NUMBER, 2**53 + 1, float(2**53)),
        (NUMBER, 10**30, 1e30),
        (NUMBER, 1e-7, 1e-7),
        (pa.bool_(), False, False),
        (DAY, "2024-02-29", dt.date(2024, 2, 29)),
        (INSTANT, "2026-03-01T23:59:59.999Z", dt.datetime(2026, 3, 1, 23, 59, 59, 999000, dt.UTC)),
        (INSTANT, "2026-03-01T23:59:59.999+02:00", dt.datetime(2026, 3, 1, 21, 59, 59, 999000, dt.UTC)),
        (pa.list_(TEXT), [], []),
        (pa.list_(TEXT), ["a", None], ["a", None]),
    ],
)
def test_a_value_of_its_columns_type_reads_as_it_is(kind: pa.DataType, given: Any, seen: Any) -> None:
    assert value(kind, given) == seen
    assert type(value(kind, given)) is type(seen)
    assert lost(kind, given) == []


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (TEXT, 5),
        (TEXT, {"gid": "1"}),
        (TEXT, "\ud800"),
        (INTEGER, 1.5),
        (INTEGER, "7"),
        (INTEGER, True),
        (INTEGER, 2**63),
        (INTEGER, float("inf")),
        (NUMBER, "7"),
        (NUMBER, 10**400),
        (pa.bool_(), 1),
        (DAY, "2026-02-30"),
        (DAY, "soon"),
        (INSTANT, "2026-03-01T00:00:00"),
        (INSTANT, 1772323200),
        (pa.list_(TEXT), "a"),
        (pa.struct([("gid", TEXT)]), "a"),
    ],
)
def test_a_value_of_another_type_reads_as_null_and_is_said(kind: pa.DataType, given: Any) -> None:
    [row], [warning] = read([plain("x", kind)], {"x": given})
    assert row == {"x": None}
    assert warning == (f"things: 1 value is not of the type of 'x' and read as NULL, such as {repr(given)[:60]}.")


def test_the_readable_values_beside_an_unreadable_one_stay() -> None:
    rows, [warning] = read([plain("x", DAY)], {"x": "2026-01-01"}, {"x": "never"}, {"x": None}, {"x": "later"})
    assert [row["x"] for row in rows] == [dt.date(2026, 1, 1), None, None, None]
    assert "2 values are" in warning
    assert "'never'" in warning
    assert "later" not in warning


def test_an_unreadable_part_hides_that_part_alone() -> None:
    kind = pa.list_(pa.struct([("gid", TEXT), ("on", DAY), ("number", NUMBER), ("precision", INTEGER)]))
    given = [{"gid": "1", "on": "2026-01-01", "precision": 1.5}, {"gid": "2", "on": "?", "number": 2**60 + 1}]
    [row], [warning] = read([plain("x", kind)], {"x": given})
    assert row["x"] == [
        {"gid": "1", "on": dt.date(2026, 1, 1), "number": None, "precision": None},
        {"gid": "2", "on": None, "number": float(2**60), "precision": None},
    ]
    assert "2 values are" in warning


@pytest.mark.parametrize(
    ("misread", "seen"),
    [
        ({"precision": 2, "parts": ["a"]}, {"precision": 2, "parts": ["a"]}),
        ({"precision": 2.5, "parts": ["a"]}, {"precision": None, "parts": ["a"]}),
        ({"precision": 2, "parts": "ab"}, {"precision": 2, "parts": None}),
    ],
)
def test_what_pyarrow_would_misread_is_found_in_the_last_part_of_the_last_row(misread: Any, seen: Any) -> None:
    kind = pa.list_(pa.struct([("gid", TEXT), ("precision", INTEGER), ("parts", pa.list_(TEXT))]))
    well = {"gid": "1", "precision": 3.0, "parts": []}
    rows, warnings = read([plain("x", kind)], {"x": None}, {"x": [well]}, {"x": [well, None, {"gid": "2", **misread}]})
    assert [row["x"] for row in rows] == [None, [well], [well, None, {"gid": "2", **seen}]]
    assert len(warnings) == (misread != seen)


def test_dates_are_read_at_any_depth_and_beside_nulls() -> None:
    kind = pa.list_(pa.struct([("span", pa.struct([("on", DAY), ("at", INSTANT)])), ("days", pa.list_(DAY))]))
    rows, warnings = read(
        [plain("x", kind)],
        {"x": None},
        {"x": [{"span": {"on": "2026-01-02", "at": "2026-01-02T03:04:05.678Z"}, "days": ["2026-01-03", None]}, None]},
        {"x": []},
        {"x": [{"span": None}]},
    )
    instant = dt.datetime(2026, 1, 2, 3, 4, 5, 678000, dt.UTC)
    assert [row["x"] for row in rows] == [
        None,
        [{"span": {"on": dt.date(2026, 1, 2), "at": instant}, "days": [dt.date(2026, 1, 3), None]}, None],
        [],
        [{"span": None, "days": None}],
    ]
    assert warnings == []


def test_a_json_column_holds_whatever_came_as_json() -> None:
    rows, warnings = read(
        [plain("x", pa.json_(TEXT))], {"x": {"é": [1, None]}}, {"x": "text"}, {"x": None}, {"x": 5}, {"x": False}
    )
    assert [row["x"] for row in rows] == ['{"é": [1, null]}', '"text"', None, "5", "false"]
    assert warnings == []


def test_null_and_missing_read_the_same_and_only_missing_is_said() -> None:
    rows, warnings = read([plain("x", TEXT)], {"x": None}, {}, {"x": "a"})
    assert [row["x"] for row in rows] == [None, None, "a"]
    assert warnings == [
        "things: Asana sent no 'x' in 1 of 3 rows, which read as NULL. The plan or the token's scopes hide it."
    ]
    assert read([plain("x", TEXT)], {"x": None})[1] == []


def test_a_field_that_two_columns_read_is_missed_once() -> None:
    columns = [Column(f"team_{part}", TEXT, "Of it.", ("team", part), ("team.name",)) for part in ("gid", "name")]
    _, [warning] = read(columns, {}, {"team": None})
    assert "no 'team' in 1 of 2 rows" in warning


def test_a_field_that_only_some_rows_have_is_not_missed() -> None:
    assert read([plain("x", TEXT, sparse=True)], {}) == ([{"x": None}], [])


def test_a_value_below_a_null_or_a_text_is_null() -> None:
    column = Column("a_name", TEXT, "A name.", ("a", "name"), ("a.name",))
    rows, _ = read([column], {"a": {"name": "n"}}, {"a": None}, {"a": {}}, {"a": "n"}, {})
    assert [row["a_name"] for row in rows] == ["n", None, None, None, None]


def test_what_the_request_knows_is_in_every_row_and_wins() -> None:
    columns = [plain("gid", TEXT), plain("project_gid", TEXT), Column("archived", pa.bool_(), "Whether.")]
    context = {"project_gid": "7", "archived": True}
    rows, warnings = read(columns, {"gid": "1"}, {"gid": "2", "project_gid": "8"}, context=context)
    assert rows == [
        {"gid": "1", "project_gid": "7", "archived": True},
        {"gid": "2", "project_gid": "7", "archived": True},
    ]
    assert warnings == []


def test_a_null_that_the_request_knows_is_null_in_every_row() -> None:
    rows, _ = read([plain("gid", TEXT), plain("x", DAY)], {"gid": "1", "x": "2026-01-01"}, context={"x": None})
    assert rows == [{"gid": "1", "x": None}]


def test_a_constant_is_in_every_row_whatever_came() -> None:
    column = Column("resource_type", TEXT, "Always.", constant="thing")
    assert read([column], {}, {"resource_type": "other"}) == ([{"resource_type": "thing"}] * 2, [])


def test_a_marker_tells_two_shapes_apart_by_a_fields_presence() -> None:
    column = Column("kind", TEXT, "Which.", ("role",), ("role",), marker=("role", "member", "guest"), sparse=True)
    rows, warnings = read([column], {"role": None}, {}, {"role": "x"})
    assert [row["kind"] for row in rows] == ["member", "guest", "member"]
    assert warnings == []


def test_a_value_counts_only_where_another_has_the_text() -> None:
    column = Column("task_gid", TEXT, "Of.", ("target", "gid"), ("target",), when=(("target", "kind"), "task"))
    rows, _ = read(
        [column], {"target": {"gid": "1", "kind": "task"}}, {"target": {"gid": "2", "kind": "goal"}}, {"target": None}
    )
    assert [row["task_gid"] for row in rows] == ["1", None, None]


def test_no_rows_are_an_empty_batch_of_the_same_columns() -> None:
    entry = CATALOG["tasks"]
    made = batch(entry, entry.columns, [], {}, Notes())
    assert (made.num_rows, made.schema.names) == (0, [column.name for column in entry.columns])


MEMBER = Each(list="memberships", pinned=("project_gid", "section_gid"))
MEMBERS = table(
    plain("gid", TEXT),
    Column("project_gid", TEXT, "Project.", ("memberships", "project", "gid"), ("memberships.project.name",)),
    Column("section_gid", TEXT, "Section.", ("memberships", "section", "gid"), ("memberships.section.name",)),
    each=MEMBER,
    required=("project_gid",),
    elsewhere="It is elsewhere.",
)


def member(project: str | None, section: str | None) -> dict[str, Any]:
    return {"project": project and {"gid": project}, "section": section and {"gid": section}}


BOTH = {"gid": "1", "memberships": [member("7", "70"), member("8", "80")]}


def triples(*rows: dict[str, Any], **context: Any) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in read(MEMBERS, *rows, context=context)[0]]


def test_a_task_in_two_projects_is_two_rows() -> None:
    assert triples(BOTH) == [("1", "7", "70"), ("1", "8", "80")]


def test_a_project_s_listing_holds_the_task_once_with_its_section_there() -> None:
    assert triples(BOTH, project_gid="8") == [("1", "8", "80")]


def test_a_section_s_listing_holds_the_task_once_with_its_project() -> None:
    assert triples(BOTH, section_gid="70") == [("1", "7", "70")]


def test_a_project_s_listing_keeps_its_task_where_memberships_are_hidden_and_says_so() -> None:
    for hidden in ({"gid": "1"}, {"gid": "1", "memberships": [{}]}, {"gid": "1", "memberships": []}):
        rows, [warning] = read(MEMBERS, hidden, BOTH, context={"project_gid": "7"})
        assert [tuple(row.values()) for row in rows] == [("1", "7", None), ("1", "7", "70")]
        assert "no 'memberships' in 1 of 2 rows" in warning


def test_a_membership_without_a_section_is_a_row_without_one() -> None:
    assert triples({"gid": "1", "memberships": [member("7", None)]}) == [("1", "7", None)]


def test_an_object_that_is_not_in_the_relation_is_no_row_and_its_place_is_said() -> None:
    rows, [warning] = read(MEMBERS, {"gid": "1", "memberships": []}, context={"gid": "1"})
    assert rows == []
    assert warning == "things: 1 exists but is not in this relation. It is elsewhere."


def test_the_grain_is_followed_only_where_it_matters() -> None:
    columns = MEMBERS.columns
    assert follows_elements(MEMBERS, columns, {})
    assert follows_elements(MEMBERS, columns[:1], {})
    assert follows_elements(MEMBERS, columns, {"project_gid": "7"})
    assert not follows_elements(MEMBERS, columns[:2], {"project_gid": "7"})
    assert not follows_elements(table(plain("gid", TEXT)), columns[:1], {})


def test_rows_of_which_no_column_is_read_are_as_many_as_they_are() -> None:
    for entry, context in ((table(plain("gid", TEXT)), {}), (MEMBERS, {"project_gid": "7"})):
        notes = Notes()
        made = batch(entry, (), [{}] * 5, context, notes)
        assert (made.num_rows, made.num_columns, notes.warnings) == (5, 0, [])


def test_the_grain_is_followed_for_rows_of_which_no_column_is_read() -> None:
    assert batch(MEMBERS, (), [BOTH], {}, Notes()).num_rows == 2


def test_an_array_of_a_value_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="for another"):
        array([1, 2.5], INTEGER)
