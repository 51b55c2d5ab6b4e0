"""The program as a process: its streams, its signals, what it loads."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from asanaql.demo import Service, build, serve

# Generous, for slow machines; what is promised is a second.
SOON = 20
FULL = Path("/dev/full")


class Announced(Service):
    """A demo service that sets `reached` when the request with this number arrives."""

    def __init__(self, world, number, **options):
        super().__init__(world, **options)
        self.reached = threading.Event()
        self._number = number

    def answer(self, *arguments):
        answer = super().answer(*arguments)
        if len(self.log) >= self._number:
            self.reached.set()
        return answer


def test_sql_on_standard_input_is_run(start):
    process = start("--demo")
    out, err = process.communicate("SELECT 'Größe' AS a;\nSELECT 2 AS b", timeout=60)
    assert (process.returncode, out, err) == (0, "a\nGröße\nb\n2\n", "")


def test_standard_input_can_be_named_as_a_file(start):
    process = start("--demo", "-c", "SELECT 1 AS a", "-f", "-")
    out, _ = process.communicate("SELECT 2 AS b", timeout=60)
    assert (process.returncode, out) == (0, "a\n1\nb\n2\n")


def test_nothing_on_standard_input_is_nothing_to_do(start):
    process = start("--demo")
    assert (process.communicate("", timeout=60), process.returncode) == (("", ""), 0)


def test_data_is_utf_8_whatever_the_locale(start):
    ascii = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    environment = {**os.environ, **ascii}
    process = start("--demo", "-c", "SELECT 'Größe 予算' AS a", env=environment)
    assert process.communicate(timeout=60) == ("a\nGröße 予算\n", "")
    process = start("--demo", env=environment)
    assert process.communicate("SELECT 'Größe 予算' AS a", timeout=60) == ("a\nGröße 予算\n", "")


def test_a_reader_that_goes_away_ends_it_quietly(start):
    process = start("--demo", "-c", "SELECT i, repeat('x', 100) AS words FROM range(2000000) t (i)")
    assert process.stdout.readline() == "i,words\n"
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == ""


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full")
def test_standard_output_that_is_full_is_told(start):
    with FULL.open("w") as full:
        process = start("--demo", "-c", "SELECT 1", stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.startswith("error: Cannot write to standard output: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("output", [(), ("-o",)])
def test_ctrl_c_during_a_fetch_ends_with_130_and_leaves_nothing(start, tmp_path, output, sent):
    service = Announced(build(), 5)
    with serve(service, latency=0.5) as url:
        arguments = [*output, *(tmp_path / "rows.csv" for _ in output)]
        process = start("--base-url", url, "--no-cache", "-c", "SELECT * FROM tasks", *arguments)
        assert service.reached.wait(60)
        process.send_signal(sent)
        _, err = process.communicate(timeout=SOON)
    assert process.returncode == 130
    assert err == "interrupted\n"
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_while_waiting_for_asanas_limit_ends_with_130(start):
    service = Announced(build(), 3, per_minute=2)
    with serve(service) as url:
        process = start("--base-url", url, "--no-cache", "-c", "SELECT * FROM tasks")
        assert service.reached.wait(60)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=SOON)
    assert process.returncode == 130
    assert err == "interrupted\n"


def test_ctrl_c_in_a_statement_that_asks_nothing_of_asana_ends_with_130(start):
    process = start("--demo", "-c", "SELECT 1 AS a; SELECT count(*) FROM range(10000000000) WHERE range % 7 = 3")
    assert [process.stdout.readline(), process.stdout.readline()] == ["a\n", "1\n"]
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=SOON)
    assert (process.returncode, err) == (130, "interrupted\n")
