"""What an answer lacks, collected while it is read and said once: skipped parents, absent fields, unreadable values."""

from __future__ import annotations

import json
from collections.abc import Collection
from threading import Lock

from asanaql.catalog.model import Column


class Notes:
    """The warnings of one statement, or of one listing. Safe to use from the event loop and from DuckDB's threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._said: dict[str, None] = {}
        self._lost = False
        self._absent: dict[tuple[str, str], tuple[int, int]] = {}
        self._unreadable: dict[tuple[str, str], tuple[int, str]] = {}

    def say(self, sentence: str, *, lost: bool = False) -> None:
        """Add a warning; the same sentence is kept once. `lost` says that rows are missing which there may be."""
        with self._lock:
            self._said[sentence] = None
            self._lost = self._lost or lost

    @property
    def lost(self) -> bool:
        """Whether rows may be missing."""
        return self._lost

    def absent(self, table: str, field: str, missing: int, rows: int) -> None:
        """Count rows that came without a field they were asked for."""
        with self._lock:
            before, seen = self._absent.get((table, field), (0, 0))
            self._absent[table, field] = before + missing, seen + rows

    def unreadable(self, table: str, column: str, example: str, times: int) -> None:
        """Count values that are not of their column's type; the first example is kept."""
        with self._lock:
            before, first = self._unreadable.get((table, column), (0, example))
            self._unreadable[table, column] = before + times, first

    @property
    def written(self) -> str:
        """All of it as a text that `recall` can read, to be kept beside what was read."""
        with self._lock:
            absent = [(*key, *counted) for key, counted in self._absent.items() if counted[0]]
            unreadable = [(*key, example, times) for key, (times, example) in self._unreadable.items()]
            return json.dumps([list(self._said), absent, unreadable, self._lost])

    def recall(self, written: str, columns: Collection[Column]) -> None:
        """Add what was noted of a listing, as far as it is about these columns of it."""
        said, absent, unreadable, lost = json.loads(written)
        names = {column.name for column in columns}
        fields = {column.path[0] for column in columns if column.path}
        for sentence in said:
            self.say(sentence, lost=lost)
        for table, field, missing, rows in absent:
            if field in fields:
                self.absent(table, field, missing, rows)
        for table, column, example, times in unreadable:
            if column in names:
                self.unreadable(table, column, example, times)

    @property
    def warnings(self) -> list[str]:
        """Everything so far, as sentences."""
        with self._lock:
            lines = list(self._said)
            for (table, field), (missing, rows) in sorted(self._absent.items()):
                if missing:
                    lines.append(
                        f"{table}: Asana sent no '{field}' in {missing} of {rows} rows, which read as NULL. "
                        f"The plan or the token's scopes hide it."
                    )
            for (table, column), (times, example) in sorted(self._unreadable.items()):
                values = "1 value is" if times == 1 else f"{times} values are"
                lines.append(f"{table}: {values} not of the type of '{column}' and read as NULL, such as {example}.")
            return lines
