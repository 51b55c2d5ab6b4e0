"""What this package takes for granted of DuckDB's scan protocol. A failure here says that DuckDB has moved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import duckdb
import pytest
from duckdb._sources.nodes import Binary, Col, In, Lit, Node, Postfix

from asanaql.catalog import CATALOG
from asanaql.demo import World
from asanaql.errors import ApiError
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.predicates import STATEMENT, TAG, belongs, conjuncts
from asanaql.scan.protocol import Source
from asanaql.scan.statement import Statement


class Spy(Source):
    """A source that keeps what DuckDB asks of it."""

    def __init__(self, account: Any, name: str, planned: Callable[[Statement], None]) -> None:
        super().__init__(account, CATALOG[name], planned)
        self.calls: list[tuple[str, str]] = []
        self.offered: list[Node] = []
        self.streams: list[tuple[Sequence[int] | None, list[Node]]] = []

    def accepts(self, predicate: Node) -> bool:
        self.calls.append(("accepts", threading.current_thread().name))
        if belongs(predicate) is None:
            self.offered.append(predicate)
        return super().accepts(predicate)

    def stream(self, columns: Sequence[int] | None, filters: Sequence[Node]) -> tuple[object, bool]:
        self.calls.append(("stream", threading.current_thread().name))
        self.streams.append((columns, list(filters)))
        return super().stream(columns, filters)

    @property
    def names(self) -> list[str]:
        """The columns that the last stream was asked for."""
        columns, _ = self.streams[-1]
        assert columns is not None
        return [[STATEMENT, TAG, *(column.name for column in self._table.columns)][place] for place in columns]


class Duck:
    """A DuckDB connection with a spied source and the view over it, as the connection makes them."""

    def __init__(self, bench: Any, table: str) -> None:
        self.wire = bench.wire
        self.account = bench.account
        self.planned: list[Statement] = []
        self.owned = True
        self.spy = Spy(bench.account, table, self.plans)
        self.con = duckdb.connect(config={"threads": 1})
        self.con.from_arrow(self.spy).create_view("scan")
        self.con.execute(
            f"CREATE VIEW {table} AS SELECT * EXCLUDE ({STATEMENT}, {TAG}) FROM scan s "
            f"WHERE (s.{STATEMENT} IS NULL OR s.{STATEMENT} = txid_current())"
        )
        self.table = table
        self.spy.calls.clear()

    def plans(self, statement: Statement) -> None:
        statement.owned = self.owned
        self.planned.append(statement)

    def offered(self, where: str) -> list[Node]:
        """What DuckDB offers of a WHERE clause."""
        self.spy.offered.clear()
        self.con.sql(f"EXPLAIN SELECT gid FROM {self.table} WHERE {where}").fetchall()
        return self.spy.offered

    def close(self) -> None:
        self.con.close()
        self.account.loop.submit(self.account.client.close()).result(5)
        self.account.loop.close()


@pytest.fixture
def duck(bench: Any) -> Iterator[Duck]:
    made = Duck(bench, "tasks")
    yield made
    made.close()


@pytest.fixture
def projects(bench: Any) -> Iterator[Duck]:
    made = Duck(bench, "projects")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("where", "read"),
    [
        ("gid = '1'", [Conjunct("gid", "=", ("1",))]),
        ("'1' = gid", [Conjunct("gid", "=", ("1",))]),
        ("gid IN ('1', '2', '3')", [Conjunct("gid", "=", ("1", "2", "3"))]),
        ("gid = '1' OR gid = '2'", [Conjunct("gid", "=", ("1", "2"))]),
        ("list_contains(['1', '2'], gid)", [Conjunct("gid", "=", ("1", "2"))]),
        ("completed = FALSE", [Conjunct("completed", "=", (False,))]),
        ("modified_at > TIMESTAMPTZ '1970-01-01 00:00:01+00'", [Conjunct("modified_at", ">", (1_000_000,))]),
        ("modified_at <= TIMESTAMPTZ '1970-01-01 00:00:01+00'", [Conjunct("modified_at", "<=", (1_000_000,))]),
        ("num_likes >= 2", [Conjunct("num_likes", ">=", (2,))]),
        ("gid = '1' AND num_likes < 2", [Conjunct("gid", "=", ("1",)), Conjunct("num_likes", "<", (2,))]),
        ("gid <> '1'", [Conjunct("gid", "<>", ("1",))]),
        ("gid NOT IN ('1', '2')", [Conjunct("gid", "<>", ("1",)), Conjunct("gid", "<>", ("2",))]),
        ("NOT (gid = '1')", [Conjunct("gid", "<>", ("1",))]),
        ("due_on IS NULL", [Conjunct("due_on", "=", (None,))]),
    ],
)
def test_a_comparison_with_constants_is_offered_in_a_form_that_is_understood(
    duck: Duck, where: str, read: list[Conjunct]
) -> None:
    assert sorted(conjuncts(duck.offered(where)), key=repr) == sorted(read, key=repr)


def test_equality_is_a_binary_node_of_a_column_and_a_literal(duck: Duck) -> None:
    [node] = duck.offered("gid = '1'")
    match node:
        case Binary(op="=", left=Col(parts=("gid",)), right=Lit(value="1")):
            pass
        case _:
            pytest.fail(f"it is {node}")


def test_a_list_is_an_in_node_of_literals(duck: Duck) -> None:
    [node] = duck.offered("gid IN ('1', '2', '3')")
    assert isinstance(node, In)
    assert isinstance(node.operand, Col)
    assert node.operand.parts == ("gid",)
    assert [value.value for value in node.values if isinstance(value, Lit)] == ["1", "2", "3"]


def test_a_test_for_null_is_a_postfix_node(duck: Duck) -> None:
    [node] = duck.offered("due_on IS NULL")
    assert isinstance(node, Postfix)
    assert isinstance(node.operand, Col)
    assert (node.op, node.operand.parts) == ("IS NULL", ("due_on",))


def test_constants_are_folded_before_they_are_offered(duck: Duck) -> None:
    [node] = conjuncts(duck.offered("modified_at > TIMESTAMPTZ '1970-01-02 00:00:00+00' - INTERVAL 1 DAY"))
    assert node == Conjunct("modified_at", ">", (0,))


@pytest.mark.parametrize(
    "where",
    [
        "completed",
        "NOT completed",
        "name LIKE '%a_b%'",
        "gid = 1",
        "year(modified_at) = 2026",
        "date_diff('day', created_at, modified_at) > 3",
    ],
)
def test_what_duckdb_keeps_to_itself_is_not_offered_as_a_comparison(duck: Duck, where: str) -> None:
    assert conjuncts(duck.offered(where)) == []


def test_of_many_values_that_a_column_does_not_have_fifty_are_enough(duck: Duck) -> None:
    listed = ", ".join(f"'{gid}'" for gid in range(100))
    found = conjuncts(duck.offered(f"gid NOT IN ({listed})"))
    assert found == [Conjunct("gid", "<>", (str(gid),)) for gid in range(50)]


def test_a_column_that_is_not_null_says_nothing_more(duck: Duck) -> None:
    assert conjuncts(duck.offered("due_on IS NOT NULL")) == []


def test_a_predicate_of_two_columns_says_nothing_of_either(duck: Duck) -> None:
    assert conjuncts(duck.offered("gid = '1' OR name = 'x'")) == []


def test_accepts_comes_before_any_stream_and_on_the_callers_thread(duck: Duck, world: World) -> None:
    gid = world.notable["single"]
    [(count,)] = duck.con.sql(f"SELECT count(*) FROM tasks WHERE project_gid = '{gid}'").fetchall()
    assert count == 1
    kinds = [kind for kind, _ in duck.spy.calls]
    assert kinds[-1] == "stream"
    assert set(kinds[:-1]) == {"accepts"}
    here = threading.current_thread().name
    assert {thread for kind, thread in duck.spy.calls if kind == "accepts"} == {here}


def test_the_nodes_that_were_accepted_come_back_as_the_streams_filters(duck: Duck, world: World) -> None:
    duck.con.sql(f"SELECT gid FROM tasks WHERE project_gid = '{world.notable['single']}'").fetchall()
    [(_, filters)] = duck.spy.streams
    assert any(each is duck.spy.offered[-1] for each in filters)
    assert [number for each in filters if (number := belongs(each)) is not None] != []


def test_columns_are_asked_for_by_their_places(projects: Duck) -> None:
    projects.con.sql("SELECT name, archived FROM projects").fetchall()
    assert set(projects.spy.names) - {STATEMENT} == {"name", "archived"}


def test_a_column_that_only_a_filter_reads_is_fetched_whether_asked_for_or_not(projects: Duck, world: World) -> None:
    found = projects.con.sql("SELECT name FROM projects WHERE archived = TRUE ORDER BY name").fetchall()
    assert found == sorted((project["name"],) for project in world.projects if project["archived"])


def test_rows_are_counted_where_no_column_is_asked_for(projects: Duck) -> None:
    assert projects.con.sql("SELECT count(*) FROM projects").fetchall() == [(15,)]


def test_rows_are_the_same_with_filter_pushdown_switched_off(projects: Duck, world: World) -> None:
    projects.con.execute("SET disabled_optimizers = 'filter_pushdown'")
    assert projects.con.sql("SELECT count(*) FROM projects").fetchall() == [(15,)]
    archived = projects.con.sql("SELECT gid FROM projects WHERE archived = TRUE").fetchall()
    assert len(archived) == 2
    assert projects.spy.offered == []


def test_scans_without_a_number_are_statements_of_their_own_that_are_told_all_the_same(projects: Duck) -> None:
    projects.con.execute("SET disabled_optimizers = 'filter_pushdown'")
    for _ in range(2):
        projects.planned.clear()
        projects.con.sql("SELECT count(*) FROM projects").fetchall()
        assert [statement.meter.requests for statement in projects.planned if statement.meter.requests] == [2]


def test_the_number_of_the_statement_arrives_and_differs_between_statements(projects: Duck) -> None:
    for _ in range(2):
        projects.con.execute("SELECT a.gid FROM projects a JOIN projects b ON a.gid = b.gid").fetchall()
    numbers = [belongs(each) for _, filters in projects.spy.streams for each in filters if belongs(each)]
    assert len(numbers) == 4
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_two_scans_of_one_statement_send_a_listing_once(projects: Duck) -> None:
    projects.con.execute("SELECT a.gid FROM projects a JOIN projects b ON a.gid = b.gid").fetchall()
    assert projects.wire.paths.count("/projects") == 1


@pytest.mark.parametrize("query", ["SELECT * FROM tasks LIMIT 0", "EXPLAIN SELECT * FROM tasks", "DESCRIBE tasks"])
def test_a_statement_that_needs_no_rows_sends_nothing(duck: Duck, query: str) -> None:
    duck.con.sql(query).fetchall()
    assert duck.wire.sent == []


def test_nothing_is_sent_before_the_first_pull(projects: Duck) -> None:
    projects.spy.stream([0], [])
    assert projects.wire.sent == []


def test_a_limit_stops_after_the_page_that_satisfies_it(duck: Duck, world: World) -> None:
    gid = world.notable["biggest"]
    assert len(duck.con.sql(f"SELECT gid FROM tasks WHERE project_gid = '{gid}' LIMIT 5").fetchall()) == 5
    assert len(duck.wire.sent) == 1


def test_the_number_of_rows_is_always_a_number(duck: Duck) -> None:
    assert duck.spy.rows() == CATALOG["tasks"].rows


def failed(duck: Duck) -> list[BaseException]:
    """The errors kept of a statement that Asana refuses."""
    with pytest.raises(duckdb.Error, match="Not a recognized ID: 4242"):
        duck.con.execute("SELECT gid FROM tasks WHERE project_gid = '4242'").fetchall()
    return [statement.error for statement in duck.planned if statement.error is not None]


def test_an_error_in_a_scan_is_kept_as_it_was_raised_for_the_result_that_will_raise_it(duck: Duck) -> None:
    assert [type(error) for error in failed(duck)] == [ApiError]


def test_an_error_that_no_result_will_raise_is_not_kept(duck: Duck) -> None:
    duck.owned = False
    assert failed(duck) == []


def test_what_a_statement_kept_goes_when_it_ends_and_its_number_begins_anew(bench: Any) -> None:
    statements = bench.account.statements
    first = statements.numbered(7)
    assert statements.numbered(7) is first
    first.end()
    assert statements.numbered(7) is not first


def test_statements_without_a_number_are_never_the_same(bench: Any) -> None:
    assert bench.account.statements.numbered(None) is not bench.account.statements.numbered(None)


def test_a_statement_that_was_forgotten_long_ago_begins_anew(bench: Any) -> None:
    first = bench.account.statements.numbered(0)
    for number in range(1, 20):
        bench.account.statements.numbered(number)
    assert bench.account.statements.numbered(0) is not first
