"""The table drawn for a terminal. Only the rows that will be shown are held, and what is left out is said below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from asanaql.output.grid import DOTS, grid
from asanaql.output.look import Look
from asanaql.output.scratch import scratch


@dataclass
class Ends:
    """The first and the last rows of a stream, `shown` together, or all while there are few more; None for all."""

    shown: int | None
    rows: int = 0
    head: list[pa.RecordBatch] = field(default_factory=list)
    tail: list[pa.RecordBatch] = field(default_factory=list)

    def take(self, batch: pa.RecordBatch) -> None:
        """Count a batch and keep what of it may be shown."""
        self.rows += batch.num_rows
        if self.shown is None:
            self.head.append(batch)
            return
        missing = max(0, self.shown + DOTS - _rows(self.head))
        if missing:
            self.head.append(_copied(batch.slice(0, missing)))
        self.tail.append(_copied(batch.slice(max(0, batch.num_rows - self._last))))
        while self.tail and _rows(self.tail[1:]) >= self._last:
            del self.tail[0]

    @property
    def cut(self) -> bool:
        """Whether rows are left out: where dots would take as much room, the rows themselves are drawn."""
        return self.shown is not None and self.rows > self.shown + DOTS

    @property
    def gap(self) -> int:
        """The number of rows above those that are left out; 0 when none are."""
        return (self.shown or 0) - self._last if self.cut else 0

    def kept(self) -> list[pa.RecordBatch]:
        """The rows to show, in order."""
        if not self.cut:
            return self.head
        head = pa.Table.from_batches(self.head).slice(0, self.gap)
        tail = pa.Table.from_batches(self.tail) if self._last else head.slice(0, 0)
        return [*head.to_batches(), *tail.slice(max(0, tail.num_rows - self._last)).to_batches()]

    @property
    def _last(self) -> int:
        return (self.shown or 0) // 2


def box(columns: Sequence[str], types: Sequence[str], batches: Iterable[pa.RecordBatch], look: Look) -> str:
    """The table of a whole result, no wider than `look` says unless that leaves no character for the first column.

    Of more rows than are to be shown the first and last halves are drawn. Lines below tell what is left out.
    """
    ends = Ends(None if look.shown is None else max(1, look.shown))
    for batch in batches:
        ends.take(batch)
    with scratch(columns, types) as texts:
        rows = texts.cells(ends.kept())
    drawn, shown = grid(columns, types, rows, look, ends.gap)
    return drawn + _footer(_notes(ends, len(columns), shown), look.width)


def _notes(ends: Ends, columns: int, shown: int) -> list[str]:
    """What is not to be seen in the table: rows and columns left out, or that there are no rows."""
    notes = []
    if ends.rows == 0:
        notes.append("no rows")
    elif ends.cut:
        notes.append(f"{ends.rows:,} rows, {ends.shown:,} shown")
    if shown < columns:
        notes.append(f"{columns} columns, {shown} shown")
    return notes


def _footer(notes: list[str], width: int) -> str:
    """The notes in a line, or in one each where they do not fit."""
    line = f"({'; '.join(notes)})\n"
    if not notes or len(line) - 1 <= width:
        return line if notes else ""
    return "".join(f"({note})\n" for note in notes)


def _rows(batches: Sequence[pa.RecordBatch]) -> int:
    return sum(batch.num_rows for batch in batches)


def _copied(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows without the memory of the batch they were cut from."""
    return batch.take(pa.arange(0, batch.num_rows))
