"""The names of what is in Asana, as far as the cache holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asanaql.shell.completion import Names

if TYPE_CHECKING:
    from asanaql.connection import Connection


def kept_names(connection: Connection) -> Names:
    """The names that are kept of the connection's workspaces. Nothing is ever sent; callable from any thread."""
    return Names()
