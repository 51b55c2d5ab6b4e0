"""A run that is killed anywhere leaves a copy from which the next one goes on, without loss or repetition."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.sync.incremental.conftest import THOROUGH

ROOT = Path(__file__).parents[3]


def test_runs_killed_at_random_points_lose_nothing(tmp_path: Path) -> None:
    kills = 30 if THOROUGH else 10
    program = [sys.executable, "-m", "tests.sync.incremental.killing", str(tmp_path), str(kills)]
    ended = subprocess.run(
        program,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (ended.stdout, ended.returncode) == (f"{kills} killed, exact\n", 0), ended.stderr
