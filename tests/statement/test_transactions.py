"""Planning leaves a transaction of the person's as it would be without it."""

from __future__ import annotations

import duckdb
import pytest

from asanaql.errors import ServerError

NARROWED = (
    "SELECT count(*) FROM tasks t JOIN projects p ON t.project_gid = p.gid WHERE p.name = 'Atlas migration' "
    "AND t.assignee_gid IS NULL"
)


def test_keys_are_carried_inside_a_transaction(con, sent):
    expected = con.sql(NARROWED).fetchall()
    outside = sent()
    con.sql("BEGIN")
    assert con.sql(NARROWED).fetchall() == expected
    assert sent() == outside
    con.sql("COMMIT")


def test_keys_come_from_a_table_that_only_the_transaction_sees(con, service):
    con.sql("BEGIN")
    con.sql("CREATE TABLE picks (gid VARCHAR)")
    con.sql("INSERT INTO picks SELECT gid FROM projects WHERE name = 'Single task'")
    query = "SELECT name FROM tasks WHERE project_gid IN (SELECT gid FROM picks)"
    assert con.sql(query).fetchall() == [("Rename the quarterly survey",)]
    con.sql("INSERT INTO picks SELECT gid FROM projects WHERE name = 'Hundred days'")
    assert len(con.sql(query).fetchall()) == 101
    con.sql("ROLLBACK")
    with pytest.raises(duckdb.CatalogException):
        con.sql(query)


def test_a_statement_that_cannot_be_planned_does_not_end_the_transaction(con):
    con.sql("CREATE TEMP TABLE mine (gid VARCHAR)")
    con.sql("BEGIN")
    con.sql("INSERT INTO mine VALUES ('1')")
    assert con.sql("SELECT count(*) FROM mine m JOIN users u ON u.gid = m.gid").fetchall() == [(0,)]
    assert con.sql("SELECT count(*) FROM mine").fetchall() == [(1,)]
    con.sql("COMMIT")
    assert con.sql("SELECT count(*) FROM mine").fetchall() == [(1,)]


def test_a_refusal_while_keys_are_read_is_asanas_own_error(con, service):
    service.broken.add("/projects")
    try:
        with pytest.raises(ServerError, match="500 to GET /projects"):
            con.sql(NARROWED).fetchall()
    finally:
        service.broken.clear()
    assert len(con.sql(NARROWED).fetchall()) == 1


def test_settings_of_the_session_hold_where_keys_are_decided(con):
    query = "SELECT count(*) FROM tasks t JOIN users u ON u.gid = t.assignee_gid WHERE u.name {} AND t.completed"
    con.sql("SET default_collation = 'NOCASE'")
    con.sql("SET TimeZone = 'America/Havana'")
    assert (
        con.sql(query.format("= 'maya lindqvist'")).fetchall()
        == con.sql(query.format("ILIKE 'maya lindqvist'")).fetchall()
    )
