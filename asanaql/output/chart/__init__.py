"""Pictures of an answer in the terminal: bars, lines and burn-ups, as the columns of the answer suggest.

`shape` finds what can be drawn, `bars` draws with rich, `lines` with plotext. Both are imported when they draw.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from asanaql.output.chart.bars import bars
from asanaql.output.chart.lines import lines
from asanaql.output.chart.shape import Bars, shape_of
from asanaql.output.chart.words import fitted, wrapped
from asanaql.output.look import Look

_NARROWEST, _LOWEST = 20, 4


def chart(table: pa.Table, look: Look, height: int) -> str:
    """The picture of `table`, as wide as `look` says and at most `height` lines high, though it needs some of both.

    QueryError, which says what to select instead, where the columns are none to draw.
    """
    look = replace(look, width=max(look.width, _NARROWEST))
    shape = shape_of(table, look.null)
    notes = wrapped(shape.notes, look)
    room = max(_LOWEST, height - 1 - len(notes))
    drawn = bars(shape, room, look) if isinstance(shape, Bars) else lines(shape, room, look)
    return "\n".join([fitted(shape.title, look.width, look), *drawn, *notes]) + "\n"
