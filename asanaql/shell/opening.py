"""The connection of a shell: what it is asked for, and its being opened while the person already types."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asanaql.tokens import address, has_token

if TYPE_CHECKING:
    from asanaql.connection import Connection


@dataclass(frozen=True)
class Wishes:
    """What a connection is asked for, as the command line has it; `leaving` says that no token is to be looked for."""

    base_url: str | None = None
    workspace: str | None = None
    demo: bool = False
    cache: bool = True
    max_requests: int | None = None
    mirror: str | None = None
    max_age: str | None = None
    token: str | None = field(default=None, repr=False)
    leaving: bool = False

    @property
    def address(self) -> str:
        """Where Asana is."""
        return address(os.environ, self.base_url)

    @property
    def possible(self) -> bool:
        """Whether there is a token, or none is needed; ConfigError where that cannot be told."""
        if self.leaving:
            return False
        return self.demo or self.mirror is not None or bool(self.token) or has_token(os.environ, self.address)

    def connection(self) -> Connection:
        """The connection asked for; ConfigError and ApiError as `asanaql.connect` has them."""
        from asanaql.connection import connect

        return connect(
            self.token,
            base_url=self.base_url,
            workspace=self.workspace,
            demo=self.demo,
            cache=self.cache,
            max_requests=self.max_requests,
            mirror=self.mirror,
            max_age=self.max_age,
        )


class Opening:
    """A connection that `connect` opens on a thread of its own, from when it is started."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._opened: Future[Connection] = Future()
        self._lock = threading.Lock()
        self._used = threading.Lock()
        self._started = False
        self.closed = False

    def start(self) -> None:
        """Begin to open it, if that has not begun."""
        with self._lock:
            if self._started:
                return
            self._started = True
        threading.Thread(target=self._open, name="asanaql-opening", daemon=True).start()

    def connection(self) -> Connection:
        """The connection, once it is open; raises what kept it from being opened."""
        from asanaql.api.loop import waited

        self.start()
        return waited(self._opened)

    @contextmanager
    def used(self) -> Iterator[Connection | None]:
        """The connection for a thread behind the prompt, not closed meanwhile; None where nobody is to use it now."""
        connection = self.connection()
        with self._used:
            yield None if self.closed else connection

    def leave(self) -> None:
        """Let no thread behind the prompt use the connection any longer."""
        self.closed = True
        with self._used:
            pass

    def close(self) -> None:
        """Close the connection, if it is open or being opened."""
        self.leave()
        with self._lock:
            if not self._started:
                return
        if self._opened.exception() is None:
            self._opened.result().close()

    def _open(self) -> None:
        try:
            self._opened.set_result(self._connect())
        except BaseException as error:  # noqa: BLE001 - it is raised in the thread that wants the connection
            self._opened.set_exception(error)
