"""An Asana of the test's own making at the transport, and an event loop whose time passes only when all are waiting."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import pytest

from asanaql.api import Client, Meter, Request

TOKEN = "1/4242:invented-token"
BASE_URL = "https://asana.example.com/api/1.0"
STARTED = 1000.0


class FakeSelector(selectors.DefaultSelector):
    """Moves the loop's time to the next timer instead of waiting for it."""

    now = STARTED

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "every task waits for something that will never come"
        self.now += timeout
        return super().select(0)


class FakeLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._fake = FakeSelector()
        super().__init__(self._fake)

    def time(self) -> float:
        return self._fake.now


class Asana(httpx.AsyncBaseTransport):
    """Answers the n-th request (from 0) with `answer(n, request)`, `latency` seconds after it was sent."""

    def __init__(self) -> None:
        self.answer: Callable[[int, httpx.Request], httpx.Response | Exception] = lambda n, request: self.page([])
        self.latency = 0.0
        self.sent: list[httpx.Request] = []
        self.times: list[float] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.meter = Meter()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        number = len(self.sent)
        self.sent.append(request)
        self.times.append(self.now())
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(self.latency)
        finally:
            self.in_flight -= 1
        answer = self.answer(number, request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def now(self) -> float:
        """Seconds since the test began."""
        return round(asyncio.get_running_loop().time() - STARTED, 6)

    def run(self, main: Callable[[Client], Coroutine[Any, Any, Any]], **options: Any) -> Any:
        """What `main` returns on the fake loop, given a client of this Asana."""
        with asyncio.Runner(loop_factory=FakeLoop) as runner:
            fake: dict[str, Any] = {"clock": runner.get_loop().time, "jitter": lambda: 1.0, "transport": self}
            return runner.run(main(Client(BASE_URL, TOKEN, **fake | options)))

    def ask(self, count: int = 1, path: str = "/projects", **options: Any) -> Any:
        """The last of `count` pages asked for at once, or the error."""

        async def main(client: Client) -> Any:
            return (await asyncio.gather(*(client.page(Request(path), self.meter) for _ in range(count))))[-1]

        return self.run(main, **options)

    @staticmethod
    def page(rows: object, offset: str | None = None) -> httpx.Response:
        return httpx.Response(200, json={"data": rows, "next_page": {"offset": offset} if offset else None})

    @staticmethod
    def refusal(status: int, said: str = "No.", **headers: str) -> httpx.Response:
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.Response(status, json={"errors": [{"message": said}]}, headers=headers)


@pytest.fixture
def asana() -> Asana:
    return Asana()


@pytest.fixture
def token() -> str:
    return TOKEN


@pytest.fixture
def base_url() -> str:
    return BASE_URL
