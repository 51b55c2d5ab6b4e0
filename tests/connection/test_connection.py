"""Connections: how they are opened, what they are confined to, and how several stand side by side."""

from __future__ import annotations

import json
import threading

import duckdb
import httpx
import pytest

import asanaql
from asanaql.catalog import CATALOG
from asanaql.catalog.model import whole
from asanaql.demo import DemoTransport, Service
from tests.few import USUAL, few

NAMES = {"10": "Ours", "20": "Theirs", "30": "Twice", "40": "Twice"}


class Two(httpx.AsyncBaseTransport):
    """An Asana of several workspaces, each with a project that holds a task, a user, a team and a tag."""

    def __init__(self):
        self.asked = []
        self.tokens = set()

    async def handle_async_request(self, request):
        self.tokens.add(request.headers["authorization"])
        path = request.url.path.removeprefix("/api/1.0").lstrip("/")
        parameters = dict(httpx.QueryParams(request.url.query.decode()))
        self.asked.append((path, parameters.get("workspace") or parameters.get("project")))
        return httpx.Response(200, json={"data": self.rows(path.split("/"), parameters), "next_page": None})

    def rows(self, path, parameters):
        workspaces = [{"gid": gid, "name": name, "is_organization": False} for gid, name in NAMES.items()]
        match path:
            case ["workspaces"]:
                return workspaces
            case ["workspaces", gid]:
                return next(each for each in workspaces if each["gid"] == gid)
            case ["projects" | "users" | "tags" as kind] if "workspace" in parameters:
                return [self.thing(kind, parameters["workspace"])]
            case ["workspaces", gid, "users" | "teams" as kind]:
                return [self.thing(kind, gid)]
            case ["users" | "projects" | "tags" as kind, gid]:
                return self.thing(kind, f"{gid[0]}0")
            case ["tasks"]:
                workspace = f"{parameters.get('project', parameters.get('workspace'))[0]}0"
                project = {"gid": f"{workspace}1", "name": "P"}
                membership = {"project": project, "section": {"gid": f"{workspace}7", "name": "S"}}
                return [
                    {"gid": f"{workspace}5", "name": "T", "memberships": [membership], "workspace": {"gid": workspace}}
                ]
            case ["tasks", gid]:
                return self.rows(["tasks"], {"project": gid})[0]
        raise AssertionError(path)

    @staticmethod
    def thing(kind, workspace):
        number = {"projects": "1", "users": "2", "teams": "3", "tags": "4"}[kind]
        return {"gid": f"{workspace}{number}", "name": kind, "workspace": {"gid": workspace}, "archived": False}


@pytest.fixture
def two():
    return Two()


@pytest.fixture
def opened(two):
    """Opens connections to the two workspaces."""
    made = []

    def opening(**settings):
        settings = {
            "token": "made-up",
            "base_url": None,
            "cache": False,
            "transport": two,
            "catalog": few(*USUAL),
            **settings,
        }
        made.append(asanaql.connect(**settings))
        return made[-1]

    yield opening
    for each in made:
        each.close()


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    for name in ("ASANA_ACCESS_TOKEN", "ASANA_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


# Opening.


@pytest.mark.parametrize("token", [None, "", "  "])
def test_without_a_token_the_error_says_where_to_make_one_and_how_to_set_it(token):
    with pytest.raises(asanaql.ConfigError) as caught:
        asanaql.connect(token)
    text = str(caught.value)
    assert "https://app.asana.com/0/my-apps" in text and "ASANA_ACCESS_TOKEN" in text and "demo=True" in text
    assert "\n" not in text


def test_opening_sends_nothing(two, opened):
    opened()
    assert two.asked == []


def test_the_token_comes_from_the_argument_or_else_from_the_environment(two, opened, monkeypatch):
    monkeypatch.setenv("ASANA_ACCESS_TOKEN", "of-the-environment\n")
    opened(token=None).sql("FROM workspaces").fetchall()
    opened().sql("FROM workspaces").fetchall()
    assert two.tokens == {"Bearer of-the-environment", "Bearer made-up"}


def test_a_token_that_no_header_can_hold_is_refused_without_quoting_it(opened):
    with pytest.raises(asanaql.ConfigError) as caught:
        opened(token="two words")
    assert "two words" not in str(caught.value)


class Addressed(Two):
    def __init__(self):
        super().__init__()
        self.addresses = set()

    async def handle_async_request(self, request):
        self.addresses.add(str(request.url.copy_with(query=None)))
        return await super().handle_async_request(request)


@pytest.mark.parametrize(
    ("argument", "variable", "address"),
    [
        (None, None, "https://app.asana.com/api/1.0/workspaces"),
        (None, "https://asana.example.com/api/1.0/", "https://asana.example.com/api/1.0/workspaces"),
        ("https://a.example.com/api/1.0", "https://b.example.com", "https://a.example.com/api/1.0/workspaces"),
        ("http://localhost:8123/api/1.0", None, "http://localhost:8123/api/1.0/workspaces"),
        ("http://127.0.0.1/api/1.0", None, "http://127.0.0.1/api/1.0/workspaces"),
    ],
)
def test_the_base_url_comes_from_the_argument_or_else_from_the_environment(
    opened, monkeypatch, argument, variable, address
):
    if variable:
        monkeypatch.setenv("ASANA_BASE_URL", variable)
    transport = Addressed()
    opened(base_url=argument, transport=transport).sql("FROM workspaces").fetchall()
    assert transport.addresses == {address}


@pytest.mark.parametrize(
    "base_url", ["http://app.asana.com/api/1.0", "http://10.0.0.1", "http://localhost.example.com"]
)
def test_http_to_another_machine_is_refused(opened, base_url):
    with pytest.raises(asanaql.ConfigError, match="https://"):
        opened(base_url=base_url)


def test_an_unusable_base_url_is_refused_wherever_it_comes_from(opened, monkeypatch):
    monkeypatch.setenv("ASANA_BASE_URL", "asana")
    with pytest.raises(asanaql.ConfigError, match="no address"):
        opened()


def test_a_connection_that_cannot_be_opened_leaves_no_thread_behind(opened):
    before = threading.active_count()
    with pytest.raises(asanaql.ConfigError):
        opened(workspace="Nobody's")
    assert threading.active_count() == before


# Workspaces.

CONFINED = ["SELECT gid FROM projects", "SELECT gid FROM users", "SELECT gid FROM tasks", "SELECT gid FROM workspaces"]


@pytest.mark.parametrize("query", CONFINED)
def test_a_relation_shows_what_all_workspaces_hold(opened, query):
    assert len(opened().sql(query).fetchall()) == 4


@pytest.mark.parametrize("workspace", ["20", "Theirs"])
@pytest.mark.parametrize("query", [*CONFINED, "SELECT gid FROM tags", "SELECT gid FROM projects WHERE gid = '201'"])
def test_a_workspace_confines_every_relation(two, opened, workspace, query):
    connection = opened(workspace=workspace)
    two.asked.clear()
    found = connection.sql(query).fetchall()
    assert [gid[0] for (gid,) in found] == ["2"]
    assert {asked[0] for path, asked in two.asked if asked} <= {"2"}


@pytest.mark.parametrize("query", ["FROM projects WHERE gid = '101'", "FROM projects WHERE workspace_gid = '10'"])
def test_what_another_workspace_holds_is_not_there_even_when_it_is_named(opened, query):
    assert opened(workspace="Theirs").sql(f"SELECT gid {query}").fetchall() == []


#: What only a key that somebody has leads to, and what does not tell its workspace.
BY_KEY_ALONE = {"events", "sync_tokens", "jobs", "reactions"}


def test_every_relation_can_be_confined():
    """One that could not would show rows of other workspaces."""
    for table in CATALOG.values():
        confined = table.name == "workspaces" or any(column.name == "workspace_gid" for column in table.columns)
        assert confined == (table.name not in BY_KEY_ALONE), table.name
        assert confined or not any(whole(path) for path in table.paths)


def test_a_gid_is_taken_as_it_is_and_a_name_is_looked_up(two, opened):
    opened(workspace="20")
    assert two.asked == []
    opened(workspace="Theirs")
    assert [path for path, _ in two.asked] == ["workspaces"]


def test_an_unknown_workspace_is_an_error_that_lists_those_there_are(opened):
    with pytest.raises(asanaql.ConfigError, match="no workspace called 'theirs'") as caught:
        opened(workspace="theirs")
    assert "Ours (10), Theirs (20), Twice (30), Twice (40)" in str(caught.value)


def test_a_name_of_two_workspaces_is_an_error_that_lists_their_gids(opened):
    with pytest.raises(asanaql.ConfigError, match="More than one") as caught:
        opened(workspace="Twice")
    assert "Twice (30), Twice (40)" in str(caught.value)


# Closing.


def test_with_closes_and_closing_twice_is_allowed(alone):
    with alone.open(cache=False) as connection:
        cursor = connection.cursor()
        assert connection.sql("SELECT 1").fetchall() == [(1,)]
    connection.close()
    for closed in (connection, cursor):
        with pytest.raises(duckdb.ConnectionException):
            closed.sql("SELECT 1")
    cursor.close()


def test_what_a_cursor_was_reading_when_its_connection_closed_is_an_error(alone):
    connection = alone.open(cache=False)
    result = connection.cursor().sql(f"SELECT gid FROM tasks WHERE project_gid = '{alone.notable['biggest']}'")
    cursor = connection.cursor()
    begun = cursor.sql("SELECT range FROM range(100000)")
    begun.fetchone()
    connection.close()
    with pytest.raises(asanaql.QueryError, match="closed before all rows"):
        begun.fetchall()
    with pytest.raises(duckdb.Error, match="closed"):
        result.fetchall()


def test_closing_a_cursor_leaves_its_connection_open(alone):
    connection = alone.open(cache=False)
    connection.cursor().close()
    assert connection.sql("SELECT count(*) FROM projects").fetchall() == [(len(alone.world.projects),)]


def test_a_connection_is_closed_when_the_block_fails(alone):
    with pytest.raises(ZeroDivisionError), alone.open(cache=False) as connection:
        raise ZeroDivisionError
    with pytest.raises(duckdb.ConnectionException):
        connection.sql("SELECT 1")


# Cursors and threads.


@pytest.mark.parametrize("name", ["projects", "asana.projects", "asana.main.projects", "asana_projects()"])
def test_every_kind_of_cursor_sees_the_relations_bare_and_qualified(alone, cold, name):
    query, expected = f"SELECT count(*) FROM {name}", [(len(alone.world.projects),)]
    assert cold.cursor().sql(query).fetchall() == expected
    assert cold.duckdb.cursor().execute(query).fetchall() == expected
    assert cold.duckdb.cursor().sql(query).fetchall() == expected
    assert cold.duckdb.sql(query).fetchall() == expected


def test_a_cursor_sees_the_tables_of_its_connection(alone):
    connection = alone.open(cache=False)
    connection.sql("CREATE TABLE mine AS SELECT 42 AS a")
    assert connection.cursor().sql("FROM mine").fetchall() == [(42,)]


def test_an_open_result_of_one_cursor_does_not_hold_up_another(alone, cold):
    query = f"SELECT gid FROM tasks WHERE project_gid = '{alone.notable['biggest']}'"
    one, other = cold.cursor(), cold.cursor()
    begun = one.sql(query)
    begun.fetchone()
    assert len(other.sql(query).fetchall()) == 604
    assert begun.stats.requests == 1
    assert len(begun.fetchall()) == 603


def test_threads_with_a_cursor_each_run_at_the_same_time_and_agree(alone, cold):
    queries = [
        f"SELECT gid, name FROM tasks WHERE project_gid = '{alone.notable[name]}' ORDER BY gid"
        for name in ("biggest", "every_custom_field", "hundred_and_one")
    ]
    expected = [cold.sql(query).fetchall() for query in queries]
    meeting = threading.Barrier(6)
    found = {}

    def run(number):
        with cold.cursor() as cursor:
            result = cursor.sql(queries[number % 3])
            first = result.fetchone()
            meeting.wait()  # All six are open here.
            found[number] = ([first, *result.fetchall()], result.stats.requests)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {number: rows for number, (rows, _) in found.items()} == {n: expected[n % 3] for n in range(6)}
    for number, pages in enumerate([7, 3, 2]):
        sent = [found[number][1], found[number + 3][1]]
        # What one of the two had on its way, the other did not send again.
        assert max(sent) <= pages <= sum(sent)


def test_two_connections_in_one_process_do_not_disturb_each_other(alone, two, opened):
    demo, other = alone.open(cache=False), opened()
    demo.sql("CREATE TABLE mine AS SELECT 1 AS a")
    other.sql("CREATE TABLE mine AS SELECT 2 AS a")
    begun = demo.sql(f"SELECT gid FROM tasks WHERE project_gid = '{alone.notable['biggest']}'")
    begun.fetchone()
    assert len(other.sql("SELECT gid FROM projects").fetchall()) == 4
    assert other.sql("FROM mine").fetchall() == [(2,)]
    other.close()
    assert len(begun.fetchall()) == 603
    assert demo.sql("FROM mine").fetchall() == [(1,)]


def test_two_tokens_never_share_what_is_kept(tmp_path, world):
    services = [Service(world), Service(world)]
    for service, token in zip(services, ("one", "other"), strict=True):
        with asanaql.connect(token, demo=True, cache=tmp_path, transport=DemoTransport(service)) as connection:
            connection.sql("SELECT count(*) FROM sections").fetchall()
    one, other = (len(service.log) for service in services)
    assert one == other > 1


def test_the_relations_are_known_by_name_for_completion(cold):
    assert cold.catalog is CATALOG or set(cold.catalog) == set(CATALOG)


# What is loaded.


def test_importing_and_opening_load_neither_data_frames_nor_http(tmp_path):
    import subprocess
    import sys

    program = (
        "import json, sys, asanaql\n"
        "with asanaql.connect('made-up', cache=False) as connection:\n"
        "    assert connection.sql('SELECT 1').arrow().num_rows == 1\n"
        "    print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert "asanaql.scan" in loaded
    assert not loaded & {"pandas", "polars", "httpx", "prompt_toolkit", "asanaql.demo", "asanaql.shell", "asanaql.cli"}
    assert done.stderr == ""


def test_the_numbers_of_a_running_statement_can_be_read_while_sql_runs_it(asana):
    seen = []

    class Watched(DemoTransport):
        async def handle_async_request(self, request):
            seen.append((connection.stats.requests, connection.stats.scanned))
            return await super().handle_async_request(request)

    connection = asana.open(transport=Watched(asana.service), cache=False)
    gid = asana.notable["hundred_and_one"]
    connection.sql(f"CREATE TABLE kept AS SELECT name FROM tasks WHERE project_gid = '{gid}'")
    assert [requests for requests, _ in seen] == [1, 2]
    assert (connection.stats.requests, connection.stats.scanned) == (2, 101)
