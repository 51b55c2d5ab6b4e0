"""A result: run once, read as far as asked, kept for the next call."""

from __future__ import annotations

import asyncio
import threading

import duckdb
import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import asanaql
from asanaql.demo import DemoTransport


@pytest.fixture
def big(alone):
    """A statement that reads the largest project: 604 rows in seven pages."""
    return f"SELECT gid, name FROM tasks WHERE project_gid = '{alone.notable['biggest']}'"


@pytest.fixture
def requests(alone, cold):
    """How many requests were sent since the last call."""
    cold.sql("SELECT 'what another test left open is read to its end'")
    alone.service.log.clear()

    def counted():
        sent = len(alone.service.log)
        alone.service.log.clear()
        return sent

    return counted


# Once.

CALLS = {
    "fetchall": lambda result, path: result.fetchall(),
    "fetchone": lambda result, path: result.fetchone(),
    "df": lambda result, path: result.df(),
    "pl": lambda result, path: result.pl(),
    "arrow": lambda result, path: result.arrow(),
    "to_parquet": lambda result, path: result.to_parquet(path),
    "show": lambda result, path: result.show(),
    "batches": lambda result, path: list(result.batches()),
    "iteration": lambda result, path: list(result),
    "half an iteration": lambda result, path: next(iter(result)),
    "len": lambda result, path: len(result),
    "bool": lambda result, path: bool(result),
    "schema": lambda result, path: result.schema,
}


@pytest.mark.parametrize("first", CALLS)
def test_whatever_is_called_and_however_often_the_statement_runs_once(cold, big, requests, tmp_path, first):
    result = cold.sql(big)
    assert requests() == 0
    CALLS[first](result, tmp_path / "first.parquet")
    for call in CALLS.values():
        call(result, tmp_path / "again.parquet")
        call(result, tmp_path / "again.parquet")
    assert requests() == 7
    assert result.stats.requests == 7


def test_every_form_holds_the_same_rows(cold, big, tmp_path):
    result = cold.sql(big)
    rows = result.fetchall()
    result.to_parquet(tmp_path / "rows.parquet")
    assert len(rows) == len(set(rows)) == 604
    assert list(result) == rows
    assert list(zip(*result.arrow().to_pydict().values(), strict=True)) == rows
    assert list(result.df().itertuples(index=False, name=None)) == rows
    assert result.pl().rows() == rows
    assert pq.read_table(tmp_path / "rows.parquet").to_pylist() == result.arrow().to_pylist()
    assert sum(batch.num_rows for batch in result.batches()) == len(result) == 604


def test_fetching_goes_on_where_it_stopped_and_iteration_begins_again(cold, big):
    result = cold.sql(big)
    everything = list(result)
    assert result.fetchone() == everything[0]
    assert result.fetchone() == everything[1]
    assert next(iter(result)) == everything[0]
    assert result.fetchall() == everything[2:]
    assert (result.fetchone(), result.fetchall()) == (None, [])
    assert list(result) == everything


def test_fetchall_after_half_an_iteration_has_every_row(cold, big):
    result = cold.sql(big)
    begun = iter(result)
    half = [next(begun) for _ in range(302)]
    everything = result.fetchall()
    assert (len(everything), everything[:302]) == (604, half)
    assert half + list(begun) == everything


def test_two_iterations_side_by_side_see_the_same(cold, big):
    result = cold.sql(big)
    assert all(one == other for one, other in zip(result, result, strict=True))


# As little as asked.


def test_a_result_that_nobody_reads_sends_nothing(cold, big, requests):
    unread = cold.sql(big)
    assert (unread.columns, unread.types) == (["gid", "name"], ["VARCHAR", "VARCHAR"])
    cold.sql("SELECT 1").fetchall()
    assert requests() == 0
    assert unread.fetchone() is not None
    assert requests() == 1


@pytest.mark.parametrize("first", ["fetchone", "half an iteration", "bool"])
def test_the_first_row_of_a_large_project_takes_one_request(cold, big, requests, first):
    result = cold.sql(big)
    CALLS[first](result, None)
    assert requests() == 1
    result.fetchall()
    assert requests() == 6


def test_parameters_keep_a_result_lazy(alone, cold, requests):
    result = cold.sql("SELECT gid FROM tasks WHERE project_gid = ?", [alone.notable["biggest"]])
    assert requests() == 0
    result.fetchone()
    assert requests() == 1
    result.abandon()


def test_a_new_statement_first_reads_an_open_result_to_its_end(cold, big, requests):
    result = cold.sql(big)
    first = result.fetchone()
    assert requests() == 1
    assert cold.sql("SELECT 42").fetchall() == [(42,)]
    assert requests() == 6
    assert len([first, *result.fetchall()]) == 604
    assert requests() == 0


def test_an_older_result_that_begins_late_also_waits_for_the_open_one(cold, big):
    late, early = cold.sql(big), cold.sql(big)
    first = early.fetchone()
    assert late.fetchone() == first
    assert (len(early.fetchall()), len(late.fetchall())) == (603, 603)


def test_a_result_can_be_read_after_its_connection_is_closed_if_it_was_read_before(alone, big):
    with alone.open(cache=False) as connection:
        read = connection.sql(big)
        read.arrow()
        unfinished = connection.sql(big)
        unfinished.fetchone()
    assert len(read.fetchall()) == len(read.df()) == 604
    with pytest.raises(asanaql.QueryError, match="closed before all rows"):
        unfinished.fetchall()


def test_an_abandoned_result_says_so(cold, big, requests):
    result = cold.sql(big)
    result.fetchone()
    result.abandon()
    assert requests() == 1
    with pytest.raises(asanaql.QueryError, match="given up"):
        result.fetchall()


# The reader.


def test_the_reader_keeps_nothing(cold, big):
    result = cold.sql(big)
    reader = result.reader()
    assert sum(batch.num_rows for batch in reader) == 604
    for call in ("fetchall", "arrow", "df", "reader", "fetchone", "show"):
        with pytest.raises(asanaql.QueryError, match="not kept"):
            getattr(result, call)()
    assert result.stats.rows == 604


def test_the_reader_also_has_what_was_fetched_before(cold, big):
    result = cold.sql(big)
    result.fetchone()
    assert result.reader().read_all().num_rows == 604


def test_a_reader_loses_nothing_to_a_new_statement(cold, big):
    reader = cold.sql(big).reader()
    first = reader.read_next_batch().num_rows
    assert cold.sql("SELECT 1").fetchall() == [(1,)]
    assert first + sum(batch.num_rows for batch in reader) == 604


# What DuckDB users expect.


@pytest.mark.parametrize(
    ("query", "length"), [("FROM range(3)", 3), ("SELECT 1 WHERE false", 0), ("SET threads = 1", 0)]
)
def test_len_is_the_number_of_rows_and_a_result_without_rows_is_false(cold, query, length):
    assert (len(cold.sql(query)), bool(cold.sql(query))) == (length, length > 0)


def test_columns_and_types_are_duckdbs(cold):
    result = cold.sql('SELECT 1 AS a, 2 AS a, [1.5] AS "b c", now() AS n')
    assert result.columns == ["a", "a", "b c", "n"]
    assert result.types == ["INTEGER", "INTEGER", "DECIMAL(2,1)[]", "TIMESTAMP WITH TIME ZONE"]
    assert result.fetchall()[0][:3] == duckdb.sql("SELECT 1, 2, [1.5]").fetchall()[0]


def test_columns_of_one_name_stay_two(cold, capsys):
    result = cold.sql("SELECT 1 AS a, 2::HUGEINT AS a")
    assert len(result.fetchall()[0]) == result.arrow().num_columns == len(result.df().columns) == 2


@pytest.mark.parametrize(
    "query",
    [
        "CREATE TABLE made (i INT)",
        "CREATE OR REPLACE VIEW seen AS SELECT 1",
        "SET threads = 1",
        "USE memory",
        "BEGIN; COMMIT",
        "ATTACH ':memory:' AS other",
        "PREPARE one AS SELECT 1",
        "",
        "-- nothing",
    ],
)
def test_a_statement_that_gives_no_table_has_no_columns_and_no_rows(alone, capsys, query, tmp_path):
    result = alone.open(cache=False).sql(query)
    assert (result.columns, result.types) == ([], [])
    assert (result.fetchall(), result.fetchone(), list(result), len(result)) == ([], None, [], 0)
    assert (result.arrow().num_columns, list(result.batches()), result.reader().read_all().num_rows) == (0, [], 0)
    result.show()
    assert capsys.readouterr().out == ""
    for call in (result.df, result.pl, lambda: result.to_parquet(tmp_path / "x.parquet")):
        with pytest.raises(asanaql.QueryError, match="gives no table"):
            call()


def test_a_statement_that_counts_gives_its_count(alone, tmp_path):
    connection = alone.open(cache=False)
    connection.sql("CREATE TABLE kept (i INT)")
    for query, count in (
        ("INSERT INTO kept FROM range(3)", 3),
        ("UPDATE kept SET i = i + 1", 3),
        ("DELETE FROM kept WHERE i = 1", 1),
        (f"COPY kept TO '{tmp_path / 'kept.csv'}'", 2),
        ("CREATE TABLE more AS FROM kept", 2),
    ):
        result = connection.sql(query)
        assert (result.columns, result.fetchall(), result.fetchall()) == (["Count"], [(count,)], [])
    assert connection.sql("INSERT INTO kept VALUES (9) RETURNING i").fetchall() == [(9,)]
    assert connection.sql("FROM kept ORDER BY i").fetchall() == [(2,), (3,), (9,)]


def test_explain_gives_the_plan_and_sends_nothing(cold, big, requests):
    told = cold.sql(f"EXPLAIN {big}").arrow().to_pylist()
    assert [(row["relation"], row["endpoint"], row["keys_from"]) for row in told] == [
        ("tasks", "GET /tasks", "project_gid from the statement")
    ]
    assert requests() == 0


def test_explain_analyze_runs_the_statement_once(cold, big, requests):
    result = cold.sql(f"EXPLAIN ANALYZE {big}")
    result.fetchall()
    result.show()
    assert (requests(), result.stats.requests) == (7, 7)


def test_the_last_of_several_statements_is_the_result_and_all_have_run(alone, requests):
    connection = alone.open(cache=False)
    gid = alone.notable["hundred"]
    result = connection.sql(
        f"CREATE TABLE t AS SELECT gid FROM tasks WHERE project_gid = '{gid}'; CREATE SEQUENCE s; "
        "SELECT nextval('s'); SELECT count(*), currval('s') FROM t WHERE gid <> $1;",
        ["x"],
    )
    assert (result.fetchall(), result.stats.requests, result.stats.rows) == ([(100, 1)], 1, 1)
    assert requests() == 1


def test_the_first_of_several_statements_that_fails_ends_them(alone):
    connection = alone.open(cache=False)
    with pytest.raises(duckdb.CatalogException):
        connection.sql("CREATE TABLE a (i INT); FROM nowhere; CREATE TABLE b (i INT)")
    assert [name for (name,) in connection.sql("SHOW TABLES").fetchall() if name in "ab"] == ["a"]


def test_a_select_before_the_last_statement_runs_as_well(cold):
    with pytest.raises(asanaql.ApiError, match="404"):
        cold.sql("SELECT name FROM tasks WHERE gid = '1'; SELECT 1")


def test_statements_are_split_as_duckdb_does(cold):
    assert cold.statements("SELECT ';' AS a;SELECT 2;") == ["SELECT ';' AS a;", "SELECT 2;"]
    assert len(cold.statements("SELECT 1; -- a comment; no statement\n/* ; */ SELECT 2")) == 2
    with pytest.raises(duckdb.ParserException):
        cold.statements("SELEC 1")


@pytest.mark.parametrize(
    ("query", "params"),
    [
        ("SELECT ?::INT + ?::INT", [1, 2]),
        ("SELECT $1::INT + $2::INT", (1, 2)),
        ("SELECT $a::INT + $b::INT", {"a": 1, "b": 2}),
    ],
)
def test_parameters_are_positional_or_named(cold, query, params):
    assert cold.sql(query, params).fetchall() == [(3,)]


def test_a_parameter_that_is_missing_is_duckdbs_error(cold):
    with pytest.raises(duckdb.InvalidInputException):
        cold.sql("SELECT ?", []).fetchall()


def test_show_prints_what_duckdb_prints_and_returns_none(cold, capsys):
    query = (
        "SELECT range AS number, range::HUGEINT AS huge, '{\"a\": 1}'::JSON AS json, md5('x')::UUID AS id, "
        "INTERVAL 1 MONTH AS span, TIMESTAMPTZ '2026-01-01 00:00:00+00' AS at, 'x'::ENUM('x', 'y') AS letter, "
        "MAP {'a': 1::HUGEINT} AS pairs, '0101'::BIT AS bits FROM range(50)"
    )
    cold.sql("SET TimeZone = 'America/New_York'")
    plain = duckdb.connect()
    plain.execute("SET TimeZone = 'America/New_York'")
    plain.sql(query).show()
    expected = capsys.readouterr().out
    assert cold.sql(query).show() is None
    assert capsys.readouterr().out == expected
    cold.sql("RESET TimeZone")


def test_show_of_no_rows_prints_the_header(cold, capsys):
    cold.sql("SELECT gid, completed FROM tasks WHERE false").show()
    expected = capsys.readouterr().out
    assert "completed" in expected and "boolean" in expected and "0 rows" in expected


# Errors.


def test_after_an_error_every_further_call_says_what_it_was(cold):
    result = cold.sql("SELECT * FROM tasks WHERE gid = '1'")
    with pytest.raises(asanaql.ApiError, match="404") as caught:
        result.fetchall()
    for call in (
        result.fetchall,
        result.fetchone,
        result.arrow,
        result.df,
        result.show,
        result.reader,
        lambda: list(result),
    ):
        with pytest.raises(asanaql.QueryError, match="has failed") as again:
            call()
        assert str(caught.value) in str(again.value)
    assert cold.sql("SELECT 1").fetchall() == [(1,)]


def test_an_error_of_duckdbs_in_the_middle_of_the_rows_is_duckdbs(cold):
    result = cold.sql("SELECT CASE WHEN range < 20000 THEN range::VARCHAR ELSE 'x' END::INT FROM range(30000)")
    assert result.fetchone() == (0,)
    with pytest.raises(duckdb.ConversionException, match="'x'"):
        result.fetchall()
    with pytest.raises(asanaql.QueryError, match="has failed"):
        result.fetchone()


@pytest.mark.parametrize(
    ("query", "mark"),
    [
        ("SELECT nope FROM tasks", "\nLINE 1: SELECT nope FROM tasks\n               ^^^^"),
        ("SELECT 1,\n  nope FROM tasks", "\nLINE 2:   nope FROM tasks\n          ^^^^"),
        ("SELECT * FROM nope", "\nLINE 1: SELECT * FROM nope\n                      ^^^^"),
        ("CREATE TABLE t AS SELECT nope FROM tasks", "SELECT nope FROM tasks\n" + " " * 33 + "^^^^"),
    ],
)
def test_an_error_of_the_statement_shows_its_place(cold, query, mark):
    with pytest.raises(duckdb.ProgrammingError) as caught:
        cold.sql(query)
    assert str(caught.value).endswith(mark)
    assert "EXPLAIN" not in str(caught.value)


def test_the_place_of_an_error_is_not_looked_for_where_the_transaction_is_over(alone):
    connection = alone.open(cache=False)
    connection.sql("BEGIN")
    with pytest.raises(duckdb.CatalogException, match="nope"):
        connection.sql("SELECT * FROM nope")
    connection.sql("ROLLBACK")


def test_an_open_result_that_fails_does_not_fail_the_next_statement(alone, big):
    connection = alone.open(cache=False, max_requests=3)
    result = connection.sql(big)
    result.fetchone()
    assert connection.sql("SELECT 1").fetchall() == [(1,)]
    with pytest.raises(asanaql.QueryError, match=r"^The statement has sent 3 requests.*max_requests"):
        result.fetchall()
    with pytest.raises(asanaql.QueryError, match="has failed"):
        result.fetchall()


def test_a_parquet_file_appears_whole_or_not_at_all(alone, big, tmp_path):
    path = tmp_path / "tasks.parquet"
    path.write_bytes(b"what was there")
    with pytest.raises(asanaql.QueryError):
        alone.open(cache=False, max_requests=3).sql(big).to_parquet(path)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("tasks.parquet", b"what was there")]
    alone.open(cache=False).sql(big).to_parquet(path)
    assert (pq.read_metadata(path).num_rows, len(list(tmp_path.iterdir()))) == (604, 1)


# Statistics and warnings.


class Ticking:
    """A clock that is a second later whenever somebody looks."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1.0
        return self.now


class Held(httpx.AsyncBaseTransport):
    """Answers the third request only after `release`."""

    def __init__(self, service):
        self._inner = DemoTransport(service)
        self._sent = 0
        self.reached, self.release = threading.Event(), threading.Event()

    async def handle_async_request(self, request):
        self._sent += 1
        if self._sent == 3:
            self.reached.set()
            await asyncio.to_thread(self.release.wait)
        return await self._inner.handle_async_request(request)


def test_stats_can_be_read_by_another_thread_while_rows_arrive(alone, big):
    transport, clock = Held(alone.service), Ticking()
    with asanaql.connect(demo=True, cache=False, transport=transport, clock=clock) as connection:
        result = connection.sql(big)
        rows = []
        reading = threading.Thread(target=lambda: rows.extend(result.fetchall()))
        reading.start()
        transport.reached.wait()
        during = result.stats
        transport.release.set()
        reading.join()
        after = result.stats
    assert 3 <= during.requests <= 7
    assert during.rows < 604
    assert 0 < during.seconds < after.seconds
    assert (len(rows), after.rows, after.requests, after.retries, after.cached) == (604, 604, 7, 0, 0)
    assert result.stats.seconds == after.seconds


def test_the_time_between_planning_and_reading_does_not_count(alone):
    clock = Ticking()
    with asanaql.connect(demo=True, cache=False, transport=DemoTransport(alone.service), clock=clock) as connection:
        result = connection.sql("SELECT 1")
        planned = result.stats.seconds
        clock.now += 1000
        result.fetchall()
        assert 0 < planned < result.stats.seconds < 100


def test_a_statement_that_runs_at_once_has_its_time_at_once(alone):
    with asanaql.connect(demo=True, cache=False, transport=DemoTransport(alone.service), clock=Ticking()) as connection:
        gid = alone.notable["hundred"]
        result = connection.sql(f"CREATE TABLE t AS SELECT gid FROM tasks WHERE project_gid = '{gid}'")
        stats = result.stats
        result.fetchall()
        assert stats.seconds > 0
        assert (stats.requests, result.stats.requests) == (1, 1)


def test_cached_listings_are_counted(connection):
    first = connection.sql("SELECT count(*) FROM sections")
    first.fetchall()
    second = connection.sql("SELECT count(*) FROM sections")
    second.fetchall()
    assert (first.stats.cached, second.stats.cached > 0) == (0, True)
    assert second.stats.requests < first.stats.requests


def test_warnings_say_what_the_rows_lack_and_belong_to_their_statement(asana):
    connection = asana.open(cache=False)
    asana.service.forbidden.add(asana.notable["single"])
    lacking = connection.sql("SELECT count(*) FROM tasks")
    assert lacking.warnings == []
    lacking.fetchall()
    assert len(lacking.warnings) == 1
    assert asana.notable["single"] in lacking.warnings[0] and "403" in lacking.warnings[0]
    whole = connection.sql("SELECT count(*) FROM projects")
    whole.fetchall()
    assert whole.warnings == []


def test_warnings_of_every_one_of_several_statements_are_there(asana):
    asana.service.forbidden.add(asana.notable["single"])
    result = asana.open(cache=False).sql("CREATE TABLE t AS SELECT gid FROM tasks; SELECT count(*) FROM t")
    assert result.fetchall()[0][0] > 0
    assert len(result.warnings) == 1


def test_a_result_gives_arrow_what_duckdb_gives_it(cold):
    query = "SELECT 1 AS i, 'x' AS t, [1] AS l, {'a': 1} AS s, DATE '2026-01-01' AS d"
    plain = duckdb.connect().sql(query).to_arrow_table()
    result = cold.sql(query)
    assert (result.arrow(), result.schema) == (plain, plain.schema)
    assert isinstance(result.reader(), pa.RecordBatchReader)


BETWEEN_BATCHES = {
    "iteration": lambda result: next(iter(result)),
    "fetchone": lambda result: result.fetchone(),
    "batches": lambda result: list(result.batches()),
    "a reader": lambda result: list(result.reader()),
}


@pytest.mark.parametrize("read", BETWEEN_BATCHES.values(), ids=BETWEEN_BATCHES.keys())
def test_an_interrupt_between_two_batches_gives_up_the_rest(alone, big, read, monkeypatch):
    """What is not read any more must not keep the next statement waiting."""
    connection = alone.open(cache=False)
    result = connection.sql(f"{big[: len('SELECT')]} 1::UHUGEINT AS huge, {big[len('SELECT') :]}")
    given = connection.scratch

    def interrupted(zone):
        monkeypatch.setattr(connection, "scratch", given)
        raise KeyboardInterrupt

    monkeypatch.setattr(connection, "scratch", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read(result)
    sent = len(alone.service.log)
    assert connection.sql("SELECT 42").fetchall() == [(42,)]
    assert len(alone.service.log) == sent
    with pytest.raises(asanaql.QueryError, match="given up"):
        result.arrow()
