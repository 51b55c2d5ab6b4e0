"""Reads what happened since a sync token, and the token that later events are asked for with.

Source: https://developers.asana.com/docs/events
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from asanaql.api.answer import Page, Row, SyncLost
from asanaql.api.request import Request
from asanaql.errors import ApiError, QueryError

SYNC = "sync"

Fetch = Callable[[Request], Awaitable[Page]]


@dataclass(frozen=True)
class Told:
    """The events since a token, and the token that later ones are asked for with.

    `lost` are Asana's words where it no longer knows the token that was given: events since then are not told.
    """

    rows: list[Row]
    sync: str
    lost: str = ""


async def events(fetch: Fetch, request: Request) -> tuple[list[Row], str]:
    """All events since the request's token, and the next token. Without a token there are none yet.

    Raises QueryError where Asana no longer knows the token, as the events since then are lost, and ApiError where its
    answers lead nowhere.
    """
    told = await told_since(fetch, request)
    if told.lost:
        raise QueryError(
            f"Asana no longer knows this sync token, so the events since it was given are lost: {told.lost} "
            f"Read the objects anew, and ask for later events with sync = '{told.sync}'."
        )
    return told.rows, told.sync


async def told_since(fetch: Fetch, request: Request) -> Told:
    """What Asana tells since the request's token; ApiError where its answers lead nowhere."""
    found: list[Row] = []
    asked, followed = request, set[str]()
    while True:
        try:
            page = await fetch(asked)
        except SyncLost as lost:
            return Told([], lost.sync, lost.said if SYNC in dict(asked.params) else "")
        found += page.rows
        if page.sync is None or page.sync in followed:
            said = "the answer has no sync token to go on with." if page.sync is None else "the events never end."
            raise ApiError(200, "GET", asked.target, said)
        if not page.more:
            return Told(found, page.sync)
        followed.add(page.sync)
        asked = request.with_param(SYNC, page.sync)
