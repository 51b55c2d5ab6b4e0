"""The example of a configuration of sync is one that sync takes."""

from __future__ import annotations

from pathlib import Path

from asanaql.cli.options import read_options
from asanaql.cli.sync_settings import settings

EXAMPLE = Path(__file__).parents[2] / "examples" / "sync" / "asanaql.toml"


def test_the_example_says_what_sync_can_be_told() -> None:
    told = settings(read_options(["sync", "--config", str(EXAMPLE)]))
    assert (told.target, told.tables, told.keep_deleted) == ("work.duckdb", ["tasks", "stories"], True)
    assert told.time is not None
    assert told.time.days == 365
