"""Lines and burn-ups, drawn by plotext: time from left to right, numbers upwards.

plotext draws on one figure of the process. It is cleared before and after, and is told numbers and marks alone: names,
which may be wide, are written above.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from asanaql.output.chart.axes import moment_labels, moment_ticks, number_labels, round_ticks
from asanaql.output.chart.points import Point, thinned
from asanaql.output.chart.shape import Burnup, Lines
from asanaql.output.chart.words import fitted
from asanaql.output.look import Look
from asanaql.output.rendering import rendered

# plotext's names of marks, what they look like, and colours of the terminal, for each line: all differ without colours.
_MARKS = (("braille", "⠤⠤"), ("o", "oo"), ("x", "xx"), ("+", "++"), ("*", "**"))
_ASCII_MARKS = (("*", "**"), ("o", "oo"), ("x", "xx"), ("+", "++"), ("-", "--"))
_AREA, _ASCII_AREA = ("▒", "▒▒"), ("#", "##")
_COLOURS = (12, 10, 9, 14, 13)
# Dots of a mark of dots side by side in a cell.
_PLACES = 2
_FRAME = str.maketrans("┌┐└┘├┤┬┴┼─│", "+++++++++-|")
# Characters that a tick on the axis of time needs, and lines that one on the axis of numbers does.
_TICK_WIDTH, _TICK_HEIGHT = 16, 3
_LEAST_HEIGHT = 4
_HALF_DAY = 43_200.0
# Numbers closer together cannot be divided any more.
_LEAST_REACH = 1e-300


@dataclass(frozen=True)
class Drawn:
    """One line as plotext takes it, and as the words above tell it."""

    name: str
    points: list[Point]
    mark: str
    sample: str
    colour: int
    area: bool = False


def lines(shape: Lines | Burnup, height: int, look: Look) -> list[str]:
    """The picture in lines, `height` of them at most, though some for the words above and some for the picture."""
    drawn = _counted(shape, look) if isinstance(shape, Burnup) else _measured(shape, look)
    above = _legend(drawn, look) if len(drawn) > 1 else []
    return [*above, *_picture(drawn, max(_LEAST_HEIGHT, height - len(above)), look)]


def _measured(shape: Lines, look: Look) -> list[Drawn]:
    marks = _ASCII_MARKS if look.ascii else _MARKS
    return [
        Drawn(name, points, mark, sample, colour)
        for (name, points), (mark, sample), colour in zip(shape.lines, marks, _COLOURS, strict=False)
    ]


def _counted(shape: Burnup, look: Look) -> list[Drawn]:
    """What is begun as a line, and what of it is done as the area below it, both as they stand at every point."""
    moments = [at for _, column in shape.counted for at in column]
    first, last = _apart(min(moments), max(moments))
    places = _PLACES * look.width
    clock = [first + (last - first) * place / places for place in range(places)] + [last]
    (line, *_), area = (_ASCII_MARKS, _ASCII_AREA) if look.ascii else (_MARKS, _AREA)
    drawn = []
    for place, (name, column) in enumerate(shape.counted):
        mark, sample = area if place else line
        points = [(at, float(bisect_right(column, at))) for at in clock]
        # Nothing done is no area, not even a low one.
        points = [point for point in points if point[1] or not place]
        told = f"{name} {len(column):,}"
        drawn.append(Drawn(told, points, mark, sample, _COLOURS[place], area=place > 0))
    return drawn


def _legend(drawn: list[Drawn], look: Look) -> list[str]:
    """The marks with their names, as many in a line as fit."""
    from rich.columns import Columns
    from rich.text import Text

    entries = []
    for each in drawn:
        name = fitted(each.name, look.width - len(each.sample) - 3, look)
        entries.append(Text.assemble((each.sample, f"color({each.colour})"), " ", name))
    words = rendered(Columns(entries, padding=(0, 2)), look.width, colour=look.colour)
    return [line.rstrip() for line in words.splitlines()]


def _picture(drawn: list[Drawn], height: int, look: Look) -> list[str]:
    """The lines in a frame with its ticks."""
    moments = [at for each in drawn for at, _ in each.points]
    numbers = [number for each in drawn for _, number in each.points]
    first, last = _apart(min(moments), max(moments))
    drawn = [replace(each, points=thinned(each.points, first, last, _PLACES * look.width)) for each in drawn]
    times = moment_ticks(first, last, look.width // _TICK_WIDTH)
    levels = round_ticks(*_reach(min(numbers), max(numbers)), max(2, height // _TICK_HEIGHT))
    with _figure(look.width, height) as (plotext, figure):
        figure.theme("simple" if look.colour else "colorless")
        figure.ruler("x").lim(first, last).ticks(times, moment_labels(times))
        figure.ruler("y").lim(levels[0], levels[-1]).ticks(levels, number_labels(levels))
        # What is drawn later hides what was there: an area comes before the line above it.
        for each in reversed([each for each in drawn if each.points]):
            mark = plotext.marker(each.mark, pixel=plotext.pixel(foreground=each.colour))
            signal = figure.signal(*map(list, zip(*each.points, strict=True)), marker=mark)
            figure.draw(signal.fillx() if each.area else signal.lines().density("full"))
        picture: str = figure.build().string(colorless=not look.colour)
    picture = picture.translate(_FRAME) if look.ascii else picture
    return [line.rstrip() for line in picture.splitlines()]


@contextmanager
def _figure(width: int, height: int) -> Iterator[tuple[Any, Any]]:
    """plotext and its one figure, empty and of this size, whatever the size of the terminal; empty again at the end."""
    import plotext

    try:
        plotext.terminal.limit(False, False)
        plotext.figure.clear()
        plotext.figure.plot_size(width, height)
        yield plotext, plotext.figure
    finally:
        plotext.terminal.limit()
        plotext.figure.clear()
        plotext.figure.theme()


def _reach(low: float, high: float) -> tuple[float, float]:
    """The numbers that the axis must hold: zero too, unless all are far from it and close together."""
    if _LEAST_REACH < high - low < (abs(low) + abs(high)) / 4:
        return low, high
    low, high = min(low, 0.0), max(high, 0.0)
    return (low, high) if high - low > _LEAST_REACH else (0.0, 1.0)


def _apart(first: float, last: float) -> tuple[float, float]:
    """The ends of the axis of time: a day around a single moment."""
    return (first, last) if first < last else (first - _HALF_DAY, last + _HALF_DAY)
