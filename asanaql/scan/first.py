"""The first rows of a scan in an order, where a statement wants no others: one page of a search may hold them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from asanaql.api.search import MOST
from asanaql.scan.rows import Context, Row


@dataclass(frozen=True)
class Order:
    """That a statement wants only so many rows of a scan, the first by this column before all else."""

    column: str
    descending: bool
    rows: int

    @property
    def on_a_page(self) -> bool:
        """Whether one page can hold the rows, and one that comes after them."""
        return self.rows < MOST


@dataclass(frozen=True)
class First:
    """An order, and which of some rows pass all that the scan is filtered by, place by place."""

    order: Order
    passing: Callable[[Sequence[Row], Context], Sequence[bool]]

    def of_page(self, rows: Sequence[Row], context: Context) -> list[Row] | None:
        """The rows of the first page in the order that are wanted; None where others may be wanted before them.

        Of a full page the last row's place may be shared by rows that it does not show. Values that are not in the
        order show that Asana has sorted by older ones, which says nothing.
        """
        if len(rows) < MOST:
            return list(rows)
        values = [row.get(self.order.column) for row in rows]
        texts = [value for value in values if isinstance(value, str)]
        if len(texts) < len(values) or not all(self._in_order(*each) for each in pairwise(texts)):
            return None
        inside = texts.index(texts[-1])
        passing = [place for place, passes in enumerate(self.passing(rows[:inside], context)) if passes]
        if len(passing) < self.order.rows:
            return None
        last = texts[passing[self.order.rows - 1]]
        return [row for row, text in zip(rows, texts, strict=True) if self._in_order(text, last)]

    def _in_order(self, one: str, other: str) -> bool:
        return one >= other if self.order.descending else one <= other
