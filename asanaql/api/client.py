"""The one way to Asana: sends GETs side by side, within the limits, and again where that can help.

There is no method for a write, and the token goes to the host of the base URL only.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from asanaql.api import answer
from asanaql.api.address import base_url_checked, proxy_for
from asanaql.api.answer import RETRIES, Page, Retry
from asanaql.api.log import Sent
from asanaql.api.meter import Meter
from asanaql.api.pace import Pace
from asanaql.api.request import Request
from asanaql.errors import ApiError, ConfigError, QueryError, RateLimited

if TYPE_CHECKING:
    import httpx

    #: What sends, or what makes it when there is something to send.
    Transport = httpx.AsyncBaseTransport | Callable[[], httpx.AsyncBaseTransport]

BACKOFF_SECONDS = 0.5
BACKOFF_CAP_SECONDS = 30.0
CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0

Outcome = Page | Retry | ApiError


@dataclass(frozen=True)
class _Asked:
    """A request that is to be sent, for the `tried`-th time after the first, and since when it is wanted."""

    request: Request
    meter: Meter
    subject: str
    scan: str
    tried: int
    wanted: float


@dataclass(frozen=True)
class _Answered:
    """What came of a send; without a status no answer did."""

    outcome: Outcome
    status: int | None = None
    size: int = 0


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
        transport: Transport | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
        in_flight: int = 40,
        per_minute: float = 1500,
    ) -> None:
        self._base_url = base_url_checked(base_url)
        self._token = _sendable(token)
        self._transport = transport
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._pace = Pace(clock=clock, sleep=sleep, in_flight=in_flight, per_minute=per_minute)
        self._http: httpx.AsyncClient | None = None
        self._closed = False

    @property
    def per_minute(self) -> float:
        """How many requests a minute it sends at most by now. May be read from any thread."""
        return self._pace.per_minute

    async def page(self, request: Request, meter: Meter, subject: str = "", scan: str = "") -> Page:
        """One page of answer, after at most five retries. `subject` and `scan` are for the log: who asks.

        Raises ApiError and its kinds for Asana's refusals, QueryError when `meter` allows no further request. May be
        cancelled at any time.
        """
        tried, wanted = 0, self._clock()
        while True:
            outcome = await self._sent(_Asked(request, meter, subject, scan, tried, wanted))
            if isinstance(outcome, Page):
                return outcome
            if isinstance(outcome, ApiError):
                raise outcome
            if tried == RETRIES:
                raise outcome.error
            wanted = self._clock()
            if not outcome.everyone:
                await self._sleep(self._backoff(tried))
            tried += 1

    async def close(self) -> None:
        """Close the connections. The client sends nothing afterwards."""
        self._closed = True
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()

    async def _sent(self, asked: _Asked) -> Outcome:
        """Send once and read the answer; where everyone has to wait, that begins here, before the turn is over."""
        request, meter, tried = asked.request, asked.meter, asked.tried
        why = "send again" if tried else "send"
        meter.check(request, why)
        async with self._pace.turn(request, meter) as turn:
            meter.spend(request, why)
            meter.retries += tried > 0
            outcome = await self._outcome(asked)
            if not isinstance(outcome, Retry):
                self._pace.answered(turn)
            elif outcome.everyone:
                seconds = self._backoff(tried) if outcome.seconds is None else outcome.seconds
                if isinstance(outcome.error, RateLimited):
                    self._pace.refused(turn, seconds)
                else:
                    self._pace.stop(seconds)
            return outcome

    async def _outcome(self, asked: _Asked) -> Outcome:
        """What came of one send, which is in the log from when it is sent, whatever becomes of it."""
        begun = self._clock()
        place = asked.meter.enter(_entry(asked, begun))
        try:
            answered = await self._answered(asked.request)
            outcome, size = answered.outcome, answered.size
            rows = len(outcome.rows) if isinstance(outcome, Page) else None
            asked.meter.bytes += size
            asked.meter.amend(place, status=answered.status, rows=rows, bytes=size)
            return outcome
        finally:
            asked.meter.amend(place, seconds=self._clock() - begun)

    async def _answered(self, request: Request) -> _Answered:
        import httpx  # here, as a program that asks Asana nothing does without it

        try:
            response = await self._opened().get(self._base_url + request.wire)
        except httpx.InvalidURL as error:
            raise QueryError(f"GET {request.target[:200]} cannot be sent: {error}.") from None
        except httpx.RequestError as error:
            return _Answered(answer.broken(request, f"{type(error).__name__} {error}".strip(), self._token))
        status, body = response.status_code, response.content
        return _Answered(answer.read(request, status, response.headers, body, self._token), status, len(body))

    def _backoff(self, tried: int) -> float:
        """Seconds before the next try: full jitter below a bound that doubles."""
        return self._jitter() * min(BACKOFF_CAP_SECONDS, BACKOFF_SECONDS * 2.0**tried)

    def _opened(self) -> httpx.AsyncClient:
        import httpx

        if self._closed:
            raise RuntimeError("the client is closed")
        if self._http is None:
            self._http = httpx.AsyncClient(
                transport=_pooled(self._base_url) if self._transport is None else _made(self._transport),
                headers={"Authorization": f"Bearer {self._token}", "Accept": "application/json", **_user_agent()},
                timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS, pool=None),
                follow_redirects=False,
                trust_env=False,
            )
        return self._http


def _entry(asked: _Asked, begun: float) -> Sent:
    """What the log is told of a send when it begins."""
    return Sent(
        path=asked.request.path,
        parameters=dict(asked.request.params),
        subject=asked.subject,
        scan=asked.scan,
        waited=begun - asked.wanted,
        retried=asked.tried > 0,
    )


def _sendable(token: str) -> str:
    """The token; ConfigError, which does not quote it, where no header could hold it."""
    if not token:
        raise ConfigError("There is no token. Make one at https://app.asana.com/0/my-apps and set ASANA_ACCESS_TOKEN.")
    if not all("!" <= character <= "~" for character in token):
        raise ConfigError("The token holds a space, a line break or a letter that no token has. Copy it again.")
    return token


def _made(transport: Transport) -> httpx.AsyncBaseTransport:
    import httpx

    return transport if isinstance(transport, httpx.AsyncBaseTransport) else transport()


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
