"""Places in a statement, as DuckDB shows them."""

from __future__ import annotations

import duckdb
import pytest

from asanaql.statement.marked import mark_of, marked

STATEMENTS = [
    "SELECT nope FROM range(3)",
    "SELECT 1,\n  nope\nFROM range(3)",
    f"SELECT '{'x' * 150}', nope FROM range(3)",
    f"SELECT '{'x' * 150}', nope, '{'y' * 150}' FROM range(3)",
    f"SELECT nope, '{'...' * 50}' FROM range(3)",
    "SELECT '採用パイプライン', nope FROM range(3)",
    f"SELECT '{'採' * 90}', nope FROM range(3)",
    "SELECT '🚀 é', nope FROM range(3)",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_place_that_an_error_shows_is_found_again(statement):
    with pytest.raises(duckdb.Error) as caught:
        duckdb.execute(statement)
    found = mark_of(str(caught.value), statement)
    assert (found.position, found.width, found.after) == (statement.index("nope"), 4, "")
    assert found.before.startswith("Binder Error") and "LINE" not in found.before


@pytest.mark.parametrize("statement", STATEMENTS[:2])
def test_a_place_is_shown_as_duckdb_shows_it(statement):
    with pytest.raises(duckdb.Error) as caught:
        duckdb.execute(statement)
    assert str(caught.value).endswith(marked(statement, statement.index("nope"), 4))


@pytest.mark.parametrize(
    "error", ["", "no place", "x\nLINE 7: a\n        ^", "x\nLINE 1: zzz\n        ^", "x\nLINE 1: a\n  ^"]
)
def test_an_error_that_shows_no_place_of_the_statement_has_none(error):
    assert mark_of(error, "a b c") is None
