"""The relations on a DuckDB connection of the caller's: beside what is his, and gone afterwards."""

from __future__ import annotations

import subprocess
import sys
import warnings

import duckdb
import pytest

import asanaql
from asanaql.catalog import CATALOG
from asanaql.demo import DemoTransport
from tests.few import USUAL, few


@pytest.fixture
def attach(asana):
    """Attaches the demo workspace to a connection."""

    def attaching(connection, **settings):
        seams = {"transport": DemoTransport(asana.service), "catalog": few(*USUAL)}
        return asanaql.attach(connection, **{"demo": True, "cache": False, **seams, **settings})

    return attaching


@pytest.fixture
def duck():
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def attached(attach, duck):
    with attach(duck) as connection:
        yield connection


def entries(connection):
    """Everything that a person would find in the databases, except in `asana`."""
    return {
        kind: connection.sql(
            f"SELECT database_name, schema_name, {name} FROM {kind}() WHERE NOT internal AND database_name <> 'asana'"
        ).fetchall()
        for kind, name in {
            "duckdb_tables": "table_name",
            "duckdb_views": "view_name",
            "duckdb_functions": "function_name",
            "duckdb_schemas": "sql",
        }.items()
    }


def path(connection):
    return connection.sql("SELECT current_setting('search_path'), current_database(), current_schema()").fetchall()


# Nothing is written.


def test_nothing_is_written_into_a_file(attach, asana, tmp_path):
    place = tmp_path / "mine.duckdb"
    with duckdb.connect(str(place)) as duck:
        duck.execute("CREATE TABLE mine AS FROM range(5); CHECKPOINT")
        before, held = entries(duck), place.read_bytes()
        with attach(duck) as attached:
            found = duck.execute(
                "SELECT count(*) FROM tasks WHERE project_gid = ?", [asana.notable["hundred"]]
            ).fetchall()
            assert found == [(100,)]
            assert attached.sql("SELECT count(*) FROM mine, (FROM teams LIMIT 1)").fetchall() == [(5,)]
            assert entries(duck) == before
            duck.execute("CHECKPOINT mine")
            assert place.read_bytes() == held
        assert entries(duck) == before
        duck.execute("CHECKPOINT")
        assert place.read_bytes() == held
    assert [each.name for each in tmp_path.iterdir()] == ["mine.duckdb"]


def test_a_file_that_may_only_be_read_will_do(attach, asana, tmp_path):
    place = tmp_path / "mine.duckdb"
    duckdb.connect(str(place)).execute("CREATE TABLE mine AS SELECT 42 AS a").close()
    with duckdb.connect(str(place), read_only=True) as duck, attach(duck):
        assert duck.sql("SELECT a FROM mine WHERE EXISTS (FROM projects)").fetchall() == [(42,)]
        assert duck.sql("SELECT count(*) FROM tasks WHERE gid = '1' AND false").fetchall() == [(0,)]


def test_a_database_in_memory_keeps_its_own_objects_only(duck, attach):
    duck.execute("CREATE TABLE mine (i INT)")
    before = entries(duck)
    with attach(duck):
        assert entries(duck) == before
    assert entries(duck) == before


def test_his_tables_may_be_filled_from_the_relations(duck, attached, asana):
    gid = asana.notable["hundred"]
    duck.execute("CREATE TABLE kept AS SELECT gid, name FROM tasks WHERE project_gid = ?", [gid])
    attached.close()
    assert duck.sql("SELECT count(*) FROM kept").fetchall() == [(100,)]


# Names.


@pytest.mark.parametrize("name", ["projects", "asana.projects", "asana.main.projects", "asana_projects()"])
def test_bare_and_qualified_names_reach_the_relations(duck, attached, asana, name):
    expected = [(len(asana.world.projects),)]
    for run in (duck.sql, duck.execute, attached.sql, attached.cursor().sql):
        assert run(f"SELECT count(*) FROM {name}").fetchall() == expected


@pytest.mark.parametrize("name", ["asana.projects", "asana.main.projects", "asana.asana_projects()"])
def test_his_cursors_reach_them_by_qualified_names(duck, attached, asana, name):
    assert duck.cursor().sql(f"SELECT count(*) FROM {name}").fetchall() == [(len(asana.world.projects),)]


def test_a_name_that_he_uses_stays_his(duck, attach, asana):
    duck.execute("CREATE TABLE tasks AS SELECT 'mine' AS whose")
    duck.execute("CREATE MACRO asana_teams() AS TABLE SELECT 'my macro' AS whose")
    with attach(duck):
        assert duck.sql("FROM tasks").fetchall() == [("mine",)]
        assert duck.sql("FROM asana_teams()").fetchall() == [("my macro",)]
        gid = asana.notable["single"]
        assert duck.sql(f"SELECT count(*) FROM asana.tasks WHERE project_gid = '{gid}'").fetchall() == [(1,)]
        duck.execute("CREATE TABLE users AS SELECT 'later' AS whose")
        assert duck.sql("FROM users").fetchall() == [("later",)]
        assert duck.sql("SELECT count(*) FROM asana.users").fetchall() == [(len(asana.world.users),)]
    assert duck.sql("FROM tasks").fetchall() == [("mine",)]


def test_what_he_creates_goes_where_it_went_before(duck, attached):
    duck.execute("CREATE TABLE made AS SELECT 1 AS a")
    assert duck.sql("SELECT a FROM memory.main.made").fetchall() == [(1,)]


def test_the_columns_are_documented(duck, attach):
    with attach(duck, catalog=CATALOG):
        found = duck.sql(
            "SELECT table_name, column_name, comment FROM duckdb_columns() "
            "WHERE comment IS NOT NULL AND table_name <> 'asana_requests'"
        ).fetchall()
    assert set(found) == {
        (table.name, column.name, column.doc) for table in CATALOG.values() for column in table.visible
    }


def test_a_search_path_of_his_is_kept_and_comes_back(duck, attach, asana):
    duck.execute("""ATTACH ':memory:' AS "my, db"; CREATE SCHEMA "my, db"."a 'b"; USE "my, db"."a 'b" """)
    duck.execute("CREATE TABLE mine AS SELECT 7 AS a")
    before = path(duck)
    with attach(duck) as attached:
        assert duck.sql("SELECT a FROM mine").fetchall() == [(7,)]
        assert duck.sql("SELECT count(*) FROM projects").fetchall() == [(len(asana.world.projects),)]
        assert attached.cursor().sql("SELECT a FROM mine WHERE EXISTS (FROM projects)").fetchall() == [(7,)]
        assert path(duck)[0][1:] == before[0][1:]
    assert path(duck) == before


def test_a_search_path_of_several_places_is_kept(duck, attach):
    duck.execute("ATTACH ':memory:' AS other; CREATE TABLE other.main.far AS SELECT 8 AS a")
    duck.execute("SET search_path = 'memory.main,other.main'")
    before = path(duck)
    with attach(duck):
        assert duck.sql("SELECT a FROM far WHERE EXISTS (FROM projects)").fetchall() == [(8,)]
    assert path(duck) == before


def test_a_search_path_that_he_sets_meanwhile_stays(duck, attach):
    duck.execute("ATTACH ':memory:' AS other")
    with attach(duck):
        duck.execute("USE other")
        assert duck.sql("SELECT count(*) FROM asana.workspaces").fetchall() == [(1,)]
    assert path(duck) == [("other.main", "other", "main")]


def test_using_asana_itself_does_not_keep_it_from_being_taken_away(duck, attach):
    before = path(duck)
    with attach(duck):
        duck.execute("USE asana")
        assert duck.sql("SELECT count(*) FROM workspaces").fetchall() == [(1,)]
    assert path(duck) == before


# Attaching and taking away.


def test_attaching_again_is_an_error_and_leaves_the_first(duck, attach, attached):
    with pytest.raises(asanaql.ConfigError, match="attached to this connection already"):
        attach(duck)
    assert duck.sql("SELECT count(*) FROM workspaces").fetchall() == [(1,)]


def test_closing_takes_the_relations_away_and_leaves_his_connection_open(duck, attach):
    before = path(duck)
    attached = attach(duck)
    cursor = attached.cursor()
    attached.close()
    attached.close()
    for name in ("tasks", "asana.tasks"):
        with pytest.raises(duckdb.CatalogException):
            duck.sql(f"FROM {name}")
    with pytest.raises(duckdb.ConnectionException):
        cursor.sql("SELECT 1")
    assert path(duck) == before
    assert duck.sql("SELECT database_name FROM duckdb_databases() WHERE NOT internal").fetchall() == [("memory",)]


def test_after_closing_one_can_attach_again(duck, attach):
    for _ in range(3):
        with attach(duck):
            assert duck.sql("SELECT count(*) FROM workspaces").fetchall() == [(1,)]


def test_a_failed_attach_leaves_nothing(duck, attach):
    before = path(duck)
    for settings in ({"workspace": "Nobody's"}, {"base_url": "http://asana.example.com"}):
        with pytest.raises(asanaql.ConfigError):
            attach(duck, **settings)
    assert path(duck) == before
    assert duck.sql("SELECT count(*) FROM duckdb_databases() WHERE database_name = 'asana'").fetchall() == [(0,)]


def test_inside_a_transaction_of_his_it_goes_at_once_or_says_that_it_waits(duck, attach):
    """DuckDB 2.0.0 does not detach what an open transaction has read; 2.0.1 does."""
    attached = attach(duck)
    duck.execute("BEGIN; CREATE TABLE mine (i INT)")
    assert duck.sql("SELECT count(*) FROM workspaces").fetchall() == [(1,)]
    try:
        attached.close()
    except duckdb.Error as error:
        assert "outstanding work" in str(error)
    duck.execute("INSERT INTO mine VALUES (7); COMMIT")
    assert duck.sql("FROM mine").fetchall() == [(7,)]
    attached.close()
    with pytest.raises(duckdb.CatalogException):
        duck.sql("FROM asana.tasks")


def test_it_can_be_attached_inside_a_transaction(duck, attach):
    duck.execute("BEGIN; CREATE TABLE mine AS SELECT 1 AS a")
    with attach(duck):
        duck.execute("INSERT INTO mine SELECT 2 FROM workspaces")
        duck.execute("COMMIT")
    assert duck.sql("FROM mine ORDER BY a").fetchall() == [(1,), (2,)]


def test_what_he_has_yet_to_fetch_comes_first(duck, attach):
    """DuckDB refuses any other statement meanwhile, so nothing of his is lost."""
    duck.execute("SELECT 42")
    with pytest.raises(duckdb.Error, match="unfinished result"):
        attach(duck)
    assert duck.fetchall() == [(42,)]
    with attach(duck):
        assert duck.sql("SELECT count(*) FROM workspaces").fetchall() == [(1,)]


def test_his_settings_stay_as_they_are(duck, attach):
    settings = "SELECT name, value FROM duckdb_settings() WHERE name <> 'search_path' ORDER BY name"
    before = duck.sql(settings).fetchall()
    with attach(duck) as attached:
        attached.cursor().sql("SELECT 1").fetchall()
        assert duck.sql(settings).fetchall() == before


# What is returned.


def test_a_result_has_statistics_and_warnings(attached, asana, recwarn):
    asana.service.forbidden.add(asana.notable["single"])
    result = attached.sql("SELECT count(*) FROM tasks")
    result.fetchall()
    assert len(result.warnings) == 1
    assert result.stats.requests > 15
    assert not [each for each in recwarn if each.category is asanaql.AsanaqlWarning]


# Raw statements.


def test_what_a_raw_statement_lacks_is_a_python_warning_every_time(duck, attached, asana):
    asana.service.forbidden.add(asana.notable["single"])
    for run in (duck.execute, duck.sql):
        with pytest.warns(asanaql.AsanaqlWarning, match=f"skipped project_gid {asana.notable['single']}") as caught:
            run("SELECT count(*) FROM tasks").fetchall()
        assert len(caught) == 1


def test_a_raw_statement_that_stops_early_warns_as_well(duck, attached, asana):
    asana.service.forbidden |= {each["gid"] for each in asana.world.projects if not each["archived"]}
    with pytest.warns(asanaql.AsanaqlWarning, match="skipped"):
        duck.execute("SELECT gid FROM tasks LIMIT 1").fetchall()


def test_a_whole_answer_warns_of_nothing(duck, attached, asana):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert duck.sql("SELECT count(*) FROM projects").fetchall() == [(len(asana.world.projects),)]


def test_warnings_made_errors_end_the_statement(duck, attached, asana):
    asana.service.forbidden.add(asana.notable["single"])
    with warnings.catch_warnings():
        warnings.simplefilter("error", asanaql.AsanaqlWarning)
        with pytest.raises(duckdb.Error, match="skipped project_gid"):
            duck.sql("SELECT count(*) FROM tasks").fetchall()


@pytest.mark.parametrize(
    ("settings", "query", "said"),
    [
        ({"token": "wrong"}, "FROM workspaces", "Asana answered 401 to GET /workspaces"),
        ({"max_requests": 3}, "SELECT count(*) FROM tasks", "The statement has sent 3 requests"),
        ({}, "FROM tasks WHERE gid = '1'", "Asana answered 404 to GET /tasks/1"),
    ],
)
@pytest.mark.parametrize("run", ["sql", "execute"])
def test_an_error_in_a_raw_statement_is_one_plain_line(duck, attach, run, settings, query, said):
    with attach(duck, **settings), pytest.raises(duckdb.Error) as caught:
        getattr(duck, run)(query).fetchall()
    text = str(caught.value)
    assert text.startswith(f"Invalid Input Error: reading the Arrow source failed: {said}")
    assert "\n" not in text and "Traceback" not in text and "Python exception" not in text


def test_after_an_error_in_a_raw_statement_his_connection_goes_on(duck, attached):
    for _ in range(2):
        with pytest.raises(duckdb.Error, match="404"):
            duck.sql("FROM tasks WHERE gid = '1'").fetchall()
        assert duck.sql("SELECT count(*) FROM workspaces").fetchall() == [(1,)]


def test_a_program_that_closes_nothing_ends_quietly():
    program = (
        "import asanaql, duckdb\n"
        "duck = duckdb.connect()\n"
        "asana = asanaql.attach(duck, demo=True, cache=False)\n"
        "result = asana.sql('SELECT gid FROM tasks')\n"
        "print(result.fetchone() is not None)\n"
        "print(duck.cursor().execute('SELECT gid FROM asana.tasks LIMIT 1').fetchone() is not None)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr, done.returncode) == ("True\nTrue\n", "", 0)
