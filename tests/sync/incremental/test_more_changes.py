"""The same with other seeds, so that two processes share the work."""

from __future__ import annotations

import pytest

from tests.sync.incremental.conftest import THOROUGH, Kept


@pytest.mark.parametrize("seed", range(10, 20 if THOROUGH else 14))
def test_the_copy_has_what_a_new_copy_has(kept: Kept, seed: int) -> None:
    kept.is_exact_after_changes(seed)
