"""The crossing between DuckDB's threads and the event loop: one scan running there, its chunks taken here.

Nothing is sent before the first chunk is asked for. While a chunk is awaited, None comes every fifth of a second, so
that DuckDB notices an interrupt; when the scan is dropped, whatever it still had in flight is cancelled.
"""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future

from asanaql.catalog.model import Column, Table
from asanaql.errors import QueryError
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.account import Account
from asanaql.scan.fetch import Chunk, Fetch
from asanaql.scan.statement import Statement
from asanaql.scan.window import WIDEST, Window

_PATIENCE = 0.2


def chunks(
    account: Account,
    statement: Statement,
    table: Table,
    columns: Sequence[Column],
    conjuncts: Sequence[Conjunct],
    carried: Collection[str] = (),
) -> Iterator[Chunk | None]:
    """The chunks of a relation as they arrive, None whenever none has for a while."""
    window = Window(WIDEST if statement.whole and statement.single else 1)
    fetch = Fetch(account, statement, remember=statement.scans[table.name] > 1, carried=carried)
    arrived: queue.SimpleQueue[Chunk | BaseException | None] = queue.SimpleQueue()
    running = account.loop.submit(_pump(fetch, table, columns, conjuncts, window, arrived))
    try:
        yield from _taken(arrived, running, account, window)
    finally:
        running.cancel()


def _taken(
    arrived: queue.SimpleQueue[Chunk | BaseException | None], running: Future[None], account: Account, window: Window
) -> Iterator[Chunk | None]:
    while True:
        try:
            item = arrived.get(timeout=_PATIENCE)
        except queue.Empty:
            if running.cancelled():
                raise QueryError("The connection was closed while the statement was read.") from None
            yield None
            continue
        if item is None:
            return
        if isinstance(item, BaseException):
            raise item
        yield item
        account.loop.call_soon(window.consumed)


async def _pump(
    fetch: Fetch,
    table: Table,
    columns: Sequence[Column],
    conjuncts: Sequence[Conjunct],
    window: Window,
    arrived: queue.SimpleQueue[Chunk | BaseException | None],
) -> None:
    try:
        async for chunk in fetch.chunks(table, columns, conjuncts, window):
            arrived.put(chunk)
    except asyncio.CancelledError:
        raise
    except Exception as error:  # noqa: BLE001 - it is raised in the thread that waits for the chunk
        arrived.put(error)
        return
    arrived.put(None)
