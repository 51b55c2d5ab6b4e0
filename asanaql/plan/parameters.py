"""Filters of an endpoint written as query parameters, always so that the answer holds at least the wanted rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from asanaql.catalog.model import Filter, Form
from asanaql.plan.conjuncts import Conjunct, Value

#: What Asana takes for an id of its own; it takes other texts for something else, such as `me` for oneself.
GID = re.compile(r"0|[1-9][0-9]*")
#: The most values one parameter lists, so that addresses stay short.
_LISTED = 50
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MILLISECOND = 1_000
#: Instants that fit a four-digit year with a margin; others are not sent and stay with the exact filter.
_FIRST, _LAST = -30_000_000_000_000_000, 253_000_000_000_000_000
_FIRST_DAY, _LAST_DAY = dt.date(1000, 1, 1), dt.date(9999, 1, 1)
_DAY = dt.timedelta(days=1)
#: Of several bounds in these forms the latest is the tightest, in those the earliest.
_LATEST, _EARLIEST = (Form.SINCE, Form.DATE_SINCE), (Form.UNTIL, Form.DATE_UNTIL)


def date_time(microseconds: int) -> str:
    """The instant as Asana writes date-times: UTC, milliseconds, rounded down.

    Source: https://developers.asana.com/docs/data-types
    """
    moment = _EPOCH + dt.timedelta(microseconds=microseconds - microseconds % _MILLISECOND)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // _MILLISECOND:03d}Z"


def parameters(filters: Iterable[Filter], conjuncts: Iterable[Conjunct]) -> dict[str, str]:
    """Query parameter → value for every filter that some conjunct allows; the tightest where several do."""
    known = tuple(conjuncts)
    written: dict[str, str] = {}
    for taken in filters:
        for each in known:
            if each.column != taken.column or each.comparison not in taken.comparisons:
                continue
            if taken.column.endswith("_gid") and not all(GID.fullmatch(str(value)) for value in each.values):
                continue
            text = _written(taken.form, _sent(taken.form, each.values))
            if text is not None:
                written[taken.parameter] = _tighter(taken.form, written.get(taken.parameter), text)
    return written


def _sent(form: Form, values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values to ask for, none where NULL is one of them and Asana cannot be asked for it."""
    if None not in values:
        return values
    if form is Form.DATE_OR_NULL and values == (None,):
        return values
    # Asana's own booleans are never null, so whoever takes NULL as well is served by the rest.
    return tuple(each for each in values if each is not None) if form in (Form.BOOLEAN, Form.INCOMPLETE) else ()


def _written(form: Form, values: tuple[Value, ...]) -> str | None:
    """The parameter's text, None where this comparison cannot be written."""
    if form in (Form.LIST, Form.OTHERS):
        return ",".join(values) if 0 < len(values) <= _LISTED else None
    if len(values) != 1:
        return None
    [value] = values
    match form:
        case Form.BOOLEAN:
            return "true" if value else "false"
        case Form.INCOMPLETE:
            return "now" if value is False else None
        case Form.DATE_OR_NULL if value is None:
            return "null"
        case Form.DATE | Form.DATE_OR_NULL:
            return str(value.isoformat())
        case Form.DATE_SINCE | Form.DATE_UNTIL:
            if not _FIRST_DAY < value < _LAST_DAY:
                return None
            return str((value - _DAY if form is Form.DATE_SINCE else value + _DAY).isoformat())
        case Form.SINCE | Form.UNTIL:
            if not _FIRST < value < _LAST:
                return None
            return date_time(value - _MILLISECOND if form is Form.SINCE else value + 2 * _MILLISECOND)
        case _:
            return str(value)


def _tighter(form: Form, one: str | None, other: str) -> str:
    """The narrower of two texts for one parameter; `now` is narrower than any instant."""
    if one is None:
        return other
    if "now" in (one, other):
        return "now"
    if form is Form.OTHERS:
        listed = dict.fromkeys((*one.split(","), *other.split(",")))
        return ",".join(listed) if len(listed) <= _LISTED else one
    return min(one, other) if form in _EARLIEST else max(one, other) if form in _LATEST else one
