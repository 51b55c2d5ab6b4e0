"""After two hundred changes of every kind a second run has what a new copy has, at the cost of what changed."""

from __future__ import annotations

import pytest

from tests.sync.incremental.conftest import Kept


@pytest.mark.parametrize("seed", range(10))
def test_the_copy_has_what_a_new_copy_has(kept: Kept, seed: int) -> None:
    kept.is_exact_after_changes(seed)
