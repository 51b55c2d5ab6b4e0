"""`Connection.interrupt`, for interrupts that DuckDB loses: it makes nothing of an exception while it plans."""

from __future__ import annotations

import asyncio

import pytest

from asanaql.demo import DemoTransport


class Interrupting(DemoTransport):
    """Interrupts the connection when tasks are asked for, as a signal's handler does, and raises nothing."""

    connection = None

    async def handle_async_request(self, request):
        if self.connection is not None and request.url.path.endswith("/tasks"):
            connection, self.connection = self.connection, None
            connection.interrupt()
            await asyncio.sleep(0)
        return await super().handle_async_request(request)


@pytest.fixture
def interrupted(asana):
    transport = Interrupting(asana.service)
    transport.connection = connection = asana.open(transport=transport)
    return connection


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM tasks",
        "CREATE TEMP TABLE kept AS SELECT * FROM tasks",
        "SELECT count(s.gid) FROM tasks t JOIN stories s ON s.task_gid = t.gid WHERE t.project_name = 'Hundred days'",
        "EXPLAIN ANALYZE SELECT count(notes) FROM tasks",
    ],
)
def test_a_statement_ends_where_the_exception_was_lost(asana, interrupted, query):
    with pytest.raises(KeyboardInterrupt):
        interrupted.sql(query).fetchall()
    assert not any(path.endswith("/stories") for path, _ in asana.sent())
    # The next statement is another one.
    assert interrupted.sql("SELECT count(*) FROM projects").fetchall() == [(15,)]


def test_an_interrupt_when_nothing_runs_ends_nothing(asana):
    connection = asana.open()
    connection.sql("SELECT count(*) FROM projects").fetchall()
    connection.interrupt()
    assert connection.sql("SELECT count(*) FROM projects").fetchall() == [(15,)]
