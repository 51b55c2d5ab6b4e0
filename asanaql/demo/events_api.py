"""The rules of the addresses that tell events. Source: https://developers.asana.com/docs/events

A sync token of the demo is the number of events that had happened when it was given: `demo:0` stands before them all.
Once the World has forgotten its tokens, new ones also say how often it did: `demo1:250`.
"""

from __future__ import annotations

import re

from asanaql.demo.ask import Ask
from asanaql.demo.refusals import SYNC_LOST, Refusal
from asanaql.demo.route import Happened, Route
from asanaql.demo.world import World

_TOKEN = re.compile(r"demo(\d*):(\d+)")
PER_TOKEN, PER_WORKSPACE_TOKEN = 100, 1000


def events(ask: Ask) -> Happened:
    """What happened to a task, project or goal, or to what is in it."""
    return _since(ask, ask.needed("resource", "task", "project", "goal")["gid"], PER_TOKEN)


def workspace_events(ask: Ask) -> Happened:
    """What happened in the workspace of the path."""
    return _since(ask, None, PER_WORKSPACE_TOKEN)


def _since(ask: Ask, watched: str | None, most: int) -> Happened:
    """The events after the token's place that whoever watches this object is told, as many as one token tells."""
    happened = ask.world.happened
    found = _TOKEN.fullmatch(ask.params.get("sync", ""))
    if found is None or int(found[1] or 0) != ask.world.forgotten or int(found[2]) > len(happened):
        raise Refusal(412, SYNC_LOST, beside={"sync": _token(ask.world, len(happened))})
    start = int(found[2])
    told = [
        (place + 1, event)
        for place, (event, watchers) in enumerate(happened[start:], start)
        if (watched is None or watched in watchers) and place not in ask.world.lost
    ]
    more = len(told) > most
    place = told[most - 1][0] if more else len(happened)
    return Happened([event for _, event in told[:most]], _token(ask.world, place), more)


def _token(world: World, place: int) -> str:
    return f"demo{world.forgotten or ''}:{place}"


ROUTES: tuple[Route, ...] = (
    Route("/events", events),
    Route("/workspaces/{workspace}/events", workspace_events),
)
