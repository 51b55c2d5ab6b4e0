"""An account of the demo workspace, with what was sent to it in view and its answers open to be replaced."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from asanaql.api import Client, Loop, Meter
from asanaql.cache import Cache
from asanaql.catalog import CATALOG
from asanaql.catalog.model import Catalog
from asanaql.demo import DEMO_BASE_URL, DemoTransport, Service, World, build
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.account import Account
from asanaql.scan.fetch import Fetch
from asanaql.scan.rows import batch
from asanaql.scan.statement import Statement, Statements
from asanaql.scan.window import WIDEST, Window

Reply = Callable[[httpx.Request], httpx.Response | None]


class Wire(httpx.AsyncBaseTransport):
    """The demo service, except where `reply` answers; `hold` is awaited before every answer."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.reply: Reply = lambda request: None
        self.hold: Callable[[httpx.Request], Any] | None = None
        self.sent: list[httpx.Request] = []
        self.cancelled: list[httpx.Request] = []
        self._demo = DemoTransport(service)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        try:
            if self.hold is not None:
                await self.hold(request)
        except asyncio.CancelledError:
            self.cancelled.append(request)
            raise
        return self.reply(request) or await self._demo.handle_async_request(request)

    @property
    def paths(self) -> list[str]:
        return [request.url.path.removeprefix("/api/1.0") for request in self.sent]

    def asked(self, name: str) -> list[str | None]:
        """The values of one parameter, in the order sent."""
        return [request.url.params.get(name) for request in self.sent]


class Asked:
    """What a scan gave: its rows by column, its warnings, its error."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.rows: list[dict[str, Any]] = []
        self.chunks: list[int] = []
        self.error: BaseException | None = None

    @property
    def warnings(self) -> list[str]:
        return self.statement.notes.warnings

    def column(self, name: str) -> list[Any]:
        return [row[name] for row in self.rows]


class Bench:
    """Scans relations of one account on an event loop of their own."""

    def __init__(self, wire: Wire, cache: Cache | None = None, catalog: Catalog = CATALOG) -> None:
        self.wire = wire
        self.catalog = catalog
        self.account = self.opened(cache)

    def opened(self, cache: Cache | None = None, **more: Any) -> Account:
        async def at_once(seconds: float) -> None:
            await asyncio.sleep(0)

        client = Client(DEMO_BASE_URL, "demo", transport=self.wire, sleep=at_once, per_minute=1e9)
        return Account(client, Loop(), self.catalog, Statements(None), cache, **more)

    def scan(
        self,
        table: str,
        columns: Sequence[str],
        *conjuncts: Conjunct,
        statement: Statement | None = None,
        remember: bool = False,
        window: int = WIDEST,
    ) -> Asked:
        """All rows of a scan, consumed as fast as they come; an error is kept."""

        async def main() -> Asked:
            return await self.scanned(table, columns, *conjuncts, statement=statement, remember=remember, window=window)

        # A client belongs to one event loop.
        self.account = self.opened(self.account.cache, sizes=self.account.sizes, workspace=self.account.workspace)
        return asyncio.run(main())

    async def scanned(
        self,
        table: str,
        columns: Sequence[str],
        *conjuncts: Conjunct,
        statement: Statement | None = None,
        remember: bool = False,
        window: int = WIDEST,
    ) -> Asked:
        asked = Asked(statement or Statement(Meter()))
        fetch = Fetch(self.account, asked.statement, remember=remember)
        entry = self.catalog[table]
        wanted = [entry.column(name) for name in columns]
        places = Window(window)
        try:
            async for page, context in fetch.chunks(entry, wanted, conjuncts, places):
                made = batch(entry, wanted, page, context, asked.statement.notes)
                asked.rows += made.to_pylist()
                asked.chunks.append(made.num_rows)
                places.consumed()
        except Exception as error:  # noqa: BLE001 - the tests look at it
            asked.error = error
        return asked


@pytest.fixture(scope="session")
def world() -> World:
    return build(now=datetime(2026, 3, 2, tzinfo=UTC))


@pytest.fixture
def service(world: World) -> Service:
    return Service(world)


@pytest.fixture
def wire(service: Service) -> Wire:
    return Wire(service)


@pytest.fixture
def bench(wire: Wire) -> Bench:
    return Bench(wire)


@pytest.fixture
def cached(wire: Wire, tmp_path: Path) -> Bench:
    """A bench whose account keeps parents on disk."""
    return Bench(wire, Cache(tmp_path / "cache", "somebody"))


@pytest.fixture
def equal() -> Callable[..., Conjunct]:
    """`column = value`, or IN several."""
    return lambda column, *values: Conjunct(column, "=", values)


@pytest.fixture
def refusal() -> Callable[..., httpx.Response]:
    """An answer as Asana refuses."""
    return lambda status, said="No.": httpx.Response(status, json={"errors": [{"message": said}]})
