"""The event loop that all I/O runs on: in a thread of its own, so that the callers' threads can be interrupted."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, wait
from contextlib import suppress
from typing import Any, TypeVar

_T = TypeVar("_T")
_CLOSE_SECONDS = 1.0
#: Seconds after which a waiting thread looks whether it was interrupted.
_PATIENCE = 0.2


class Loop:
    """A background event loop. Its thread starts with the first `submit` and does not keep a program from ending."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, coroutine: Coroutine[Any, Any, _T], into: Future[_T] | None = None) -> Future[_T]:
        """Run the coroutine; cancelling the future cancels it. Callable from any thread.

        A thread that may be interrupted gives the future its result goes `into`, to cancel it also where the interrupt
        comes before this returns. RuntimeError when the loop is closed.
        """
        future: Future[_T] = Future() if into is None else into
        with self._lock:
            if self._closed:
                coroutine.close()
                raise RuntimeError("the event loop is closed")
            self._started().call_soon_threadsafe(_begin, coroutine, future)
        return future

    def run(self, coroutine: Coroutine[Any, Any, _T]) -> _T:
        """What comes of the coroutine, which is cancelled where the waiting thread is interrupted meanwhile."""
        future: Future[_T] = Future()
        try:
            return waited(self.submit(coroutine, future))
        except BaseException:
            future.cancel()
            raise

    def call_soon(self, callback: Callable[[], object]) -> None:
        """Run the callback on the loop; nothing happens where the loop does not run. Callable from any thread."""
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(callback)

    def close(self) -> None:
        """Cancel what still runs, wait for the thread to end, a second at most. May be called twice."""
        with self._lock:
            self._closed = True
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        loop.call_soon_threadsafe(loop.stop)
        if thread is not threading.current_thread():
            thread.join(_CLOSE_SECONDS)

    def _started(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=_run, args=(self._loop,), name="asanaql", daemon=True)
            self._thread.start()
        return self._loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        loop.run_until_complete(_ended(asyncio.all_tasks(loop)))
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


async def _ended(tasks: set[asyncio.Task[Any]]) -> None:
    for task in tasks:
        # One that is on its way out must not be told twice: it would leave before it has cleaned up.
        if not task.cancelling():
            task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _begin(coroutine: Coroutine[Any, Any, _T], future: Future[_T]) -> None:
    """Start the coroutine, on its loop, unless the future was cancelled; the future is cancelled until it is done."""
    if future.cancelled():
        coroutine.close()
        return
    loop = asyncio.get_running_loop()
    task = loop.create_task(coroutine)

    def given_up(future: Future[_T]) -> None:
        if future.cancelled():
            with suppress(RuntimeError):  # The loop has ended, and with it what ran there.
                loop.call_soon_threadsafe(task.cancel)

    def done(task: asyncio.Task[_T]) -> None:
        error = None if task.cancelled() else task.exception()
        if task.cancelled():
            future.cancel()
        if not future.set_running_or_notify_cancel():
            return
        if error is None:
            future.set_result(task.result())
        else:
            future.set_exception(error)

    future.add_done_callback(given_up)
    task.add_done_callback(done)


def waited(future: Future[_T]) -> _T:
    """The future's result, waited for in pieces.

    A signal that arrives in the moment before a thread goes to sleep does not wake it, so that it would not be noticed
    before the result is there.
    """
    while not future.done():
        wait([future], _PATIENCE)
    return future.result()
