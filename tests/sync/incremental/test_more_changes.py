"""The same with other seeds, as in a workspace of many large projects: in steps, and by what is told of tasks."""

from __future__ import annotations

import pytest

from asanaql.sync import following, tasks
from tests.sync.incremental.conftest import Kept


@pytest.mark.parametrize("seed", range(10, 20))
def test_the_copy_has_what_a_new_copy_has(kept: Kept, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(following, "_AT_ONCE", 1 + seed % 4)
    monkeypatch.setattr(tasks, "_PAGE", 10 if seed % 2 else 100)
    kept.is_exact_after_changes(seed)
