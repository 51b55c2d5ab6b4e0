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
    """An order, and how many of some rows pass all that the scan is filtered by."""

    order: Order
    passing: Callable[[Sequence[Row], Context], int]

    def suffice(self, rows: Sequence[Row], context: Context) -> bool:
        """Whether the first page in the order holds the rows that are wanted.

        It does where enough of them come before its last row, as others may share that one's place. Values that are
        not in the order show that Asana has sorted by older ones, which says nothing.
        """
        if len(rows) < MOST:
            return True
        values = [row.get(self.order.column) for row in rows]
        texts = [value for value in values if isinstance(value, str)]
        if len(texts) < len(values) or not all(self._in_order(*each) for each in pairwise(texts)):
            return False
        inside = [row for row, text in zip(rows, texts, strict=True) if text != texts[-1]]
        return self.passing(inside, context) >= self.order.rows

    def _in_order(self, one: str, other: str) -> bool:
        return one >= other if self.order.descending else one <= other
