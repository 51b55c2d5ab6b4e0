"""The demo service behind a socket: HTTP/1.1 with kept connections, latency served side by side."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

import h11
import httpx

from asanaql.demo.build import build
from asanaql.demo.service import BASE_PATH, Service
from asanaql.demo.transport import answered
from asanaql.errors import ConfigError

# Long lists of opt_fields make long request lines.
LONGEST_HEAD = 256 * 1024


class _Connection(asyncio.Protocol):
    """One client's connection: requests one after another, each answered after the latency."""

    def __init__(self, service: Service, latency: float) -> None:
        self._service = service
        self._latency = latency
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=LONGEST_HEAD)
        self._request: h11.Request | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._loop = asyncio.get_running_loop()

    def data_received(self, data: bytes) -> None:
        self._http.receive_data(data)
        self._read()

    def _read(self) -> None:
        """Reads on until a request is whole; its answer is sent after the latency, and then reading goes on."""
        try:
            while True:
                event = self._http.next_event()
                if isinstance(event, h11.Request):
                    self._request = event
                elif isinstance(event, h11.EndOfMessage) and self._request is not None:
                    self._loop.call_later(self._latency, self._reply, self._request)
                    self._request = None
                elif event is h11.NEED_DATA or event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
                    return
        except h11.RemoteProtocolError:
            self._transport.close()

    def _reply(self, request: h11.Request) -> None:
        if self._transport.is_closing():
            return
        path, _, query = request.target.decode("ascii").partition("?")
        answer = answered(
            self._service, request.method.decode(), path, query, httpx.Headers(request.headers.raw_items())
        )
        headers = [*answer.headers.items(), ("content-length", str(len(answer.body)))]
        # One write for the whole answer: two would wait on each other's acknowledgement.
        self._transport.write(
            b"".join(
                self._http.send(event) or b""
                for event in (
                    h11.Response(status_code=answer.status, headers=headers),
                    h11.Data(data=answer.body),
                    h11.EndOfMessage(),
                )
            )
        )
        if self._http.our_state is h11.MUST_CLOSE:
            self._transport.close()
            return
        self._http.start_next_cycle()
        self._read()


async def _serve(
    service: Service, host: str, port: int, latency: float, ready: Callable[[int], None], stop: asyncio.Event
) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(service, latency), host, port, backlog=256)
    try:
        ready(server.sockets[0].getsockname()[1])
        await stop.wait()
    finally:
        server.close()


@contextmanager
def serve(service: Service, *, host: str = "127.0.0.1", port: int = 0, latency: float = 0.0) -> Iterator[str]:
    """Serves in a thread of its own for as long as the block lasts; gives the base URL. Latency in seconds.

    Raises OSError when the port is taken.
    """
    started: list[int] = []
    failed: list[BaseException] = []
    up = threading.Event()
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def main() -> None:
        stop = asyncio.Event()
        running.append((asyncio.get_running_loop(), stop))

        def ready(bound: int) -> None:
            started.append(bound)
            up.set()

        await _serve(service, host, port, latency, ready, stop)

    def work() -> None:
        try:
            asyncio.run(main())
        except OSError as error:
            failed.append(error)
        finally:
            up.set()

    thread = threading.Thread(target=work, name="demo-server", daemon=True)
    thread.start()
    up.wait()
    if failed:
        raise failed[0]
    try:
        yield base_url(host, started[0])
    finally:
        loop, stop = running[0]
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def base_url(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{BASE_PATH}"


def run(
    port: int = 8080,
    latency_ms: float = 0.0,
    per_minute: int | None = None,
    plan: str = "paid",
    scale: int = 1,
    host: str = "127.0.0.1",
) -> None:
    """Serves the demo workspace until Ctrl-C, printing its base URL on standard error.

    Raises ConfigError when it cannot listen there.
    """
    service = Service(build(scale), plan=plan, per_minute=per_minute)

    def ready(bound: int) -> None:
        sys.stderr.write(f"demo workspace at {base_url(host, bound)}\n")
        sys.stderr.flush()

    async def main() -> None:
        await _serve(service, host, port, latency_ms / 1000, ready, asyncio.Event())

    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        return
    except OSError as error:
        raise ConfigError(
            f"Cannot listen on {host}:{port}: {error.strerror or error}. Choose another --port."
        ) from error
