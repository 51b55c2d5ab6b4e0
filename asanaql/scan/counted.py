"""Rows that an endpoint does not show but count, made from its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from asanaql.api import Page, Request
from asanaql.catalog.model import Column, Counts
from asanaql.errors import ApiError
from asanaql.scan.rows import Context, Row

_ADVICE = "With count(gid) in place of count(*), rows are listed instead of counted."


def counting(counts: Counts, columns: Sequence[Column], context: Context) -> dict[str, Row]:
    """The fields to ask for, each with a row that it counts: no more than the columns need, as each is dear.

    Source: https://developers.asana.com/docs/rate-limits#cost-limits
    """
    if counts.column in context:
        return {counts.by[context[counts.column]]: {}}
    if any(column.name == counts.column for column in columns):
        return {field: {counts.column: value} for value, field in counts.by.items()}
    return {counts.every: {}}


def counted(answer: Page, fields: Mapping[str, Row], request: Request) -> list[Row]:
    """As many rows as the fields say, one object for all that are alike; ApiError where a field says nothing."""
    numbers = answer.content if isinstance(answer.content, dict) else {}
    found: list[Row] = []
    for field, row in fields.items():
        number = numbers.get(field)
        if not isinstance(number, int):
            # To go on would be to give too few rows without a word.
            raise ApiError(200, "GET", request.target, f"the answer does not say {field}.", _ADVICE)
        found += [row] * number
    return found
