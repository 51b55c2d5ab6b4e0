"""What can be drawn of a table: a number beside names is bars, beside moments lines; moments alone are a burn-up."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from asanaql.errors import QueryError
from asanaql.output.chart.columns import Column, Number, columns_of, of_kind
from asanaql.output.chart.points import Point, lines_of_names, lines_of_numbers

# More lines than that cannot be told apart.
MOST_LINES = 5
_DONE = ("completed_at", "completed_on")
_BEGUN = ("created_at", "created_on")


@dataclass(frozen=True)
class Bars:
    """One bar for each row, in the order of the rows; None where the number is NULL."""

    title: str
    labels: list[str]
    values: list[Number | None]
    notes: list[str]


@dataclass(frozen=True)
class Lines:
    """Numbers over time: the name of each line, and its points by seconds since 1970."""

    title: str
    lines: list[tuple[str, list[Point]]]
    notes: list[str]


@dataclass(frozen=True)
class Burnup:
    """Rows counted over time: the name of each column, and its moments in order; the second is done of the first."""

    title: str
    counted: list[tuple[str, list[float]]]
    notes: list[str]


Shape = Bars | Lines | Burnup


def shape_of(table: pa.Table, null: str = "NULL") -> Shape:
    """How `table` is drawn, with NULL written as told; QueryError where it cannot be."""
    if not table.num_rows:
        raise QueryError("The answer has no rows, so there is nothing to draw.")
    columns = columns_of(table, null)
    names, numbers, moments = of_kind(columns, "name"), of_kind(columns, "number"), of_kind(columns, "moment")
    names = names or of_kind(columns, "gid")
    if moments and (not numbers or any(column.name in _DONE for column in moments)):
        return _burnup(moments)
    if moments:
        return _over_time(names, numbers, moments)
    if names and numbers:
        return _bars(names, numbers)
    if len(numbers) > 1:
        # A year and a count, for example.
        return _bars(numbers[:1], numbers[1:])
    raise QueryError(_why_not(names, numbers))


def _bars(labels: list[Column], numbers: list[Column]) -> Bars:
    number, *others = numbers
    texts = [" / ".join(parts) for parts in zip(*(column.texts() for column in labels), strict=True)]
    return Bars(f"{number.name} by {_listed(labels)}", texts, number.numbers(), _not_drawn(others))


def _over_time(names: list[Column], numbers: list[Column], moments: list[Column]) -> Bars | Lines:
    """Lines where something has two moments or more, else bars."""
    moment = moments[0]
    if names:
        drawn, others = numbers[:1], [*numbers[1:], *names[1:], *moments[1:]]
        lines = lines_of_names(names[0], moment, numbers[0])
    else:
        drawn, others = numbers, moments[1:]
        lines = lines_of_numbers(numbers, moment)
    if not any(len({second for second, _ in points}) > 1 for _, points in lines):
        return _bars(names or [moment], numbers)
    lacking = len(moment.array) * len(drawn) - sum(len(points) for _, points in lines)
    notes = [*_lacking(lacking, "point", f"{moment.name} or a number"), *_too_many(lines), *_not_drawn(others)]
    return Lines(f"{_listed(drawn[:MOST_LINES])} by {moment.name}", lines[:MOST_LINES], notes)


def _burnup(moments: list[Column]) -> Burnup:
    """What was begun and what of it is done, or the first column alone."""
    done = [column for column in moments if column.name in _DONE][:1]
    rest = [column for column in moments if column not in done]
    begun = [column for column in rest if column.name in _BEGUN][:1] or rest[:1]
    counted = [(column, sorted(at for at in column.seconds() if at is not None)) for column in begun + done]
    if not any(moments for _, moments in counted):
        raise QueryError(f"{_listed(begun + done)} is NULL in every row, so there is nothing to draw.")
    lacking = sum(len(column.array) - len(at) for column, at in counted if column not in done)
    notes = [
        *(_lacking(lacking, "row", begun[0].name) if begun else []),
        *_not_drawn([column for column in rest if column not in begun]),
    ]
    title = f"rows counted by {_listed(begun + done)}"
    return Burnup(title, [(column.name, at) for column, at in counted], notes)


def _lacking(number: int, noun: str, what: str) -> list[str]:
    if not number:
        return []
    return [f"({number:,} {noun} lacks {what})" if number == 1 else f"({number:,} {noun}s lack {what})"]


def _too_many(lines: list[tuple[str, list[Point]]]) -> list[str]:
    return [f"({len(lines):,} lines, {MOST_LINES} shown)"] if len(lines) > MOST_LINES else []


def _not_drawn(columns: list[Column]) -> list[str]:
    return [f"(not drawn: {_listed(columns)})"] if columns else []


def _listed(columns: list[Column]) -> str:
    return ", ".join(column.name for column in columns)


def _why_not(names: list[Column], numbers: list[Column]) -> str:
    """What the answer lacks, and a statement that has it."""
    if numbers:
        return (
            f"The answer has a number, {numbers[0].name}, and nothing to set it against. Select a name or a date "
            "beside it: SELECT assignee_name, count(*) FROM … GROUP BY ALL."
        )
    counted = f"SELECT {names[0].name}, count(*) FROM … GROUP BY ALL" if names else "SELECT name, count(*) FROM …"
    return (
        "The answer has neither a number nor a date. A picture needs one: count something for bars, "
        f"{counted}, or select created_at and completed_at for a burn-up."
    )
