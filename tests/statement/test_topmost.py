"""What DuckDB's plan tells of the first rows in an order, read from plans as its EXPLAIN writes them."""

from __future__ import annotations

import pytest

from asanaql.scan.first import Order
from asanaql.statement.topmost import Topmost, topmost

MARK = '(("_tag" IS NULL) OR ("_tag" = \'7.o1\'))'


def scan(*columns, mark=MARK):
    return {"name": "PYTHON_ARROW_SCAN", "extra_info": {"Filters": mark, "Projections": [*columns]}, "children": []}


def over(name, below, *others, **details):
    return {"name": name, "extra_info": details, "children": [below, *others]}


def projection(below, *columns):
    return over("PROJECTION", below, Projections=[*columns] if len(columns) > 1 else columns[0])


def top(below, *order, rows="10", **more):
    return over("TOP_N", below, **{"Top": rows, "Order By": [*order] if len(order) > 1 else order[0], **more})


def found(plan):
    return list(topmost([plan]))


def order(column, *filters, descending=True, rows=10):
    return [Topmost("7.o1", Order(column, descending, rows), filters)]


SCAN = scan("name", "created_at", "modified_at")


@pytest.mark.parametrize(
    "plan",
    [
        top(SCAN, "modified_at DESC"),
        top(SCAN, "#2 DESC"),
        top(SCAN, "#2 DESC", "name ASC"),
        projection(top(SCAN, "#2 DESC"), "#0"),
        top(projection(SCAN, "#2", "#0"), "#0 DESC"),
        top(projection(SCAN, "name", "modified_at"), "#1 DESC"),
        top(projection(SCAN, "name", "modified_at"), "modified_at DESC"),
        top(projection(SCAN, "upper(name)", "#2"), "#1 DESC"),
        top(projection(projection(SCAN, "#2", "#1"), "#0"), "#0 DESC"),
        top(projection(SCAN, "#0", "#2"), "modified_at DESC"),
        over("HASH_JOIN", top(SCAN, "#2 DESC"), scan("gid", mark="x")),
        over("FILTER", top(SCAN, "#2 DESC"), Expression="contains(name, 'a')"),
        top(scan("modified_at"), "#0 DESC"),
    ],
)
def test_a_scan_below_a_top_n_has_its_order(plan):
    assert found(plan) == order("modified_at")


def test_how_many_rows_are_wanted_counts_those_that_are_skipped():
    assert found(top(SCAN, "#1 ASC", rows="3", Offset="20")) == order("created_at", descending=False, rows=23)


def test_filters_between_them_are_told():
    plan = top(projection(over("FILTER", SCAN, Expression="(NOT completed)"), "#2"), "#0 DESC")
    assert found(plan) == order("modified_at", "(NOT completed)")
    twice = over("FILTER", over("FILTER", SCAN, Expression="liked"), Expression=["completed", "hearted"])
    assert found(top(twice, "#2 DESC")) == order("modified_at", "completed", "hearted", "liked")


@pytest.mark.parametrize(
    "plan",
    [
        over("ORDER_BY", SCAN, **{"Order By": "#2 DESC"}),
        over("STREAMING_LIMIT", SCAN, Limit="10"),
        top(over("STREAMING_LIMIT", SCAN, Limit="10"), "#2 DESC"),
        top(over("UNION", SCAN, SCAN), "modified_at DESC"),
        top(over("HASH_GROUP_BY", SCAN, Groups="#2"), "#0 DESC"),
        top(over("HASH_JOIN", SCAN, SCAN), "#2 DESC"),
        top(projection(SCAN, "name", "CAST(modified_at AS DATE)"), "#1 DESC"),
        top(projection(SCAN, "name", "-(epoch(modified_at))"), "#1 ASC"),
        top(projection(SCAN, "modified_at", "struct_extract(status, 'modified_at')"), "modified_at DESC"),
        top(scan("modified_at", "status.modified_at"), "modified_at DESC"),
        top(scan("name", "modified_at", "modified_at"), "modified_at DESC"),
        top(SCAN, "CAST(modified_at AS DATE) DESC"),
        top(SCAN, "memory.main.search_tasks.modified_at DESC"),
        top(SCAN, "m DESC"),
        top(SCAN, "#9 DESC"),
        top(scan("modified_at", mark='("x" = 1)'), "#0 DESC"),
        top(scan("modified_at", mark='(("_statement" IS NULL) OR ("_statement" = 5))'), "#0 DESC"),
    ],
)
def test_whatever_else_stands_between_them_or_is_sorted_by_has_none(plan):
    assert found(plan) == []


def test_every_top_n_of_a_plan_is_found():
    other = scan("created_at", mark=MARK.replace("7.o1", "7.o2"))
    plan = over("CROSS_PRODUCT", top(SCAN, "#2 DESC"), projection(top(other, "#0 ASC", rows="2"), "#0"))
    assert found(plan) == [
        *order("modified_at"),
        Topmost("7.o2", Order("created_at", False, 2), ()),
    ]
