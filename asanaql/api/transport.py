"""Several small connection pools that look like one.

httpx looks through all of a pool's connections for every request that begins or ends, so that the price of a request
grows with the square of the pool. Eight pools of five cost a fraction of one pool of forty.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import cast

import httpx

POOLS = 8
CONNECTIONS = 5
# Longer than most waits for Retry-After and between two statements of a shell, so that these open nothing anew.
KEPT_SECONDS = 60.0


class Pools(httpx.AsyncBaseTransport):
    """Sends each request through the least busy of its pools, the first of these when several are."""

    def __init__(self, pools: Sequence[httpx.AsyncBaseTransport]) -> None:
        self._pools = pools
        self._busy = [0] * len(pools)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send through one pool, which counts as busy until the answer has been read or dropped."""
        chosen = min(range(len(self._pools)), key=self._busy.__getitem__)
        self._busy[chosen] += 1
        try:
            response = await self._pools[chosen].handle_async_request(request)
        except BaseException:
            self._busy[chosen] -= 1
            raise
        response.stream = _Stream(cast(httpx.AsyncByteStream, response.stream), self, chosen)
        return response

    def over(self, chosen: int) -> None:
        """An answer of the pool was closed."""
        self._busy[chosen] -= 1

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools:
            await pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream, pools: Pools, chosen: int) -> None:
        self._stream = stream
        self._pools = pools
        self._chosen = chosen
        self._open = True

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._stream.__aiter__()

    async def aclose(self) -> None:
        if self._open:
            self._open = False
            self._pools.over(self._chosen)
            await self._stream.aclose()


def pooled(proxy: str | None = None) -> Pools:
    """The transport for a client with `POOLS * CONNECTIONS` requests in flight; `proxy` is the address of one.

    All pools share one SSL context, because making one reads all of the machine's certificates.
    Raises OSError where SSL_CERT_FILE or SSL_CERT_DIR names what cannot be read.
    """
    context = httpx.create_ssl_context()
    limits = httpx.Limits(
        max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS, keepalive_expiry=KEPT_SECONDS
    )
    return Pools([httpx.AsyncHTTPTransport(verify=context, limits=limits, proxy=proxy) for _ in range(POOLS)])
