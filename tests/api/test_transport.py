from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import httpx
import pytest

from asanaql.api.transport import CONNECTIONS, POOLS, Pools, pooled

URL = "https://asana.example.com/"


class Body(httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"x"


class Held(httpx.AsyncBaseTransport):
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.now = 0
        self.most = 0
        self.total = 0
        self.closed = False
        self.go = asyncio.Event()
        self.go.set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.now += 1
        self.total += 1
        self.most = max(self.most, self.now)
        try:
            await self.go.wait()
        finally:
            self.now -= 1
        if request.url.path == "/broken":
            raise httpx.ConnectError("refused")
        return httpx.Response(200, stream=Body())

    async def aclose(self) -> None:
        self.closed = True


def with_pools(main: Any, count: int) -> Any:
    async def opened() -> Any:
        pools = [Held() for _ in range(count)]
        async with httpx.AsyncClient(transport=Pools(pools)) as client:
            answer: Coroutine[Any, Any, Any] = main(client, pools)
            return await answer

    return asyncio.run(opened())


async def settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def test_forty_requests_make_five_in_each_of_eight_pools() -> None:
    async def main(client: httpx.AsyncClient, pools: list[Held]) -> None:
        for pool in pools:
            pool.go.clear()
        asked = [asyncio.create_task(client.get(URL)) for _ in range(POOLS * CONNECTIONS)]
        await settled()
        assert [pool.now for pool in pools] == [CONNECTIONS] * POOLS
        for pool in pools:
            pool.go.set()
        await asyncio.gather(*asked)

    with_pools(main, POOLS)


def test_one_request_after_another_keeps_to_one_connection() -> None:
    async def main(client: httpx.AsyncClient, pools: list[Held]) -> None:
        for _ in range(6):
            await client.get(URL)
        assert [pool.total for pool in pools] == [6, 0, 0]

    with_pools(main, 3)


def test_a_broken_request_frees_its_pool() -> None:
    async def main(client: httpx.AsyncClient, pools: list[Held]) -> None:
        for _ in range(4):
            with pytest.raises(httpx.ConnectError):
                await client.get(URL + "broken")
        assert [pool.total for pool in pools] == [4, 0]

    with_pools(main, 2)


def test_a_cancelled_request_frees_its_pool() -> None:
    async def main(client: httpx.AsyncClient, pools: list[Held]) -> None:
        pools[0].go.clear()
        for _ in range(4):
            asked = asyncio.create_task(client.get(URL))
            await settled()
            asked.cancel()
            await asyncio.gather(asked, return_exceptions=True)
        assert [pool.total for pool in pools] == [4, 0]

    with_pools(main, 2)


def test_a_pool_is_busy_until_the_answer_has_been_read() -> None:
    async def main(client: httpx.AsyncClient, pools: list[Held]) -> None:
        async with client.stream("GET", URL):
            await client.get(URL)
        await client.get(URL)
        assert [pool.total for pool in pools] == [2, 1]

    with_pools(main, 2)


def test_closing_closes_every_pool() -> None:
    async def main(client: httpx.AsyncClient, pools: list[Held]) -> list[Held]:
        return pools

    assert [pool.closed for pool in with_pools(main, 3)] == [True] * 3


def test_the_pools_share_one_tls_context(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    original = ssl.create_default_context

    def counted(*args: Any, **options: Any) -> ssl.SSLContext:
        made.append(original(*args, **options))
        return made[-1]

    monkeypatch.setattr(ssl, "create_default_context", counted)
    pooled()
    assert len(made) == 1
