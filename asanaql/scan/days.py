"""Date fields whose typed columns show days only: a value that has a time after all is noticed when it is read.

Nothing in a custom field's definition says whether its dates have a time, so a column is made of what was seen before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from asanaql.scan.notes import Notes
from asanaql.scan.rows import Context, Row


class Days:
    """The columns of days that an account's typed relations have. `timed` are the fields that were seen with a time.

    A project's columns in statements are those of the latest; those of its views stay until they are made again.
    """

    def __init__(self) -> None:
        self.timed: set[str] = set()
        self._latest: dict[str, Mapping[str, str]] = {}
        self._lasting: dict[str, Mapping[str, str]] = {}

    def show(self, parent: str, columns: Mapping[str, str], *, lasting: bool) -> None:
        """The typed relation of a project or portfolio has these columns of days, by the gid of the field."""
        (self._lasting if lasting else self._latest)[parent] = columns

    def look(self, rows: Sequence[Row], context: Context, notes: Notes) -> None:
        """Say which columns leave a time out, if rows that are read have one."""
        shown = self._of(context.get("project_gid") or context.get("portfolio_gid"))
        for gid in set(times(rows)) & shown.keys() if shown else ():
            self.timed.add(gid)
            notes.say(
                f"The custom field '{shown[gid]}' ({gid}) has values with a time, of which its column shows the day: "
                "no value had a time when the column was made. Made again, it is TIMESTAMPTZ."
            )

    def _of(self, parent: str | None) -> dict[str, str]:
        """The columns of a project or portfolio; those of all, where rows were not asked for by one."""
        shown: dict[str, str] = {}
        for kept in (self._lasting, self._latest):
            for columns in kept.values() if parent is None else [kept.get(parent, {})]:
                shown |= columns
        return shown


def times(rows: Sequence[Row]) -> Iterator[str]:
    """The gids of the custom fields whose dates have a time in these rows."""
    for row in rows:
        values = row.get("custom_fields")
        for value in values if isinstance(values, list) else ():
            date = value.get("date_value") if isinstance(value, dict) else None
            if isinstance(date, dict) and date.get("date_time"):
                yield value.get("gid", "")
