"""The table drawn for a terminal, by DuckDB's own renderer.

Only the rows that will be shown are held, so a result of any length can be drawn; what is left out is said below it.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from asanaql.output.scratch import scratch

SHOWN = 40
# Three rows of dots stand for what is left out, so up to three rows more than told are drawn instead.
_DOTS = 3
_CUT_COLUMNS = re.compile(r"(\d+) columns\s+\((\d+) shown\)")


@dataclass
class Ends:
    """The first `half` and the last `half` rows of a stream, and a few between them for the renderer to leave out."""

    half: int
    rows: int = 0
    head: list[pa.RecordBatch] = field(default_factory=list)
    tail: list[pa.RecordBatch] = field(default_factory=list)

    def take(self, batch: pa.RecordBatch) -> None:
        """Count a batch and keep what of it may be shown."""
        missing = max(0, self.half + _DOTS + 1 - self.rows)
        self.rows += batch.num_rows
        if missing:
            self.head.append(_copied(batch.slice(0, missing)))
        rest = batch.slice(missing)
        if rest.num_rows:
            self.tail.append(_copied(rest.slice(max(0, rest.num_rows - self.half))))
        while self.tail and sum(kept.num_rows for kept in self.tail[1:]) >= self.half:
            del self.tail[0]

    def batches(self) -> list[pa.RecordBatch]:
        """The rows kept, in order: no more than 2 · half + 4."""
        tail = pa.Table.from_batches(self.tail) if self.tail else None
        if tail is None:
            return self.head
        return [*self.head, *tail.slice(max(0, tail.num_rows - self.half)).to_batches()]


def box(
    columns: Sequence[str], types: Sequence[str], batches: Iterable[pa.RecordBatch], width: int, shown: int = SHOWN
) -> str:
    """The table of a whole result, `width` characters wide at most, though DuckDB draws none below 80.

    Of more than `shown` rows the first and last halves are drawn, and a line below tells how many there are.
    """
    ends = Ends(max(1, shown // 2))
    for batch in batches:
        ends.take(batch)
    with scratch(columns, types) as rows:
        drawn = _drawn(rows.relation(ends.batches()), width, 2 * ends.half)
    table, _, footer = drawn.rpartition("┘")
    return f"{table}┘\n{_footer(ends, footer)}"


def _drawn(relation: object, width: int, rows: int) -> str:
    """DuckDB's drawing, which it prints."""
    page = io.StringIO()
    with contextlib.redirect_stdout(page):
        relation.show(max_width=width, max_rows=rows, null_value="NULL")  # type: ignore[attr-defined]
    return page.getvalue().rstrip()


def _footer(ends: Ends, drawn: str) -> str:
    """What is not to be seen in the table: rows and columns left out, or that there are no rows."""
    notes = []
    if ends.rows == 0:
        notes.append("no rows")
    elif ends.rows > 2 * ends.half + _DOTS:
        notes.append(f"{ends.rows:,} rows, {2 * ends.half} shown")
    cut = _CUT_COLUMNS.search(drawn)
    if cut:
        notes.append(f"{cut[1]} columns, {cut[2]} shown")
    return f"({'; '.join(notes)})\n" if notes else ""


def _copied(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows without the memory of the batch they were cut from."""
    return batch.take(pa.arange(0, batch.num_rows))
