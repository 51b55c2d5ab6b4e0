"""The tree of a filter's text: what is told apart, and what is left as not understood."""

from __future__ import annotations

from decimal import Decimal

import pytest

from asanaql.plan.implied.text import Call, Constant, Named, Unknown, conjuncts_of, names, tree

A, B, ONE = Named("a"), Named("b"), Constant("1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", A),
        ("((a))", A),
        ('"a"', A),
        ("(NOT a)", Call("NOT", (A,))),
        ("(a AND b AND (a = 1))", Call("AND", (A, B, Call("=", (A, ONE))))),
        ("(a OR (NOT b))", Call("OR", (A, Call("NOT", (B,))))),
        ("(a IS NULL)", Call("IS NULL", (A,))),
        ("(a IS NOT NULL)", Call("IS NOT NULL", (A,))),
        ("(a IS DISTINCT FROM 1)", Call("IS DISTINCT FROM", (A, ONE))),
        ("(a IS NOT DISTINCT FROM b)", Call("IS NOT DISTINCT FROM", (A, B))),
        ("(a BETWEEN 1 AND b)", Call("BETWEEN", (A, ONE, B))),
        ("(a IN (1, b))", Call("OR", (Call("=", (A, ONE)), Call("=", (A, B))))),
        ("(NOT (a IN (1)))", Call("NOT", (Call("OR", (Call("=", (A, ONE)),)),))),
        ("(a != 1)", Call("!=", (A, ONE))),
        ("((a + 1) >= -1)", Call(">=", (Call("+", (A, ONE)), Constant("-1")))),
        ("((a - -1) // 1)", Call("//", (Call("-", (A, Constant("-1"))), ONE))),
        ("CAST(a AS DECIMAL(3,1))", Call("CAST", (A,), "DECIMAL ( 3 , 1 )")),
        ("(TRY_CAST(a AS BIGINT) = 1)", Call("=", (Call("CAST", (A,), "BIGINT"), ONE))),
        ('"year"(a)', Call("year", (A,))),
        ("f()", Call("f", ())),
        ("f(a, g(1))", Call("f", (A, Call("g", (ONE,))))),
        (
            "'2026-03-01 00:00:00+00'::TIMESTAMP WITH TIME ZONE",
            Constant("'2026-03-01 00:00:00+00'", "TIMESTAMP WITH TIME ZONE"),
        ),
    ],
)
def test_a_text_is_told_apart(text, expected):
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'it''s'", "it's"),
        ("') AND (a'", ") AND (a"),
        ("-12", Decimal(-12)),
        ("12.50", Decimal("12.5")),
        ("1e+300", Decimal("1e300")),
        ("true", True),
        ("false", False),
        ("NULL::VARCHAR", None),
    ],
)
def test_a_constant_has_a_value(text, value):
    constant = tree(text)
    assert isinstance(constant, Constant)
    assert constant.value == value
    assert tree(constant.sql) == constant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(a",
        "a)",
        ")a(",
        "(a = 'x",
        '(a = "x)',
        "(1, 2)",
        "(a IN f(b))",
        "IN (...)",
        "[a]",
        "CASE  WHEN (a) THEN (b) ELSE NULL::BOOLEAN END",
        "f(a) g(b)",
        "a b",
        "a.b",
        "(NOT " * 2_000 + "a" + ")" * 2_000,
        "(a = " + "1" * 300_000 + ")",
    ],
)
def test_other_forms_are_not_understood(text):
    assert tree(text) == Unknown()


def test_what_stands_beside_another_form_is_understood():
    found = list(conjuncts_of(tree("(a AND CASE  WHEN (b) THEN (a) ELSE b END AND [a] AND (b AND (1, 2)))")))
    assert found == [A, Unknown(), Unknown(), B, Unknown()]


def test_a_text_that_holds_words_of_a_filter_is_one_constant():
    assert list(conjuncts_of(tree("(b = 'x) AND (a) AND (b = ''y')"))) == [
        Call("=", (B, Constant("'x) AND (a) AND (b = ''y'")))
    ]


def test_alternatives_and_bounds_are_not_split():
    assert list(conjuncts_of(tree("((a OR b) AND (a BETWEEN 1 AND b))"))) == [
        Call("OR", (A, B)),
        Call("BETWEEN", (A, ONE, B)),
    ]


def test_the_names_of_a_node_are_those_of_all_its_parts():
    assert sorted(names(tree("((a = 'b') OR (f(a, CAST(b AS DATE)) = 1))"))) == ["a", "a", "b"]
