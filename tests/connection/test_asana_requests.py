"""`asana_requests`, the relation that shows what the statements of a connection have sent."""

from __future__ import annotations

from collections import Counter

import duckdb
import httpx
import pytest

import asanaql
from asanaql.demo import DEMO_TOKEN, DemoTransport
from asanaql.errors import AuthError, QueryError
from tests.few import USUAL, few

TOKEN = "1/4242:invented-token"
USERS = "SELECT name FROM users"
OPEN = (
    "SELECT t.name FROM tasks t JOIN projects p ON t.project_gid = p.gid WHERE p.name ILIKE '%e%' AND NOT t.completed"
)


class Failing(DemoTransport):
    """The demo, except that the first answers are refusals: their statuses, each with the seconds of Retry-After."""

    def __init__(self, service, *first):
        super().__init__(service)
        self.first = list(first)

    async def handle_async_request(self, request):
        if not self.first:
            return await super().handle_async_request(request)
        status, seconds = self.first.pop(0)
        headers = {} if seconds is None else {"retry-after": str(seconds)}
        said = f"Not with {request.headers['authorization']}."
        return httpx.Response(status, headers=headers, json={"errors": [{"message": said}]})


@pytest.fixture
def connection(asana):
    """With a cache, and with the relations that are read here."""
    return asana.open(catalog=few(*USUAL))


def told(connection, columns="*", condition="true"):
    return connection.sql(f"SELECT {columns} FROM asana_requests WHERE {condition}").fetchall()


def test_it_shows_what_a_statement_has_sent(asana, connection):
    sent, rows = asana.sends(connection, OPEN)
    expected = [(1, "GET", path, params, 200, False, False) for _, path, params in asana.service.log]
    assert len(sent) > 1
    assert rows
    assert told(connection, "statement, method, path, parameters, status, cached, retried") == expected


def test_rows_and_bytes_are_those_of_the_answers(asana, connection):
    connection.sql(USERS).fetchall()
    bytes = connection.stats.bytes
    assert told(connection, "sum(bytes)") == [(bytes,)]
    assert told(connection, "sum(rows)", "relation = 'users'") == [(len(asana.world.users),)]


def test_it_names_the_relation_also_of_the_requests_that_keys_come_from(connection):
    connection.sql(OPEN).fetchall()
    paths = {"workspaces": "/workspaces", "projects": "/projects", "tasks": "/tasks"}
    assert dict(told(connection, "DISTINCT relation, path")) == paths


@pytest.mark.parametrize("plan", [True, False])
@pytest.mark.parametrize(
    "query",
    [
        OPEN,
        "SELECT count(*) FROM stories s JOIN tasks t ON s.task_gid = t.gid WHERE t.name ILIKE '%ship%'",
        "SELECT a.gid FROM projects a JOIN projects b USING (name) WHERE EXISTS (FROM users)",
    ],
)
def test_there_are_as_many_entries_as_the_statistics_say(asana, query, plan):
    cold = asana.open(plan=plan)
    cold.sql(query).fetchall()
    counted = cold.stats
    warm = asana.open(plan=plan)
    warm.sql(query).fetchall()
    again = warm.stats
    assert counted.requests > 0
    assert again.cached > 0
    for connection, stats in ((cold, counted), (warm, again)):
        entries = Counter(cached for (cached,) in told(connection, "cached"))
        assert entries == Counter({False: stats.requests, True: stats.cached})


def test_what_the_cache_answered_shows_the_request_that_it_saved(connection):
    for _ in range(2):
        connection.sql("SELECT name FROM tasks WHERE NOT completed").fetchall()
    shown = "relation, path, parameters['workspace'], parameters['opt_fields'], rows"
    sent = told(connection, shown, "statement = 1 AND relation = 'projects'")
    assert len(sent) == 1
    assert told(connection, shown, "statement = 2 AND relation = 'projects' AND cached") == sent
    silent = "DISTINCT status, bytes, waited, seconds, retried"
    assert told(connection, silent, "cached") == [(None, 0, 0.0, 0.0, False)]


def test_a_request_that_is_sent_again_shows_each_time_and_how_long_it_was_held_back(asana):
    transport = Failing(asana.service, (429, 13), (503, 4))
    connection = asana.open(transport=transport)
    connection.sql("SELECT gid FROM workspaces").fetchall()
    assert told(connection, "status, retried, waited, rows") == [
        (429, False, 0.0, None),
        (503, True, 13.0, None),
        (200, True, 4.0, 1),
    ]
    assert connection.sql("SELECT sum(waited) FROM asana_requests").fetchall() == [(17.0,)]


def test_reading_it_sends_nothing_and_shows_nothing_of_itself(asana, connection):
    connection.sql(USERS).fetchall()
    sends, first = asana.sends(connection, "FROM asana_requests")
    assert (sends, connection.stats.requests, connection.stats.cached) == ([], 0, 0)
    assert first
    assert connection.sql("FROM asana_requests").fetchall() == first


def test_it_is_empty_before_anything_was_asked(connection):
    connection.sql("SELECT 1").fetchall()
    assert told(connection) == []


def test_every_statement_of_a_connection_and_its_cursors_has_a_number_of_its_own(connection):
    connection.sql("SELECT 1").fetchall()
    connection.sql("CREATE TABLE t AS FROM users; SELECT 2; SELECT name FROM tags").fetchall()
    connection.cursor().sql("SELECT name FROM projects").fetchall()
    found = told(connection, "DISTINCT statement, relation", "relation <> 'workspaces'")
    assert sorted(found) == [(2, "users"), (4, "tags"), (5, "projects")]


def test_a_statement_inside_a_transaction_has_its_own_number_too(connection):
    for query in ("BEGIN", USERS, "SELECT name FROM tags", "COMMIT"):
        connection.sql(query).fetchall()
    found = told(connection, "DISTINCT statement, relation", "relation <> 'workspaces'")
    assert sorted(found) == [(2, "users"), (3, "tags")]


def test_what_opening_the_connection_sent_belongs_to_statement_0(asana):
    connection = asana.open(workspace=asana.world.workspace["name"])
    assert told(connection, "statement, relation, path") == [(0, "workspaces", "/workspaces")]


def test_a_statement_that_asana_refused_shows_the_refusal(connection):
    with pytest.raises(asanaql.AsanaqlError):
        connection.sql("SELECT name FROM tasks WHERE project_gid = '424242'").fetchall()
    assert told(connection, "status, rows, parameters['project']") == [(404, None, "424242")]


def test_what_the_bound_kept_from_being_sent_does_not_show(asana):
    connection = asana.open(max_requests=2)
    with pytest.raises(QueryError):
        connection.sql(OPEN).fetchall()
    sent = connection.stats.requests
    assert told(connection, "count(*)") == [(sent,)]
    assert sent <= 2


def test_the_token_is_nowhere_in_it(asana):
    transport = Failing(asana.service)
    connection = asana.open(token=TOKEN, transport=transport)
    query = "SELECT gid FROM audit_log_events WHERE workspace_gid = ? AND event_type = ?"
    given = [asana.world.workspace["gid"], TOKEN]
    connection.sql(query, given).fetchall()
    transport.first.append((401, None))
    with pytest.raises(AuthError):
        connection.sql(query, given).fetchall()
    written = told(connection, "status, parameters['event_type']", "relation = 'audit_log_events'")
    assert written == [(200, "[token]"), (401, "[token]")]
    [(text,)] = connection.sql("SELECT string_agg(r::VARCHAR) FROM asana_requests r").fetchall()
    assert "audit_log_events" in text
    assert "invented-token" not in text


def test_statements_of_a_connection_that_asanaql_is_attached_to_show_as_well(asana, tmp_path):
    raw = duckdb.connect(config={"threads": 1})
    transport = DemoTransport(asana.service)
    with asanaql.attach(raw, DEMO_TOKEN, demo=True, transport=transport, cache=tmp_path) as attached:
        raw.execute("SELECT gid FROM workspaces").fetchall()
        raw.execute("SELECT 1").fetchall()
        raw.execute("SELECT gid FROM asana.workspaces").fetchall()
        attached.sql("SELECT gid FROM workspaces").fetchall()
        shown = raw.execute("SELECT statement, relation FROM asana.asana_requests").fetchall()
    assert shown == [(1, "workspaces"), (2, "workspaces"), (3, "workspaces")]


def test_the_relation_and_each_of_its_columns_are_documented(connection):
    [(said,)] = connection.sql(
        "SELECT comment FROM duckdb_views() "
        "WHERE view_name = 'asana_requests' AND database_name = 'asana' AND schema_name = 'main'"
    ).fetchall()
    assert said.startswith("One row: one sending of a request")
    columns = connection.sql("DESCRIBE asana_requests").fetchall()
    comments = dict(
        connection.sql(
            "SELECT column_name, comment FROM duckdb_columns() "
            "WHERE table_name = 'asana_requests' AND database_name = 'asana' AND schema_name = 'main'"
        ).fetchall()
    )
    assert [name for name, *_ in columns] == list(comments)
    assert all(comments.values())


def test_its_columns_have_these_types(connection):
    types = {name: type for name, type, *_ in connection.sql("DESCRIBE asana_requests").fetchall()}
    assert types == {
        "statement": "BIGINT",
        "relation": "VARCHAR",
        "method": "VARCHAR",
        "path": "VARCHAR",
        "parameters": "MAP(VARCHAR, VARCHAR)",
        "status": "BIGINT",
        "rows": "BIGINT",
        "bytes": "BIGINT",
        "cached": "BOOLEAN",
        "retried": "BOOLEAN",
        "waited": "DOUBLE",
        "seconds": "DOUBLE",
    }
