"""What a connection is opened with: the token, the address, the workspace, from arguments and the environment."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from asanaql import cache as kept
from asanaql.api import Client, Log, Loop
from asanaql.cache import CacheFault
from asanaql.catalog import CATALOG
from asanaql.catalog.model import Catalog
from asanaql.connection.about import workspace_called
from asanaql.errors import ConfigError
from asanaql.scan.account import Account
from asanaql.scan.statement import Statements
from asanaql.tokens import TOKEN_VARIABLE, address, token_for

if TYPE_CHECKING:
    import httpx

    from asanaql.api.client import Transport

NO_TOKEN = (
    f"There is no Asana token: make one at https://app.asana.com/0/my-apps and set {TOKEN_VARIABLE}, or give it to "
    ".login in the shell. Without one, --demo (in Python demo=True) answers from a built-in workspace."
)


@dataclass(frozen=True)
class Settings:
    """Everything that decides how Asana is asked. `max_requests` is per statement, None for no bound."""

    token: str | None = None
    base_url: str | None = None
    workspace: str | None = None
    demo: bool = False
    cache: bool | Path = True
    max_requests: int | None = 1000
    push: bool = True
    plan: bool = True
    catalog: Catalog | None = None
    transport: Transport | None = None
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep


def opened(settings: Settings, *, alone: bool = False) -> Account:
    """The account that the settings describe; ConfigError where they cannot work, ApiError where Asana refuses.

    What is `alone` needs no token before something is asked of Asana.
    """
    settings = _demo(settings) if settings.demo else settings
    base_url = address(os.environ, settings.base_url)
    token = settings.token or token_for(os.environ, base_url) or ""
    transport = settings.transport
    if not token.strip():
        if not alone:
            raise ConfigError(NO_TOKEN)
        token, transport = "none", _refusing
    client = Client(base_url, token.strip(), transport=transport, clock=settings.clock, sleep=settings.sleep)
    place = settings.cache if isinstance(settings.cache, Path) else kept.directory()
    log = Log(token.strip())
    account = Account(
        client=client,
        loop=Loop(),
        catalog=CATALOG if settings.catalog is None else settings.catalog,
        statements=Statements(settings.max_requests, log),
        cache=kept.Cache(place, kept.fingerprint(token.strip(), base_url)) if settings.cache else None,
        push=settings.push,
        plan=settings.plan and settings.push,
        log=log,
        now=settings.now,
    )
    if settings.workspace is None:
        return account
    try:
        account.workspace = workspace_called(account, settings.workspace)
    except BaseException:
        close(account)
        raise
    return account


def _refusing() -> httpx.AsyncBaseTransport:
    raise ConfigError(NO_TOKEN)


def close(account: Account) -> None:
    """Close what the account holds open."""
    closing = account.loop.submit(account.client.close())
    closing.result(timeout=5)
    account.loop.close()
    if account.cache is not None:
        with suppress(CacheFault):  # Then the next connection guesses.
            account.sizes.save(account.cache)
        account.cache.close()


def _demo(settings: Settings) -> Settings:
    """The settings for the built-in workspace, which needs neither network nor token."""
    from asanaql.demo import DEMO_BASE_URL, DEMO_TOKEN

    if settings.transport is not None:
        return replace(settings, base_url=settings.base_url or DEMO_BASE_URL, token=settings.token or DEMO_TOKEN)
    midnight = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)

    def transport() -> httpx.AsyncBaseTransport:
        from asanaql.demo import DemoTransport, Service, build

        return DemoTransport(Service(build(now=midnight)))

    return replace(settings, base_url=DEMO_BASE_URL, token=f"{DEMO_TOKEN}-{midnight:%Y%m%d}", transport=transport)
