"""Statements with calls: told apart as DuckDB does, rewritten in place, and errors told as of what was typed."""

from __future__ import annotations

import duckdb
import pytest

from asanaql.plan.splices import Splice
from asanaql.typed.rewriting import Rewritten, rewritten, stated

CALL = "asana_project('Launch plan')"
LONG = "SELECT 1 AS gid, 'a\nb' AS \"two\nlines\", " + ", ".join(f"{place} AS column_{place}" for place in range(80))


def of(text, query=LONG):
    [statement] = stated(text)
    return rewritten(statement, lambda call: query)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1",
        "SELECT 1; SELECT 2;",
        f"FROM {CALL}",
        f"FROM {CALL}; SELECT 2 -- {CALL}\n;FROM {CALL} a JOIN asana_portfolio('x;y') b USING (gid)",
        f";; FROM {CALL}",
        f"DESCRIBE {CALL}",
        f"SUMMARIZE {CALL}; COPY {CALL} TO 'x;.csv'",
    ],
)
def test_statements_are_those_that_were_typed(text):
    statements = stated(text)
    assert "".join(each.query for each in statements).replace(";", "") == text.replace(";", "")
    for each in statements:
        assert [each.query[call.start : call.end] for call in each.calls] == [
            written for written in (CALL, "asana_portfolio('x;y')") if written in each.query.partition("--")[0]
        ]
        assert all(each.query[call.place] == "'" for call in each.calls)


def test_the_types_are_those_of_the_statements():
    kinds = duckdb.StatementType
    text = f"DESCRIBE {CALL}; COPY {CALL} TO 'x'; CREATE TABLE t AS FROM {CALL}; EXPLAIN FROM {CALL}; PIVOT {CALL} ON a"
    assert [each.type for each in stated(text)] == [kinds.SELECT, kinds.COPY, kinds.CREATE, kinds.EXPLAIN, kinds.MULTI]


def test_only_the_calls_are_replaced():
    text = f"SELECT '{CALL.replace(chr(39), chr(39) * 2)}' /* {CALL} */ FROM {CALL} x, asana_project('b')"
    assert of(text, "FROM t").text == text.replace(f"FROM {CALL}", "FROM (FROM t)").replace(
        "asana_project('b')", "(FROM t)"
    )


@pytest.mark.parametrize("around", ["", "  ", "🚀 採用 ", "x" * 200])
@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("SELECT '{}', nope FROM {call}", "nope"),
        ("SELECT '{}' FROM {call} WHERE nope = 1", "nope"),
        ("SELECT '{}' FROM {call} p\nJOIN {call} q USING (gid)\nWHERE p.column_1 = q.nope", "q.nope"),
        ("SELECT '{}' FROM {call} p, {call} q, nowhere", "nowhere"),
        ("SELECT '{}', sum(nope)\n\nFROM {call}\nWHERE column_1 = 2", "nope"),
    ],
)
def test_an_error_of_duckdb_points_into_what_was_typed(around, text, marked):
    text = text.format(around, call=CALL)
    made = of(text)
    with duckdb.connect() as duck, pytest.raises(duckdb.Error) as caught:
        duck.execute(made.text)
    told = made.told(str(caught.value)).splitlines()
    at = text.index(marked)
    line = text.count("\n", 0, at)
    assert told[-2] == f"LINE {line + 1}: {text.splitlines()[line]}"
    assert told[-1].lstrip() == "^" * len(marked)
    if around.isascii():
        assert told[-2][told[-1].index("^") :].startswith(marked)
    assert "column_79" not in "\n".join(told)


def test_an_error_about_a_call_marks_the_call():
    text = f"SELECT 1 FROM {CALL} x WHERE true"
    made = Rewritten(text, (Splice(14, 14 + len(CALL), "no_such_table"),))
    with duckdb.connect() as duck, pytest.raises(duckdb.Error) as caught:
        duck.execute(made.text)
    told = made.told(str(caught.value))
    assert told.endswith(f"LINE 1: {text}\n{' ' * 22}{'^' * len(CALL)}")
    assert "no_such_table" not in told


def test_an_error_of_the_parser_names_the_call_as_it_was_typed():
    with pytest.raises(duckdb.ParserException) as caught:
        stated(f"SELECT 1 FRM {CALL} x")
    assert CALL in str(caught.value).splitlines()[0]
    assert "#" not in str(caught.value)


def test_an_error_without_a_place_is_told_as_it_is():
    assert of(f"FROM {CALL}").told("Out of Memory Error: no more") == "Out of Memory Error: no more"


@pytest.mark.parametrize("said", ["x\n\nLINE 9: FROM y\n        ^", "x\n\nLINE 1: other text\n        ^"])
def test_the_place_in_another_text_is_left_alone(said):
    assert of(f"FROM {CALL}").told(said) == said


def test_a_column_named_after_a_query_is_named_as_typed():
    text = f"SELECT (SELECT count(*) FROM {CALL}), 1 AS plain, EXISTS (FROM {CALL} x)"
    made = of(text, "SELECT t.* FROM asana.main.tasks t WHERE t.project_gid = '1'")
    with duckdb.connect() as duck:
        duck.execute("ATTACH ':memory:' AS asana; CREATE TABLE asana.main.tasks (project_gid VARCHAR)")

        def shown(query):
            [name] = duck.sql(f"SELECT EXISTS (FROM {query})").columns
            return name.removeprefix("EXISTS(SELECT * FROM ").removesuffix(")")

        names = made.names(duck.sql(made.text).columns, shown)
    assert names == [f"(SELECT count_star() FROM {CALL})", "plain", f"EXISTS(SELECT * FROM {CALL} AS x)"]
