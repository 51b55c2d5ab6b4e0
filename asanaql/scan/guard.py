"""The bound on what one statement may send, kept before it is reached: stop with what it would cost, or ask."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from asanaql.api import BoundReached
from asanaql.catalog.model import Table
from asanaql.errors import QueryError
from asanaql.plan.access import comparisons
from asanaql.scan.statement import Statement

Ask = Callable[[str], Awaitable[bool]]
#: What was allowed may be exceeded by this factor before somebody is asked again.
_TOLERANCE = 1.25
#: How many predicates of a kind are suggested.
_SUGGESTED = 2


class Guard:
    """Who decides whether a statement may send more than its bound: `confirm` is given the reason, None is nobody."""

    def __init__(self) -> None:
        self.confirm: Callable[[str], bool] | None = None


@dataclass(frozen=True, eq=False)
class Question:
    """What a scan on the event loop asks on the thread that reads it."""

    text: str
    answer: asyncio.Future[bool]


async def permit(statement: Statement, table: Table, known: Collection[str], more: int, about: float, ask: Ask) -> None:
    """Let a scan send at least so many more requests; the statement would send `about` so many in all.

    `known` are the columns that narrow it already.

    Raises QueryError where that is more than the statement may send and nobody allows it.
    """
    meter = statement.meter
    if meter.limit is None or meter.requests + more <= meter.limit:
        return
    async with statement.asking:
        if meter.requests + more <= meter.limit:
            return  # It was allowed meanwhile.
        expected = max(meter.requests + more, round(about))
        cost = f"{table.name}: the statement would send about {expected:,} requests"
        narrower = _narrower(table, known)
        fewer = f" It would be fewer with {narrower}." if narrower else ""
        if await ask(f"{cost}, and it may send {meter.limit:,}.{fewer}"):
            meter.limit = round(expected * _TOLERANCE)
            return
    advice = f"Add {narrower}, or allow" if narrower else "Allow"
    raise QueryError(
        f"{cost}, and it may send {meter.limit:,}. {advice} more with --max-requests (in Python max_requests)."
    )


async def permit_more(statement: Statement, reached: BoundReached, ask: Ask) -> None:
    """Let a statement that has sent all it may send as many again; raises `reached` where nobody allows it."""
    meter = statement.meter
    if meter.limit is None:
        return
    async with statement.asking:
        if meter.requests < meter.limit:
            return  # It was allowed meanwhile.
        if not await ask(f"The statement has sent {meter.requests:,} requests, as many as it may, and needs more."):
            raise reached
        meter.limit *= 2


def _narrower(table: Table, known: Collection[str]) -> str:
    """Predicates that would let Asana answer less, such as `project_gid = … or modified_at > …`."""
    taken = {name: comparisons(table, name) for name in table.arguments if not table.column(name).hidden}
    keys = {key for path in table.paths for key in path.keys}
    free = [name for name in taken if name not in known and name not in ("gid", "workspace_gid")]
    named = [f"{name} = …" for name in sorted(free, key=lambda name: name != "project_gid") if name in keys][
        :_SUGGESTED
    ]
    bounded = [f"{name} > …" for name in free if name not in keys and ">" in taken[name]]
    equal = [f"{name} = …" for name in free if name not in keys and ">" not in taken[name]]
    return " or ".join([*named, *(bounded + equal)[:_SUGGESTED]])
