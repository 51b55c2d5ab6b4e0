"""What an answer lacks, collected while it is read and said once: skipped parents, absent fields, unreadable values."""

from __future__ import annotations

from collections import Counter
from threading import Lock


class Notes:
    """The warnings of one statement. Safe to use from the event loop and from DuckDB's threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._said: dict[str, None] = {}
        self._seen: Counter[tuple[str, str]] = Counter()
        self._absent: Counter[tuple[str, str]] = Counter()
        self._unreadable: Counter[tuple[str, str, str]] = Counter()

    def say(self, sentence: str) -> None:
        """Add a warning; the same sentence is kept once."""
        with self._lock:
            self._said[sentence] = None

    def absent(self, table: str, field: str, missing: int, rows: int) -> None:
        """Count rows that came without a field they were asked for."""
        with self._lock:
            self._seen[table, field] += rows
            if missing:
                self._absent[table, field] += missing

    def unreadable(self, table: str, column: str, value: object, times: int) -> None:
        """Count values that are not of their column's type, with one of them as an example."""
        with self._lock:
            self._unreadable[table, column, repr(value)[:60]] += times

    @property
    def warnings(self) -> list[str]:
        """Everything so far, as sentences."""
        with self._lock:
            lines = list(self._said)
            for (table, field), missing in sorted(self._absent.items()):
                lines.append(
                    f"{table}: Asana sent no '{field}' in {missing} of {self._seen[table, field]} rows, which read as "
                    f"NULL. The plan or the token's scopes hide it."
                )
            for (table, column, example), times in sorted(self._unreadable.items()):
                lines.append(
                    f"{table}: {times} values of '{column}' are not of its type and read as NULL, such as {example}."
                )
            return lines
