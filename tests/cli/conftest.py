from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from asanaql.cli.main import main
from asanaql.demo import Service, build, serve

ROOT = Path(__file__).parents[2]
PIPES = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
TOKEN = "an-invented-token"


@pytest.fixture(autouse=True)
def _home(tmp_path_factory, monkeypatch):
    """No test meets the caches, tokens and addresses of whoever runs it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("ASANA_ACCESS_TOKEN", "ASANA_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@dataclass
class Ended:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys) -> Callable[..., Ended]:
    """The program, run inside the test: arguments in, exit code and what it wrote out."""

    def run(*arguments: str) -> Ended:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return run


@pytest.fixture
def demo(run) -> Callable[..., Ended]:
    """The program on the demo workspace."""
    return lambda *arguments: run("--demo", *arguments)


@pytest.fixture
def service() -> Service:
    return Service(build())


@pytest.fixture
def server(service) -> Iterator[str]:
    with serve(service) as url:
        yield url


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """The program as a process of its own, with pipes; ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object, **options: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "asanaql", *map(str, arguments)],
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            **{**PIPES, "env": {**os.environ, "ASANA_ACCESS_TOKEN": TOKEN}, **options},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
