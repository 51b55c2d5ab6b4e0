"""What is known of rows: comparisons that hold, values that remain, and what they say of the parent."""

from __future__ import annotations

import datetime as dt

import pytest

from asanaql.plan.conjuncts import Conjunct, equalities, renamed


@pytest.mark.parametrize(
    ("comparison", "holding", "failing"),
    [
        ("=", [5], [4, 6]),
        (">", [6], [5, 4]),
        (">=", [5, 6], [4]),
        ("<", [4], [5, 6]),
        ("<=", [5, 4], [6]),
        ("<>", [4, 6], [5]),
    ],
)
def test_a_comparison_holds_where_sql_says_so(comparison, holding, failing):
    known = Conjunct("n", comparison, (5,))
    assert [value for value in (4, 5, 6) if known.holds(value)] == sorted(holding)
    assert not any(known.holds(value) for value in failing)


@pytest.mark.parametrize("comparison", ["=", ">", ">=", "<", "<=", "<>"])
def test_no_comparison_holds_of_null(comparison):
    assert not Conjunct("n", comparison, (5,)).holds(None)


def test_null_satisfies_a_set_of_values_only_where_it_is_one_of_them():
    assert Conjunct("completed", "=", (False, None)).holds(None)
    assert Conjunct("completed", "=", (None,)).holds(None)
    assert not Conjunct("completed", "=", (None,)).holds(False)
    assert not Conjunct("completed", "=", (False, True)).holds(None)
    assert not Conjunct("completed", "=", ()).holds(None)


def test_null_is_kept_among_the_values_that_conjuncts_leave():
    known = [Conjunct("completed", "=", (False, None)), Conjunct("completed", "=", (None, True))]
    assert equalities(known) == {"completed": (None,)}
    assert equalities([*known, Conjunct("completed", "=", (True, False))]) == {"completed": ()}


def test_an_equality_holds_of_each_of_its_values():
    known = Conjunct("gid", "=", ("1", "2"))
    assert known.holds("1") and known.holds("2") and not known.holds("3")


def test_days_and_booleans_are_compared_as_they_are():
    assert Conjunct("due_on", ">=", (dt.date(2026, 3, 2),)).holds(dt.date(2026, 3, 2))
    assert Conjunct("archived", "=", (False,)).holds(False)
    assert not Conjunct("archived", "=", (False,)).holds(True)


@pytest.mark.parametrize(("value", "some"), [(None, False), ([], False), ([{"gid": "1"}], True), ([None], True)])
def test_some_holds_of_a_list_that_is_not_empty(value, some):
    assert Conjunct("tags", "some", (None,)).holds(value) == some


def test_some_says_nothing_of_equality():
    assert equalities([Conjunct("tags", "some", (None,))]) == {}


def test_the_values_of_one_column_keep_their_order_and_lose_their_repetitions():
    assert equalities([Conjunct("gid", "=", ("3", "1", "3", "2"))]) == {"gid": ("3", "1", "2")}


def test_two_equalities_of_one_column_leave_what_both_allow():
    known = [Conjunct("gid", "=", ("3", "1", "2")), Conjunct("gid", "=", ("2", "3", "4"))]
    assert equalities(known) == {"gid": ("3", "2")}


def test_equalities_that_contradict_each_other_leave_no_value():
    assert equalities([Conjunct("gid", "=", ("1",)), Conjunct("gid", "=", ("2",))]) == {"gid": ()}


def test_a_contradiction_stays_one_whatever_follows():
    known = [Conjunct("gid", "=", ("1",)), Conjunct("gid", "=", ("2",)), Conjunct("gid", "=", ("1", "2"))]
    assert equalities(known) == {"gid": ()}


def test_bounds_say_nothing_of_equality():
    assert equalities([Conjunct("modified_at", ">", (5,)), Conjunct("modified_at", "<=", (9,))]) == {}


def test_columns_are_kept_apart():
    known = [Conjunct("gid", "=", ("1",)), Conjunct("completed", "=", (False,))]
    assert equalities(known) == {"gid": ("1",), "completed": (False,)}


def test_conjuncts_are_said_of_the_parents_columns_and_others_dropped():
    known = [
        Conjunct("project_gid", "=", ("1", "2")),
        Conjunct("completed", "=", (True,)),
        Conjunct("project_archived", "=", (False,)),
    ]
    assert renamed(known, {"project_gid": "gid", "project_archived": "archived"}) == (
        Conjunct("gid", "=", ("1", "2")),
        Conjunct("archived", "=", (False,)),
    )
