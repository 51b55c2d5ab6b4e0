"""The demo service inside the process: an httpx transport that sends nothing anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx

from asanaql.demo.service import BASE_PATH, Answer, Service


class DemoTransport(httpx.AsyncBaseTransport):
    """Answers what an httpx client sends from a Service, each `latency` seconds later."""

    def __init__(
        self,
        service: Service,
        *,
        latency: float = 0.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.service = service
        self._latency = latency
        self._sleep = sleep

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The service's answer; addresses outside `/api/1.0` have no route."""
        if self._latency:
            await self._sleep(self._latency)
        answer = answered(self.service, request.method, request.url.path, request.url.query.decode(), request.headers)
        return httpx.Response(answer.status, headers=answer.headers, content=answer.body)


def answered(service: Service, method: str, path: str, query: str, headers: httpx.Headers) -> Answer:
    """The service's answer to a request as it comes over the wire."""
    relative = path.removeprefix(BASE_PATH) if path.startswith(f"{BASE_PATH}/") else f"/no-such-base{path}"
    return service.answer(method, relative, httpx.QueryParams(query).multi_items(), headers)
