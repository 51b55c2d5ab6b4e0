from __future__ import annotations

import asyncio
import threading
from concurrent.futures import CancelledError, Future

import pytest

from asanaql.api import Loop


async def thread_name() -> str:
    return threading.current_thread().name


def test_coroutines_run_on_one_thread_whoever_submits_them() -> None:
    loop = Loop()
    names = [loop.submit(thread_name()).result(5)]
    other = threading.Thread(target=lambda: names.append(loop.submit(thread_name()).result(5)))
    other.start()
    other.join()
    loop.close()
    assert names == ["asanaql", "asanaql"]


def test_no_thread_starts_before_it_is_needed() -> None:
    before = threading.active_count()
    loop = Loop()
    assert threading.active_count() == before
    loop.close()


def test_errors_come_back_to_the_caller() -> None:
    async def failing() -> None:
        raise LookupError("nothing there")

    loop = Loop()
    with pytest.raises(LookupError, match="nothing there"):
        loop.submit(failing()).result(5)
    loop.close()


def test_cancelling_the_future_cancels_the_coroutine_and_the_loop_goes_on() -> None:
    begun, cancelled = threading.Event(), threading.Event()

    async def waiting() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    loop = Loop()
    future = loop.submit(waiting())
    assert begun.wait(5)
    future.cancel()
    assert cancelled.wait(5)
    assert loop.submit(thread_name()).result(5) == "asanaql"
    loop.close()


def test_a_waiting_thread_can_be_interrupted_and_the_loop_used_again() -> None:
    loop = Loop()
    future = loop.submit(asyncio.Event().wait())
    with pytest.raises(KeyboardInterrupt):
        try:
            raise KeyboardInterrupt
        finally:
            future.cancel()
    assert loop.submit(thread_name()).result(5) == "asanaql"
    loop.close()


def test_closing_cancels_what_runs_ends_the_thread_and_may_be_repeated() -> None:
    begun, ended = threading.Event(), threading.Event()

    async def waiting() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    before = threading.active_count()
    loop = Loop()
    future = loop.submit(waiting())
    assert begun.wait(5)
    loop.close()
    loop.close()
    assert ended.is_set()
    assert threading.active_count() == before
    with pytest.raises(CancelledError):
        future.result(5)


def test_what_was_given_up_before_it_began_does_not_begin() -> None:
    loop, begun = Loop(), []
    given_up: Future[None] = Future()
    given_up.cancel()

    async def beginning() -> None:
        begun.append(True)

    assert loop.submit(beginning(), given_up) is given_up
    assert loop.submit(thread_name()).result(5) == "asanaql"
    loop.close()
    assert not begun


def test_a_closed_loop_takes_nothing() -> None:
    loop = Loop()
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        loop.submit(thread_name())


def test_closing_from_its_own_thread_does_not_wait_for_itself() -> None:
    loop = Loop()

    async def closing() -> None:
        loop.close()

    future = loop.submit(closing())
    assert future.exception(5) is None


def test_what_a_coroutine_gives_is_waited_for() -> None:
    loop = Loop()

    async def late(seconds: float) -> str:
        await asyncio.sleep(0)
        for _ in range(3):
            await asyncio.to_thread(threading.Event().wait, seconds)
        return "done"

    assert loop.run(late(0.1)) == "done"
    with pytest.raises(TimeoutError):
        loop.run(failing())
    loop.close()


async def failing() -> None:
    raise TimeoutError("its own")
