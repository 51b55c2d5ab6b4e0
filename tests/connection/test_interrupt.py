"""Ctrl-C, and rows that nobody wants any more: reading ends soon, and nothing is left behind.

Each test runs a program of its own, because an interrupt is for a whole process, and what a program says at its very
end is seen from outside only. The programs measure the second that an interrupt may take themselves.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

PREAMBLE = """
    import asyncio, os, signal, sys, threading, time
    from datetime import UTC, datetime
    import asanaql, duckdb
    import pyarrow.acero  # An interrupt inside its late import leaves a file open, which Python then complains of.
    from asanaql.demo import DemoTransport, Service, build, serve

    world = build(now=datetime(2026, 3, 2, tzinfo=UTC))
    biggest = f"SELECT gid FROM tasks WHERE project_gid = '{world.notable['biggest']}'"
    single = f"SELECT gid FROM tasks WHERE project_gid = '{world.notable['single']}'"

    class Slow(Service):
        "Answers so many requests, and the next one when told to."
        def __init__(self, answered):
            super().__init__(world)
            self.answered, self.reached, self.told = answered, threading.Event(), threading.Event()
        def answer(self, *asked):
            if len(self.log) >= self.answered and not self.told.is_set():
                self.reached.set()
                self.told.wait()
            return super().answer(*asked)

    class Never(DemoTransport):
        "Answers so many requests, and no other until told to."
        def __init__(self, answered):
            super().__init__(Service(world))
            self.answered, self.reached, self.told = answered, threading.Event(), False
            self.in_flight = 0
        async def handle_async_request(self, request):
            if len(self.service.log) >= self.answered and not self.told:
                self.in_flight += 1
                self.reached.set()
                try:
                    await asyncio.Event().wait()
                finally:
                    self.in_flight -= 1
            return await super().handle_async_request(request)

    class Interrupt:
        "Interrupts this program as soon as `reached`, and says whether the interrupt was over within a second."
        def __init__(self, reached):
            threading.Thread(target=self.send, args=(reached,), daemon=True).start()
        def send(self, reached):
            reached.wait()
            self.sent = time.monotonic()
            os.kill(os.getpid(), signal.SIGINT)
        def surfaces(self, reading, raw=False):
            try:
                reading()
            except KeyboardInterrupt:
                pass
            except duckdb.Error as error:
                # Where DuckDB itself is asked, it makes an error of what interrupts a scan on the main thread.
                assert raw and "Interrupted." in str(error), error
            else:
                raise AssertionError("nothing was interrupted")
            took = time.monotonic() - self.sent
            assert took < 1, f"it took {took} s"
"""


def run(program: str) -> None:
    """Run a program that ends with `print("done")`; whatever it says on standard error is a fault."""
    text = textwrap.dedent(PREAMBLE) + textwrap.dedent(program) + '\nprint("done")\n'
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", text],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
        cwd=Path(__file__).parents[2],
    )
    assert done.stderr == ""
    assert (done.stdout, done.returncode) == ("done\n", 0)


READINGS = {
    "fetchall": "con.sql(query).fetchall()",
    "arrow": "con.sql(query).arrow()",
    "df": "con.sql(query).df()",
    "iteration": "list(con.sql(query))",
    "a statement without rows": "con.sql('CREATE OR REPLACE TABLE kept AS ' + query)",
    "the raw connection": "con.duckdb.sql(query).fetchall()",
    "a cursor of the raw connection": "con.duckdb.cursor().execute(query).fetchall()",
    "a reader": "con.sql(query).reader().read_all()",
}


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS.keys())
def test_an_interrupt_surfaces_while_an_answer_is_awaited_and_the_connection_stays_usable(reading: str) -> None:
    run(f"""
        wire = Never(3)
        with asanaql.connect(demo=True, transport=wire, cache=False) as con:
            query = biggest
            Interrupt(wire.reached).surfaces(lambda: {reading}, raw={"duckdb" in reading})
            wire.told = True
            assert con.sql("SELECT 42").fetchall() == [(42,)]
            assert len(con.sql(biggest).fetchall()) == 604
            assert wire.in_flight == 0
    """)


@pytest.mark.parametrize("answered", [1, 2, 3])
def test_an_interrupt_surfaces_while_the_fields_of_a_project_are_awaited(answered: int) -> None:
    run(f"""
        wire = Never({answered})
        with asanaql.connect(demo=True, transport=wire, cache=False) as con:
            query = "SELECT count(*) FROM asana_project('Website relaunch')"
            Interrupt(wire.reached).surfaces(lambda: con.sql(query))
            wire.told = True
            assert con.sql(query).fetchall() == [(220,)]
            assert wire.in_flight == 0
    """)


@pytest.mark.parametrize("reading", [READINGS["fetchall"], READINGS["the raw connection"]])
def test_an_interrupt_surfaces_during_a_fan_out_over_a_real_connection(reading: str) -> None:
    run(f"""
        service = Slow(10)
        with serve(service) as url, asanaql.connect("demo", base_url=url, cache=False) as con:
            query = "SELECT gid FROM tasks"
            Interrupt(service.reached).surfaces(lambda: {reading}, raw={"duckdb" in reading})
            service.told.set()
            assert len(con.sql(single).fetchall()) == 1
    """)


def test_an_interrupt_surfaces_while_retry_after_lasts() -> None:
    run("""
        reached = threading.Event()

        class Limited(Service):
            def answer(self, *asked):
                answer = super().answer(*asked)
                if answer.status == 429:
                    assert int(answer.headers["Retry-After"]) > 30
                    reached.set()
                return answer

        service = Limited(world, per_minute=5)
        with serve(service) as url, asanaql.connect("demo", base_url=url, cache=False) as con:
            Interrupt(reached).surfaces(lambda: con.sql(biggest).fetchall())
            assert con.sql("SELECT 42").fetchall() == [(42,)]
    """)


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS.keys())
def test_after_an_interrupt_of_a_wait_the_connection_asks_asana_again(reading: str) -> None:
    run(f"""
        now, waiting, told = [0.0], threading.Event(), []

        async def sleep(seconds):
            if not told:
                waiting.set()
                await asyncio.Event().wait()
            now[0] += seconds
            await asyncio.sleep(0)

        service = Service(world, per_minute=3, clock=lambda: now[0])
        seams = dict(transport=DemoTransport(service), clock=lambda: now[0], sleep=sleep)
        with asanaql.connect(demo=True, cache=False, **seams) as con:
            query = biggest
            Interrupt(waiting).surfaces(lambda: {reading}, raw={"duckdb" in reading})
            told.append(True)
            assert len(con.sql(biggest).fetchall()) == 604
    """)


def test_an_interrupt_surfaces_while_the_parents_are_read() -> None:
    run("""
        wire = Never(0)
        with asanaql.connect(demo=True, transport=wire, cache=False) as con:
            Interrupt(wire.reached).surfaces(lambda: con.sql("SELECT gid FROM tasks").fetchall())
            wire.told = True
            assert len(con.sql(single).fetchall()) == 1
    """)


def test_an_interrupted_result_says_that_it_has_no_rows() -> None:
    run("""
        wire = Never(3)
        with asanaql.connect(demo=True, transport=wire, cache=False) as con:
            result = con.sql(biggest)
            Interrupt(wire.reached).surfaces(result.fetchall)
            wire.told = True
            try:
                result.fetchall()
            except asanaql.AsanaqlError:
                pass
            else:
                raise AssertionError("rows of an interrupted statement")
    """)


def test_an_interrupt_leaves_an_open_transaction_or_says_that_it_is_over() -> None:
    run("""
        wire = Never(3)
        with asanaql.connect(demo=True, transport=wire, cache=False) as con:
            con.sql("BEGIN")
            Interrupt(wire.reached).surfaces(lambda: con.sql(biggest).fetchall())
            wire.told = True
            con.sql("ROLLBACK")
            assert len(con.sql(biggest).fetchall()) == 604
    """)


ABANDONED = {
    "the connection is closed": "result = con.sql(stories); result.fetchone(); con.close()",
    "the result is dropped": "con.sql(stories).fetchone(); con.close()",
    "iteration stops": "next(iter(con.sql(stories))); con.close()",
    "a raw result is dropped": "raw = con.duckdb.cursor(); raw.execute(stories).fetchone(); raw.close(); con.close()",
    "a raw result outlives the connection": "raw = con.duckdb.cursor(); raw.execute(stories).fetchone(); con.close()",
    "an iterator outlives the connection": "rows = iter(con.sql(stories)); next(rows); con.close()",
}


@pytest.mark.parametrize("abandoning", ABANDONED.values(), ids=ABANDONED.keys())
def test_rows_that_nobody_wants_any_more_leave_nothing_in_flight_and_nothing_to_say(abandoning: str) -> None:
    run(f"""
        import warnings
        warnings.simplefilter("ignore", asanaql.AsanaqlWarning)
        now = [0.0]

        async def sleep(seconds):
            now[0] += seconds
            await asyncio.sleep(0)

        wire = DemoTransport(Service(world))
        seams = dict(transport=wire, clock=lambda: now[0], sleep=sleep)
        con = asanaql.connect(demo=True, cache=False, max_requests=None, **seams)
        stories = "SELECT s.gid, s.text FROM stories s"
        {abandoning}
        sent = len(wire.service.log)
        assert sent > 0
        if [thread.name for thread in threading.enumerate()] == ["MainThread"]:
            assert len(wire.service.log) == sent
    """)


@pytest.mark.parametrize("reading", ["result = con.sql(tasks)", "result = con.duckdb.execute(tasks)"])
def test_a_program_may_end_in_the_middle_of_a_result(reading: str) -> None:
    run(f"""
        con = asanaql.connect(demo=True, transport=DemoTransport(Service(world)), cache=False)
        tasks = "SELECT t.gid, t.notes FROM tasks t"
        {reading}
        result.fetchone()
    """)


def test_a_closed_connection_has_no_thread_left() -> None:
    run("""
        wire = Never(3)
        con = asanaql.connect(demo=True, transport=wire, cache=False)
        rows = iter(con.sql("SELECT gid FROM tasks"))
        wire.told = True
        next(rows)
        con.close()
        assert [thread.name for thread in threading.enumerate()] == ["MainThread"]
        assert wire.in_flight == 0
    """)


def test_errors_leave_nothing_to_say_at_the_programs_end() -> None:
    run("""
        wire = DemoTransport(Service(world))
        con = asanaql.connect(demo=True, transport=wire, cache=False)
        seen = 0
        wire.service.broken.add("/workspaces")
        for query in ("SELECT gid FROM tasks WHERE project_gid = '4242'", "SELECT nothing FROM tasks", "SELEC"):
            for reading in (con.sql, con.duckdb.sql):
                try:
                    reading(query).fetchall()
                except Exception:
                    seen += 1
        assert seen == 6
    """)


def test_the_interrupt_of_these_tests_would_be_missed_if_it_did_not_surface() -> None:
    with pytest.raises(AssertionError, match="nothing was interrupted"):
        run("""
            reached = threading.Event()
            Interrupt(reached).surfaces(lambda: None)
        """)


def test_an_interrupt_while_reading_is_begun_leaves_nothing_running() -> None:
    run("""
        from asanaql.api import Loop

        sys.setswitchinterval(1e-6)
        loop, begun = Loop(), []

        async def waiting():
            begun.append(asyncio.current_task())
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.Event().wait()

        async def left():
            await asyncio.sleep(0)
            return [task for task in begun if not task.done()]

        for _ in range(500):
            try:
                loop.run(waiting())
            except KeyboardInterrupt:
                pass
        assert begun and loop.run(left()) == []
        loop.close()
    """)
