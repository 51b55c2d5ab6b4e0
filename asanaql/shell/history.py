"""What was typed, kept between runs in a file that only its owner can read. What looks like a secret is not kept."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from prompt_toolkit.history import FileHistory, History, InMemoryHistory

# Words of DuckDB statements that carry credentials, and the shapes of Asana's own tokens.
_SECRET = re.compile(
    r"^\s*\.login\s+\S|(?<![a-z])(secret|password|token|bearer)s?(?![a-z])|access_?key|api_?key|\b[0-9]/[0-9]{6,}(/[0-9]+)?:[0-9a-f]{16,}",
    re.IGNORECASE,
)


def history_path(environment: Mapping[str, str]) -> Path:
    """`asanaql/history` under XDG_STATE_HOME, or under ~/.local/state."""
    base = environment.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "asanaql" / "history"


def open_history(path: Path, token: str | None) -> History:
    """The history in `path`, made with mode 0600 where it is missing; one in memory where no file can be kept."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
    except OSError:
        return InMemoryHistory()
    return KeptHistory(str(path), token)


class KeptHistory(FileHistory):
    """A file of what was typed, without statements that hold `token` or look as if they held a secret."""

    def __init__(self, filename: str, token: str | None) -> None:
        super().__init__(filename)
        self._token = token

    def store_string(self, string: str) -> None:
        """Add `string` to the file, unless it should be forgotten when the shell ends, or the disk is full.

        It stays in memory, and what was typed runs.
        """
        if not is_secret(string, self._token):
            with suppress(OSError):
                super().store_string(string)


def is_secret(text: str, token: str | None) -> bool:
    """Whether `text` should not be kept."""
    return bool(_SECRET.search(text)) or bool(token and token in text)
