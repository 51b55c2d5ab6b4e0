"""What happened since a sync token: all of it, in the order told, and the token to go on with."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from asanaql.api import Page, Request
from asanaql.api.answer import SyncLost, read
from asanaql.api.events import events
from asanaql.errors import ApiError, QueryError

FIRST = Request("/events", (("resource", "7"),))
SINCE = FIRST.with_param("sync", "a")


def told(*names: str, sync: str | None, more: bool = False) -> dict[str, Any]:
    return {"data": [{"action": name} for name in names], "sync": sync, "has_more": more}


def lost(sync: str | None) -> dict[str, Any]:
    return {"errors": [{"message": "Sync token invalid or too old."}], **({"sync": sync} if sync else {})}


def asked(request: Request, *answers: tuple[int, dict[str, Any]]) -> tuple[Any, list[str | None]]:
    """What `events` gives for these answers, and the tokens that it sent."""
    sent: list[str | None] = []
    waiting = list(answers)

    async def fetch(wanted: Request) -> Page:
        sent.append(dict(wanted.params).get("sync"))
        status, content = waiting.pop(0)
        found = read(wanted, status, {}, json.dumps(content).encode())
        if isinstance(found, Page):
            return found
        assert isinstance(found, ApiError)
        raise found

    return asyncio.run(events(fetch, request)), sent


def test_the_first_request_gives_a_token_and_no_events() -> None:
    assert asked(FIRST, (412, lost("a"))) == (([], "a"), [None])


def test_events_are_read_until_there_are_no_more() -> None:
    answers = (
        (200, told("added", sync="b", more=True)),
        (200, told(sync="c", more=True)),
        (200, told("deleted", sync="d")),
    )
    (found, token), sent = asked(SINCE, *answers)
    assert [each["action"] for each in found] == ["added", "deleted"]
    assert (token, sent) == ("d", ["a", "b", "c"])


def test_a_token_that_asana_has_forgotten_is_an_error_with_the_new_one() -> None:
    with pytest.raises(QueryError, match=r"are lost: Sync token invalid or too old\..*sync = 'z'"):
        asked(SINCE, (412, lost("z")))


def test_a_token_that_is_forgotten_half_way_is_an_error_too() -> None:
    with pytest.raises(QueryError, match="sync = 'z'"):
        asked(SINCE, (200, told("added", sync="b", more=True)), (412, lost("z")))


@pytest.mark.parametrize("answers", [[(200, told(sync=None))], [(200, told(sync="b", more=True))] * 2])
def test_events_that_lead_nowhere_are_an_error(answers: list[tuple[int, dict[str, Any]]]) -> None:
    with pytest.raises(ApiError, match=r"no sync token to go on with|never end"):
        asked(SINCE, *answers)


def test_a_refusal_without_a_token_is_the_refusal() -> None:
    found = read(SINCE, 412, {}, json.dumps(lost(None)).encode())
    assert isinstance(found, ApiError) and not isinstance(found, SyncLost)
    assert found.said == "Sync token invalid or too old."
