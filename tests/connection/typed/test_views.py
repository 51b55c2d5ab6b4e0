"""Views with typed columns: what they are called, what they say of themselves, and whose connection they are on."""

from __future__ import annotations

import duckdb
import pandas as pd
import polars as pl
import pytest

import asanaql
from asanaql.catalog import CATALOG
from asanaql.demo import DemoTransport, build
from tests.few import USUAL, few

from .conftest import KINDS, NOW, PROJECT, quoted


@pytest.fixture
def own(alone):
    return alone.open(cache=False, catalog=few(*USUAL))


@pytest.fixture
def attach(alone):
    def attaching(connection, **settings):
        seams = {"transport": DemoTransport(alone.service), "catalog": few(*USUAL)}
        return asanaql.attach(connection, **{"demo": True, "cache": False, **seams, **settings})

    return attaching


@pytest.fixture
def duck():
    with duckdb.connect() as connection:
        yield connection


def comments(connection, view):
    query = "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = $1"
    return dict(connection.duckdb.execute(query, [view]).fetchall())


# Names.


def test_a_view_is_called_like_the_project_and_its_name_is_sql(own):
    assert own.create_project_view(PROJECT) == '"Website relaunch"'
    assert own.sql('SELECT count(*) FROM "website RELAUNCH"').fetchall() == [(220,)]
    assert own.create_portfolio_view("Company bets") == '"Company bets"'
    assert own.sql('SELECT count(*) FROM "Company bets"').fetchall() == [(5,)]


@pytest.mark.parametrize("name", ['He said "hi"', "It's (2026) AS x", "🚀\nplan", "select", "a.b", " "])
def test_a_name_may_be_given_and_may_be_any(own, name):
    view = own.create_project_view(PROJECT, name)
    assert view == quoted(name)
    assert own.sql(f'SELECT count(*) FROM {view} WHERE "Effort" IS NOT NULL').fetchall()[0][0] > 0
    assert own.duckdb.cursor().execute(f"SELECT count(gid) FROM {view}").fetchall() == [(220,)]


def test_projects_of_any_name_have_their_view(alone, own):
    for project in alone.world.projects:
        view = own.create_project_view(project["gid"])
        assert view == quoted(project["name"])
        assert own.create_project_view(project["name"]) == view
        assert own.sql(f"SELECT count(*) FROM {view}").fetchall() == [(len(alone.world.tasks_in(project["gid"])),)]


@pytest.mark.parametrize("name", ["tasks", "TASKS", "asana_requests", "mine", "my view"])
def test_a_name_that_is_taken_is_an_error_that_says_by_what(own, name):
    own.sql('CREATE TABLE mine (i INT); CREATE TEMP VIEW "My View" AS SELECT 1 AS a')
    with pytest.raises(asanaql.QueryError, match=f"The name '{name}' is taken by a (table|view) in .*, name='…'"):
        own.create_project_view(PROJECT, name)
    assert own.sql("FROM mine").columns == ["i"]


def test_the_view_of_another_project_is_not_replaced(alone, own):
    own.create_project_view(PROJECT, "current")
    with pytest.raises(asanaql.QueryError) as caught:
        own.create_project_view("Hundred days", "Current")
    assert f"one task in the project {alone.notable['every_custom_field']}" in str(caught.value)
    own.sql("DROP VIEW current")
    own.create_project_view("Hundred days", "current")
    assert own.sql("SELECT DISTINCT project_name FROM current").fetchall() == [("Hundred days",)]


def test_making_it_again_replaces_it_and_only_that(own):
    own.sql('CREATE SCHEMA s; CREATE TABLE s."Website relaunch" (i INT)')
    for _ in range(2):
        view = own.create_project_view(PROJECT)
    assert own.sql(f"SELECT count(*) FROM {view}").fetchall() == [(220,)]
    assert own.sql(f"FROM s.{view}").columns == ["i"]


def test_where_bare_names_are_looked_up_elsewhere_its_name_is_qualified(own):
    own.sql("ATTACH ':memory:' AS other; USE other")
    assert own.create_project_view(PROJECT) == '"memory"."main"."Website relaunch"'
    assert own.sql('SELECT count(*) FROM "memory"."main"."Website relaunch"').fetchall() == [(220,)]


def test_the_shown_tables_hold_it(own):
    own.create_project_view(PROJECT)
    assert (PROJECT,) in own.sql("SELECT name FROM (SHOW TABLES)").fetchall()


# Documentation.


def test_the_columns_say_what_they_are(alone, own):
    own.create_project_view(PROJECT, "v")
    found = comments(own, "v")
    tasks = {column.name: column.doc for column in CATALOG["tasks"].visible}
    assert {name: found[name] for name in tasks} == tasks
    assert found["Priority"] == "Priority, as agreed in spring"
    share = next(field["gid"] for field in alone.world.all("custom_field") if field["name"] == "Share")
    assert found["Share"] == f"The custom field {share}, of the kind `number`."
    assert found["Launch day"].endswith("reading one that has gives a warning.")
    assert found["Time slot"].endswith("midnight in the session's time zone.")
    [(comment,)] = own.sql("SELECT comment FROM duckdb_views() WHERE view_name = 'v'").fetchall()
    assert (
        comment
        == f"One row: one task in the project {alone.notable['every_custom_field']}, with its custom fields as columns."
    )


def test_a_portfolio_s_view_says_that_people_are_text(own):
    own.create_portfolio_view("Company bets", "v")
    assert comments(own, "v")["Reviewers"].endswith("As text, which is all that Asana sends of it here.")


# Other clients.


@pytest.mark.filterwarnings("ignore:pandas only supports SQLAlchemy")
def test_any_client_of_the_connection_reads_it(alone, own):
    view = own.create_project_view(PROJECT)
    query = f'SELECT name, "Effort", "Launch day" FROM {view} WHERE "Priority" = \'High\''
    expected = own.sql(query).fetchall()
    assert own.duckdb.sql(query).fetchall() == own.duckdb.cursor().execute(query).fetchall() == expected
    assert list(pd.read_sql(query, own.duckdb)["name"]) == [row[0] for row in expected]
    assert pl.read_database(query, own.duckdb).height == len(expected)
    alone.service.log.clear()
    own.duckdb.execute(f"SELECT name FROM {view}").fetchall()
    assert alone.fields == ["name"] * 3


# Connections of the person's own.


def test_on_an_attached_connection_it_is_beside_the_relations(attach, duck):
    with attach(duck) as attached:
        view = attached.create_project_view(PROJECT)
        for name in (view, f"asana.{view}", f"asana.main.{view}"):
            assert duck.sql(f'SELECT count("Priority") FROM {name}').fetchall() == [(141,)]
        assert attached.cursor().sql(f"SELECT count(*) FROM {view}").fetchall() == [(220,)]
        assert duck.cursor().sql(f"SELECT count(*) FROM asana.{view}").fetchall() == [(220,)]
        assert duck.sql(
            "SELECT count(*) FROM duckdb_views() WHERE NOT internal AND database_name <> 'asana'"
        ).fetchall() == [(0,)]
    with pytest.raises(duckdb.CatalogException):
        duck.sql(f"FROM {view}")


def test_nothing_is_written_into_a_file(attach, tmp_path):
    place = tmp_path / "mine.duckdb"
    with duckdb.connect(str(place)) as duck:
        duck.execute("CREATE TABLE mine AS FROM range(5); CHECKPOINT")
        held = place.read_bytes()
        with attach(duck) as attached:
            view = attached.create_project_view(PROJECT)
            assert duck.sql(f"SELECT count(*) FROM {view}, mine").fetchall() == [(1100,)]
            assert attached.sql(f"SELECT count(*) FROM asana_project('{PROJECT}'), mine").fetchall() == [(1100,)]
            duck.execute("CHECKPOINT mine")
        assert place.read_bytes() == held


def test_a_file_that_may_only_be_read_will_do(attach, tmp_path):
    place = tmp_path / "mine.duckdb"
    duckdb.connect(str(place)).execute("CREATE TABLE mine AS SELECT 42 AS a").close()
    with duckdb.connect(str(place), read_only=True) as duck, attach(duck) as attached:
        view = attached.create_project_view(PROJECT)
        assert duck.sql(f"SELECT count(*), any_value(a) FROM {view}, mine").fetchall() == [(220, 42)]


@pytest.mark.parametrize("where", ["mine", 'other."a ""b, c"', "temp"])
def test_a_name_that_would_reach_what_is_his_is_taken(attach, duck, where):
    duck.execute('ATTACH \':memory:\' AS other; CREATE SCHEMA other."a ""b, c"')
    if where == "mine":
        duck.execute('CREATE TABLE "Website relaunch" (i INT)')
    elif where == "temp":
        duck.execute('CREATE TEMP TABLE "Website relaunch" (i INT)')
    else:
        duck.execute(f"CREATE TABLE {where}.\"Website relaunch\" (i INT); SET search_path = 'memory.main,{where}'")
    with attach(duck) as attached:
        with pytest.raises(asanaql.QueryError, match="is taken by a table in"):
            attached.create_project_view(PROJECT)
        view = attached.create_project_view(PROJECT, "other name")
        assert duck.sql(f"SELECT count(*) FROM {view}").fetchall() == [(220,)]


def test_a_table_of_his_elsewhere_takes_no_name(attach, duck):
    duck.execute("ATTACH ':memory:' AS other; CREATE TABLE other.main.\"Website relaunch\" (i INT)")
    with attach(duck) as attached:
        view = attached.create_project_view(PROJECT)
        assert duck.sql(f"SELECT count(*) FROM {view}").fetchall() == [(220,)]


def test_a_view_of_his_over_a_call_works_in_the_next_session(attach, tmp_path):
    place = tmp_path / "mine.duckdb"
    with duckdb.connect(str(place)) as duck, attach(duck) as attached:
        attached.sql(
            f"CREATE VIEW high AS SELECT gid, \"Effort\" FROM asana_project('{PROJECT}') WHERE \"Priority\" = 'High'"
        )
    with duckdb.connect(str(place)) as duck, attach(duck):
        assert duck.sql('SELECT count(*), count("Effort") FROM high').fetchall()[0][0] == 27


# Transactions.


def test_inside_a_transaction_no_view_is_made_and_the_transaction_goes_on(own):
    own.sql("BEGIN; CREATE TABLE mine AS SELECT 1 AS a")
    with pytest.raises(asanaql.QueryError, match="COMMIT or ROLLBACK first"):
        own.create_project_view(PROJECT)
    own.sql("COMMIT")
    assert own.sql("FROM mine").fetchall() == [(1,)]
    assert own.create_project_view(PROJECT) == quoted(PROJECT)


def test_rows_that_are_being_read_are_read_to_their_end_first(own):
    begun = own.sql("SELECT range FROM range(3000)")
    begun.fetchone()
    own.create_project_view(PROJECT)
    assert len(begun.fetchall()) == 2999


# Errors and warnings.


def test_an_unknown_project_is_an_error_and_makes_nothing(own):
    with pytest.raises(asanaql.QueryError, match=r"no project called 'Website'\. The nearest: 'Website relaunch'"):
        own.create_project_view("Website")
    assert own.sql(
        "SELECT count(*) FROM duckdb_views() WHERE comment LIKE '%custom fields as columns%'"
    ).fetchall() == [(0,)]


def test_what_could_not_be_listed_is_a_python_warning(asana_of):
    world = build(now=NOW, seed=18)
    asana = asana_of(world)
    asana.service.most = 10
    with pytest.warns(asanaql.AsanaqlWarning, match="Asana ended the listing"):
        asana.open(cache=False).create_project_view("Single task")


def test_a_view_without_fields_shows_the_tasks(alone, own):
    view = own.create_project_view("Single task")
    assert own.sql(f"FROM {view} LIMIT 0").columns == own.sql("FROM tasks LIMIT 0").columns
    assert not set(KINDS) & set(own.sql(f"FROM {view} LIMIT 0").columns)


def test_a_closed_connection_makes_no_view(alone):
    connection = alone.open(cache=False)
    connection.close()
    with pytest.raises(duckdb.ConnectionException):
        connection.create_project_view(PROJECT)
