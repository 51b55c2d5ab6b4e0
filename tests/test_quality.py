"""The checks that hold for the whole tree: style, types, and the contract that imports go one way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import LONGEST

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent

CHECKS = {
    "ruff check": [BIN / "ruff", "check", "--no-cache", "."],
    "ruff format": [BIN / "ruff", "format", "--no-cache", "--check", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "imports": [BIN / "lint-imports", "--no-cache"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_tree_passes(name: str) -> None:
    done = subprocess.run(CHECKS[name], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_source_file_is_long() -> None:
    long = {path.name: lines for path in (ROOT / "asanaql").rglob("*.py") if (lines := _lines(path)) > 400}
    assert not long


@pytest.mark.parametrize("name", LONGEST)
def test_a_file_that_is_to_be_run_first_is_there(name: str) -> None:
    assert (ROOT / "tests" / name).is_file()


def test_the_longest_files_are_run_first(request: pytest.FixtureRequest) -> None:
    order = list(dict.fromkeys(item.path for item in request.session.items))
    longest = [ROOT / "tests" / name for name in LONGEST]
    assert order[: len(set(order) & set(longest))] == [file for file in longest if file in order]


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
