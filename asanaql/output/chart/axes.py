"""Where an axis has its ticks, and what they say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import ceil, floor, log10

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE, _DAY = 60, 86_400


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` round numbers, though two at least, the first not above `low` and the last not below `high`."""
    scale = 10.0 ** floor(log10((high - low) / max(1, most - 1)))
    for step in (scale, 2 * scale, 5 * scale, 10 * scale, 20 * scale):
        first, last = floor(low / step), ceil(high / step)
        if last - first < most:
            break
    return [step * place for place in range(first, max(last, first + 1) + 1)]


def number_labels(ticks: list[float]) -> list[str]:
    """The ticks with as many digits as tell them apart."""
    step = ticks[1] - ticks[0]
    if max(map(abs, ticks)) >= 1e9 or step < 1e-4:
        return [f"{tick:.3g}" for tick in ticks]
    decimals = max(0, -floor(log10(step)))
    return [f"{tick:,.{decimals}f}" for tick in ticks]


def moment_ticks(first: float, last: float, most: int) -> list[float]:
    """`most` moments, two at least, from the first to the last at equal distances; whole days where those allow it."""
    parts = max(1, most - 1)
    if last - first >= parts * _DAY:
        whole = [round((first + (last - first) * part / parts) / _DAY) * _DAY for part in range(parts + 1)]
        return [float(min(max(tick, first), last)) for tick in whole]
    return [first + (last - first) * part / parts for part in range(parts + 1)]


def moment_labels(ticks: list[float]) -> list[str]:
    """The ticks as days, or as times where they are close; the first then has its day."""
    step = ticks[1] - ticks[0]
    moments = [_EPOCH + timedelta(seconds=tick) for tick in ticks]
    if step >= _DAY:
        return [moment.strftime("%Y-%m-%d") for moment in moments]
    clock = "%H:%M" if step >= _MINUTE else "%H:%M:%S"
    return [
        moment.strftime(f"%m-%d {clock}" if moment.date() != before else clock)
        for moment, before in zip(moments, [None, *(moment.date() for moment in moments)], strict=False)
    ]
