"""A run that is killed anywhere leaves a copy from which the next one goes on, without loss or repetition."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
KILLS = 30


def test_runs_killed_at_random_points_lose_nothing(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tests.sync.incremental.killing", str(tmp_path), str(KILLS)]
    ended = subprocess.run(
        program,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (ended.stdout, ended.returncode) == (f"{KILLS} killed, exact\n", 0), ended.stderr
