"""Date fields whose typed columns show days only: a value that has a time after all is noticed when it is read.

Nothing in a custom field's definition says whether its dates have a time, so a column is made of what was seen before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from asanaql.scan.notes import Notes
from asanaql.scan.rows import Row


class Days:
    """The date fields of an account's typed columns, by gid. `timed` are those that were seen with a time."""

    def __init__(self) -> None:
        self.timed: set[str] = set()
        self._shown: dict[str, str] = {}

    def show(self, gid: str, column: str) -> None:
        """There is a column of this name that shows only the days of the field."""
        self._shown[gid] = column

    def look(self, rows: Sequence[Row], notes: Notes) -> None:
        """Say which columns leave a time out, if rows that are read have one."""
        for gid in set(times(rows)) & self._shown.keys() if self._shown else ():
            self.timed.add(gid)
            notes.say(
                f"The custom field '{self._shown[gid]}' ({gid}) has values with a time, of which its column shows "
                "the day: no value had a time when the column was made. Made again, it is TIMESTAMPTZ."
            )


def times(rows: Sequence[Row]) -> Iterator[str]:
    """The gids of the custom fields whose dates have a time in these rows."""
    for row in rows:
        values = row.get("custom_fields")
        for value in values if isinstance(values, list) else ():
            date = value.get("date_value") if isinstance(value, dict) else None
            if isinstance(date, dict) and date.get("date_time"):
                yield value["gid"]
