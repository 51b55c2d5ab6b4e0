"""What every target does alike: it has the copy's rows exactly, and nothing is written that does not differ."""

from __future__ import annotations

import pytest

from asanaql.errors import QueryError
from asanaql.sync.targets import Published, publish
from tests.sync.targets.copies import Copy

NOTHING = {"tasks": (0, 0, 0), "users": (0, 0, 0), "nothing": (0, 0, 0)}


def all_apart(place, copy):
    return [row for relation in copy.relations for row in place.apart(copy, relation)]


def states(place, copy):
    return {relation: place.state(relation) for relation in copy.relations}


def test_odd_rows_are_published_exactly(place, copy):
    assert copy.publish(place.address) == {"tasks": (9, 0, 0), "users": (9, 0, 0), "nothing": (0, 0, 0)}
    assert all_apart(place, copy) == []


def test_a_copy_of_demo_relations_is_published_exactly(place, copying):
    tables = ["users", "projects", "sections", "portfolios", "custom_fields", "project_memberships"]
    copying.open().sync(copying.file, tables)
    copy = Copy(copying.file, *tables, "asana_sync_log")
    done = publish(copy.duck, "asana_copy.main", copy.relations, place.address)
    assert done[0].rows == done[0].added > 10
    assert all_apart(place, copy) == []


def test_a_second_run_without_changes_touches_nothing(place, copy):
    copy.publish(place.address)
    before = states(place, copy)
    assert copy.publish(place.address) == NOTHING
    assert states(place, copy) == before


def test_a_copy_that_was_made_anew_is_the_same_copy(place, copy):
    copy.publish(place.address)
    before = states(place, copy)
    again = Copy.odd()
    again.run("UPDATE tasks SET _synced_at = now(); UPDATE users SET _synced_at = now()")
    assert again.publish(place.address) == NOTHING
    assert states(place, copy) == before


def test_neither_the_zone_nor_the_order_of_columns_makes_rows_others(place, copy):
    copy.publish(place.address)
    before = states(place, copy)
    copy.duck.execute("SET GLOBAL TimeZone = 'America/St_Johns'")
    copy.run("CREATE TABLE turned AS SELECT name, * EXCLUDE (name) FROM tasks; DROP TABLE tasks")
    copy.run("ALTER TABLE turned RENAME TO tasks")
    assert copy.publish(place.address) == NOTHING
    assert states(place, copy) == before


def test_rows_that_are_added_changed_and_deleted_arrive(place, copy):
    copy.publish(place.address)
    copy.rename("5", "renamed")
    copy.run("DELETE FROM tasks WHERE gid = '3'; INSERT INTO tasks (gid, project_gid) VALUES ('7', 'p3'), ('8', 'p1')")
    assert copy.publish(place.address) == {**NOTHING, "tasks": (2, 1, 1)}
    assert all_apart(place, copy) == []
    assert copy.publish(place.address) == NOTHING


def test_rows_of_one_gid_have_changed_and_rows_without_one_went_and_came(place, copy):
    copy.publish(place.address)
    # Of three rows with this gid one stays, one is changed and one goes.
    copy.run("DELETE FROM tasks WHERE rowid = (SELECT max(rowid) FROM tasks WHERE gid = '4')")
    copy.run("UPDATE tasks SET name = 'x' WHERE rowid = (SELECT max(rowid) FROM tasks WHERE gid = '4')")
    copy.run("UPDATE tasks SET name = 'x' WHERE gid IS NULL; INSERT INTO tasks (gid) VALUES ('7')")
    assert copy.publish(place.address) == {**NOTHING, "tasks": (2, 1, 2)}
    assert all_apart(place, copy) == []


def test_rows_that_are_the_same_are_there_as_often_as_in_the_copy(place, copy):
    copy.publish(place.address)
    copy.run("DELETE FROM tasks WHERE rowid = (SELECT max(rowid) FROM tasks WHERE gid = '4')")
    assert copy.publish(place.address) == {**NOTHING, "tasks": (0, 0, 1)}
    assert all_apart(place, copy) == []
    copy.run("INSERT INTO tasks SELECT t.* FROM tasks t, range(3) WHERE gid = '6'")
    assert copy.publish(place.address) == {**NOTHING, "tasks": (3, 0, 0)}
    assert all_apart(place, copy) == []


def test_a_relation_whose_rows_are_all_gone_is_empty_and_can_be_filled_again(place, copy):
    copy.publish(place.address)
    copy.run("CREATE TABLE before AS FROM tasks; DELETE FROM tasks")
    assert copy.publish(place.address) == {**NOTHING, "tasks": (0, 0, 9)}
    assert all_apart(place, copy) == []
    copy.run("INSERT INTO tasks FROM before")
    assert copy.publish(place.address) == {**NOTHING, "tasks": (9, 0, 0)}
    assert all_apart(place, copy) == []


def test_a_column_that_is_new_is_added_and_rows_without_a_value_there_stay(place, copy):
    copy.publish(place.address)
    copy.run("ALTER TABLE tasks ADD COLUMN notes VARCHAR; UPDATE tasks SET notes = 'new' WHERE gid = '2'")
    assert copy.publish(place.address) == {**NOTHING, "tasks": (0, 1, 0)}
    assert all_apart(place, copy) == []
    assert copy.publish(place.address) == NOTHING


def test_a_column_that_is_new_and_empty_is_added(place, copy):
    copy.publish(place.address)
    copy.run("ALTER TABLE nothing ADD COLUMN notes STRUCT(gid VARCHAR)[]")
    assert copy.publish(place.address) == NOTHING
    assert all_apart(place, copy) == []
    before = states(place, copy)
    copy.publish(place.address)
    assert states(place, copy) == before


def test_a_column_that_the_target_lost_is_filled_again(place, copy):
    copy.publish(place.address)
    place.lose("tasks", "completed")
    assert copy.publish(place.address) == {**NOTHING, "tasks": (0, 2, 0)}
    assert all_apart(place, copy) == []
    assert copy.publish(place.address) == NOTHING


def test_what_is_there_already_and_is_no_copy_stays(place, copy):
    copy.publish(place.address)
    place.lose("users", "_row")
    with pytest.raises(QueryError, match=r"There is the .*users already, and it is no copy: it has no column _row"):
        copy.publish(place.address, "users")
    assert place.rows("users").num_rows == 9


def test_a_column_that_the_copy_has_no_more_keeps_the_relation_readable(place, copy):
    copy.publish(place.address)
    copy.run("ALTER TABLE tasks DROP COLUMN shapeless; UPDATE tasks SET name = NULL WHERE gid = '6'")
    # Rows that had a value there are others now.
    assert copy.publish(place.address) == {**NOTHING, "tasks": (0, 7, 0)}
    assert all_apart(place, copy) == []
    assert copy.publish(place.address) == NOTHING


def test_a_column_of_another_type_is_an_error_that_says_what_to_do(place, copy):
    copy.publish(place.address)
    before = states(place, copy)
    copy.run("ALTER TABLE users ALTER COLUMN likes TYPE VARCHAR; UPDATE users SET name = 'other'")
    with pytest.raises(
        QueryError, match=r"users\.likes is \w+ in the .*users, and \w+ now\. Rename or remove the .*anew"
    ):
        copy.publish(place.address)
    assert states(place, copy) == before


def test_rows_that_are_kept_as_deleted_are_published_on_request(place, copy):
    copy.run("ALTER TABLE tasks ADD COLUMN _deleted_at TIMESTAMPTZ")
    copy.publish(place.address)
    assert "_deleted_at" not in place.rows("tasks").column_names
    copy.run("UPDATE tasks SET _deleted_at = '2026-03-04 00:00:00+00' WHERE gid = '2'")
    assert copy.publish(place.address) == {**NOTHING, "tasks": (0, 0, 1)}
    assert copy.publish(place.address, keep_deleted=True) == {**NOTHING, "tasks": (1, 0, 0)}
    assert all_apart(place, copy) == []
    assert copy.publish(place.address, keep_deleted=True) == NOTHING
    assert copy.publish(place.address) == {**NOTHING, "tasks": (0, 0, 1)}
    assert place.rows("tasks").num_rows == 8


def test_what_the_copy_does_not_have_is_left_out(place, copy):
    assert publish(copy.duck, "asana_copy.main", ["goals", "nothing"], place.address) == [
        Published(relation="nothing", rows=0)
    ]


def test_rows_keep_the_moment_at_which_they_were_written(place, copy):
    copy.publish(place.address)
    copy.rename("5", "renamed")
    copy.publish(place.address)
    moments = [str(moment.as_py())[:10] for moment in place.rows("tasks")["_synced_at"]]
    assert sorted(moments) == ["2026-03-02"] * 8 + ["2026-03-03"]
