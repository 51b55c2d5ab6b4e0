"""How long something is, as people write it."""

from __future__ import annotations

import datetime as dt
import re

from asanaql.errors import ConfigError

_WRITTEN = re.compile(r"(\d+)\s*([a-z]+)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST = dt.timedelta(days=36_525)
_WORDS = {"sec", "second", "min", "minute", "hour", "hr", "day", "week"}


def duration(text: str) -> dt.timedelta:
    """What `15 minutes`, `15m`, `12h`, `365d` or `4 weeks` says; ConfigError where it is none of these."""
    found = _WRITTEN.fullmatch(text.strip().lower())
    unit = found[2] if found else ""
    if found is None or (unit not in _UNITS and unit.removesuffix("s") not in _WORDS):
        raise ConfigError(f"{text!r} is no length of time. Write 15 minutes, 12h, 365d or 4w.")
    try:
        length = dt.timedelta(**{_UNITS[unit[0]]: int(found[1])})
    except OverflowError:
        length = dt.timedelta.max
    if length > _LONGEST:
        raise ConfigError(f"{text!r} is longer than a hundred years. Leave it out for everything.")
    return length
