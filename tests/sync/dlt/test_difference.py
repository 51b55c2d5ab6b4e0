"""What differs is told exactly, whatever the rows hold."""

from __future__ import annotations

import datetime as dt
import os

import duckdb
import pyarrow as pa
import pytest

from asanaql.dlt.difference import COUNTED, compared

ODD = """
    CREATE TABLE asana_sync_log (relation VARCHAR, complete BOOLEAN);
    INSERT INTO asana_sync_log VALUES ('odd', TRUE);
    CREATE TABLE odd (
        gid VARCHAR, "select" VARCHAR, "at" TIMESTAMPTZ, "on" DATE, share DOUBLE,
        people STRUCT(gid VARCHAR, name VARCHAR)[], one STRUCT(a BIGINT, b VARCHAR[]), free JSON, words VARCHAR[],
        _synced_at TIMESTAMPTZ, _deleted_at TIMESTAMPTZ
    );
    INSERT INTO odd VALUES
        ('1', 'Ångström 🚀 "x" \\', '2026-03-01 12:00:00.123456+01', '2026-03-01', 0.1, [{gid: '1', name: 'ñ'}, NULL],
         {a: 1, b: ['x', NULL]}, '{"k": [1, null]}', [], now(), NULL),
        ('1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now(), NULL),
        ('1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now(), NULL),
        ('1', '', NULL, NULL, 'inf', [], NULL, 'null', [''], now(), NULL),
        (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now(), NULL),
        ('gone', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, now(), now());
"""


@pytest.fixture
def copy(tmp_path):
    file = tmp_path / "copy.duckdb"
    changed(file, ODD)
    return file


def changed(file, statements):
    with duckdb.connect(file) as duck:
        duck.execute(statements)


class There:
    """What merges what it is given, as a destination does."""

    def __init__(self):
        self.rows = {}

    def take(self, copy, *, keep_deleted=False):
        """How many rows it had, how many of them are gone, and how many are new."""
        had = pa.table([list(self.rows), [False] * len(self.rows), [1] * len(self.rows)], schema=COUNTED)
        with compared(copy, "odd", had, keep_deleted=keep_deleted) as found:
            for batch in found.batches():
                for row in batch.to_pylist():
                    key, gone = row.pop("_row"), row.pop("_gone")
                    assert (key in self.rows) is gone
                    if gone:
                        assert set(row.values()) == {None}
                        del self.rows[key]
                    else:
                        self.rows[key] = row
            return found.had, found.gone, found.new


def test_rows_are_handed_over_as_they_are_and_nested_ones_as_json(copy):
    there = There()
    assert there.take(copy) == (0, 0, 5)
    [first] = [row for row in there.rows.values() if row["share"] == 0.1]
    first.pop("_synced_at")
    assert first == {
        "gid": "1",
        "select": 'Ångström 🚀 "x" \\',
        "at": dt.datetime(2026, 3, 1, 11, 0, 0, 123456, dt.UTC),
        "on": dt.date(2026, 3, 1),
        "share": 0.1,
        "people": '[{"gid":"1","name":"ñ"},null]',
        "one": '{"a":1,"b":["x",null]}',
        "free": '{"k":[1,null]}',
        "words": "[]",
    }
    assert there.take(copy) == (5, 0, 0)


def test_of_rows_that_are_equal_only_as_many_go_as_are_gone(copy):
    there = There()
    there.take(copy)
    changed(copy, "DELETE FROM odd WHERE rowid = 1")
    assert there.take(copy) == (5, 1, 0)
    assert len([row for row in there.rows.values() if row["gid"] == "1" and row["select"] is None]) == 1
    changed(
        copy, "INSERT INTO odd SELECT * FROM odd WHERE rowid = 2; INSERT INTO odd SELECT * FROM odd WHERE rowid = 2"
    )
    assert there.take(copy) == (4, 0, 2)


def test_a_change_of_any_value_is_a_row_that_is_gone_and_one_that_is_new(copy):
    there = There()
    there.take(copy)
    values = {"people": "[{gid: '1', name: 'n'}, NULL]", "one": "NULL", "share": "0.2", "at": "now()"}
    for name, value in values.items():
        changed(copy, f'UPDATE odd SET "{name}" = {value} WHERE free IS NOT NULL AND share < 1')
        assert there.take(copy) == (5, 1, 1)


def test_a_copy_that_was_made_anew_differs_in_nothing(copy, tmp_path):
    there = There()
    there.take(copy)
    other = tmp_path / "other.duckdb"
    changed(other, ODD)
    assert there.take(other) == (5, 0, 0)


def test_the_time_zone_of_the_machine_makes_no_difference(copy, monkeypatch):
    there = There()
    monkeypatch.setitem(os.environ, "TZ", "Asia/Kathmandu")
    there.take(copy)
    monkeypatch.setitem(os.environ, "TZ", "UTC")
    assert there.take(copy) == (5, 0, 0)


def test_a_column_that_is_new_hands_over_only_the_rows_that_have_a_value_in_it(copy):
    there = There()
    there.take(copy)
    changed(copy, "ALTER TABLE odd ADD COLUMN more VARCHAR; UPDATE odd SET more = 'x' WHERE gid IS NULL")
    assert there.take(copy) == (5, 1, 1)


def test_rows_that_the_copy_keeps_as_deleted_are_handed_over_where_that_is_asked(copy):
    there = There()
    assert there.take(copy, keep_deleted=True) == (0, 0, 6)
    assert [row["gid"] for row in there.rows.values() if row["_deleted_at"] is not None] == ["gone"]
    assert there.take(copy) == (6, 1, 0)


def test_a_row_that_went_and_came_back_is_there(copy):
    there = There()
    there.take(copy)
    [key, *rest] = there.rows
    had = pa.table([[key, key, *rest], [False, True, *[False] * 4], [2, 1, *[1] * 4]], schema=COUNTED)
    with compared(copy, "odd", had, keep_deleted=False) as found:
        assert (found.had, found.gone, found.new) == (5, 0, 0)


def test_a_relation_that_the_copy_lacks_differs_in_nothing(copy):
    with compared(copy, "none", COUNTED.empty_table(), keep_deleted=False) as found:
        assert found is None
