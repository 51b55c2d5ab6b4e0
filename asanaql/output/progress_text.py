"""How far a statement has come, in words: a line for each of its scans, and one for all of them. ASCII only."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asanaql.connection import ScanStats, Stats

_BETWEEN = "   "
#: A line for the other scans and one for all make sense below a scan's own line only.
_FEWEST = 3

#: Seconds that are left of which it is worth saying so.
_WORTH_SAYING = 10
_MINUTE = 60

_Cells = tuple[str, str, str, str]


def progress_lines(stats: Stats, elapsed: float, columns: int, most: int) -> list[str]:
    """At most so many lines about a statement that has run for `elapsed` seconds, none longer than `columns`.

    The last one tells how long the statement waits. Of the scans that do not fit, those that run are shown rather than
    those that have ended; the others are summed.
    """
    ends = _BETWEEN.join([f"{elapsed:,.0f} s", *_waiting(stats)])
    lines = _scan_lines(stats, columns, most)
    last = _BETWEEN.join([lines[-1], ends])
    if len(last) <= columns or most == 1:
        lines[-1] = last
    else:
        lines = [*_scan_lines(stats, columns, most - 1), ends]
    return [line[:columns] for line in lines]


def _scan_lines(stats: Stats, columns: int, most: int) -> list[str]:
    """At most so many lines about the scans, of which the last is about all of them."""
    scans = stats.scans
    if not scans:
        return [_counted(stats.requests, "request")]
    if len(scans) == 1:
        return _aligned([_cells(_labels(scans)[0], scans)], columns)
    in_all = _cells("in all", scans)
    return _aligned([in_all] if most < _FEWEST else [*_of_scans(scans, most - 1), in_all], columns)


def _of_scans(scans: Sequence[ScanStats], most: int) -> list[_Cells]:
    """A row for each scan, or for some of them and one for the others."""
    shown = set(range(len(scans)))
    if len(scans) > most:
        shown = set(sorted(shown, key=lambda place: (scans[place].ended, place))[: most - 1])
    labels = _labels(scans)
    rows = [_cells(labels[place], [scans[place]]) for place in sorted(shown)]
    others = [scan for place, scan in enumerate(scans) if place not in shown]
    return [*rows, _cells(f"{len(others)} others", others)] if others else rows


def _labels(scans: Sequence[ScanStats]) -> list[str]:
    """What each scan is called: its relation, which of several scans of it, and whether it is for its keys."""
    seen: Counter[str] = Counter()
    labels = []
    for scan in scans:
        seen[scan.relation] += 1
        number = [str(seen[scan.relation])] if seen[scan.relation] > 1 else []
        told = ", ".join([*number, *(["keys"] if scan.keys else [])])
        labels.append(f"{scan.relation} ({told})" if told else scan.relation)
    return labels


def _cells(label: str, scans: Sequence[ScanStats]) -> _Cells:
    rows, cached = sum(scan.rows for scan in scans), sum(scan.cached for scan in scans)
    return label, _requests(scans), _counted(rows, "row") if rows else "", f"{cached:,} cached" if cached else ""


def _requests(scans: Sequence[ScanStats]) -> str:
    """The requests that are done, and for one scan that is not at its end those that are expected."""
    done = sum(scan.requests for scan in scans)
    expected = scans[0].expected if len(scans) == 1 and not scans[0].ended else None
    if expected is None:
        return _counted(done, "request")
    return f"{done:,} of ~{_counted(expected, 'request')}"


def _waiting(stats: Stats) -> Iterator[str]:
    if stats.left >= _WORTH_SAYING:
        left = f"{stats.left:,.0f} s" if stats.left < 2 * _MINUTE else f"{stats.left / _MINUTE:,.0f} min"
        yield f"~{left} left at Asana's limit"
    if stats.waiting:
        seconds = f" {math.ceil(stats.waits):,} s" if stats.waits else ""
        yield f"waiting{seconds} for Asana's limit"


def _aligned(rows: Sequence[_Cells], columns: int) -> list[str]:
    """The rows as lines, names to the left and numbers to the right.

    Columns that nothing is in are left out, and so are rows and cached listings where they do not fit: a number that is
    cut off would be another one.
    """
    names, requests, *others = zip(*rows, strict=True)
    lines = _beside([f"{name:<{_widest(names)}}" for name in names], requests)
    for column in others:
        wider = _beside(lines, column)
        if _widest(column) and _widest(wider) <= columns:
            lines = wider
    return [line.rstrip() for line in lines]


def _beside(lines: Sequence[str], column: Sequence[str]) -> list[str]:
    return [f"{line}{_BETWEEN}{text:>{_widest(column)}}" for line, text in zip(lines, column, strict=True)]


def _widest(texts: Sequence[str]) -> int:
    return max(map(len, texts))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
