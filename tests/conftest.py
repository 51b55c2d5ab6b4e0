"""What no test may see: the token, the names and the history of whoever runs them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

#: The files that take longest, however few tests they hold. A file runs on one processor: begun last, it would keep the
#: others waiting.
LONGEST = (
    "connection/test_sql_conformance.py",
    "connection/planning/test_planned_differential.py",
    "sync/incremental/test_killed.py",
    "sync/incremental/test_faults.py",
    "sync/incremental/test_more_changes.py",
    "sync/incremental/test_changes.py",
    "conformance/test_prism.py",
    "shell/test_terminal.py",
    "sync/dlt/test_source.py",
    "connection/typed/test_filters.py",
    "connection/planning/test_sixty.py",
    "connection/typed/test_statements.py",
    "connection/searching/test_differential.py",
    "connection/searching/test_orders.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, and leave all others in their order."""
    places = {Path(__file__).parent / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


class Ring(KeyringBackend):
    """A keyring in memory, which can be locked."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.held, self.locked = {}, False

    def get_password(self, service, username):
        if self.locked:
            raise KeyringLocked("it is locked")
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        if self.locked:
            raise KeyringLocked("it is locked")
        self.held[service, username] = password

    def delete_password(self, service, username):
        if (service, username) not in self.held:
            raise PasswordDeleteError("it is not there")
        del self.held[service, username]


@pytest.fixture(autouse=True, scope="session")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A home without anything kept in it, and a keyring that takes nothing."""
    os.environ["XDG_CONFIG_HOME"] = str(tmp_path_factory.mktemp("config"))
    locked = Ring()
    locked.locked = True
    keyring.set_keyring(locked)


@pytest.fixture
def ring() -> Iterator[Ring]:
    """A keyring that takes tokens."""
    before = keyring.get_keyring()
    ring = Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)
