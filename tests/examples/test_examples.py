"""Every example, run on what was recorded of it: cassettes/ holds what each sends and gets.

Recorded from the demo server, and played back with no server at all. To record anew:

    ASANAQL_RECORD=demo pytest tests/examples
    ASANAQL_RECORD=asana ASANA_ACCESS_TOKEN=… pytest tests/examples    # the real service; keep the result to yourself

Recordings never hold a token; of the demo they hold no real person. What an example prints on a recording from the
demo is compared with what it prints on the demo workspace itself, which no HTTP reaches.
"""

from __future__ import annotations

import datetime as dt
import os
import runpy
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import vcr

import asanaql
from asanaql.cli.main import main
from asanaql.demo import DemoTransport, Service, build, serve
from asanaql.tokens import BASE_URL

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
CASSETTES = ROOT / "cassettes"
NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
RECORD = os.environ.get("ASANAQL_RECORD", "")
#: Nothing listens here: a request that the recording lacks fails.
NOWHERE = "http://127.0.0.1:9/api/1.0"
TOKEN = "a-token-that-must-not-be-recorded"

ARGUMENTS = {
    "open_tasks_by_assignee.sql": [],
    "project_to_parquet.py": ["Hundred days", "tasks.parquet"],
    "typed_fields.sql": [],
    "week_of_changes.py": ["2026-02-23"],
    "with_ibis.py": [],
    "with_pandas.py": [],
    "with_polars.py": [],
}

recorder = vcr.VCR(
    cassette_library_dir=str(CASSETTES),
    record_mode="all" if RECORD else "none",
    match_on=["method", "path", "query"],
    filter_headers=["authorization", "user-agent", "host"],
    decode_compressed_response=True,
)


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@contextmanager
def answering() -> Iterator[str]:
    """The base URL that examples are run against: of what is recorded, or of nothing."""
    if RECORD == "asana":
        yield BASE_URL
    elif RECORD:
        with serve(Service(build(now=NOW), clock=NOW.timestamp)) as base_url:
            yield base_url
    else:
        yield NOWHERE


def run(name: str) -> None:
    """Run an example as its own text says."""
    if name.endswith(".sql"):
        demo = [] if "ASANA_ACCESS_TOKEN" in os.environ else ["--demo"]
        assert main([*demo, "-f", str(EXAMPLES / name)]) == 0
    else:
        runpy.run_path(str(EXAMPLES / name), run_name="__main__")


def played(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What the example prints on its recording."""
    with answering() as base_url, recorder.use_cassette(f"{Path(name).stem}.yaml") as cassette:
        monkeypatch.setenv("ASANA_BASE_URL", base_url)
        if RECORD != "asana":
            monkeypatch.setenv("ASANA_ACCESS_TOKEN", TOKEN)
        run(name)
    assert RECORD or cassette.all_played
    return capsys.readouterr().out


def on_the_demo(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What the example prints on the demo workspace of the day that was recorded."""
    connect: Callable[..., Any] = asanaql.connect
    transport = DemoTransport(Service(build(now=NOW), clock=NOW.timestamp))

    def of_that_day(*_: object, **__: object) -> Any:
        return connect(demo=True, transport=transport, cache=False)

    monkeypatch.delenv("ASANA_ACCESS_TOKEN")
    monkeypatch.setattr(asanaql, "connect", of_that_day)
    run(name)
    return capsys.readouterr().out


def test_every_example_is_run_here() -> None:
    assert {path.name for path in EXAMPLES.iterdir() if path.suffix in (".py", ".sql")} == set(ARGUMENTS)


@pytest.mark.parametrize("name", ARGUMENTS)
def test_an_example_prints_the_same_from_its_recording_as_from_the_demo(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [name, *ARGUMENTS[name]])
    printed = played(name, monkeypatch, capsys)
    assert printed.strip()
    if RECORD != "asana":
        assert printed == on_the_demo(name, monkeypatch, capsys)


def test_the_parquet_example_writes_the_whole_project(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["", "Hundred days", "whole.parquet"])
    played("project_to_parquet.py", monkeypatch, capsys)
    written = pq.read_table("whole.parquet")
    assert RECORD == "asana" or (written.num_rows, set(written["project_name"].to_pylist())) == (100, {"Hundred days"})


@pytest.mark.parametrize("path", sorted(CASSETTES.glob("*.yaml")), ids=lambda path: path.name)
def test_a_recording_holds_no_token(path: Path) -> None:
    text = path.read_text(encoding="utf-8").lower()
    assert TOKEN not in text
    assert "authorization" not in text
    assert "bearer" not in text
