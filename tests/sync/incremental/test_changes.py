"""After two hundred changes of every kind a second run has what a new copy has, at the cost of what changed."""

from __future__ import annotations

import pytest

from asanaql.demo.changes import Changes
from tests.sync.incremental.conftest import FOLLOWED, THOROUGH, Kept


@pytest.mark.parametrize("seed", range(10 if THOROUGH else 4))
def test_the_copy_has_what_a_new_copy_has(kept: Kept, seed: int) -> None:
    done = Changes(kept.world, seed).apply(200)
    report = kept.sync()
    assert not [said for each in report.copied for said in each.warnings if "told no event" in said]
    assert sum(kept.requests[name] for name in FOLLOWED) < 4 * len(done) + 2 * len(kept.world.projects)
    assert kept.differences() == {}
