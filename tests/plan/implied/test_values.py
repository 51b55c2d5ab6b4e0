"""Booleans, gids and texts: predicates as typed, and the values they leave by what DuckDB prints of them."""

from __future__ import annotations

import itertools

import pytest

from asanaql.catalog import CATALOG
from asanaql.plan.conjuncts import Conjunct
from asanaql.plan.implied import implied, says_all


def eq(column, *values):
    return Conjunct(column, "=", values)


DONE, OPEN = eq("completed", True), eq("completed", False)
NOT_DONE, NOT_OPEN = eq("completed", False, None), eq("completed", True, None)

BOOLEANS = [
    ("completed", [DONE]),
    ("NOT completed", [OPEN]),
    ("completed IS TRUE", [DONE]),
    ("completed IS NOT TRUE", [NOT_DONE]),
    ("completed IS FALSE", [OPEN]),
    ("completed IS NOT FALSE", [NOT_OPEN]),
    ("completed IS DISTINCT FROM true", [NOT_DONE]),
    ("completed IS NOT DISTINCT FROM false", [OPEN]),
    ("completed OR completed IS NULL", [NOT_OPEN]),
    ("NOT completed OR completed IS NULL", [NOT_DONE]),
    ("coalesce(completed, false) = false", [NOT_DONE]),
    ("coalesce(completed, true)", [NOT_OPEN]),
    ("NOT coalesce(completed, false)", [NOT_DONE]),
    ("ifnull(completed, false)", [DONE]),
    ("coalesce(completed, NULL) IS TRUE", [DONE]),
    ("completed IN (true, NULL)", [DONE]),
    ("completed = 0", [OPEN]),
    ("completed::int = 1", [DONE]),
    ("completed AND completed", [DONE]),
    ("completed AND NOT completed", [DONE, OPEN]),
    ("completed AND name LIKE '%a%'", [DONE]),
    ("NOT (completed OR liked)", [OPEN, eq("liked", False)]),
    ("(completed AND liked) OR (completed AND name LIKE '%a%')", [DONE]),
    ("(completed AND liked) OR (NOT completed AND name LIKE '%a%')", [eq("completed", True, False)]),
    ("coalesce(completed, liked)", [NOT_OPEN]),
    ("coalesce(liked, completed) = false", [eq("liked", False, None)]),
]

NO_BOOLEANS = [
    "completed OR liked",
    "completed OR NOT completed OR completed IS NULL AND liked",
    "completed = liked",
    "NOT (name LIKE '%x%' AND completed)",
    "CASE WHEN completed THEN false ELSE true END",
    "completed::varchar = 'true'",
    "name || 'q' IN ('a', ') AND (completed')",
    "[name, 'x'') AND (completed) AND (''y'] = ['a']",
    "name LIKE '%completed%'",
]

GIDS = [
    ("parent_gid = 12", ["12"]),
    ("12 = parent_gid", ["12"]),
    ("parent_gid = 1201234567890123", ["1201234567890123"]),
    ("parent_gid = 12::hugeint", ["12"]),
    ("parent_gid = 12::utinyint", ["12"]),
    ("try_cast(parent_gid AS bigint) = 12", ["12"]),
    ("parent_gid = 12.0", ["12"]),
    ("parent_gid = 12.5", []),
    ("parent_gid::double = 12", ["12"]),
    ("parent_gid = 1e2", ["100"]),
    ("parent_gid::double = 12.5", []),
    ("parent_gid = -12", []),
    ("parent_gid::bigint + 1 = 13", ["12"]),
    ("parent_gid = 0", ["0"]),
    ("parent_gid IN (12, 13)", ["12", "13"]),
    ("parent_gid IN (12, 13, NULL)", ["12", "13"]),
    ("parent_gid IN (12, 13.5)", ["12"]),
    ("parent_gid = 12 OR parent_gid IS NULL", ["12", None]),
    ("parent_gid IN ('1', '2', NULL)", ["1", "2"]),
    ("parent_gid IN ('1', '2', NULL) AND random() >= 0", ["1", "2"]),
    ("parent_gid IN ('1', NULL) OR parent_gid = 2", ["1", "2"]),
    ("parent_gid IS NOT DISTINCT FROM '1'", ["1"]),
    ("(parent_gid = 1 AND completed) OR (parent_gid = 2 AND liked)", ["1", "2"]),
]

NO_GIDS = [
    "parent_gid <> 12",
    "parent_gid = true",
    "parent_gid::bigint > 12",
    "parent_gid::double = 1e17",
    "parent_gid::float = 16777217",
    "parent_gid::bigint = num_likes",
    "parent_gid::decimal(18,0)::varchar = '12'",
    "lower(parent_gid) = 'a'",
    "parent_gid IS DISTINCT FROM '1'",
    "parent_gid = 12 OR completed",
    "name = 12",
]


@pytest.mark.parametrize(("predicate", "expected"), BOOLEANS)
def test_booleans_are_known_by_form(planner, predicate, expected):
    assert planner.implied(predicate) == expected


@pytest.mark.parametrize("predicate", NO_BOOLEANS)
def test_nothing_is_known_of_a_boolean_that_any_value_may_have(planner, predicate):
    assert planner.implied(predicate) == []


@pytest.mark.parametrize(("predicate", "values"), GIDS)
def test_a_gid_compared_with_a_number_is_its_text(planner, predicate, values):
    assert eq("parent_gid", *values) in planner.implied(predicate)


@pytest.mark.parametrize("predicate", NO_GIDS)
def test_nothing_is_known_of_a_gid_by_other_comparisons(planner, predicate):
    assert planner.implied(predicate) == []


@pytest.mark.parametrize(
    ("predicate", "values"),
    [
        ("name IN ('a', NULL)", ["a"]),
        ("name IN ('it''s', NULL, 'x)')", ["it's", "x)"]),
        ("name IN ('', NULL) OR name IS NULL", [None, ""]),
        ("name IN (') AND (completed', NULL)", [") AND (completed"]),
    ],
)
def test_a_text_is_one_of_those_it_is_compared_with(planner, predicate, values):
    assert planner.implied(predicate) == [eq("name", *values)]


def test_a_list_of_texts_that_ignores_case_says_nothing(planner):
    assert planner.implied("name COLLATE nocase IN ('A', NULL)") == []


def test_nothing_is_evaluated_for_values(planner):
    planner.implied("NOT completed AND parent_gid = 12 AND name IN ('a', NULL)")
    assert planner.evaluated == []


def test_a_list_that_is_printed_as_one_is_understood(planner):
    planner.duck.execute("SET disabled_optimizers = 'in_clause'")  # It makes a join of a list of five or more.
    try:
        assert planner.implied("parent_gid IN (1, 2, 3, 4, 5, 6)") == [eq("parent_gid", *"123456")]
        assert planner.implied("parent_gid IN ('1', '2', '3', '4', '5', NULL)") == [eq("parent_gid", *"12345")]
        assert planner.implied("parent_gid NOT IN (1, 2, 3, 4, 5, 6)") == []
    finally:
        planner.duck.execute("RESET disabled_optimizers")


def test_a_list_that_is_a_join_says_nothing(planner):
    assert planner.residual("parent_gid IN (1, 2, 3, 4, 5, 6)") == ["IN (...)"]
    assert planner.implied("parent_gid IN (1, 2, 3, 4, 5, 6)") == []


def test_a_long_list_is_understood_in_one_go(planner):
    gids = [str(1_200_000_000_000_000 + place) for place in range(3_000)]
    [known] = implied(f"({' OR '.join(f'(gid = {each!r})' for each in gids)})", CATALOG["tasks"], planner.evaluate)
    assert known == eq("gid", *gids)


@pytest.mark.parametrize("text", ["", "completed AND", "(completed", "completed)", "completed = ", "'", "::", "NOT"])
def test_a_text_that_cannot_be_read_says_nothing(planner, text):
    assert implied(text, CATALOG["tasks"], planner.evaluate) == ()


def test_rows_of_which_a_predicate_is_true_have_the_implied_values(planner):
    booleans, gids = [True, False, None], ["1", "2", "12", "13", "0", None]
    rows = list(itertools.product(booleans, booleans, gids, ["a", "", "it's", "x)", None]))
    names = ("completed", "liked", "parent_gid", "name")
    listed = ", ".join(f"({', '.join(map(_literal, row))})" for row in rows)
    checked = 0
    for predicate, _ in BOOLEANS + GIDS:
        known = planner.implied(predicate)
        for row in planner.evaluate(f"FROM (VALUES {listed}) AS t({', '.join(names)}) WHERE {predicate}"):
            given = dict(zip(names, row, strict=True))
            assert all(each.holds(given[each.column]) for each in known), (predicate, given)
            checked += 1
    assert checked > 2_000


def _literal(value):
    if isinstance(value, str):
        doubled = value.replace("'", "''")
        return f"'{doubled}'"
    return {True: "true", False: "false", None: "NULL"}[value]


@pytest.mark.parametrize("column", ["gid", "project_gid", "name"])
def test_an_empty_list_holds_no_value(planner, column):
    assert planner.implied(f"{column} IN ()") == [eq(column)]


@pytest.mark.parametrize(
    "predicate",
    [
        "completed",
        "NOT completed",
        "completed IS NOT TRUE",
        "completed IS FALSE",
        "completed AND NOT liked",
        "(completed IS NULL) = FALSE",
    ],
)
def test_what_asks_for_truths_is_said_whole(planner, predicate):
    texts = planner.residual(predicate)
    assert texts
    assert all(says_all(text, CATALOG["tasks"]) for text in texts)


@pytest.mark.parametrize(
    "predicate",
    [
        "completed OR liked",
        "completed AND name LIKE '%a%'",
        "name LIKE '%a%'",
        "completed = liked",
        "completed AND random() > 2",
        "coalesce(completed, due_on IS NULL)",
        "length(name) > 3",
    ],
)
def test_what_says_more_is_not(planner, predicate):
    assert not all(says_all(text, CATALOG["tasks"]) for text in planner.residual(predicate))
