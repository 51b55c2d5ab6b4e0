"""The demo service behind a socket: HTTP/1.1 with kept connections, latency served side by side."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
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

    def __init__(self, service: Service, latency: float, open_ones: set[asyncio.Transport]) -> None:
        self._service = service
        self._open_ones = open_ones
        self._latency = latency
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=LONGEST_HEAD)
        self._request: h11.Request | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._open_ones.add(self._transport)
        self._loop = asyncio.get_running_loop()

    def connection_lost(self, exc: Exception | None) -> None:
        self._open_ones.discard(self._transport)

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
        try:
            self._transport.write(self._answer(request))
        except Exception:
            # A fault of ours: better a broken connection than a client that waits.
            self._transport.abort()
            raise
        if self._http.our_state is h11.MUST_CLOSE:
            self._transport.close()
            return
        self._http.start_next_cycle()
        self._read()

    def _answer(self, request: h11.Request) -> bytes:
        """The whole answer as one piece: two writes would wait on each other's acknowledgement."""
        path, _, query = request.target.decode("ascii").partition("?")
        headers = httpx.Headers(request.headers.raw_items())
        answer = answered(self._service, request.method.decode(), path, query, headers)
        length = ("content-length", str(len(answer.body)))
        events: tuple[h11.Event, ...] = (
            h11.Response(status_code=answer.status, headers=[*answer.headers.items(), length]),
            h11.Data(data=b"" if request.method == b"HEAD" else answer.body),
            h11.EndOfMessage(),
        )
        return b"".join(self._http.send(event) or b"" for event in events)


async def _serve(
    service: Service, host: str, port: int, latency: float, ready: Callable[[int], None], stop: asyncio.Event
) -> None:
    loop = asyncio.get_running_loop()
    open_ones: set[asyncio.Transport] = set()
    server = await loop.create_server(lambda: _Connection(service, latency, open_ones), host, port, backlog=256)
    try:
        ready(server.sockets[0].getsockname()[1])
        await stop.wait()
    finally:
        server.close()
        for transport in list(open_ones):
            transport.abort()


@contextmanager
def serve(service: Service, *, host: str = "127.0.0.1", port: int = 0, latency: float = 0.0) -> Iterator[str]:
    """Serves in a thread of its own for as long as the block lasts; gives the base URL. Latency in seconds.

    Raises OSError when the port is taken.
    """
    bound: Future[tuple[int, Callable[[], object]]] = Future()

    async def main() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()

        def ready(bound_port: int) -> None:
            bound.set_result((bound_port, lambda: loop.call_soon_threadsafe(stop.set)))

        await _serve(service, host, port, latency, ready, stop)

    def work() -> None:
        try:
            asyncio.run(main())
        except OSError as error:
            bound.set_exception(error)

    thread = threading.Thread(target=work, name="demo-server", daemon=True)
    thread.start()
    chosen, stop = bound.result()
    try:
        yield base_url(host, chosen)
    finally:
        stop()
        thread.join()


def base_url(host: str, port: int) -> str:
    """The address that a client of a server at this host and port is given."""
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
