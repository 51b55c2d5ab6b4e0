"""What a route of the demo service is, and short ways to declare the usual ones.

A route's path names records by kind in braces; its listing says which records answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from asanaql.demo.ask import Ask
from asanaql.demo.world import Record

PAGED = "paged"  # limit, offset, next_page
WHOLE = "whole"  # neither; cut at 2,000 rows
ENDLESS = "endless"  # next_page never ends once there was something
SINGLE = "single"  # one record
COUNTS = "counts"  # one record that shows nothing unasked


@dataclass(frozen=True)
class Happened:
    """Events, the sync token after them, and whether there are more."""

    events: Sequence[Record]
    sync: str
    more: bool


@dataclass(frozen=True)
class Route:
    """`paid` is the refusal of this route on a free plan, if it is refused there."""

    path: str
    records: Callable[[Ask], Sequence[Record] | Record | Happened]
    answer: str = PAGED
    paid: str = ""


def key(kind: str) -> Callable[[Ask], Record]:
    """The record that the path names."""
    return lambda ask: ask.keys[kind]


def under(parent: str, what: str) -> Callable[[Ask], Sequence[Record]]:
    """What hangs under the record that the path names."""
    return lambda ask: ask.world.under(f"{parent}.{what}", ask.keys[parent])


def listing(parent: str, what: str) -> Route:
    """A listing whose address is its parent's and its own name."""
    return Route(f"/{parent}s/{{{parent}}}/{what}", under(parent, what))


def single(kind: str, *, plural: str = "", paid: str = "") -> Route:
    """The address of one record of a kind."""
    return Route(f"/{plural or kind + 's'}/{{{kind}}}", key(kind), SINGLE, paid)
