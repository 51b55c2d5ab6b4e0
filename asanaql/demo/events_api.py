"""The rules of the addresses that tell events. Source: https://developers.asana.com/docs/events

A sync token of the demo is the number of events that had happened when it was given: `demo:0` stands before them all.
"""

from __future__ import annotations

import re

from asanaql.demo.ask import Ask
from asanaql.demo.refusals import SYNC_LOST, Refusal
from asanaql.demo.route import Happened, Route

_TOKEN = re.compile(r"demo:(\d+)")
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
    if found is None or int(found[1]) > len(happened):
        raise Refusal(412, SYNC_LOST, beside={"sync": f"demo:{len(happened)}"})
    told = [
        (place, event)
        for place, (event, watchers) in enumerate(happened[int(found[1]) :], int(found[1]) + 1)
        if watched is None or watched in watchers
    ]
    more = len(told) > most
    place = told[most - 1][0] if more else len(happened)
    return Happened([event for _, event in told[:most]], f"demo:{place}", more)


ROUTES: tuple[Route, ...] = (
    Route("/events", events),
    Route("/workspaces/{workspace}/events", workspace_events),
)
