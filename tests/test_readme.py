"""The README's commands and their outputs, run as they stand.

A `console` block holds commands after `$ ` and what they print, both streams; a `python` block prints the `text` block
that follows it. The two commands that install are run in a fresh copy where CI is set, as they need a package index.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
FIRST_INSTALLS = "pip install"


def steps(block: str) -> list[tuple[str, str]]:
    """The commands of a console block with their outputs."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


CONSOLE = [step for kind, block in BLOCKS if kind == "console" for step in steps(block)]
INSTALLING = [step for step in CONSOLE if FIRST_INSTALLS in step[0]]
PYTHON = [(code, output) for (kind, code), (after, output) in pairwise(BLOCKS) if (kind, after) == ("python", "text")]


@pytest.fixture(scope="module")
def somewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One directory for all commands, as later ones read what earlier ones wrote."""
    return tmp_path_factory.mktemp("readme")


def run(command: str, place: Path) -> str:
    """What a command prints on both streams, with our own `asanaql` first in the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "XDG_CACHE_HOME": str(place / "cache"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command,
        shell=True,
        cwd=place,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def test_the_readme_is_short() -> None:
    assert len(README.split()) < 700


def test_every_block_is_run() -> None:
    assert {kind for kind, _ in BLOCKS} == {"console", "python", "screen", "text"}
    assert len(PYTHON) == sum(kind == "python" for kind, _ in BLOCKS) == sum(kind == "text" for kind, _ in BLOCKS)
    assert len(INSTALLING) == 2


def test_the_screens_are_those_of_the_examples() -> None:
    screens = [file.read_text(encoding="utf-8") for file in (ROOT / "examples" / "screens").glob("*.txt")]
    assert [block for kind, block in BLOCKS if kind == "screen" and block not in screens] == []


def test_the_console_commands_print_what_stands_there(somewhere: Path) -> None:
    for command, output in CONSOLE:
        if (command, output) not in INSTALLING:
            assert (command, run(command, somewhere)) == (command, output)


@pytest.mark.parametrize(("code", "output"), PYTHON)
def test_the_python_code_prints_what_stands_there(
    code: str, output: str, monkeypatch: pytest.MonkeyPatch, somewhere: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(somewhere / "python"))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue() == output


def test_the_first_command_shows_what_it_prints_once_installed(somewhere: Path) -> None:
    command, output = INSTALLING[0]
    asked = command.split(" && ")[-1].replace(".venv/bin/asanaql", "asanaql")
    assert run(asked, somewhere) == output


@pytest.mark.skipif(not os.environ.get("CI"), reason="It installs from a package index; set CI to run it")
def test_the_first_command_works_in_a_fresh_copy(tmp_path: Path) -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    for name in filter(None, listed):
        target = tmp_path / "asanaql" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    command, output = INSTALLING[0]
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment["XDG_CACHE_HOME"] = str(tmp_path / "cache")
    done = subprocess.run(
        command, shell=True, cwd=tmp_path / "asanaql", env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == (output, 0), done.stderr


def test_ci_runs_the_second_command() -> None:
    command, _ = INSTALLING[1]
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
