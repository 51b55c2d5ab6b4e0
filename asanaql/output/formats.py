"""The formats an answer can be printed in. Each takes a result and gives text as the rows arrive, never all at once.

csv, json and jsonl are written by DuckDB, so that nested values, NULLs and moments look as they do everywhere else in
DuckDB; the box is drawn by its renderer. Only markdown and line are put together here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from asanaql.output.box import box
from asanaql.output.json_values import json_value
from asanaql.output.scratch import Scratch, scratch
from asanaql.typed.rewriting import stated

if TYPE_CHECKING:
    from asanaql.connection import Result

Chunks = Iterator[str]
_CSV = "FORMAT csv, HEADER {header}"
_JSON = "FORMAT json"
_NUMBERS = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL\(.*\)")
_CHANGING = frozenset(
    getattr(duckdb.StatementType, kind) for kind in ("COPY", "CREATE", "DELETE", "INSERT", "MERGE_INTO", "UPDATE")
)
# What could move the cursor or colour the screen, in text that other people wrote into Asana.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def csv(result: Result, width: int) -> Chunks:
    """Comma-separated values under a header; NULL is empty and an empty text is `""`."""
    with scratch(result.columns, result.types) as rows:
        lines = (rows.copied(batch, rows.values(), _CSV.format(header="false")) for batch in batches(result))
        yield from _headed(rows.copied_header(_CSV.format(header="true")), lines)


def jsonl(result: Result, width: int) -> Chunks:
    """One JSON object for every row, one row a line."""
    with scratch(result.columns, result.types) as rows:
        values = _json_values(rows)
        for batch in batches(result):
            yield rows.copied(batch, values, _JSON)


def json(result: Result, width: int) -> Chunks:
    """One JSON array of objects."""
    before = "["
    for lines in jsonl(result, width):
        objects = lines.rstrip("\n").split("\n")
        yield f"{before}\n  " + ",\n  ".join(objects)
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def markdown(result: Result, width: int) -> Chunks:
    """A table as GitHub's Markdown has it, numbers to the right."""
    sides = ["--:" if _NUMBERS.fullmatch(type) else "---" for type in result.types]
    with scratch(result.columns, result.types) as rows:
        lines = ("".join(_markdown_row(row) for row in rows.cells(batch)) for batch in batches(result))
        yield from _headed(_markdown_row(result.columns) + _markdown_row(sides), lines)


def line(result: Result, width: int) -> Chunks:
    """Every value on a line of its own, a blank line between rows."""
    margin = max(len(column) for column in result.columns)
    between = ""
    with scratch(result.columns, result.types) as rows:
        for batch in batches(result):
            for row in rows.cells(batch):
                pairs = zip(result.columns, row, strict=True)
                yield between + "".join(f"{column:>{margin}} = {_shown(value)}\n" for column, value in pairs)
                between = "\n"


def boxed(result: Result, width: int) -> Chunks:
    """A table drawn with lines, fitted to `width`, long results cut in the middle and said to be."""
    yield box(result.columns, result.types, batches(result), width)


Format = Callable[["Result", int], Chunks]

FORMATS: dict[str, Format] = {
    "box": boxed,
    "csv": csv,
    "json": json,
    "jsonl": jsonl,
    "markdown": markdown,
    "line": line,
}


def batches(result: Result) -> Iterator[pa.RecordBatch]:
    """The rows of `result` as they arrive, none of them kept, without the empty batches.

    When whoever takes them stops before the end, the rest is not read.
    """
    try:
        for batch in result.reader():
            if batch.num_rows:
                yield batch
    finally:
        result.abandon()


def is_table(statement: str, result: Result) -> bool:
    """Whether `result` has rows to show: what only counts the rows that `statement` changed or copied has none."""
    return bool(result.columns) and not (result.columns == ["Count"] and stated(statement)[0].type in _CHANGING)


def printable(text: str) -> str:
    """`text` with control characters spelled out, so that it cannot command the terminal it is shown on."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def _headed(header: str, chunks: Chunks) -> Chunks:
    """`chunks` under a header, which waits for the first of them: a statement that fails before that prints nothing."""
    for chunk in chunks:
        yield header + chunk
        header = ""
    if header:
        yield header


def _json_values(rows: Scratch) -> list[str]:
    return [json_value(value, duckdb.type(type)) for value, type in zip(rows.values(), rows.types, strict=True)]


def _markdown_row(cells: list[str] | tuple[str | None, ...]) -> str:
    texts = (_shown(cell).replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(texts)} |\n"


def _shown(value: str | None) -> str:
    return "NULL" if value is None else printable(value)
