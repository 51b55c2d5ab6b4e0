"""Keys go from the relation that knows them to the one that needs them, and nothing is asked for twice."""

from __future__ import annotations

import pytest

import asanaql

ATLAS = "p.name = 'Atlas migration'"


def project(service, name):
    return next(each["gid"] for each in service.world.projects if each["name"] == name)


@pytest.mark.parametrize(
    ("rule", "query"),
    [
        ("on", f"SELECT t.gid FROM sections t JOIN projects p ON t.project_gid = p.gid WHERE {ATLAS}"),
        ("where", f"SELECT t.gid FROM sections t, projects p WHERE t.project_gid = p.gid AND {ATLAS}"),
        ("on", f"SELECT t.gid FROM sections t LEFT JOIN projects p ON t.project_gid = p.gid WHERE {ATLAS}"),
        ("on", f"SELECT t.gid FROM sections t SEMI JOIN projects p ON t.project_gid = p.gid AND {ATLAS}"),
        ("in", f"SELECT t.gid FROM sections t WHERE project_gid IN (SELECT gid FROM projects p WHERE {ATLAS})"),
        ("in", f"SELECT t.gid FROM sections t WHERE project_gid = (SELECT max(gid) FROM projects p WHERE {ATLAS})"),
        (
            "exists",
            f"SELECT t.gid FROM sections t WHERE EXISTS (FROM projects p WHERE p.gid = t.project_gid AND {ATLAS})",
        ),
        (
            "correlated",
            f"SELECT (SELECT count(*) FROM sections t WHERE t.project_gid = p.gid) FROM projects p WHERE {ATLAS}",
        ),
        (
            "on+probe",
            "SELECT * FROM (SELECT project_gid, count(*) FROM sections GROUP BY 1) t "
            f"JOIN projects p ON t.project_gid = p.gid WHERE {ATLAS}",
        ),
        ("on", "SELECT t.gid FROM sections t JOIN projects p ON t.project_gid = p.gid WHERE p.name ILIKE 'atlas %'"),
    ],
)
def test_one_project_is_asked_for_its_sections(con, service, sent, rule, query):
    result = con.sql(query)
    result.fetchall()
    assert sent() == ["/workspaces", "/projects", f"/projects/{project(service, 'Atlas migration')}/sections"]
    assert result.stats.rules == (rule,)


def test_keys_go_on_along_a_chain(con, service, sent):
    result = con.sql(
        "SELECT count(*) FROM stories s JOIN tasks t ON s.task_gid = t.gid JOIN projects p ON t.project_gid = p.gid "
        "WHERE p.name = 'Single task'"
    )
    result.fetchall()
    [task] = [each["gid"] for each in service.world.tasks_in(project(service, "Single task"))]
    assert sent() == ["/workspaces", "/projects", "/tasks", f"/tasks/{task}/stories"]
    assert result.stats.rules == ("on", "on")


def test_no_key_means_that_nothing_is_asked(con, sent):
    query = "SELECT t.gid FROM tasks t JOIN projects p ON t.project_gid = p.gid WHERE p.name = 'There is none'"
    assert con.sql(query).fetchall() == []
    assert sent() == ["/workspaces", "/projects"]


@pytest.mark.parametrize(
    "giver",
    [
        "picks p",
        "(VALUES ('{single}', 'x'), (NULL, 'x')) p(gid, note)",
        "'{file}' p",
        "read_csv('{file}', all_varchar = true) p",
    ],
)
def test_keys_of_the_persons_own_narrow_as_well(con, service, sent, tmp_path, giver):
    single = project(service, "Single task")
    con.sql("CREATE TABLE picks (gid VARCHAR, note VARCHAR)")
    con.sql(f"INSERT INTO picks VALUES ('{single}', 'x'), ('{project(service, 'Hundred days')}', 'y'), (NULL, 'x')")
    file = tmp_path / "picks.csv"
    con.sql(f"COPY (FROM picks WHERE note = 'x') TO '{file}'")
    shown = giver.format(single=single, file=file)
    rows = con.sql(f"SELECT t.name FROM tasks t JOIN {shown} ON p.gid = t.project_gid WHERE p.note = 'x'").fetchall()
    assert rows == [("Rename the quarterly survey",)]
    assert sent() == ["/tasks"]


def test_what_no_gid_can_be_is_no_key(con, sent):
    con.sql("CREATE TABLE picks AS FROM (VALUES ('me'), ('012'), (NULL)) p(gid)")
    assert con.sql("SELECT t.name FROM tasks t JOIN picks p ON p.gid = t.project_gid").fetchall() == []
    assert sent() == []


def test_too_many_keys_are_not_asked_for_one_by_one(con, service, sent):
    con.sql("CREATE TABLE picks AS SELECT (i + 1)::VARCHAR AS gid FROM range(10001) r(i)")
    result = con.sql("SELECT count(*) FROM sections s JOIN picks p ON p.gid = s.project_gid")
    assert result.fetchall() == [(0,)]
    assert len(sent()) == 2 + len(service.world.projects)
    assert result.warnings == [
        "sections: 10,001 values of project_gid are too many to ask for one by one (at most 10,000), so it was read "
        "without them."
    ]


def test_a_carried_key_that_asana_does_not_know_is_no_error(con, sent):
    con.sql("CREATE TABLE picks AS FROM (VALUES ('7')) p(gid)")
    for query in (
        "SELECT u.name FROM users u JOIN picks p ON p.gid = u.gid",
        "SELECT t.name FROM tasks t JOIN picks p ON p.gid = t.gid",
    ):
        result = con.sql(query)
        assert (result.fetchall(), result.warnings) == ([], [])


def test_a_carried_project_that_may_not_be_read_is_skipped_and_said(con, service):
    single = project(service, "Single task")
    service.forbidden.add(single)
    try:
        result = con.sql(
            "SELECT t.gid FROM tasks t JOIN projects p ON p.gid = t.project_gid WHERE p.name LIKE 'Single%'"
        )
        assert result.fetchall() == []
        [warning] = result.warnings
        assert warning.startswith(f"tasks: skipped project_gid {single}")
        with pytest.raises(asanaql.ApiError, match="403"):
            con.sql(f"SELECT gid FROM tasks WHERE project_gid = '{single}'").fetchall()
    finally:
        service.forbidden.clear()


def test_a_relation_that_others_need_is_listed_once(con, service, sent):
    con.sql("SELECT p.name, s.name FROM projects p LEFT JOIN sections s ON s.project_gid = p.gid").fetchall()
    assert sent().count("/projects") == 1


def test_a_statement_that_is_created_from_is_narrowed_too(con, sent):
    con.sql(
        f"CREATE TABLE kept AS SELECT s.name FROM sections s JOIN projects p ON s.project_gid = p.gid WHERE {ATLAS}"
    )
    assert len(sent()) == 3
    con.sql(f"INSERT INTO kept SELECT s.name FROM sections s JOIN projects p ON s.project_gid = p.gid WHERE {ATLAS}")
    assert len(sent()) == 3


def test_parameters_take_part(con, sent):
    query = "SELECT s.name FROM sections s JOIN projects p ON s.project_gid = p.gid WHERE p.name = {}"
    con.sql(query.format("?"), ["Atlas migration"]).fetchall()
    assert len(sent()) == 3
    con.sql(query.format("$name"), {"name": "Atlas migration"}).fetchall()
    assert len(sent()) == 3


def test_a_volatile_predicate_gives_no_fewer_keys(con, service):
    query = "SELECT count(*) FROM sections s JOIN projects p ON s.project_gid = p.gid WHERE random() >= 0"
    expected = con.sql("SELECT count(*) FROM sections").fetchall()
    assert con.sql(query).fetchall() == expected


def test_planning_can_be_switched_off(opened, sent):
    con = opened(plan=False)
    query = f"SELECT t.gid FROM sections t JOIN projects p ON t.project_gid = p.gid WHERE {ATLAS}"
    result = con.sql(query)
    result.fetchall()
    assert len(sent()) > 10
    assert result.stats.rules == ()


def test_a_view_is_looked_through_also_where_it_renames_columns(con, service, sent):
    con.sql("CREATE VIEW launches AS SELECT * FROM projects WHERE name LIKE 'Atlas%'")
    con.sql("CREATE VIEW renamed(project_gid, title) AS SELECT gid, name FROM projects")
    one = ["/workspaces", "/projects", f"/projects/{project(service, 'Atlas migration')}/sections"]
    con.sql("SELECT s.name FROM sections s JOIN launches l ON l.gid = s.project_gid").fetchall()
    assert sent() == one
    query = "SELECT s.name FROM sections s JOIN renamed r USING (project_gid) WHERE r.title = 'Atlas migration'"
    assert len(con.sql(query).fetchall()) == 8
    assert sent() == one


JOINED = "tasks t JOIN projects p ON p.gid = t.project_gid WHERE p.name LIKE 'Single%'"


def test_columns_are_named_after_the_typed_text(con):
    asked = f"SELECT (SELECT max(x.gid) FROM projects x WHERE x.gid = t.project_gid) FROM {JOINED}"
    assert "tagged" not in str(con.sql(asked).arrow().column_names)
    con.sql(f"CREATE TABLE made AS {asked}")
    assert "tagged" not in str(con.sql("FROM made").columns)


def test_a_max_of_the_persons_own_is_not_the_aggregate(con):
    con.sql("CREATE MACRO max(x) AS (SELECT min(q.gid) FROM asana.projects q)")
    query = "SELECT count(*) FROM sections WHERE project_gid = (SELECT max(gid) FROM projects WHERE archived)"
    assert con.sql(query).stats.rules == ()


def test_a_view_that_counts_on_counts_once(con):
    con.sql("CREATE SEQUENCE counter; CREATE VIEW counted AS SELECT nextval('counter') n, gid FROM users")
    con.sql("SELECT count(c.n) FROM counted c JOIN user_tasks t ON t.assignee_gid = c.gid").fetchall()
    [(after,)] = con.sql("SELECT nextval('counter')").fetchall()
    assert after <= 21


def test_a_setting_of_explain_is_no_error(con):
    con.sql("SET explain_output = 'all'")
    assert len(con.sql(f"SELECT t.name FROM {JOINED}").fetchall()) == 1


def test_a_statement_that_fails_leaves_nothing_behind(con):
    import duckdb

    with pytest.raises(duckdb.Error):
        con.sql(f"CREATE TABLE made AS SELECT t.name::INT FROM {JOINED}")
    assert con._account.occurrences._known == {}
