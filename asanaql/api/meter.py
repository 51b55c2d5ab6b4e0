"""What one statement has sent, received and waited for, and how much it may send."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from asanaql.api.log import Log, Sent
from asanaql.api.request import Request
from asanaql.errors import QueryError


class BoundReached(QueryError):
    """The statement has sent as many requests as it may."""


class Meter:
    """The counters of one statement, whose sends are entered into `log` where there is one.

    `statement` is its number in the log; None takes the next one when there is something to enter. Only the event
    loop's thread writes the counters, except `cached`, which belongs to whoever answers from what was kept; any thread
    may read them. `bytes` are of decoded bodies. `waited` is in seconds in which at least one request of
    the statement was held back by Asana's limits, and `waiting_until` is until when that lasts now, by the client's
    clock, or None.
    """

    def __init__(self, limit: int | None = None, log: Log | None = None, statement: int | None = None) -> None:
        self.limit = limit
        self.log = log
        self.statement = statement
        self.requests = 0
        self.retries = 0
        self.bytes = 0
        self.cached = 0
        self.waited = 0.0
        self.waiting_until: float | None = None
        self._waits = 0
        self._since = 0.0

    def check(self, request: Request, why: str) -> None:
        """Raise QueryError when the statement may send nothing more; `why` completes "was about to …"."""
        if self.limit is not None and self.requests >= self.limit:
            raise BoundReached(
                f"The statement has sent {self.requests} requests, as many as it may, and was about to {why} "
                f"GET {request.target}. Narrow it with a key or a LIMIT, or allow more with --max-requests "
                "(in Python max_requests)."
            )

    def spend(self, request: Request, why: str) -> None:
        """Count one request that is being sent; raise as `check` does instead when it is one too many."""
        self.check(request, why)
        self.requests += 1

    def enter(self, sent: Sent) -> int:
        """Enter what is being sent into the log, as this statement's. Its place is for `amend`."""
        if self.log is None:
            return 0
        if self.statement is None:
            self.statement = self.log.begin()
        return self.log.enter(replace(sent, statement=self.statement))

    def amend(self, place: int, **changes: Any) -> None:
        """Say in the log what has become known of what was sent."""
        if self.log is not None:
            self.log.amend(place, **changes)

    def answered_from_cache(self, request: Request, rows: int, subject: str, scan: str = "") -> None:
        """Count one listing of so many rows that the cache answered; `request` is what would have been sent first."""
        self.cached += 1
        parameters = dict(request.params)
        self.enter(Sent(path=request.path, parameters=parameters, subject=subject, scan=scan, rows=rows, cached=True))

    def wait(self, now: float, until: float) -> None:
        """A request begins to be held back. Waits may overlap; each ends with `resume`."""
        if not self._waits:
            self._since = now
        self._waits += 1
        self.waiting_until = until if self.waiting_until is None else max(self.waiting_until, until)

    def resume(self, now: float) -> None:
        """One wait is over."""
        self._waits -= 1
        if not self._waits:
            self.waited += now - self._since
            self.waiting_until = None
