"""`asanaql cache info` and `asanaql cache clear`."""

from __future__ import annotations

from asanaql.cache import CacheFault, Info, clear, info
from asanaql.cli.terminal import Streams
from asanaql.errors import EXIT_OK, ConfigError


def run_cache(action: str, streams: Streams) -> int:
    """Say what the cache holds, or remove it and say what it held; ConfigError where it cannot be read or removed."""
    try:
        held = info() if action == "info" else clear()
    except (CacheFault, OSError) as error:
        raise ConfigError(f"The cache cannot be used: {error}") from error
    streams.put(_described(held) if action == "info" else f"removed {held.entries} entries, {held.bytes} bytes\n")
    return EXIT_OK


def _described(held: Info) -> str:
    return f"location: {held.directory}\nentries: {held.entries}\nbytes: {held.bytes}\n"
