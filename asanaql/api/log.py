"""The log of what was sent: an entry for every send, and for every listing that the cache answered, newest last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from asanaql.api.answer import scrubbed

#: Entries that a log keeps.
MOST = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """One sending of a request, a repeated one included, or one listing that the cache answered instead.

    `statement` is its number on the connection; `subject` the relation that was read and `scan` which scan of it, as
    the caller called them. `status` is None where no answer came: it was `cached`, is on its way, the connection
    broke, or nobody waited for it any more. `bytes` are of the decoded body. `waited` is in seconds from when it was
    wanted to when it was sent, `seconds` from then to the answer.
    """

    path: str
    parameters: Mapping[str, str]
    statement: int = 0
    subject: str = ""
    scan: str = ""
    method: str = "GET"
    status: int | None = None
    rows: int | None = None
    bytes: int = 0
    cached: bool = False
    waited: float = 0.0
    seconds: float = 0.0
    retried: bool = False


class Log:
    """The last entries of a connection, which any thread may add or read, and the numbers of its statements.

    No entry holds `secret`, also where someone wrote it as a key. `dropped` is how many entries were forgotten.
    """

    def __init__(self, secret: str = "", most: int = MOST) -> None:
        self.dropped = 0
        self._secret = secret
        self._lock = Lock()
        self._most = most
        self._entries: OrderedDict[int, Sent] = OrderedDict()
        self._entered = 0
        self._statements = 0

    def begin(self) -> int:
        """The number of one more statement: 1 for the first."""
        with self._lock:
            self._statements += 1
            return self._statements

    def enter(self, entry: Sent) -> int:
        """Add an entry, for which the oldest is forgotten where there are too many. Its place is for `amend`."""
        parameters = {name: scrubbed(text, self._secret) for name, text in entry.parameters.items()}
        clean = replace(entry, path=scrubbed(entry.path, self._secret), parameters=parameters)
        with self._lock:
            self._entered += 1
            self._entries[self._entered] = clean
            if len(self._entries) > self._most:
                self._entries.popitem(last=False)
                self.dropped += 1
            return self._entered

    def amend(self, place: int, **changes: Any) -> None:
        """Say what has become known of an entry, unless it was forgotten."""
        with self._lock:
            if place in self._entries:
                self._entries[place] = replace(self._entries[place], **changes)

    def snapshot(self) -> tuple[Sent, ...]:
        """The entries as they are now, in the order in which they were sent."""
        with self._lock:
            return tuple(self._entries.values())
