"""The same with other seeds, in steps of few projects as in a workspace of many; two processes share the work."""

from __future__ import annotations

import pytest

from asanaql.sync import following
from tests.sync.incremental.conftest import Kept


@pytest.mark.parametrize("seed", range(10, 20))
def test_the_copy_has_what_a_new_copy_has(kept: Kept, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(following, "_AT_ONCE", 1 + seed % 4)
    kept.is_exact_after_changes(seed)
