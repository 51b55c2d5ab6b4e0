"""A time that a column of days leaves out is noticed in the rows of the project that has the column."""

from __future__ import annotations

import pytest

from asanaql.scan.days import Days, times
from asanaql.scan.notes import Notes

TIMED = {"gid": "7", "date_value": {"date": "2026-03-02", "date_time": "2026-03-02T10:00:00.000Z"}}
DAY = {"gid": "8", "date_value": {"date": "2026-03-02", "date_time": None}}


def row(*values: object) -> dict[str, object]:
    return {"gid": "1", "custom_fields": list(values)}


def said(days: Days, context: dict[str, str], *values: object) -> list[str]:
    notes = Notes()
    days.look([row(*values)], context, notes)
    return notes.warnings


def test_only_values_with_a_time_are_times() -> None:
    assert list(times([row(DAY, TIMED), row(), row(TIMED)])) == ["7", "7"]


@pytest.mark.parametrize(
    "rows",
    [
        [{}],
        [{"custom_fields": None}],
        [{"custom_fields": "x"}],
        [row(None, "x", {}, {"gid": "7", "date_value": None}, {"gid": "7", "date_value": "2026-03-02"})],
    ],
)
def test_what_is_no_list_of_fields_has_none(rows: list[dict[str, object]]) -> None:
    assert list(times(rows)) == []


def test_a_time_in_a_column_of_days_is_said_and_remembered() -> None:
    days = Days()
    days.show("100", {"7": "Launch day", "8": "Other"}, lasting=False)
    [warning] = said(days, {"project_gid": "100"}, TIMED, DAY)
    assert warning.startswith("The custom field 'Launch day' (7) has values with a time")
    assert days.timed == {"7"}


@pytest.mark.parametrize("context", [{"project_gid": "200"}, {"portfolio_gid": "200"}])
def test_the_rows_of_another_project_say_nothing_of_it(context: dict[str, str]) -> None:
    days = Days()
    days.show("100", {"7": "Launch day"}, lasting=True)
    assert said(days, context, TIMED) == []


def test_rows_of_whatever_project_may_be_of_this_one() -> None:
    days = Days()
    days.show("100", {"7": "Launch day"}, lasting=True)
    assert len(said(days, {"gid": "1"}, TIMED)) == 1


def test_the_next_statement_s_columns_are_those_of_the_project_and_a_view_s_stay() -> None:
    days = Days()
    days.show("100", {"7": "Launch day"}, lasting=False)
    days.show("100", {}, lasting=False)
    assert said(days, {"project_gid": "100"}, TIMED) == []
    days.show("100", {"7": "Launch day"}, lasting=True)
    days.show("100", {}, lasting=False)
    assert len(said(days, {"project_gid": "100"}, TIMED)) == 1
    days.show("100", {}, lasting=True)
    assert said(days, {"project_gid": "100"}, TIMED) == []
