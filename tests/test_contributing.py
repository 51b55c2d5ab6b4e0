"""CONTRIBUTING.md: what it quotes stands so in the files that it names, and what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from asanaql.catalog import CATALOG

ROOT = Path(__file__).parents[1]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
QUOTED = re.findall(r"^`([\w./]+)`:\n\n```\w+\n(.*?)^```$", CONTRIBUTING, re.DOTALL | re.MULTILINE)
COMMANDS = "console"
#: The table that it shows how to add.
SHOWN = "agents"


@pytest.mark.parametrize(("path", "block"), QUOTED, ids=[path for path, _ in QUOTED])
def test_what_is_quoted_stands_in_the_file(path: str, block: str) -> None:
    assert f"\n{block}" in "\n" + (ROOT / path).read_text(encoding="utf-8")


def test_every_block_but_commands_is_quoted_from_a_file() -> None:
    blocks = [block for kind, block in BLOCK.findall(CONTRIBUTING) if kind != COMMANDS]
    assert blocks == [block for _, block in QUOTED]


def test_a_table_is_shown_with_its_entry_its_routes_its_data_and_its_whole_examples() -> None:
    entry, routes, data, examples = (block for _, block in QUOTED)
    assert f'name="{SHOWN}"' in entry
    assert all(path.endpoint in entry for path in CATALOG[SHOWN].paths)
    assert SHOWN in routes
    assert f'world.hang("workspace.{SHOWN}"' in data
    assert examples == (ROOT / "examples" / "tables" / f"{SHOWN}.sql").read_text(encoding="utf-8")


def test_the_files_that_are_named_are_there() -> None:
    named = re.findall(r"`((?:asanaql|tests|examples)/[\w./]+|\w+\.toml)`", CONTRIBUTING)
    assert len(named) > len(QUOTED)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_it_is_short_apart_from_what_is_quoted() -> None:
    own = BLOCK.sub(lambda block: block[0] if block[1] == COMMANDS else "", CONTRIBUTING)
    shown = re.sub(r"<!--.*?-->", "", own)
    assert len(shown.split()) < 500
