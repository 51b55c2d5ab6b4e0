"""Conditions on dates and instants: which range they are, where it is open, and what is never evaluated."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from asanaql.catalog import CATALOG
from asanaql.plan.conjuncts import Conjunct
from asanaql.plan.implied import implied


def instant(text):
    return (dt.datetime.fromisoformat(text) - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)


def test_a_day_is_a_range_of_instants_a_day_wider(planner):
    planner.duck.execute("SET TimeZone = 'UTC'")
    assert planner.implied("modified_at::date = DATE '2026-03-04'") == [
        Conjunct("modified_at", ">=", (instant("2026-03-03T00:00+00:00"),)),
        Conjunct("modified_at", "<", (instant("2026-03-06T00:00+00:00"),)),
    ]


def test_a_range_of_dates_is_said_in_dates(planner):
    planner.duck.execute("SET TimeZone = 'UTC'")
    assert planner.implied("DATE '2026-03-10' - due_on BETWEEN 0 AND 2") == [
        Conjunct("due_on", ">=", (dt.date(2026, 3, 7),)),
        Conjunct("due_on", "<", (dt.date(2026, 3, 12),)),
    ]


@pytest.mark.parametrize(
    ("predicate", "comparisons"),
    [
        ("modified_at::date > DATE '2026-03-04'", {">="}),
        ("modified_at::date < DATE '2026-03-04'", {"<"}),
        ("modified_at::date > DATE '1500-03-04'", set()),
        ("modified_at::date > DATE '9999-12-30'", set()),
        ("modified_at::date = DATE '9999-12-31'", set()),
        ("modified_at::date = DATE '1812-06-24'", set()),
        ("modified_at::date IN (DATE '2026-03-04', DATE '1812-06-24')", {"<"}),
        ("modified_at::date IN (DATE '2001-03-04', DATE '2026-03-04')", {">=", "<"}),
        ("modified_at::date <> DATE '2026-03-04'", set()),
        ("modified_at::date < 'infinity'", set()),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_a_side_that_reaches_beyond_what_is_told_apart_is_open(planner, zone, predicate, comparisons):
    planner.duck.execute(f"SET TimeZone = '{zone}'")
    assert {each.comparison for each in planner.implied(predicate)} == comparisons


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
@pytest.mark.parametrize("day", ["0001-01-02", "1899-12-31", "1900-01-01", "2100-01-01", "2100-03-01", "9999-12-31"])
@pytest.mark.parametrize("comparison", ["=", "<", "<=", ">", ">="])
def test_days_at_the_ends_of_what_is_told_apart_are_not_left_out(planner, zone, day, comparison):
    planner.duck.execute(f"SET TimeZone = '{zone}'")
    near = f"SELECT TIMESTAMPTZ '{day} 00:00+00' + to_hours(i) AS modified_at, modified_at::date AS due_on"
    near = f"({near} FROM range(-30, 30) t(i)) WHERE year(due_on) BETWEEN 1 AND 9999"
    for predicate, read in (
        (f"modified_at::date {comparison} DATE '{day}'", "epoch_us(modified_at)"),
        (f"strftime(due_on, '%Y-%m-%d') {comparison} '{day}'", "due_on"),
    ):
        known = planner.implied(predicate)
        held = [value for (value,) in planner.evaluate(f"SELECT {read} FROM {near} AND ({predicate})")]
        assert all(each.holds(value) for value in held for each in known), (predicate, known)


def test_what_no_day_can_be_is_impossible(planner):
    assert planner.implied("year(modified_at) = 2026 AND strftime(modified_at, '%Y') = 'x'")[-1] == Conjunct(
        "modified_at", "=", ()
    )


@pytest.mark.parametrize(
    "predicate",
    [
        "modified_at > created_at",
        "modified_at - created_at > INTERVAL 3 DAY",
        "modified_at::date = due_on",
        "greatest(modified_at, created_at) > now()",
        "modified_at > now() - random() * INTERVAL 1 DAY",
        "modified_at::time > '10:00'",
        "month(modified_at) = 3",
        "day(modified_at) = 3",
        "day(due_on - INTERVAL 3 DAY) < 7",
        "extract(day FROM age(TIMESTAMPTZ '2026-03-04', modified_at)) < 7",
        "extract(hour FROM TIMESTAMPTZ '2026-03-04' - modified_at) < 7",
        "strftime(due_on, '%m-%Y') = '03-2026'",
        "strftime(due_on, '%Y-%d') = '2026-03'",
        "strftime(due_on, '%-m') = '3'",
        "year(due_on)::varchar > '2026'",
        "1000.0 / epoch(due_on) > 3",
        "year(due_on) * 100 + month(due_on) = 202603",
        "due_on IS NULL OR due_on < now()",
        "due_on::timestamp = due_on + INTERVAL 1 DAY",
        "coalesce(due_on, DATE '2026-01-01') < DATE '2026-02-01'",
        "CASE WHEN due_on::timestamp > TIMESTAMP '2026-01-01 01:00' THEN completed ELSE liked END",
    ],
)
def test_other_conditions_say_nothing_and_are_not_evaluated(planner, predicate):
    assert planner.implied(predicate) == []
    assert planner.evaluated == []


def test_a_macro_that_is_called_like_a_function_is_not_evaluated(planner):
    planner.duck.execute("CREATE MACRO year(day) AS 7")
    try:
        known = planner.implied("date_part('year', due_on) = 2026 OR due_on = NULL")
    finally:
        planner.duck.execute("DROP MACRO year")
    assert [each.comparison for each in known] == [">=", "<"]
    assert all(each.holds(dt.date(2026, 7, 1)) for each in known)


def test_what_cannot_be_evaluated_says_nothing_and_leaves_the_rest():
    def evaluate(query):
        if "make_date" in query:
            raise duckdb.BinderException("no such function")
        return con.sql(query).fetchall()

    with duckdb.connect() as con:
        text = '((make_date("year"(due_on), 1, 1) = \'2026-01-01\'::DATE) AND ("year"(due_on) = 2026))'
        assert [each.comparison for each in implied(text, CATALOG["tasks"], evaluate)] == [">=", "<"]


@pytest.mark.parametrize(
    ("predicate", "most"),
    [
        ("modified_at::date = DATE '2026-03-04'", 2),
        ("modified_at::date BETWEEN DATE '2026-03-01' AND DATE '2026-03-04'", 2),
        ("modified_at::date > DATE '2026-03-04'", 2),
        ("modified_at::date IN (DATE '2001-03-04', DATE '2026-03-04', NULL)", 3),
        ("modified_at::date > DATE '1500-03-04'", 1),
    ],
)
def test_a_condition_costs_few_evaluations(planner, predicate, most):
    planner.implied(predicate)
    assert len(planner.evaluated) <= most


def test_a_long_list_of_days_is_evaluated_as_one_range(planner):
    days = [dt.date(2026, 1, 1) + dt.timedelta(3 * place) for place in range(300)]
    text = f"({' OR '.join(f'(CAST(modified_at AS DATE) = {str(day)!r}::DATE)' for day in days)})"
    planner.evaluated.clear()
    assert [each.comparison for each in implied(text, CATALOG["tasks"], planner.evaluate)] == [">=", "<"]
    assert planner.evaluated[0].count("CAST(low AS DATE)") == 2


def test_a_condition_that_fails_at_an_end_is_taken_to_be_possible_there(planner):
    assert planner.implied("due_on + INTERVAL 288000 YEAR > TIMESTAMP '292000-01-01 01:00' OR due_on = NULL") == []
    assert len(planner.evaluated) == 1


@pytest.mark.parametrize(("never", "once"), [("2015", "2026"), ("2026", "2015")])
def test_an_interval_without_a_possible_day_is_left_out(planner, never, once):
    days = [f"(due_on = '{day}'::DATE)" for day in (f"{never}-03-10", f"{never}-05-20", f"{once}-03-01")]
    known = implied(f"(({days[0]} AND {days[1]}) OR {days[2]})", CATALOG["tasks"], planner.evaluate)
    assert all(each.holds(dt.date(int(once), 3, 1)) for each in known)
    for day in (1, 15, 30):
        assert not all(each.holds(dt.date(int(never), 4, day)) for each in known)
