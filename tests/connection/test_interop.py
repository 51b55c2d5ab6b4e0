"""ibis, pandas and polars read from a Connection, and what they filter reaches Asana."""

from __future__ import annotations

import duckdb
import ibis
import pandas as pd
import polars as pl
import pytest


@pytest.fixture
def sent(alone):
    """Every request since the last call."""
    alone.service.log.clear()

    def sending():
        found = alone.sent()
        alone.service.log.clear()
        return found

    return sending


@pytest.fixture
def project(alone):
    """A project of 101 tasks, which are two pages, and what reading it takes."""
    gid = alone.notable["hundred_and_one"]
    return gid, [("/tasks", {"project": gid})] * 2


@pytest.fixture
def names(cold, project):
    return {name for (name,) in cold.sql("SELECT name FROM tasks WHERE project_gid = ?", [project[0]]).fetchall()}


def test_ibis_pushes_its_filter(cold, project, names, sent):
    tasks = ibis.duckdb.from_connection(cold.duckdb).table("tasks")
    sent()
    found = tasks.filter(tasks.project_gid == project[0]).select("gid", "name").execute()
    assert (sent(), len(found), set(found["name"])) == (project[1], 101, names)


def test_ibis_finds_a_relation_and_its_types_without_a_request(cold, sent):
    schema = ibis.duckdb.from_connection(cold.duckdb).table("tasks").schema()
    assert schema["completed"].is_boolean() and schema["modified_at"].is_timestamp() and schema["followers"].is_array()
    assert sent() == []


def test_ibis_pushes_bounds_and_aggregates(cold, project, sent):
    tasks = ibis.duckdb.from_connection(cold.duckdb).table("tasks")
    bound = cold.sql("SELECT median(modified_at) FROM tasks WHERE project_gid = ?", [project[0]]).fetchall()[0][0]
    sent()
    changed = tasks.filter(tasks.project_gid == project[0], tasks.modified_at >= ibis.literal(bound))
    counted = changed.group_by("completed").aggregate(n=changed.count()).execute()
    assert counted["n"].sum() == 51
    [(path, parameters)] = sent()
    assert (path, parameters["project"]) == ("/tasks", project[0])
    assert parameters["modified_since"].startswith(f"{bound.astimezone(tz=None):%Y-%m}")


def test_ibis_joins_relations_with_a_table_of_the_callers(alone, project, sent):
    connection = alone.open(cache=False)
    connection.sql("CREATE TABLE wanted AS SELECT ? AS gid", [project[0]])
    backend = ibis.duckdb.from_connection(connection.duckdb)
    wanted, projects = backend.table("wanted"), backend.table("projects")
    sent()
    found = wanted.join(projects, "gid").select("name").execute()
    assert list(found["name"]) == [alone.project("hundred_and_one")["name"]]
    assert {path for path, _ in sent()} <= {"/workspaces", "/projects"}


@pytest.mark.filterwarnings("ignore:pandas only supports SQLAlchemy")
@pytest.mark.parametrize("read", [pd.read_sql, pd.read_sql_query])
def test_pandas_reads_with_the_filter_pushed(cold, project, names, sent, read):
    sent()
    found = read(f"SELECT gid, name, completed FROM tasks WHERE project_gid = '{project[0]}'", cold.duckdb)
    assert (sent(), len(found), set(found["name"])) == (project[1], 101, names)
    assert list(found.columns) == ["gid", "name", "completed"]


@pytest.mark.filterwarnings("ignore:pandas only supports SQLAlchemy")
def test_pandas_reads_qualified_names_and_parameters(cold, project, sent):
    sent()
    query = "SELECT name FROM asana.tasks WHERE project_gid = ?"
    assert (len(pd.read_sql(query, cold.duckdb, params=[project[0]])), sent()) == (101, project[1])


def test_polars_reads_with_the_filter_pushed(cold, project, names, sent):
    sent()
    found = pl.read_database(f"SELECT gid, name FROM tasks WHERE project_gid = '{project[0]}'", cold.duckdb)
    assert (sent(), found.height, set(found["name"])) == (project[1], 101, names)


def test_a_lazy_polars_frame_of_duckdbs_pushes_filter_and_columns(alone, cold, project, sent):
    lazy = cold.duckdb.sql("SELECT * FROM tasks").pl(lazy=True)
    found = lazy.filter(pl.col("project_gid") == project[0]).select("name").collect()
    assert (found.height, sent()) == (101, project[1])


def test_results_become_frames_of_each(cold, project, names):
    result = cold.sql("SELECT name, modified_at FROM tasks WHERE project_gid = ?", [project[0]])
    assert set(result.df()["name"]) == set(result.pl()["name"]) == names
    assert result.stats.requests == 2
    assert isinstance(result.df()["modified_at"].dtype, pd.DatetimeTZDtype)
    assert result.pl().schema["modified_at"].is_temporal()


def test_an_arrow_table_goes_back_into_duckdb(cold, project):
    kept = cold.sql("SELECT gid, followers, custom_fields FROM tasks WHERE project_gid = ?", [project[0]]).arrow()
    assert duckdb.from_arrow(kept).aggregate("count(DISTINCT gid)").fetchall() == [(101,)]
