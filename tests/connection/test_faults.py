"""What Asana, or whoever stands between, can do wrong: the answer is complete, or a text says what it lacks."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest

import asanaql
from asanaql import ApiError, AuthError, QueryError, RateLimited, ServerError
from asanaql.demo import DemoTransport, Service, World
from tests.few import USUAL, few

TOKEN = "2/42424242:an-invented-token"
Reply = httpx.Response | Exception | None


class Clock:
    """Seconds that pass only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


class Wire(httpx.AsyncBaseTransport):
    """The demo service behind `fault`, which may answer in its place; `matched` counts the requests it looked at."""

    def __init__(self, world: World, clock: Clock) -> None:
        self.clock = clock
        self.service = Service(world, clock=clock)
        self.sent: list[httpx.Request] = []
        self.fault: Callable[[int], Reply] = lambda number: None
        self.where: Callable[[httpx.Request], bool] = lambda request: request.url.path.endswith("/tasks")
        self.matched = 0
        self._demo = DemoTransport(self.service)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        reply: Reply = None
        if self.where(request):
            reply = self.fault(self.matched)
            self.matched += 1
        if isinstance(reply, Exception):
            raise reply
        return reply or await self._demo.handle_async_request(request)


def refusal(status: int, said: str = "No.", **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return httpx.Response(status, json={"errors": [{"message": said}]}, headers=named)


def at(*numbers: int, reply: Callable[[], Reply]) -> Callable[[int], Reply]:
    """A fault that happens to these of the requests, counted from 0."""
    return lambda number: reply() if number in numbers else None


@pytest.fixture
def wire(world: World) -> Wire:
    return Wire(world, Clock())


Open = Callable[..., asanaql.Connection]


@pytest.fixture
def opened(wire: Wire) -> Iterator[Open]:
    made: list[asanaql.Connection] = []

    def connect(**more: Any) -> asanaql.Connection:
        settings: dict[str, Any] = {"token": TOKEN, "cache": False, "catalog": few(*USUAL), **more}
        made.append(asanaql.connect(demo=True, transport=wire, clock=wire.clock, sleep=wire.clock.sleep, **settings))
        return made[-1]

    yield connect
    for each in made:
        each.close()


@pytest.fixture
def con(opened: Open) -> asanaql.Connection:
    return opened()


@pytest.fixture
def biggest(world: World) -> str:
    """A statement that takes seven pages."""
    return f"SELECT gid FROM tasks WHERE project_gid = '{world.notable['biggest']}'"


@pytest.fixture
def truth(world: World) -> list[tuple[str]]:
    """Its rows."""
    return sorted((task["gid"],) for task in world.tasks_in(world.notable["biggest"]))


TRANSIENT: dict[str, Callable[[], Reply]] = {
    "429 with Retry-After": lambda: refusal(429, "Slow down.", retry_after="30"),
    "429 without Retry-After": lambda: refusal(429, "Slow down."),
    "500": lambda: refusal(500, "Server Error"),
    "502 that is a page of a proxy": lambda: httpx.Response(502, text="<html>Bad Gateway</html>"),
    "503 with Retry-After": lambda: refusal(503, "Maintenance", retry_after="60"),
    "504": lambda: httpx.Response(504),
    "a broken connection": lambda: httpx.ConnectError("Connection reset by peer"),
    "a connection that ends in the body": lambda: httpx.RemoteProtocolError("peer closed connection"),
    "no answer in time": lambda: httpx.ReadTimeout("timed out"),
    "a body that is cut off": lambda: httpx.Response(200, content=b'{"data": [{"gid": "1"}, {"gi'),
    "HTML": lambda: httpx.Response(200, text="<!DOCTYPE html><title>Log in</title>"),
    "an empty body": lambda: httpx.Response(200),
    "JSON without rows": lambda: httpx.Response(200, json={"rows": []}),
    "a next_page without an offset": lambda: httpx.Response(200, json={"data": [], "next_page": {"path": "/x"}}),
}


@pytest.mark.parametrize("reply", TRANSIENT.values(), ids=TRANSIENT.keys())
@pytest.mark.parametrize("times", [1, 4])
def test_what_passes_costs_retries_and_no_row(
    con: asanaql.Connection, wire: Wire, biggest: str, truth: Any, reply: Callable[[], Reply], times: int
) -> None:
    wire.fault = at(*range(3, 3 + times), reply=reply)
    result = con.sql(biggest)
    assert sorted(result.fetchall()) == truth
    assert result.warnings == []
    assert (result.stats.requests, result.stats.retries) == (7 + times, times)


@pytest.mark.parametrize("reply", TRANSIENT.values(), ids=TRANSIENT.keys())
def test_what_does_not_pass_is_an_error_after_five_retries(
    con: asanaql.Connection, wire: Wire, biggest: str, truth: Any, reply: Callable[[], Reply]
) -> None:
    wire.fault = lambda number: reply() if number >= 3 else None
    with pytest.raises((RateLimited, ServerError), match="It was sent 6 times") as caught:
        con.sql(biggest).fetchall()
    assert "GET /tasks?" in str(caught.value)
    assert len(wire.sent) == 3 + 6
    wire.fault = lambda number: None
    assert sorted(con.sql(biggest).fetchall()) == truth


def test_an_error_says_what_came_instead_of_an_answer(con: asanaql.Connection, wire: Wire, biggest: str) -> None:
    said = {
        "429 without Retry-After": "Asana answered 429 to GET /tasks?.*: Slow down",
        "500": "Asana answered 500 to GET /tasks?.*: Server Error",
        "a broken connection": "No answer from Asana to GET /tasks?.*: ConnectError Connection reset by peer",
        "HTML": "is not JSON: <!DOCTYPE html>",
        "a body that is cut off": r"is not JSON: \{\"data\": \[",
        "JSON without rows": "has no readable data",
    }
    for name, text in said.items():
        wire.fault = lambda number, name=name: TRANSIENT[name]()  # type: ignore[misc]
        with pytest.raises(ApiError, match=text):
            con.sql(biggest).fetchall()


def test_nothing_is_sent_while_retry_after_lasts(con: asanaql.Connection, wire: Wire, biggest: str, truth: Any) -> None:
    refused_at: list[float] = []
    next_at: list[float] = []

    def fault(number: int) -> Reply:
        (refused_at if number == 2 else next_at if number == 3 else []).append(wire.clock.now)
        return refusal(429, "Slow down.", retry_after="77") if number == 2 else None

    wire.fault = fault
    result = con.sql(biggest)
    assert sorted(result.fetchall()) == truth
    assert next_at[0] - refused_at[0] >= 77
    assert result.stats.waited >= 77
    assert not result.stats.waiting


def test_a_plan_of_few_requests_a_minute_is_kept_to_without_losing_a_row(
    opened: Open, wire: Wire, world: World
) -> None:
    limited = Service(world, per_minute=20, clock=wire.clock)
    wire._demo = DemoTransport(limited)
    result = opened().sql("SELECT gid, project_gid FROM tasks")
    rows = result.fetchall()
    assert len(rows) == len(set(rows)) == sum(len(world.tasks_in(project["gid"])) for project in world.projects)
    assert result.stats.retries > 0


def test_an_offset_that_repeats_is_an_error(con: asanaql.Connection, wire: Wire, biggest: str) -> None:
    again = {"data": [{"gid": "1"}], "next_page": {"offset": "the-same", "path": "/x", "uri": "x"}}
    wire.fault = lambda number: httpx.Response(200, json=again)
    with pytest.raises(ApiError, match="the offset of the next page is one that came before"):
        con.sql(biggest).fetchall()
    assert len(wire.sent) == 2


def test_an_offset_that_expires_halfway_costs_requests_and_no_row(
    con: asanaql.Connection, wire: Wire, biggest: str, truth: Any
) -> None:
    def fault(number: int) -> Reply:
        if number == 3:
            wire.clock.now += 901
        return None

    wire.fault = fault
    result = con.sql(biggest)
    assert sorted(result.fetchall()) == truth
    assert (result.warnings, result.stats.requests) == ([], 4 + 7)


def test_a_project_that_may_not_be_read_is_skipped_by_gid_and_name_and_the_others_are_whole(
    con: asanaql.Connection, wire: Wire, world: World
) -> None:
    ten = [project for project in world.projects if not project["archived"]][:10]
    skipped = next(project for project in ten if project["gid"] == world.notable["every_custom_field"])
    wire.service.forbidden.add(skipped["gid"])
    names = ", ".join("'" + project["name"].replace("'", "''") + "'" for project in ten)
    result = con.sql(f"SELECT gid, project_gid FROM tasks WHERE project_name IN ({names})")
    whole = [
        (task["gid"], project["gid"])
        for project in ten
        if project is not skipped
        for task in world.tasks_in(project["gid"])
    ]
    assert sorted(result.fetchall()) == sorted(whole)
    [warning] = result.warnings
    named = re.escape(
        f"tasks: skipped project_gid {skipped['gid']} ({skipped['name']}): Asana answered 403 to GET /tasks?"
    )
    assert re.fullmatch(named + r"\S+: You do not have access to this project\.", warning)


def test_a_project_that_the_person_wrote_and_may_not_be_read_is_an_error_in_asanas_words(
    con: asanaql.Connection, wire: Wire, world: World
) -> None:
    ten = [project["gid"] for project in world.projects][:10]
    wire.service.forbidden.add(ten[4])
    listed = ", ".join(f"'{gid}'" for gid in ten)
    with pytest.raises(ApiError, match=f"403 to GET /tasks.*{ten[4]}.*: You do not have access to this project"):
        con.sql(f"SELECT gid FROM tasks WHERE project_gid IN ({listed})").fetchall()


def test_what_a_plan_does_not_have_is_an_error_that_says_so(con: asanaql.Connection, wire: Wire, biggest: str) -> None:
    wire.fault = lambda number: refusal(402, "Payment Required")
    with pytest.raises(ApiError, match=r"402 to GET /tasks.*: Payment Required\. It needs a paid Asana plan"):
        con.sql(biggest).fetchall()
    assert len(wire.sent) == 1


def test_an_unknown_token_is_an_error_that_does_not_quote_it(opened: Open, wire: Wire, biggest: str) -> None:
    token = "wrong-invented-token-1234"
    with pytest.raises(AuthError, match=r"401 to GET /tasks.*: Not Authorized") as caught:
        opened(token=token).sql(biggest).fetchall()
    assert "ASANA_ACCESS_TOKEN" in str(caught.value)
    assert token not in str(caught.value) + repr(caught.value)
    assert len(wire.sent) == 1


def test_a_redirect_is_an_error_and_the_token_goes_nowhere_else(
    con: asanaql.Connection, wire: Wire, biggest: str
) -> None:
    for status in (301, 302, 303, 307, 308):
        wire.fault = lambda number, status=status: httpx.Response(  # type: ignore[misc]
            status, headers={"location": f"https://elsewhere.example.com/tasks?t={TOKEN}"}
        )
        with pytest.raises(ApiError, match=r"a redirect to https://elsewhere\.example\.com/tasks") as caught:
            con.sql(biggest).fetchall()
        assert TOKEN not in str(caught.value)
    assert {request.url.host for request in wire.sent} == {"demo.invalid"}
    assert len(wire.sent) == 5


def test_the_end_of_the_range_of_a_project_is_read_on_by_sections(
    con: asanaql.Connection, wire: Wire, biggest: str, truth: Any
) -> None:
    wire.service.most = 250
    result = con.sql(biggest)
    assert sorted(result.fetchall()) == truth
    assert result.warnings == []


def test_the_end_of_the_range_of_the_projects_is_read_on_by_teams_and_what_is_missing_is_said(
    con: asanaql.Connection, wire: Wire, world: World
) -> None:
    wire.service.most = 8
    result = con.sql("SELECT gid FROM projects")
    listed = [project["gid"] for project in world.under("workspace.projects", world.workspace)][:8]
    in_teams = [project["gid"] for project in world.projects if project["team"]]
    assert sorted(result.fetchall()) == sorted((gid,) for gid in {*listed, *in_teams})
    assert world.notable["teamless"] not in in_teams
    [warning] = result.warnings
    assert "after 8 rows" in warning
    assert "projects in no team" in warning


def test_a_range_that_cannot_be_read_on_is_an_error_that_says_how_far_it_came(
    con: asanaql.Connection, wire: Wire, world: World
) -> None:
    wire.service.most = 300
    user = max(world.users, key=lambda user: len(world.under("user.tasks", user)))
    assert len(world.under("user.tasks", user)) > 100
    wire.service.most = 100
    with pytest.raises(ApiError, match=r"upper limit on the number of results.* 100 rows were listed before"):
        con.sql(f"SELECT gid FROM user_tasks WHERE assignee_gid = '{user['gid']}'").fetchall()


def test_max_requests_ends_a_statement_with_what_it_was_about_to_do(opened: Open, wire: Wire, biggest: str) -> None:
    con = opened(max_requests=5)
    with pytest.raises(
        QueryError, match="has sent 5 requests, as many as it may, and was about to send GET /tasks"
    ) as caught:
        con.sql(biggest).fetchall()
    assert "max_requests" in str(caught.value)
    assert "--max-requests" in str(caught.value)
    assert len(wire.sent) == 5


def test_max_requests_holds_for_each_statement(opened: Open, wire: Wire, biggest: str, truth: Any) -> None:
    con = opened(max_requests=7)
    for _ in range(3):
        assert sorted(con.sql(biggest).fetchall()) == truth


def test_max_requests_holds_for_each_statement_of_a_transaction(
    opened: Open, wire: Wire, biggest: str, truth: Any
) -> None:
    con = opened(max_requests=7)
    con.sql("BEGIN")
    for _ in range(3):
        result = con.sql(biggest)
        assert sorted(result.fetchall()) == truth
        assert result.stats.requests == 7
    con.sql("COMMIT")


def test_max_requests_counts_retries_and_those_of_a_fan_out(opened: Open, wire: Wire, biggest: str) -> None:
    con = opened(max_requests=7)
    wire.fault = at(2, reply=lambda: refusal(500))
    with pytest.raises(QueryError, match="was about to send"):
        con.sql(biggest).fetchall()
    assert len(wire.sent) == 7
    wire.sent.clear()
    with pytest.raises(QueryError, match="would send about 47 requests"):
        con.sql("SELECT gid FROM tasks").fetchall()
    assert len(wire.sent) == 2


def test_without_pushdown_the_bound_still_holds_for_each_statement(
    opened: Open, wire: Wire, biggest: str, world: World
) -> None:
    con = opened(max_requests=30)
    con.sql("SET disabled_optimizers = 'filter_pushdown'")
    for _ in range(3):
        result = con.sql(biggest)
        assert len(result.fetchall()) == 604
        assert result.stats.requests == 28


def test_a_fault_while_a_table_is_made_leaves_no_table_and_a_usable_connection(
    con: asanaql.Connection, wire: Wire, biggest: str, truth: Any
) -> None:
    wire.fault = at(3, reply=lambda: refusal(402))
    with pytest.raises(ApiError, match="402"):
        con.sql(f"CREATE TABLE kept AS {biggest}")
    assert con.sql("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'kept'").fetchall() == [(0,)]
    con.sql(f"CREATE TABLE kept AS {biggest}")
    assert sorted(con.sql("SELECT gid FROM kept").fetchall()) == truth


def test_a_result_that_failed_says_so_again_instead_of_showing_the_rows_it_had(
    con: asanaql.Connection, wire: Wire, biggest: str
) -> None:
    wire.fault = at(5, reply=lambda: refusal(402, "Payment Required"))
    result = con.sql(biggest)
    assert result.fetchone() is not None
    with pytest.raises(ApiError):
        result.fetchall()
    with pytest.raises((QueryError, ApiError), match="Payment Required"):
        result.arrow()


def test_on_the_raw_connection_the_error_is_duckdbs_with_asanas_words(
    con: asanaql.Connection, wire: Wire, biggest: str, truth: Any
) -> None:
    wire.fault = at(2, reply=lambda: refusal(402, "Payment Required"))
    with pytest.raises(duckdb.Error, match="Payment Required"):
        con.duckdb.sql(biggest).fetchall()
    assert sorted(con.duckdb.sql(biggest).fetchall()) == truth


def test_absent_fields_are_null_and_said(opened: Open, wire: Wire, world: World, biggest: str) -> None:
    wire._demo = DemoTransport(Service(world, plan="free", clock=wire.clock))
    result = opened().sql(biggest.replace("gid FROM", "custom_fields FROM"))
    assert set(result.fetchall()) == {(None,)}
    assert result.warnings == [
        "tasks: Asana sent no 'custom_fields' in 604 of 604 rows, which read as NULL. "
        "The plan or the token's scopes hide it."
    ]


def test_the_token_is_nowhere_but_in_the_requests_header(
    opened: Open, wire: Wire, biggest: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    con = opened(cache=tmp_path / "cache")
    texts: list[str] = []
    con.sql("SELECT gid FROM tasks").fetchall()
    wire.service.forbidden.add(wire.service.world.notable["single"])
    result = con.sql("SELECT gid FROM tasks")
    result.fetchall()
    texts += result.warnings
    texts += [repr(con), repr(result), repr(result.stats), repr(vars(con)), repr(vars(result))]
    texts += [str(row) for row in con.sql(f"EXPLAIN {biggest}").fetchall()]
    texts += [str(row) for row in con.sql(f"EXPLAIN ANALYZE {biggest}").fetchall()]
    texts += [str(row) for row in con.sql("SELECT * FROM duckdb_settings()").fetchall()]
    texts += [str(row) for row in con.sql("SELECT sql FROM duckdb_views()").fetchall()]
    echoes: list[Callable[[], Reply]] = [
        lambda: refusal(400, f"Bad header: Bearer {TOKEN}"),
        lambda: httpx.Response(200, text=f"<html>{TOKEN}</html>"),
        lambda: httpx.ConnectError(f"proxy says {TOKEN}"),
    ]
    for echo in echoes:
        wire.fault = lambda number, echo=echo: echo()  # type: ignore[misc]
        with pytest.raises(ApiError) as caught:
            con.sql(biggest).fetchall()
        texts += [str(caught.value), repr(caught.value), repr(caught.value.__cause__), repr(vars(caught.value))]
    output = capfd.readouterr()
    texts += [output.out, output.err]
    assert [text for text in texts if TOKEN in text] == []
    for file in (tmp_path / "cache").rglob("*"):
        assert not file.is_file() or TOKEN.encode() not in file.read_bytes()
    assert {request.headers["authorization"] for request in wire.sent} == {f"Bearer {TOKEN}"}
    assert not any(TOKEN in str(request.url) for request in wire.sent)


def test_nothing_but_gets_is_ever_sent(con: asanaql.Connection, wire: Wire, biggest: str) -> None:
    con.sql(biggest).fetchall()
    with pytest.raises(duckdb.Error):
        con.sql("DELETE FROM tasks")
    with pytest.raises(duckdb.Error):
        con.sql("INSERT INTO tasks (gid) VALUES ('1')")
    assert {request.method for request in wire.sent} == {"GET"}
    assert json.dumps(sorted({request.url.scheme for request in wire.sent})) == '["https"]'
