"""Typed columns: a name of its own for every field, and an expression of the type that its kind has."""

from __future__ import annotations

import duckdb
import pytest

from asanaql.catalog import CATALOG
from asanaql.connection.reach import sql_type
from asanaql.typed.columns import typed_columns
from asanaql.typed.fields import Field
from asanaql.typed.values import functions, readable

TASKS, ITEMS = CATALOG["tasks"], CATALOG["portfolio_items"]


def names(*fields):
    made = typed_columns([Field(gid, name, "number", "") for gid, name in fields], TASKS)
    return [column.name for column in made.values()]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([("1", "Priority"), ("2", "Effort")], ["Priority", "Effort"]),
        ([("1", "Priority"), ("2", "Priority"), ("3", "PRIORITY")], ["Priority", "Priority (2)", "PRIORITY (3)"]),
        ([("1", "name"), ("2", "Name"), ("3", "Due_On")], ["name (1)", "Name (2)", "Due_On (3)"]),
        ([("1", "Äpfel"), ("2", "äpfel"), ("3", "ÄPFEL")], ["Äpfel", "äpfel", "ÄPFEL (3)"]),
        ([("1", "A"), ("2", "A (3)"), ("3", "A")], ["A", "A (3)", "A (3) (3)"]),
        ([("1", ""), ("2", "")], ["(1)", "(2)"]),
        ([("1", " "), ("2", "a\nb"), ("3", '"')], [" ", "a\nb", '"']),
    ],
)
def test_the_first_of_a_name_has_it_and_others_their_gid_behind_it(fields, expected):
    assert names(*fields) == expected
    with duckdb.connect() as duck:
        selected = ", ".join(f"1 AS {duckdb.ColumnExpression(name)}" for name in names(*fields))
        made = duck.sql(f"SELECT {selected}")
        assert made.columns == expected
        for name in expected:
            assert made.project(str(duckdb.ColumnExpression(name))).fetchall() == [(1,)]


TYPES = {
    "number": "DOUBLE",
    "text": "VARCHAR",
    "enum": "VARCHAR",
    "multi_enum": "VARCHAR[]",
    "people": 'STRUCT(gid VARCHAR, "name" VARCHAR)[]',
    "date": "DATE",
    "reference": "VARCHAR",
    "something new": "VARCHAR",
    "": "VARCHAR",
}


@pytest.fixture(scope="module")
def duck():
    """A DuckDB with the functions that read values, and a table `t` of no rows."""
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS asana; CREATE SCHEMA asana.scan")
        for function in functions():
            connection.execute(function)
        connection.execute(f"CREATE TABLE t (custom_fields {sql_type(TASKS.column('custom_fields').type)})")
        yield connection


def typed(duck, table, field):
    """The column's type over no rows."""
    [column] = typed_columns([field], table).values()
    return str(duck.sql(f"SELECT {column.expression} AS x FROM t").types[0]), column.comment


@pytest.mark.parametrize("kind", TYPES)
def test_every_kind_has_its_type_also_one_that_is_not_known_yet(duck, kind):
    assert typed(duck, TASKS, Field("1", "x", kind, ""))[0] == TYPES[kind]


@pytest.mark.parametrize("kind", TYPES)
def test_of_a_portfolio_s_items_people_are_text(duck, kind):
    found, comment = typed(duck, ITEMS, Field("1", "x", kind, "What it is."))
    assert found == ("VARCHAR" if kind == "people" else TYPES[kind])
    assert ("text" in comment) == (kind == "people")


def test_a_date_field_that_has_times_is_of_moments_and_both_say_so(duck):
    day, moment = (typed(duck, TASKS, Field("1", "x", "date", "When.", timed)) for timed in (False, True))
    assert day[0] == "DATE" and "days" in day[1]
    assert moment[0] == "TIMESTAMP WITH TIME ZONE" and "midnight" in moment[1]
    assert day[1].startswith("When. ") and moment[1].startswith("When. ")


def test_the_comment_is_the_description_or_says_which_field_it_is(duck):
    assert typed(duck, TASKS, Field("1", "x", "enum", " How urgent\nit is. "))[1] == "How urgent\nit is."
    assert typed(duck, TASKS, Field("17", "x", "enum", ""))[1] == "The custom field 17, of the kind `enum`."


@pytest.mark.parametrize("kind", TYPES)
def test_a_predicate_in_a_plan_is_shown_by_the_field_s_name(duck, kind):
    [column] = typed_columns([Field("17", 'My "x"', kind, "")], TASKS).values()
    plan = duck.sql(f"EXPLAIN (FORMAT json) SELECT 1 FROM t WHERE {column.expression} IS NOT NULL").fetchall()[0][1]
    shown = readable(plan.replace("\\n", "\n"), {"17": 'My "x"'})
    assert '"My ""x"""' in shown and "lambda f" not in shown
    assert '"custom field 17"' in readable(plan.replace("\\n", "\n"), {})
