"""The relations as DuckDB shows them: names, documentation, functions, and what people build on them."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

import asanaql
from asanaql.catalog import CATALOG
from asanaql.catalog.model import ACCESS_PATH
from asanaql.connection.functions import arguments

DESCRIBED = {"asana_tables", "asana_columns", "asana_requests"}


@pytest.fixture(scope="module")
def own(alone):
    """A connection in which the tests define things."""
    return alone.open(cache=False)


@pytest.fixture(scope="module")
def apart(world, asana_of):
    """A connection whose requests are in a log of its own: what a LIMIT left in flight may still arrive there."""
    return asana_of(world).open(cache=False)


@pytest.fixture
def rows(own):
    return lambda query, params=None: own.sql(query, params).fetchall()


# What DuckDB says of them.


def test_show_tables_lists_every_relation_and_the_two_that_describe_them(cold):
    assert {name for (name,) in cold.sql("SHOW TABLES").fetchall()} == {*CATALOG, *DESCRIBED}


@pytest.mark.parametrize("name", CATALOG)
def test_describe_shows_the_columns_and_types_of_the_catalog(cold, name):
    expected = cold.sql(
        "SELECT column_name, type FROM asana_columns WHERE table_name = ? AND NOT is_argument", [name]
    ).fetchall()
    described = [(column, kind) for column, kind, *_ in cold.sql(f"DESCRIBE {name}").fetchall()]
    assert described == expected
    assert [column for column, _ in described] == [column.name for column in CATALOG[name].visible]


def test_describe_says_what_asana_calls_a_date_time_and_a_list_of_references(cold):
    types = {column: kind for column, kind, *_ in cold.sql("DESCRIBE tasks").fetchall()}
    assert types["modified_at"] == "TIMESTAMP WITH TIME ZONE"
    assert types["followers"] == 'STRUCT(gid VARCHAR, "name" VARCHAR)[]'
    assert (types["due_on"], types["completed"], types["gid"]) == ("DATE", "BOOLEAN", "VARCHAR")


def test_information_schema_has_every_relation_as_a_view_bare_and_in_asana(cold):
    found = cold.sql(
        "SELECT table_catalog, table_name, table_type FROM information_schema.tables WHERE table_schema = 'main'"
    ).fetchall()
    expected = {(database, name, "VIEW") for database in ("memory", "asana") for name in (*CATALOG, *DESCRIBED)}
    assert set(found) == expected


def test_information_schema_has_every_column_in_its_place(cold):
    found = cold.sql(
        "SELECT column_name, ordinal_position FROM information_schema.columns "
        "WHERE table_name = 'projects' AND table_catalog = 'memory' ORDER BY ordinal_position"
    ).fetchall()
    assert found == [(column.name, place) for place, column in enumerate(CATALOG["projects"].visible, 1)]


def test_the_documentation_of_every_column_is_its_comment(cold):
    found = cold.sql(
        "SELECT table_name, column_name, comment FROM duckdb_columns() "
        "WHERE database_name = 'asana' AND schema_name = 'main' "
        "AND table_name NOT IN ('asana_tables', 'asana_columns', 'asana_requests')"
    ).fetchall()
    expected = {(table.name, column.name, column.doc) for table in CATALOG.values() for column in table.visible}
    assert set(found) == expected


def test_the_comment_of_a_relation_says_what_one_row_is(cold):
    said = cold.sql(
        "SELECT view_name, comment FROM duckdb_views() WHERE database_name = 'asana' AND schema_name = 'main'"
    )
    found = dict(said.fetchall())
    assert {name: found[name] for name in CATALOG} == {
        table.name: f"One row: {table.row}." for table in CATALOG.values()
    }


def test_asking_what_there_is_sends_nothing(alone, cold):
    for query in ("SHOW TABLES", "DESCRIBE tasks", "SELECT * FROM asana_tables", "FROM duckdb_columns()"):
        assert alone.sends(cold, query)[0] == []
    assert alone.sends(cold, "EXPLAIN SELECT * FROM tasks")[0] == []


# The catalog as relations.


def test_asana_tables_has_one_row_for_each_relation(cold):
    found = cold.sql('SELECT table_name, "row", plan, paths, arguments, documentation FROM asana_tables').fetchall()
    assert [name for name, *_ in found] == list(CATALOG)
    for name, row, plan, paths, named, documentation in found:
        table = CATALOG[name]
        assert (row, plan or "", documentation) == (table.row, table.plan, table.documentation)
        assert [each["access_path"] for each in paths] == [path.name for path in table.paths]
        assert [each["endpoint"] for each in paths] == [f"GET {path.endpoint}" for path in table.paths]
        assert named == list(arguments(table))


def test_asana_tables_names_the_arguments_that_the_function_takes(cold):
    taken = cold.sql(
        "SELECT replace(function_name, 'asana_', ''), parameters FROM duckdb_functions() "
        "WHERE function_type = 'table_macro' AND database_name = 'memory' AND starts_with(function_name, 'asana_')"
    ).fetchall()
    said = cold.sql("SELECT table_name, arguments FROM asana_tables").fetchall()
    # Those of typed relations are no relation's, and only say how they are to be called.
    of_relations = {name: named for name, named in taken if name not in ("project", "portfolio")}
    assert of_relations == dict(said)


def test_asana_columns_has_every_column_with_type_and_documentation(cold):
    found = cold.sql("SELECT table_name, column_name, documentation, is_argument FROM asana_columns").fetchall()
    assert found == [
        (table.name, column.name, column.doc, column.hidden) for table in CATALOG.values() for column in table.columns
    ]


def test_asana_columns_says_which_columns_are_keys(cold):
    found = set(cold.sql("SELECT table_name, column_name FROM asana_columns WHERE is_key").fetchall())
    assert found == {(table.name, key) for table in CATALOG.values() for path in table.paths for key in path.keys}


def test_asana_columns_says_which_comparisons_reach_asana_and_as_what(cold):
    found = cold.sql(
        "SELECT table_name, column_name, unnest(comparisons), unnest(parameters) FROM asana_columns"
    ).fetchall()
    expected = set()
    for table in CATALOG.values():
        for path in table.paths:
            expected |= {(table.name, key, "=", parameter) for parameter, key in path.parameters.items()}
            addressed = set(path.keys) - set(path.parameters.values())
            expected |= {(table.name, key, "=", path.endpoint) for key in addressed}
            expected |= {
                (table.name, taken.column, comparison, taken.parameter)
                for taken in path.filters
                for comparison in taken.comparisons
            }
            for told in path.told:
                named = [f"{told.parameter}.{{gid}}.{ending}" for ending in told.endings] or [told.parameter]
                expected |= {(table.name, told.column, "=", parameter) for parameter in named}
    assert set(found) == expected
    assert len(found) == len(expected)


def test_asana_columns_of_one_relation_read_as_expected(cold):
    found = cold.sql(
        "SELECT column_name, is_key, comparisons, parameters FROM asana_columns "
        "WHERE table_name = 'tasks' AND len(comparisons) > 0 ORDER BY column_name"
    ).fetchall()
    since = ["=", ">", ">="]
    of_project = ("task_counts", "tasks")
    assert found == [
        ("assignee_gid", True, ["="], ["assignee"]),
        ("completed", False, ["="], ["completed_since"]),
        ("completed_at", False, since, ["completed_since"] * 3),
        ("gid", True, ["="], ["/tasks/{gid}"]),
        ("modified_at", False, since, ["modified_since"] * 3),
        ("project_gid", True, ["="] * 3, ["project", *(f"/projects/{{project_gid}}/{each}" for each in of_project)]),
        ("section_gid", True, ["="] * 2, ["section", "/sections/{section_gid}/tasks"]),
        ("workspace_gid", True, ["="], ["workspace"]),
    ]


# The functions.

BOUNDS = {
    "modified_since": "modified_at",
    "created_since": "created_at",
    "start_at": "created_at",
    "entered_on_start_date": "entered_on",
    "entered_on_end_date": "entered_on",
}
SLOW = {("stories", "goal_gid")}  # Asana would be asked for every task before the first goal.
EQUAL = [
    (table.name, argument)
    for table in CATALOG.values()
    for argument in arguments(table)
    if argument in {column.name for column in table.visible} and (table.name, argument) not in SLOW
]


@pytest.mark.parametrize(("relation", "argument"), EQUAL)
def test_an_argument_is_the_same_as_the_predicate_on_its_column(alone, cold, apart, needed, relation, argument):
    """A gid may be a number: it is read as one here wherever it is a gid."""
    known = needed(relation)
    where = " AND ".join([*(f"{name} = '{value}'" for name, value in known.items()), f"{argument} IS NOT NULL"])
    [(known[argument],)] = apart.sql(f"SELECT {argument} FROM {relation} WHERE {where} LIMIT 1").fetchall()
    shown = CATALOG[relation].columns[0].name
    given = {name: int(value) if name.endswith("gid") else value for name, value in known.items()}
    called = ", ".join(f"{name} := {literal(value)}" for name, value in given.items())
    compared = " AND ".join(f"{name} = ?" for name in known)
    by_function, called_rows = alone.sends(cold, f"SELECT {shown} FROM asana_{relation}({called})")
    by_predicate, rows = alone.sends(cold, f"SELECT {shown} FROM {relation} WHERE {compared}", list(known.values()))
    assert sorted(called_rows) == sorted(rows) != []
    assert sorted(map(repr, by_function)) == sorted(map(repr, by_predicate))


def literal(value):
    """The value in SQL."""
    return f"DATE '{value}'" if isinstance(value, dt.date) else repr(value)


def hidden_arguments(world):
    """A call with each argument that is no column, and the gids that it must give."""
    project = world.find("project", world.notable["biggest"])
    team = project["team"]
    tasks = world.under("project.tasks", project)
    by_team = [each for each in world.projects if each["team"] and each["team"]["gid"] == team["gid"]]
    archived = [each for each in world.projects if each["archived"]]
    return [
        (
            "tasks",
            "project_team_gid",
            team["gid"],
            [t["gid"] for p in by_team for t in world.under("project.tasks", p)],
        ),
        ("tasks", "project_archived", True, [t["gid"] for p in archived for t in world.under("project.tasks", p)]),
        ("users", "team_gid", team["gid"], [user["gid"] for user in world.under("team.users", team)]),
        ("tasks", "project_gid", int(project["gid"]), [task["gid"] for task in tasks]),
    ]


@pytest.mark.parametrize("place", range(4))
def test_an_argument_that_is_no_column_narrows_what_is_asked_for(alone, cold, place):
    relation, argument, value, expected = hidden_arguments(alone.world)[place]
    found = cold.sql(f"SELECT gid FROM asana_{relation}({argument} := {value!r})").fetchall()
    assert sorted(gid for (gid,) in found) == sorted(expected) != []


@pytest.mark.parametrize(
    ("relation", "argument"),
    [
        (table.name, argument)
        for table in CATALOG.values()
        for argument in arguments(table)
        if argument not in {ACCESS_PATH.name, *(column.name for column in table.visible)}
        and not any(path.told for path in table.paths)  # Those of searches are called in tests of their own.
    ],
)
def test_every_other_argument_can_be_called(cold, relation, argument):
    value = "'2026-02-01'" if argument in BOUNDS or argument == "end_at" else "TRUE" if "archived" in argument else "1"
    try:
        found = cold.sql(f"SELECT * FROM asana_{relation}({argument} := {value})").fetchall()
    except asanaql.ApiError as error:
        assert error.status in (400, 404)  # There is no object called 1.
    else:
        assert value == "1" or found


@pytest.mark.parametrize(
    ("function", "bound"), [("asana_tasks", "modified_since"), ("asana_user_tasks", "modified_since")]
)
def test_since_includes_the_moment_itself_and_nothing_before(cold, alone, function, bound):
    narrow = f"project_gid := '{alone.notable['biggest']}'"
    if function == "asana_user_tasks":
        narrow = f"assignee_gid := '{alone.world.me['gid']}'"
    moments = sorted(moment for (moment,) in cold.sql(f"SELECT modified_at FROM {function}({narrow})").fetchall())
    middle = moments[len(moments) // 2]
    for moment in (middle, middle + dt.timedelta(microseconds=1), middle - dt.timedelta(microseconds=1)):
        found = cold.sql(f"SELECT modified_at FROM {function}({narrow}, {bound} := ?)", [moment]).fetchall()
        assert sorted(each for (each,) in found) == [each for each in moments if each >= moment]


def test_since_reaches_asana_as_its_parameter(alone, cold):
    gid = alone.notable["biggest"]
    sent, _ = alone.sends(
        cold, f"SELECT gid FROM asana_tasks(project_gid := {gid}, modified_since := '2026-02-20 00:00:00+00')"
    )
    assert {tuple(parameters) for _, parameters in sent} == {("modified_since", "project")}


def test_start_at_is_included_and_end_at_is_not(alone, cold):
    gid = alone.world.workspace["gid"]
    events = f"asana_audit_log_events(workspace_gid := {gid}"
    moments = sorted(moment for (moment,) in cold.sql(f"SELECT created_at FROM {events})").fetchall())
    first, last = moments[40], moments[-40]
    found = cold.sql(f"SELECT created_at FROM {events}, start_at := $1, end_at := $2)", [first, last]).fetchall()
    assert sorted(each for (each,) in found) == [each for each in moments if first <= each < last]
    sent = {tuple(sorted(parameters)) for _, parameters in alone.sent() if "start_at" in parameters}
    assert sent == {("end_at", "start_at")}


def test_created_since_bounds_status_updates(alone, cold):
    [(parent,)] = cold.sql("SELECT mode(parent_gid) FROM status_updates").fetchall()
    updates = f"asana_status_updates(parent_gid := {parent}"
    moments = sorted(moment for (moment,) in cold.sql(f"SELECT created_at FROM {updates})").fetchall())
    sent, found = alone.sends(cold, f"SELECT created_at FROM {updates}, created_since := $1)", [moments[-1]])
    assert [each for (each,) in found] == [moments[-1]]
    assert "created_since" in sent[-1][1]


def test_arguments_combine_with_a_where(alone, cold):
    gid = alone.notable["biggest"]
    sent, found = alone.sends(cold, f"SELECT name FROM asana_tasks(project_gid := '{gid}') WHERE completed = FALSE")
    assert all(parameters["completed_since"] == "now" for _, parameters in sent)
    expected = cold.sql(f"SELECT name FROM tasks WHERE project_gid = '{gid}' AND NOT completed").fetchall()
    assert sorted(found) == sorted(expected) != []


def test_an_argument_that_is_null_says_nothing(cold):
    everything = cold.sql("SELECT count(*) FROM projects").fetchall()
    assert cold.sql("SELECT count(*) FROM asana_projects(team_gid := NULL)").fetchall() == everything


def test_an_unknown_argument_is_an_error_that_lists_the_known_ones(cold):
    with pytest.raises(duckdb.BinderException, match=r"(?s)asana_tasks.*project_gid") as caught:
        cold.sql("SELECT * FROM asana_tasks(project := '1')")
    assert "modified_since" in str(caught.value)


# Names.


@pytest.mark.parametrize("name", ["projects", "asana.projects", "asana.main.projects", '"projects"', "main.projects"])
def test_a_relation_has_its_bare_and_its_qualified_name(alone, cold, name):
    assert cold.sql(f"SELECT count(*) FROM {name}").fetchall() == [(len(alone.world.projects),)]


@pytest.mark.parametrize("name", ["asana_projects", "asana.asana_projects", "asana.main.asana_projects"])
def test_a_function_has_them_too(alone, cold, name):
    gid = alone.notable["biggest"]
    assert cold.sql(f"SELECT gid FROM {name}(gid := {gid})").fetchall() == [(gid,)]


def test_a_column_is_named_through_its_relation(alone, cold):
    gid = alone.notable["single"]
    found = cold.sql(f"SELECT tasks.project_gid FROM asana.tasks WHERE tasks.project_gid = '{gid}'").fetchall()
    assert found == [(gid,)]


def test_an_unknown_column_is_duckdbs_error_and_names_candidates(cold):
    with pytest.raises(duckdb.BinderException, match="modified_at"):
        cold.sql("SELECT modified_on FROM tasks")


# What people build.


def test_a_table_a_view_and_a_macro_stand_beside_the_relations(alone, own, rows):
    gid = alone.notable["hundred"]
    rows("CREATE TABLE mine (gid VARCHAR, note VARCHAR)")
    rows("INSERT INTO mine SELECT gid, 'seen' FROM tasks WHERE project_gid = ? LIMIT 3", [gid])
    rows(f"CREATE VIEW open_tasks AS SELECT * FROM tasks WHERE project_gid = '{gid}' AND NOT completed")
    rows("CREATE VIEW open_names AS SELECT gid, name FROM open_tasks")
    rows("CREATE MACRO of_project(project) AS TABLE SELECT gid FROM tasks WHERE project_gid = project")
    assert rows("SELECT count(*) FROM mine") == [(3,)]
    joined = rows(f"SELECT count(*) FROM mine JOIN tasks USING (gid) WHERE project_gid = '{gid}'")
    assert joined == [(3,)]
    sent, found = alone.sends(own, "SELECT count(*) FROM open_names")
    assert [parameters["project"] for _, parameters in sent] == [gid]
    assert found == rows(f"SELECT count(*) FROM tasks WHERE project_gid = '{gid}' AND completed = FALSE")
    sent, found = alone.sends(own, f"SELECT count(*) FROM of_project('{gid}')")
    assert ([parameters for _, parameters in sent], found) == ([{"project": gid}], [(100,)])


def test_a_table_is_made_and_filled_from_a_relation(alone, own, rows):
    gid = alone.notable["hundred_and_one"]
    query = f"SELECT gid, name, followers, custom_fields FROM tasks WHERE project_gid = '{gid}'"
    assert alone.sends(own, f"CREATE TABLE kept AS {query}") == ([("/tasks", {"project": gid})] * 2, [(101,)])
    assert alone.sends(own, f"INSERT INTO kept {query}")[1] == [(101,)]
    sent, found = alone.sends(own, "SELECT DISTINCT * FROM kept")
    assert (sent, sorted(map(repr, found))) == ([], sorted(map(repr, rows(query))))


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_copy_writes_a_file(alone, own, rows, tmp_path, ending):
    gid, path = alone.notable["hundred"], tmp_path / f"tasks.{ending}"
    query = f"SELECT gid, name FROM tasks WHERE project_gid = '{gid}'"
    sent, counted = alone.sends(own, f"COPY ({query}) TO '{path}'")
    assert (len(sent), counted) == (1, [(100,)])
    options = ", all_varchar = true" if ending == "csv" else ""
    assert sorted(rows(f"FROM read_{ending}('{path}'{options})")) == sorted(rows(query))


def test_a_prepared_statement_pushes_what_it_is_executed_with(alone, own, rows):
    rows("PREPARE counted AS SELECT count(gid) FROM tasks WHERE project_gid = $1")
    for name, pages, expected in (("hundred", 1, 100), ("hundred_and_one", 2, 101), ("empty", 1, 0)):
        result = own.sql(f"EXECUTE counted('{alone.notable[name]}')")
        assert (result.fetchall(), result.stats.requests) == ([(expected,)], pages)


def test_a_transaction_reads_asana_and_keeps_or_drops_what_it_wrote(alone, own, rows):
    gid = alone.notable["hundred"]
    for end, kept in (("COMMIT", 100), ("ROLLBACK", 100)):
        rows("BEGIN")
        rows("CREATE TABLE IF NOT EXISTS within (gid VARCHAR)")
        first = own.sql(f"INSERT INTO within SELECT gid FROM tasks WHERE project_gid = '{gid}'")
        second = own.sql("SELECT count(*) FROM projects")
        second.fetchall()
        assert (first.stats.requests, second.stats.requests) == (1, 2)
        rows(end)
        assert rows("SELECT count(*) FROM within") == [(kept,)]


def test_a_cte_is_pushed_into(alone, own):
    gid = alone.notable["hundred"]
    sent, found = alone.sends(
        own, f"WITH t AS (SELECT * FROM tasks), u AS (FROM t) SELECT count(*) FROM u WHERE project_gid = '{gid}'"
    )
    assert (sent, found) == ([("/tasks", {"project": gid})], [(100,)])


def test_a_recursive_cte_walks_down_subtasks(alone, rows):
    world = alone.world
    top = next(t for t in world.tasks if any(world.under("task.subtasks", s) for s in world.under("task.subtasks", t)))

    def below(task):
        children = world.under("task.subtasks", task)
        return [child["gid"] for child in children] + [gid for child in children for gid in below(child)]

    rows(f"CREATE TABLE sub AS SELECT gid, parent_gid FROM subtasks WHERE parent_gid = '{top['gid']}'")
    for _ in range(3):
        parents = ", ".join(f"'{gid}'" for (gid,) in rows("SELECT gid FROM sub"))
        rows(
            f"INSERT INTO sub SELECT gid, parent_gid FROM subtasks WHERE parent_gid IN ({parents}) "
            "AND gid NOT IN (SELECT gid FROM sub)"
        )
    walked = rows(
        f"WITH RECURSIVE walk AS (SELECT gid, 1 AS depth FROM sub WHERE parent_gid = '{top['gid']}' "
        "UNION ALL SELECT sub.gid, depth + 1 FROM sub JOIN walk ON sub.parent_gid = walk.gid) SELECT gid FROM walk"
    )
    assert sorted(gid for (gid,) in walked) == sorted(below(top))


def test_a_recursive_cte_reads_a_relation_itself(own, rows, alone):
    teams = ", ".join(f"'{team['gid']}'" for team in alone.world.teams[:2])
    found = rows(
        f"WITH RECURSIVE r AS (SELECT gid FROM teams WHERE gid IN ({teams}) "
        "UNION SELECT p.gid FROM r JOIN projects p ON p.team_gid = r.gid) SELECT gid FROM r"
    )
    chosen = {team["gid"] for team in alone.world.teams[:2]}
    expected = {p["gid"] for p in alone.world.projects if p["team"] and p["team"]["gid"] in chosen} | chosen
    assert {gid for (gid,) in found} == expected


def test_pivot_union_and_windows_work_on_relations(alone, rows):
    gid, other = alone.notable["hundred"], alone.notable["hundred_and_one"]
    one, two = (f"SELECT * FROM tasks WHERE project_gid = '{each}'" for each in (gid, other))
    [(done, waiting)] = rows(f"SELECT sum(CAST(completed AS INT)), sum(CAST(NOT completed AS INT)) FROM ({one})")
    pivoted = rows(f"PIVOT (SELECT completed, gid FROM ({one})) ON completed USING count(gid)")
    assert sorted(pivoted[0]) == sorted((done, waiting))
    both = rows(f"SELECT project_gid, count(*) FROM ({one} UNION ALL {two}) GROUP BY ALL")
    assert sorted(both) == sorted([(gid, 100), (other, 101)])
    latest = rows(f"SELECT gid FROM ({one}) QUALIFY row_number() OVER (ORDER BY modified_at DESC, gid) = 1")
    assert latest == rows(f"SELECT gid FROM ({one}) ORDER BY modified_at DESC, gid LIMIT 1")
