"""Horizontal bars, drawn by rich: a name, its bar and its number in every line."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from asanaql.output.chart.columns import Number
from asanaql.output.chart.shape import Bars
from asanaql.output.chart.words import fitted, wrapped
from asanaql.output.look import Look
from asanaql.output.rendering import rendered

if TYPE_CHECKING:
    from rich.bar import Bar

# Of the width, what names may take at most: the bars are the picture.
_NAMES = 0.4
# A number that takes more than that is rounded.
_DIGITS = 16
_FULL, _HALVES, _LESS = "█", "▌▋▊▉▐", "▏▎▍▕"
_ASCII = str.maketrans({**dict.fromkeys(_FULL + _HALVES, "#"), **dict.fromkeys(_LESS, " ")})


def bars(shape: Bars, height: int, look: Look) -> list[str]:
    """A line for each bar, and a note when there are more bars than lines: the first are drawn."""
    rows = len(shape.values)
    if rows <= height:
        return _lines(shape.labels, shape.values, look)
    shown = max(1, height - len(wrapped([_note(rows, height)], look)))
    drawn = _lines(shape.labels[:shown], shape.values[:shown], look)
    return [*drawn, *wrapped([_note(rows, shown)], look)]


def _note(rows: int, shown: int) -> str:
    return f"({rows:,} rows, the first {shown} shown)"


def _lines(labels: list[str], values: list[Number | None], look: Look) -> list[str]:
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    numbers = [_number(value, look) for value in values]
    names = [fitted(label, int(_NAMES * look.width), look) for label in labels]
    room = look.width - max(map(cell_len, names)) - max(map(len, numbers)) - 2
    table = Table.grid(padding=(0, 1), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, width=max(1, room))
    table.add_column(no_wrap=True, justify="right")
    for name, bar, number in zip(names, _bars(values, max(1, room)), numbers, strict=True):
        table.add_row(Text(name), bar, Text(number))
    drawn = rendered(table, look.width, colour=look.colour)
    drawn = drawn.translate(_ASCII) if look.ascii else drawn
    return [line.rstrip() for line in drawn.splitlines()]


def _bars(values: list[Number | None], width: int) -> list[Bar]:
    """A bar from zero to each value, on one scale. What has no finite value has none."""
    from rich.bar import Bar

    lengths = [float(value) if value is not None and isfinite(value) else 0.0 for value in values]
    low, high = min(0.0, *lengths), max(0.0, *lengths)
    # Halved first, the difference of the largest floats is still a float.
    size = (high / 2 - low / 2) or 1.0
    return [
        Bar(
            1.0,
            (min(length, 0.0) / 2 - low / 2) / size,
            (max(length, 0.0) / 2 - low / 2) / size,
            width=width,
            color="red" if length < 0 else "cyan",
        )
        for length in lengths
    ]


def _number(value: Number | None, look: Look) -> str:
    if value is None:
        return look.null
    text = f"{value:,.6g}" if isinstance(value, float) else f"{value:,}"
    return text if len(text) <= _DIGITS else f"{float(value):.4g}"
