"""The points of lines over time."""

from __future__ import annotations

from collections.abc import Iterable

from asanaql.output.chart.columns import Column, Number

Point = tuple[float, float]
# Beyond that the length of an axis is infinite.
_MOST = 1e300


def lines_of_numbers(numbers: list[Column], moment: Column) -> list[tuple[str, list[Point]]]:
    """A line for each column of numbers."""
    seconds = moment.seconds()
    return [(column.name, _points(zip(seconds, column.numbers(), strict=True))) for column in numbers]


def lines_of_names(name: Column, moment: Column, number: Column) -> list[tuple[str, list[Point]]]:
    """A line for each value of `name`, those with the most in all first."""
    pairs: dict[str, list[tuple[float | None, Number | None]]] = {}
    for text, second, value in zip(name.texts(), moment.seconds(), number.numbers(), strict=True):
        pairs.setdefault(text, []).append((second, value))
    lines = [(text, _points(each)) for text, each in pairs.items()]
    return sorted(lines, key=lambda line: -sum(abs(value) for _, value in line[1]))


def thinned(points: list[Point], first: float, last: float, places: int) -> list[Point]:
    """The points that can be seen where the time has so many places: the first, last, least and most at each."""
    if len(points) <= 4 * places:
        return points
    seen: dict[int, list[Point]] = {}
    for at, value in points:
        ends = seen.setdefault(int((at - first) / (last - first) * places), [(at, value)] * 4)
        ends[3] = (at, value)
        ends[1], ends[2] = min(ends[1], ends[3], key=_value), max(ends[2], ends[3], key=_value)
    return [point for ends in seen.values() for point in sorted(set(ends))]


def _value(point: Point) -> float:
    return point[1]


def _points(pairs: Iterable[tuple[float | None, Number | None]]) -> list[Point]:
    """What has a place in time and a number, in the order of time."""
    known = ((second, float(value)) for second, value in pairs if second is not None and value is not None)
    return sorted(((second, value) for second, value in known if abs(value) < _MOST), key=lambda point: point[0])
