"""What no test may see: the token, the names and the history of whoever runs them."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True, scope="session")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A home without anything kept in it."""
    os.environ["XDG_CONFIG_HOME"] = str(tmp_path_factory.mktemp("config"))
