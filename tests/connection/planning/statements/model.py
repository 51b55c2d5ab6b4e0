"""What is known of one statement: what it may send, and the least that would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .least import Least


def nothing(_: Least) -> int:
    """No request."""
    return 0


def workspace(least: Least) -> int:
    """The listing of the workspaces, as another address takes the workspace's gid."""
    return least.one


@dataclass(frozen=True)
class Statement:
    """`text` with names in braces, which stand for gids; `cold` and `warm`, exactly what it sends.

    `least` is what any client must send for it each time. `before` is what one that has asked before has kept: what
    keys come from, of relations that the statement does not read itself. `then` reads what a statement that gives no
    rows has made. `explained` says that EXPLAIN can tell what it will send.
    """

    text: str
    cold: int
    warm: int
    least: Callable[[Least], int]
    before: Callable[[Least], int] = nothing
    params: Mapping[str, object] | None = None
    then: str = ""
    explained: bool = True
