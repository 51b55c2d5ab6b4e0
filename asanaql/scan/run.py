"""The crossing between DuckDB's threads and the event loop: one scan running there, its chunks taken here.

A scan sends from the moment it is started, so it is started where its first rows are asked for. While a chunk is
awaited, None comes every fifth of a second, so that DuckDB notices an interrupt; when the scan is dropped, whatever it
still had in flight is cancelled.
"""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from asanaql.catalog.model import Column, Table
from asanaql.errors import QueryError
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.account import Account
from asanaql.scan.fetch import Fetch
from asanaql.scan.first import First
from asanaql.scan.flow import Chunk
from asanaql.scan.guard import Question
from asanaql.scan.statement import Statement
from asanaql.scan.tally import Tally
from asanaql.scan.window import WIDEST, Window

_PATIENCE = 0.2


@dataclass(eq=False)
class Running:
    """A scan that has been started. Its chunks can be taken once, by `taken`."""

    columns: tuple[Column, ...]
    _arrived: queue.SimpleQueue[Chunk | Question | BaseException | None]
    pumping: Future[None]
    _account: Account
    _window: Window
    _tally: Tally

    def taken(self) -> Iterator[Chunk | None]:
        """The chunks of the relation as they arrive, None whenever none has for a while."""
        try:
            while True:
                try:
                    item = self._arrived.get(timeout=_PATIENCE)
                except queue.Empty:
                    if self.pumping.cancelled():
                        raise QueryError("The connection was closed while the statement was read.") from None
                    yield None
                    continue
                if item is None:
                    return
                if isinstance(item, BaseException):
                    raise item
                if isinstance(item, Question):
                    self._put(item)
                    continue
                yield item
                self._account.loop.call_soon(self._window.consumed)
        finally:
            self.cancel()

    def _put(self, question: Question) -> None:
        """Put the question to whoever decides, on this thread."""
        confirm = self._account.guard.confirm
        allowed = confirm is not None and confirm(question.text)
        self._account.loop.call_soon(partial(_answer, question, allowed))

    def cancel(self) -> None:
        """Give up what is not read yet; whoever asks is told at once that nothing more is expected."""
        self.pumping.cancel()
        self._tally.end()

    def __del__(self) -> None:
        """Give up what is not read yet, also where an interrupt came before anything could be taken."""
        self.cancel()


def started(
    account: Account,
    statement: Statement,
    table: Table,
    columns: Sequence[Column],
    conjuncts: Sequence[Conjunct],
    carried: Collection[str] = (),
    *,
    ahead: bool = False,
    keys: bool = False,
    scan: str = "",
    first: First | None = None,
) -> Running:
    """The scan of a relation, started; `ahead` of its being read, it goes on at full width. `scan` is its name.
    `keys` says that its rows are read for the keys that they have for other scans.

    Only some rows may be wanted `first`.
    """
    # A join whose first side is empty does not want the other, so rows must have been seen of one.
    sure = statement.single or (statement.planned and statement.rows > 0)
    fields = len({field for column in columns for field in column.fields})
    window = Window(WIDEST if ahead or (statement.whole and sure) else 1, fields)
    again = statement.scans[table.name] > 1 or bool(statement.named)
    remember = again or (statement.planned and table.trusted is not None)
    arrived: queue.SimpleQueue[Chunk | Question | BaseException | None] = queue.SimpleQueue()

    async def ask(text: str) -> bool:
        if account.guard.confirm is None:
            return False
        question = Question(text, asyncio.get_running_loop().create_future())
        arrived.put(question)
        return await question.answer

    tally = Tally(table.name, scan, keys=keys, whole=ahead or statement.whole)
    fetch = Fetch(account, statement, remember=remember, carried=carried, ask=ask, tally=tally, first=first)
    running = Running(tuple(columns), arrived, Future(), account, window, tally)
    statement.running.add(running)
    account.loop.submit(_pump(fetch, table, columns, conjuncts, window, arrived), running.pumping)
    return running


def _answer(question: Question, allowed: bool) -> None:
    if not question.answer.done():
        question.answer.set_result(allowed)


async def _pump(
    fetch: Fetch,
    table: Table,
    columns: Sequence[Column],
    conjuncts: Sequence[Conjunct],
    window: Window,
    arrived: queue.SimpleQueue[Chunk | Question | BaseException | None],
) -> None:
    try:
        async for chunk in fetch.chunks(table, columns, conjuncts, window):
            fetch.tally.rows += len(chunk[0])
            arrived.put(chunk)
    except asyncio.CancelledError:
        raise
    except Exception as error:  # noqa: BLE001 - it is raised in the thread that waits for the chunk
        arrived.put(error)
        return
    finally:
        fetch.tally.end()
    arrived.put(None)
