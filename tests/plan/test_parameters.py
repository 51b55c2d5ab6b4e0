"""Comparisons written as query parameters: always a superset, the tightest where several could be written."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from asanaql.catalog.model import Filter, Form
from asanaql.plan.conjuncts import Conjunct
from asanaql.plan.parameters import date_time, parameters

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
SINCE = Filter("modified_at", ("=", ">", ">="), "modified_since", Form.SINCE)
UNTIL = Filter("created_at", ("=", "<", "<="), "end_at", Form.UNTIL)
FROM_DAY = Filter("entered_on", ("=", ">", ">="), "start_date", Form.DATE_SINCE)
TO_DAY = Filter("entered_on", ("=", "<", "<="), "end_date", Form.DATE_UNTIL)
LISTING = (
    Filter("completed", ("=",), "completed_since", Form.INCOMPLETE),
    Filter("completed_at", ("=", ">", ">="), "completed_since", Form.SINCE),
)


def instant(text):
    return (dt.datetime.fromisoformat(text) - EPOCH) // dt.timedelta(microseconds=1)


def written(taken, *known):
    return parameters(taken if isinstance(taken, tuple) else (taken,), known)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02T00:00:00+00:00", "2026-03-02T00:00:00.000Z"),
        ("2026-03-02T01:30:00.123456+01:00", "2026-03-02T00:30:00.123Z"),
        ("1969-12-31T23:59:59.999999+00:00", "1969-12-31T23:59:59.999Z"),
        ("1100-01-01T00:00:00.000001+00:00", "1100-01-01T00:00:00.000Z"),
    ],
)
def test_an_instant_is_written_in_utc_with_milliseconds_rounded_down(text, expected):
    assert date_time(instant(text)) == expected


@pytest.mark.parametrize("comparison", ["=", ">", ">="])
def test_a_lower_bound_is_asked_for_a_millisecond_early(comparison):
    known = Conjunct("modified_at", comparison, (instant("2026-03-02T10:00:00+00:00"),))
    assert written(SINCE, known) == {"modified_since": "2026-03-02T09:59:59.999Z"}


@pytest.mark.parametrize("comparison", ["=", "<", "<="])
def test_an_upper_bound_is_asked_for_at_least_a_millisecond_late(comparison):
    known = Conjunct("created_at", comparison, (instant("2026-03-02T10:00:00.000001+00:00"),))
    assert written(UNTIL, known) == {"end_at": "2026-03-02T10:00:00.002Z"}


@pytest.mark.parametrize("comparison", ["<", "<="])
def test_an_upper_bound_is_no_lower_bound(comparison):
    assert written(SINCE, Conjunct("modified_at", comparison, (0,))) == {}


def test_every_stored_instant_that_satisfies_a_bound_is_inside_what_is_asked_for():
    dice = random.Random(11)
    for _ in range(2_000):
        stored = dice.randrange(1_600_000_000_000, 1_800_000_000_000) * 1000
        bound = stored + dice.randrange(-2_500, 2_500)
        for comparison in ("=", ">", ">=", "<", "<="):
            since = written(SINCE, Conjunct("modified_at", comparison, (bound,)))
            until = written(UNTIL, Conjunct("created_at", comparison, (bound,)))
            if Conjunct("at", comparison, (bound,)).holds(stored):
                # Strictly inside, so that it does not matter whether Asana includes the bound itself.
                assert since.get("modified_since", "") < date_time(stored)
                assert until.get("end_at", "9") > date_time(stored)


@pytest.mark.parametrize("microseconds", [2**63 - 1, -(2**63) + 1, 253_000_000_000_000_000, -30_000_000_000_000_000])
def test_an_instant_that_no_four_digit_year_holds_is_not_sent(microseconds):
    assert written(SINCE, Conjunct("modified_at", ">", (microseconds,))) == {}
    assert written(UNTIL, Conjunct("created_at", "<", (microseconds,))) == {}


def test_incomplete_is_the_word_now():
    assert written(LISTING, Conjunct("completed", "=", (False,))) == {"completed_since": "now"}


def test_complete_cannot_be_asked_for():
    assert written(LISTING, Conjunct("completed", "=", (True,))) == {}


def test_complete_or_incomplete_is_not_asked_for():
    assert written(LISTING, Conjunct("completed", "=", (False, True))) == {}


def test_incomplete_or_null_is_asked_for_as_incomplete():
    assert written(LISTING, Conjunct("completed", "=", (False, None))) == {"completed_since": "now"}
    assert written(LISTING, Conjunct("completed", "=", (True, None))) == {}


@pytest.mark.parametrize(("values", "text"), [((None, True), "true"), ((False, None), "false")])
def test_a_boolean_or_null_is_asked_for_as_the_boolean(values, text):
    taken = Filter("archived", ("=",), "archived", Form.BOOLEAN)
    assert written(taken, Conjunct("archived", "=", values)) == {"archived": text}


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.DATE_OR_NULL])
def test_null_alone_is_asked_for_in_no_form_but_one(form):
    assert written(Filter("what", ("=",), "what", form), Conjunct("what", "=", (None,))) == {}


@pytest.mark.parametrize(
    "form", [Form.VALUE, Form.LIST, Form.SINCE, Form.UNTIL, Form.DATE, Form.DATE_SINCE, Form.DATE_UNTIL]
)
def test_a_value_or_null_is_not_asked_for(form):
    for column in ("what", "what_gid"):
        assert written(Filter(column, ("=",), "what", form), Conjunct(column, "=", ("1", None))) == {}


@pytest.mark.parametrize("order", [1, -1])
def test_now_is_tighter_than_any_instant(order):
    known = [Conjunct("completed", "=", (False,)), Conjunct("completed_at", ">", (instant("2026-03-02T00:00+00:00"),))]
    assert written(LISTING, *known[::order]) == {"completed_since": "now"}
    assert parameters(LISTING[::order], known) == {"completed_since": "now"}


@pytest.mark.parametrize("order", [1, -1])
def test_the_latest_of_several_lower_bounds_is_sent(order):
    known = [Conjunct("modified_at", ">", (instant(f"2026-03-0{day}T00:00+00:00"),)) for day in (2, 4, 3)]
    assert written(SINCE, *known[::order]) == {"modified_since": "2026-03-03T23:59:59.999Z"}


@pytest.mark.parametrize("order", [1, -1])
def test_the_earliest_of_several_upper_bounds_is_sent(order):
    known = [Conjunct("created_at", "<", (instant(f"2026-03-0{day}T00:00+00:00"),)) for day in (4, 2, 3)]
    assert written(UNTIL, *known[::order]) == {"end_at": "2026-03-02T00:00:00.002Z"}


@pytest.mark.parametrize(("value", "text"), [(True, "true"), (False, "false")])
def test_a_boolean_is_written_in_json_s_words(value, text):
    taken = Filter("archived", ("=",), "archived", Form.BOOLEAN)
    assert written(taken, Conjunct("archived", "=", (value,))) == {"archived": text}


def test_a_list_is_joined_by_commas():
    taken = Filter("time_period_gid", ("=",), "time_periods", Form.LIST)
    assert written(taken, Conjunct("time_period_gid", "=", ("2", "1"))) == {"time_periods": "2,1"}


def test_a_list_with_a_comma_in_a_value_is_not_sent():
    taken = Filter("time_period_gid", ("=",), "time_periods", Form.LIST)
    assert written(taken, Conjunct("time_period_gid", "=", ("2", "1,3"))) == {}


def test_several_values_are_not_sent_where_one_is_taken():
    taken = Filter("owner_gid", ("=",), "owner")
    assert written(taken, Conjunct("owner_gid", "=", ("1", "2"))) == {}
    assert written(taken, Conjunct("owner_gid", "=", ("1",))) == {"owner": "1"}


EXCLUDED = Filter("assignee_gid", ("<>",), "assignee.not", Form.OTHERS)


def test_values_that_a_column_does_not_have_are_joined_by_commas():
    known = [Conjunct("assignee_gid", "<>", (gid,)) for gid in ("1", "2", "1", "3")]
    assert written(EXCLUDED, *known) == {"assignee.not": "1,2,3"}
    assert written(EXCLUDED, Conjunct("assignee_gid", "=", ("1",))) == {}


def test_what_is_no_gid_excludes_nothing_at_asana():
    known = [Conjunct("assignee_gid", "<>", (text,)) for text in ("me", "2")]
    assert written(EXCLUDED, *known) == {"assignee.not": "2"}


def test_no_more_values_are_excluded_than_a_list_may_have():
    known = [Conjunct("assignee_gid", "<>", (str(gid),)) for gid in range(1, 70)]
    assert written(EXCLUDED, *known)["assignee.not"].split(",") == [str(gid) for gid in range(1, 51)]


def test_that_there_is_no_day_is_the_word_null():
    taken = Filter("due_on", ("=",), "due_on", Form.DATE_OR_NULL)
    assert written(taken, Conjunct("due_on", "=", (None,))) == {"due_on": "null"}
    assert written(taken, Conjunct("due_on", "=", (dt.date(2026, 3, 2),))) == {"due_on": "2026-03-02"}
    for values in ((dt.date(2026, 3, 2), None), (dt.date(2026, 3, 2), dt.date(2026, 3, 3))):
        assert written(taken, Conjunct("due_on", "=", values)) == {}


def test_a_day_is_written_as_a_day():
    taken = Filter("entered_on", (">=",), "start_date", Form.DATE)
    assert written(taken, Conjunct("entered_on", ">=", (dt.date(2026, 3, 2),))) == {"start_date": "2026-03-02"}


@pytest.mark.parametrize("comparison", ["=", ">", ">="])
def test_a_first_day_is_asked_for_a_day_early(comparison):
    assert written(FROM_DAY, Conjunct("entered_on", comparison, (dt.date(2026, 3, 1),))) == {"start_date": "2026-02-28"}


@pytest.mark.parametrize("comparison", ["=", "<", "<="])
def test_a_last_day_is_asked_for_a_day_late(comparison):
    assert written(TO_DAY, Conjunct("entered_on", comparison, (dt.date(2024, 2, 28),))) == {"end_date": "2024-02-29"}


@pytest.mark.parametrize(("taken", "comparison"), [(FROM_DAY, "<"), (FROM_DAY, "<="), (TO_DAY, ">"), (TO_DAY, ">=")])
def test_a_day_bounds_one_side_only(taken, comparison):
    assert written(taken, Conjunct("entered_on", comparison, (dt.date(2026, 3, 1),))) == {}


def test_every_day_that_satisfies_a_bound_is_inside_what_is_asked_for():
    dice = random.Random(12)
    for _ in range(1_000):
        stored = dt.date(2026, 1, 1) + dt.timedelta(days=dice.randrange(-400, 400))
        bound = stored + dt.timedelta(days=dice.randrange(-2, 3))
        for comparison in ("=", ">", ">=", "<", "<="):
            known = Conjunct("entered_on", comparison, (bound,))
            if known.holds(stored):
                # Strictly inside, so that it does not matter whether Asana includes the bound itself.
                assert written(FROM_DAY, known).get("start_date", "") < stored.isoformat()
                assert written(TO_DAY, known).get("end_date", "9") > stored.isoformat()


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max, dt.date(999, 12, 31), dt.date(9999, 1, 1)])
def test_a_day_at_the_end_of_time_is_not_sent(day):
    assert written(FROM_DAY, Conjunct("entered_on", ">", (day,))) == {}
    assert written(TO_DAY, Conjunct("entered_on", "<", (day,))) == {}


@pytest.mark.parametrize("order", [1, -1])
def test_the_tightest_of_several_days_is_sent(order):
    days = [dt.date(2026, 3, day) for day in (2, 4, 3)]
    late = [Conjunct("entered_on", ">", (day,)) for day in days]
    early = [Conjunct("entered_on", "<", (day,)) for day in days]
    assert written((FROM_DAY, TO_DAY), *[*late, *early][::order]) == {
        "start_date": "2026-03-03",
        "end_date": "2026-03-03",
    }


def test_two_columns_that_bound_one_parameter_send_the_tighter_bound():
    taken = (FROM_DAY, Filter("left_on", (">",), "start_date", Form.DATE_SINCE))
    known = [Conjunct("entered_on", ">", (dt.date(2026, 3, 9),)), Conjunct("left_on", ">", (dt.date(2026, 3, 4),))]
    assert written(taken, *known) == written(taken, *known[::-1]) == {"start_date": "2026-03-08"}


def test_comparisons_of_other_columns_write_nothing():
    assert written(SINCE, Conjunct("created_at", ">", (0,)), Conjunct("completed_at", "=", (0,))) == {}
