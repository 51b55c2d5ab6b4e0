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
from asanaql.errors import ConfigError
from asanaql.scan.account import Account
from asanaql.scan.fetch import Fetch
from asanaql.scan.parents import of_table
from asanaql.scan.statement import Statement, Statements

if TYPE_CHECKING:
    import httpx

BASE_URL = "https://app.asana.com/api/1.0"
TOKEN_VARIABLE = "ASANA_ACCESS_TOKEN"
BASE_URL_VARIABLE = "ASANA_BASE_URL"
NO_TOKEN = (
    f"There is no Asana token: make one at https://app.asana.com/0/my-apps and set {TOKEN_VARIABLE}. "
    "Without one, --demo (in Python demo=True) answers from a built-in workspace."
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
    transport: httpx.AsyncBaseTransport | None = None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep


def opened(settings: Settings) -> Account:
    """The account that the settings describe; ConfigError where they cannot work, ApiError where Asana refuses."""
    settings = _demo(settings) if settings.demo else settings
    token = settings.token or os.environ.get(TOKEN_VARIABLE) or ""
    if not token.strip():
        raise ConfigError(NO_TOKEN)
    base_url = settings.base_url or os.environ.get(BASE_URL_VARIABLE) or BASE_URL
    client = Client(base_url, token.strip(), transport=settings.transport, clock=settings.clock, sleep=settings.sleep)
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
    )
    if settings.workspace is None:
        return account
    try:
        return replace(account, workspace=_workspace(account, settings.workspace))
    except BaseException:
        close(account)
        raise


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
    from asanaql.demo import DEMO_BASE_URL, DEMO_TOKEN, DemoTransport, Service, build

    if settings.transport is not None:
        return replace(settings, base_url=settings.base_url or DEMO_BASE_URL, token=settings.token or DEMO_TOKEN)
    midnight = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(
        settings,
        base_url=DEMO_BASE_URL,
        token=f"{DEMO_TOKEN}-{midnight:%Y%m%d}",
        transport=DemoTransport(Service(build(now=midnight))),
    )


def _workspace(account: Account, wanted: str) -> str:
    """The gid of the workspace that `wanted` is the gid or the name of."""
    if wanted.isdigit():
        return wanted
    found = account.loop.submit(_workspaces(account)).result()
    named = [gid for gid, name in found if name == wanted]
    if len(named) == 1:
        return named[0]
    shown = ", ".join(f"{name} ({gid})" for gid, name in found)
    problem = "There is no workspace called" if not named else "More than one workspace is called"
    raise ConfigError(f"{problem} '{wanted}'. The token sees: {shown}. Give a name or a gid of these.")


async def _workspaces(account: Account) -> list[tuple[str, str]]:
    table = account.catalog["workspaces"]
    fetch = Fetch(account, Statement(account.statements.meter(number=0)), remember=True)
    return [(row["gid"], row["name"]) async for group in of_table(fetch, table, {"gid", "name"}, ()) for row in group]
