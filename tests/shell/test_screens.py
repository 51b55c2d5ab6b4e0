"""The screens of examples/screens are what a terminal shows."""

from __future__ import annotations

import pytest

from tests.shell.screens import HERE, WIDTHS, captured


@pytest.mark.parametrize("columns", WIDTHS)
def test_the_screens_are_what_a_terminal_shows(columns: int) -> None:
    written = {
        file.stem.removesuffix(f"-{columns}"): file.read_text(encoding="utf-8")
        for file in HERE.glob(f"*-{columns}.txt")
    }
    assert captured(columns) == written
