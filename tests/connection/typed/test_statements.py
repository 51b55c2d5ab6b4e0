"""`asana_project` and `asana_portfolio` wherever a statement may name a relation."""

from __future__ import annotations

import duckdb
import ibis
import pytest

import asanaql
from asanaql.demo import DemoTransport, Service, build

from .conftest import CALL, NOW, PROJECT


@pytest.fixture
def own(alone):
    """A connection for a test that leaves something behind in it."""
    return alone.open(cache=False)


@pytest.fixture
def high(alone):
    """How many tasks of the project have a high priority."""
    tasks = alone.world.tasks_in(alone.notable["every_custom_field"])
    options = [f["enum_value"] for task in tasks for f in task["custom_fields"] if f["name"] == "Priority"]
    return sum(option is not None and option["name"] == "High" for option in options)


HIGH = "\"Priority\" = 'High'"
PLACES = [
    f"SELECT count(*) FROM {CALL} WHERE {HIGH}",
    f"FROM {CALL} SELECT count(*) WHERE {HIGH}",
    f"SELECT count(*) FROM {CALL} AS p WHERE p.{HIGH}",
    f"SELECT count(*) FROM p: {CALL} WHERE p.{HIGH}",
    f"SELECT count(*) FROM asana.{CALL} WHERE {HIGH}",
    f"SELECT count(*) FROM asana.main.ASANA_PROJECT('{PROJECT}') WHERE {HIGH}",
    f"WITH p AS (SELECT * FROM {CALL}) SELECT count(*) FROM p WHERE {HIGH}",
    f"WITH tasks AS (SELECT 1 AS gid) SELECT count(*) FROM {CALL}, tasks t WHERE {HIGH}",
    f"SELECT count(*) FROM (SELECT \"Priority\" AS p FROM {CALL}) x WHERE p = 'High'",
    f"SELECT n FROM (SELECT \"Priority\" AS p, count(*) AS n FROM {CALL} GROUP BY ALL) WHERE p = 'High'",
    f"SELECT count(*) FROM {CALL} a JOIN {CALL} b USING (gid) WHERE a.{HIGH} AND b.{HIGH}",
    f"SELECT (SELECT count(*) FROM {CALL} WHERE {HIGH})",
    f"SELECT count(*) FROM projects p, LATERAL (SELECT * FROM {CALL} x WHERE {HIGH} AND x.project_gid = p.gid) q",
    f"SELECT count(*) FROM tasks t WHERE project_name = '{PROJECT}' AND gid IN (SELECT gid FROM {CALL} WHERE {HIGH})",
    f"SELECT count(*) FROM (FROM {CALL} UNION BY NAME FROM {CALL}) WHERE {HIGH}",
    f"SELECT count(*) FILTER ({HIGH}) FROM {CALL} /* asana_project('x') */ -- asana_project(?)",
    f"SELECT count(*) FROM {CALL} WHERE {HIGH} AND 'asana_project(''x'')' <> name",
    f"SELECT count(COLUMNS('Priority')) FROM {CALL} WHERE {HIGH}",
    f'WITH p AS (SELECT gid, "Priority" AS p FROM {CALL}) SELECT sum("High") FROM (PIVOT p ON p IN (\'High\'))',
]


@pytest.mark.parametrize("query", PLACES)
def test_it_may_stand_wherever_a_relation_may(cold, high, query):
    assert cold.sql(query).fetchall() == [(high,)]


def test_a_parameter_beside_it_is_bound(cold, high):
    assert cold.sql(f'SELECT count(*) FROM {CALL} WHERE "Priority" = ?', ["High"]).fetchall() == [(high,)]
    assert cold.sql(f'SELECT count(*) FROM {CALL} WHERE "Priority" = $p', {"p": "High"}).fetchall() == [(high,)]


def test_a_name_with_an_apostrophe_is_written_as_a_text_of_sql(alone, cold):
    name = 'The "OKR" tracker, it\'s fine'
    for written in ("'The \"OKR\" tracker, it''s fine'", f"$${name}$$"):
        assert cold.sql(f"SELECT DISTINCT project_name FROM asana_project({written})").fetchall() == [(name,)]


def test_a_table_is_made_and_filled_from_it(own, high):
    own.sql(f'CREATE TABLE kept AS SELECT gid, "Priority", "Components" FROM {CALL}')
    assert own.sql(f"SELECT count(*) FROM kept WHERE {HIGH}").fetchall() == [(high,)]
    own.sql(f'INSERT INTO kept BY NAME SELECT gid, "Priority" FROM {CALL} WHERE {HIGH}')
    own.sql(f"DELETE FROM kept USING {CALL} p WHERE p.gid = kept.gid AND p.{HIGH}")
    assert own.sql(f"SELECT count(*), count(*) FILTER ({HIGH}) FROM kept").fetchall() == [(220 - high, 0)]


@pytest.mark.parametrize("what", [CALL, f"(SELECT * EXCLUDE (custom_fields) FROM {CALL})"])
def test_copy_writes_it_to_a_file(cold, high, tmp_path, what):
    path = tmp_path / "tasks.parquet"
    assert cold.sql(f"COPY {what} TO '{path}'").fetchall() == [(220,)]
    assert cold.sql(f"SELECT count(*) FROM '{path}' WHERE {HIGH}").fetchall() == [(high,)]


def test_describe_and_summarize_take_it_as_they_take_a_table(cold):
    described = {row[0]: row[1] for row in cold.sql(f"DESCRIBE {CALL}").fetchall()}
    assert (described["Effort"], described["Components"]) == ("DOUBLE", "VARCHAR[]")
    assert described == {row[0]: row[1] for row in cold.sql(f"DESCRIBE FROM {CALL}").fetchall()}
    assert len(cold.sql(f'SUMMARIZE (SELECT "Effort", "Share" FROM {CALL})').fetchall()) == 2


def test_it_can_be_pivoted(cold, high):
    found = cold.sql(f'PIVOT {CALL} ON "Priority" USING count(*) GROUP BY resource_type')
    assert dict(zip(found.columns, found.fetchall()[0], strict=True))["High"] == high


def test_a_prepared_statement_a_view_and_a_macro_hold_it(own, high):
    own.sql(f'PREPARE counted AS SELECT count(*) FROM {CALL} WHERE "Priority" = $1')
    own.sql(f"CREATE VIEW mine AS SELECT * FROM {CALL}")
    own.sql(f'CREATE MACRO of_priority(wanted) AS TABLE SELECT * FROM {CALL} WHERE "Priority" = wanted')
    for query in (
        "EXECUTE counted('High')",
        f"SELECT count(*) FROM mine WHERE {HIGH}",
        "SELECT count(*) FROM of_priority('High')",
    ):
        assert own.sql(query).fetchall() == [(high,)]
        assert own.duckdb.execute(query).fetchall() == [(high,)]


def test_explain_tells_the_scan(cold):
    told = cold.sql(f"EXPLAIN SELECT gid FROM {CALL} WHERE {HIGH}")
    [row] = [dict(zip(told.columns, row, strict=True)) for row in told.fetchall()]
    assert (row["relation"], row["endpoint"], row["keys_from"]) == (
        "tasks",
        "GET /tasks",
        "project_gid from the statement",
    )
    assert [text.partition(": ")[0] for text in row["with_duckdb"]] == [
        "(struct_extract(struct_extract(\"Priority\", 'enum_value'), 'name') = 'High')"
    ]


def test_duckdb_s_own_explain_shows_its_plan(cold):
    assert cold.sql(f"EXPLAIN (FORMAT json) SELECT gid FROM {CALL}").fetchall()[0][0] == "physical_plan"


def test_a_column_named_after_a_query_is_named_as_it_was_typed(cold):
    result = cold.sql(f"SELECT (SELECT count(*) FROM {CALL}), EXISTS (FROM {CALL} x WHERE x.completed)")
    assert result.columns == [
        f"(SELECT count_star() FROM {CALL})",
        f"EXISTS(SELECT * FROM {CALL} AS x WHERE x.completed)",
    ]
    assert result.fetchall() == [(220, True)]


def test_inside_a_transaction_it_is_read_whatever_was_read_before(own, high):
    own.sql("BEGIN")
    own.sql("SELECT count(*) FROM projects").fetchall()
    own.sql("CREATE TABLE mine AS SELECT 1 AS a")
    assert own.sql(PLACES[0]).fetchall() == [(high,)]
    own.sql("ROLLBACK")
    assert own.sql(PLACES[0]).fetchall() == [(high,)]


def test_cursors_and_threads_of_a_connection_know_it_too(own, high):
    with own.cursor() as cursor:
        assert cursor.sql(PLACES[0]).fetchall() == [(high,)]


def test_ibis_reads_what_a_view_shows(alone):
    connection = alone.open(cache=False)
    connection.create_project_view(PROJECT)
    tasks = ibis.duckdb.from_connection(connection.duckdb).table(PROJECT)
    assert tasks.schema()["Effort"].is_floating() and tasks.schema()["Components"].is_array()
    alone.service.log.clear()
    found = tasks.filter(tasks.Priority == "High").select("name", "Effort").execute()
    assert len(found) > 0 and list(found.columns) == ["name", "Effort"]
    assert {params["project"] for _, params in alone.sent()} == {alone.notable["every_custom_field"]}


# Other clients.


@pytest.mark.parametrize("function", ["asana_project", "asana.asana_project", "asana_portfolio"])
@pytest.mark.parametrize("query", ["FROM {}('x')", "SELECT count(*) FROM {}('x')", "SELECT 1 FROM {}('x') LIMIT 1"])
def test_duckdb_alone_says_what_to_do_instead(cold, function, query):
    with pytest.raises(duckdb.Error, match=r"Connection\.sql.*create_(project|portfolio)_view"):
        cold.duckdb.execute(query.format(function)).fetchall()


# Errors.


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        (f"SELECT nope FROM {CALL}", "nope"),
        (f"SELECT 1,\n   p.nope\nFROM {CALL} p WHERE {HIGH}", "p.nope"),
        (f"SELECT gid FROM {CALL} WHERE {HIGH} AND nope(gid)", "nope"),
        (f"CREATE TABLE x AS SELECT p.gid, nope FROM {CALL} p, {CALL} q", "nope"),
        (f"EXPLAIN SELECT nope FROM {CALL}", "nope"),
        (f"SELECT gid FROM {CALL} p JOIN tasks t ON t.gid = p.nope", "p.nope"),
    ],
)
def test_an_error_of_duckdb_shows_the_statement_as_it_was_typed(cold, query, marked):
    with pytest.raises(duckdb.Error) as caught:
        cold.sql(query).fetchall()
    line, mark = str(caught.value).splitlines()[-2:]
    number = query.count("\n", 0, query.index(marked))
    assert line == f"LINE {number + 1}: {query.splitlines()[number]}"
    assert line[mark.index("^") :].startswith(marked)


def test_an_error_while_rows_are_read_shows_it_too(cold):
    query = f"SELECT CAST(name AS INTEGER) FROM {CALL}"
    with pytest.raises(duckdb.ConversionException) as caught:
        cold.sql(query).fetchall()
    assert f"LINE 1: {query}" in str(caught.value)


@pytest.mark.parametrize("inside", ["?", "'a' || 'b'", "", "name"])
def test_what_is_no_name_in_quotes_is_an_error_that_sends_nothing(alone, cold, inside):
    alone.service.log.clear()
    query = f"SELECT 1 FROM asana_project({inside})"
    with pytest.raises(asanaql.QueryError, match=r"asana_project\('Launch plan'\)") as caught:
        cold.sql(query, ["x"] if inside == "?" else None)
    assert query[caught.value.position :].startswith("asana_project(")
    assert alone.sent() == []


def test_where_it_cannot_stand_duckdb_says_so(cold):
    with pytest.raises(duckdb.Error) as caught:
        cold.sql(f"SELECT {CALL}")
    assert "list_filter" not in str(caught.value)


@pytest.mark.parametrize("named", ["website relaunch", "Website relunch", "Website relaunch "])
def test_an_unknown_name_is_an_error_with_its_place_and_the_nearest_names(alone, cold, named):
    gid = alone.notable["every_custom_field"]
    query = f"SELECT 1 FROM asana_project('{named}')"
    with pytest.raises(asanaql.QueryError) as caught:
        cold.sql(query)
    assert str(caught.value).startswith(f"There is no project called '{named}'. The nearest: '{PROJECT}' ({gid})")
    assert query[caught.value.position :].startswith(f"'{named}'")


def test_a_name_like_no_other_is_an_error_that_says_how_to_list_all(cold):
    with pytest.raises(asanaql.QueryError) as caught:
        cold.sql("SELECT 1 FROM asana_project('###')")
    assert "nearest" not in str(caught.value) and "`SELECT gid, name FROM projects` lists all 15" in str(caught.value)


def test_a_gid_that_is_none_is_an_unknown_name(cold):
    with pytest.raises(asanaql.QueryError, match="There is no project called '4711'"):
        cold.sql("SELECT 1 FROM asana_project('4711')")


def test_an_unknown_portfolio_is_an_error_that_says_which_ones_asana_lists(cold):
    with pytest.raises(asanaql.QueryError, match="only the portfolios that the token's own user owns"):
        cold.sql("SELECT 1 FROM asana_portfolio('Nobody')")


def test_a_portfolio_that_is_found_warns_of_nothing(alone, cold):
    result = cold.sql("SELECT name FROM asana_portfolio('Company bets')")
    portfolio = alone.world.find("portfolio", alone.notable["mixed_portfolio"])
    assert {name for (name,) in result.fetchall()} == {
        item["name"] for item in alone.world.under("portfolio.items", portfolio)
    }
    assert result.warnings == []


def test_a_name_of_digits_is_a_name_where_no_project_has_the_gid(asana_of):
    world = build(now=NOW, seed=16)
    asana = asana_of(world)
    asana.project("single")["name"] = "2026"
    assert asana.open(cache=False).sql("SELECT count(*) FROM asana_project('2026')").fetchall() == [(1,)]


def test_a_name_of_two_projects_is_an_error_that_lists_their_gids(asana_of):
    world = build(now=NOW, seed=17)
    asana = asana_of(world)
    one, other = asana.project("hundred"), asana.project("archived")
    other["name"] = one["name"]
    with pytest.raises(asanaql.QueryError) as caught:
        asana.open(cache=False).sql(f"FROM asana_project('{one['name']}')")
    said = str(caught.value)
    assert said.startswith("2 projects are called 'Hundred days': ")
    assert f"({one['gid']})" in said and f"({other['gid']}, archived)" in said
    for project in (one, other):
        found = asana.open(cache=False).sql(f"SELECT DISTINCT project_gid FROM asana_project('{project['gid']}')")
        assert found.fetchall() == [(project["gid"],)]


# What a plan or a scope hides.


def test_a_plan_without_custom_fields_is_asana_s_refusal_and_what_to_read_instead(alone):
    service = Service(alone.world, plan="free")
    connection = alone.open(cache=False, transport=DemoTransport(service))
    gid = alone.notable["every_custom_field"]
    with pytest.raises(asanaql.ApiError) as caught:
        connection.sql(f"FROM {CALL}")
    assert str(caught.value) == (
        f"Asana answered 402 to GET /projects/{gid}/custom_field_settings?limit=100: Custom Fields are not available "
        f"for free users or guests. Without custom fields, read tasks with project_gid = '{gid}'."
    )


class Hiding(Service):
    """A token whose scopes hide a field of some answers."""

    hidden: tuple[str, str] = ("", "")

    def answer(self, method, path, params, headers):
        end, field = self.hidden
        if path.endswith(end):
            shown = [(n, ",".join(f for f in v.split(",") if not f.startswith(field))) for n, v in params]
            params = [(n, v or "gid") for n, v in shown]
        return super().answer(method, path, params, headers)


@pytest.fixture
def hiding(alone):
    service = Hiding(alone.world)
    return service, alone.open(cache=False, transport=DemoTransport(service))


def test_values_that_are_hidden_read_as_null_with_a_warning(hiding):
    service, connection = hiding
    service.hidden = ("/tasks", "custom_fields")
    result = connection.sql(f'SELECT "Effort", "Time slot" FROM {CALL}')
    assert set(result.fetchall()) == {(None, None)}
    assert result.warnings == [
        "tasks: Asana sent no 'custom_fields' in 220 of 220 rows, which read as NULL. The plan or the token's scopes "
        "hide it."
    ]


def test_fields_that_are_hidden_are_no_columns_with_a_warning(hiding):
    service, connection = hiding
    service.hidden = ("/custom_field_settings", "custom_field")
    result = connection.sql(f"SELECT * FROM {CALL} LIMIT 1")
    assert result.columns == connection.sql("FROM tasks LIMIT 0").columns
    assert result.warnings == [
        "custom_field_settings: Asana sent no 'custom_field' in 12 of 12 rows, which read as NULL. The plan or the "
        "token's scopes hide it."
    ]


def test_a_project_that_may_not_be_read_is_asana_s_refusal(asana):
    gid = asana.notable["private"]
    asana.service.forbidden.add(gid)
    with pytest.raises(asanaql.ApiError, match=r"403.*You do not have access to this project"):
        asana.open().sql(f"FROM asana_project('{gid}')")
