"""A demo workspace whose statements can be planned, and what they send."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import asanaql
from asanaql.demo import DemoTransport, Service, build
from tests.few import USUAL, few


@pytest.fixture(scope="session")
def service() -> Service:
    return Service(build(now=dt.datetime(2026, 3, 2, tzinfo=dt.UTC)))


@pytest.fixture
def opened(service: Service) -> Iterator[Callable[..., asanaql.Connection]]:
    """Opens connections that keep nothing unless told to."""
    made: list[asanaql.Connection] = []

    def connect(**settings: Any) -> asanaql.Connection:
        settings = {
            "cache": False,
            "catalog": few(*USUAL),
            "transport": DemoTransport(service),
            "sleep": lambda _: asyncio.sleep(0),
            **settings,
        }
        made.append(asanaql.connect(demo=True, **settings))
        service.log.clear()
        return made[-1]

    yield connect
    for each in made:
        each.close()


@pytest.fixture
def con(opened: Callable[..., asanaql.Connection]) -> asanaql.Connection:
    return opened()


@pytest.fixture
def sent(service: Service) -> Callable[[], list[str]]:
    """The paths that were asked for since the last time, without pages and fields."""

    def since() -> list[str]:
        paths = [path for _, path, _ in service.log]
        service.log.clear()
        return paths

    return since
