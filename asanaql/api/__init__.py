"""Asking Asana: requests, pages, limits and retries. Nothing above this package knows HTTP."""

from asanaql.api.answer import Page
from asanaql.api.client import Client
from asanaql.api.events import Told, events, told_since
from asanaql.api.listing import TooLong, pages
from asanaql.api.log import Log, Sent
from asanaql.api.loop import Loop
from asanaql.api.meter import BoundReached, Meter
from asanaql.api.request import Request

__all__ = [
    "BoundReached",
    "Client",
    "Log",
    "Loop",
    "Meter",
    "Page",
    "Request",
    "Sent",
    "Told",
    "TooLong",
    "events",
    "pages",
    "told_since",
]
