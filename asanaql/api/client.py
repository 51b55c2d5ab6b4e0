"""The one way to Asana: sends GETs side by side, within the limits, and again where that can help.

There is no method for a write, and the token goes to the host of the base URL only.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from asanaql.api import answer
from asanaql.api.address import base_url_checked, proxy_for
from asanaql.api.answer import RETRIES, Page, Retry
from asanaql.api.meter import Meter
from asanaql.api.pace import Pace
from asanaql.api.request import Request
from asanaql.errors import ApiError, ConfigError, QueryError, RateLimited

if TYPE_CHECKING:
    import httpx

BACKOFF_SECONDS = 0.5
BACKOFF_CAP_SECONDS = 30.0
CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0


class Client:
    """A token's requests to one base URL. Belongs to one event loop; make it anywhere, use it there.

    Raises ConfigError for a base URL that the token must not go to, and for a token that cannot be sent. `clock` and
    `sleep` are in seconds; `jitter` gives numbers from 0 to 1.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
        in_flight: int = 40,
        per_minute: float = 1500,
    ) -> None:
        self._base_url = base_url_checked(base_url)
        self._token = _sendable(token)
        self._transport = transport
        self._sleep = sleep
        self._jitter = jitter
        self._pace = Pace(clock=clock, sleep=sleep, in_flight=in_flight, per_minute=per_minute)
        self._http: httpx.AsyncClient | None = None
        self._closed = False

    async def page(self, request: Request, meter: Meter) -> Page:
        """One page of answer, after at most five retries.

        Raises ApiError and its kinds for Asana's refusals, QueryError when `meter` allows no further request. May be
        cancelled at any time.
        """
        tried = 0
        while True:
            outcome = await self._sent(request, meter, tried)
            if isinstance(outcome, Page):
                return outcome
            if isinstance(outcome, ApiError):
                raise outcome
            if tried == RETRIES:
                raise outcome.error
            if not outcome.everyone:
                await self._sleep(self._backoff(tried))
            tried += 1

    async def close(self) -> None:
        """Close the connections. The client sends nothing afterwards."""
        self._closed = True
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()

    async def _sent(self, request: Request, meter: Meter, tried: int) -> Page | Retry | ApiError:
        """Send once and read the answer; where everyone has to wait, that begins here, before the turn is over."""
        why = "send again" if tried else "send"
        meter.check(request, why)
        async with self._pace.turn(request, meter) as turn:
            meter.spend(request, why)
            meter.retries += tried > 0
            outcome = await self._answer(request, meter)
            if not isinstance(outcome, Retry):
                self._pace.answered(turn)
            elif outcome.everyone:
                seconds = self._backoff(tried) if outcome.seconds is None else outcome.seconds
                if isinstance(outcome.error, RateLimited):
                    self._pace.refused(turn, seconds)
                else:
                    self._pace.stop(seconds)
            return outcome

    async def _answer(self, request: Request, meter: Meter) -> Page | Retry | ApiError:
        import httpx  # here, as a program that asks Asana nothing does without it

        try:
            response = await self._opened().get(self._base_url + request.wire)
        except httpx.InvalidURL as error:
            raise QueryError(f"GET {request.target[:200]} cannot be sent: {error}.") from None
        except httpx.RequestError as error:
            return answer.broken(request, f"{type(error).__name__} {error}".strip(), self._token)
        meter.bytes += len(response.content)
        return answer.read(request, response.status_code, response.headers, response.content, self._token)

    def _backoff(self, tried: int) -> float:
        """Seconds before the next try: full jitter below a bound that doubles."""
        return self._jitter() * min(BACKOFF_CAP_SECONDS, BACKOFF_SECONDS * 2.0**tried)

    def _opened(self) -> httpx.AsyncClient:
        import httpx

        if self._closed:
            raise RuntimeError("the client is closed")
        if self._http is None:
            self._http = httpx.AsyncClient(
                transport=self._transport or _pooled(self._base_url),
                headers={"Authorization": f"Bearer {self._token}", "Accept": "application/json", **_user_agent()},
                timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS, pool=None),
                follow_redirects=False,
                trust_env=False,
            )
        return self._http


def _sendable(token: str) -> str:
    """The token; ConfigError, which does not quote it, where no header could hold it."""
    if not token:
        raise ConfigError("There is no token. Make one at https://app.asana.com/0/my-apps and set ASANA_ACCESS_TOKEN.")
    if not all("!" <= character <= "~" for character in token):
        raise ConfigError("The token holds a space, a line break or a letter that no token has. Copy it again.")
    return token


def _pooled(base_url: str) -> httpx.AsyncBaseTransport:
    from asanaql.api.transport import pooled

    try:
        return pooled(proxy_for(base_url))
    except OSError as error:
        raise ConfigError(f"SSL_CERT_FILE or SSL_CERT_DIR names what cannot be read: {error}.") from None


def _user_agent() -> dict[str, str]:
    try:
        return {"User-Agent": f"asanaql/{version('asanaql')}"}
    except PackageNotFoundError:
        return {"User-Agent": "asanaql/0"}
