"""The formats an answer can be printed in. Each takes a result and gives text as the rows arrive, never all at once.

csv, json and jsonl are written by DuckDB, so that nested values, NULLs and moments look as they do everywhere else in
DuckDB; the box is drawn by rich. Only markdown and line are put together here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import duckdb
import pyarrow as pa

from asanaql.output.box import box
from asanaql.output.json_values import json_value
from asanaql.output.look import Look
from asanaql.output.printable import one_line, printable
from asanaql.output.scratch import Scratch, scratch
from asanaql.output.types import is_number
from asanaql.typed.rewriting import stated

Chunks = Iterator[str]
_CSV = "FORMAT csv, HEADER {header}"
_JSON = "FORMAT json"
_PLAN = ["explain_key", "explain_value"]
_CHANGING = frozenset(
    getattr(duckdb.StatementType, kind) for kind in ("COPY", "CREATE", "DELETE", "INSERT", "MERGE_INTO", "UPDATE")
)


class Rows(Protocol):
    """What is written of a result: see `connection.Result`."""

    columns: list[str]
    types: list[str]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the rows."""

    def reader(self) -> pa.RecordBatchReader:
        """The rows, as they arrive."""

    def abandon(self) -> None:
        """Read no further."""


def csv(result: Rows, look: Look) -> Chunks:
    """Comma-separated values under a header; NULL is empty and an empty text is `""`."""
    with scratch(result.columns, result.types) as rows:
        lines = (rows.copied(batch, rows.values(), _CSV.format(header="false")) for batch in batches(result))
        yield from _headed(rows.copied_header(_CSV.format(header="true")), lines)


def jsonl(result: Rows, look: Look) -> Chunks:
    """One JSON object for every row, one row a line."""
    with scratch(result.columns, result.types) as rows:
        values = _json_values(rows)
        for batch in batches(result):
            yield rows.copied(batch, values, _JSON)


def json(result: Rows, look: Look) -> Chunks:
    """One JSON array of objects."""
    before = "["
    for lines in jsonl(result, look):
        objects = lines.rstrip("\n").split("\n")
        yield f"{before}\n  " + ",\n  ".join(objects)
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def markdown(result: Rows, look: Look) -> Chunks:
    """A table as GitHub's Markdown has it, numbers to the right."""
    sides = ["--:" if is_number(type) else "---" for type in result.types]
    with scratch(result.columns, result.types) as rows:
        lines = ("".join(_markdown_row(row, look) for row in rows.cells([batch])) for batch in batches(result))
        yield from _headed(_markdown_row(result.columns, look) + _markdown_row(sides, look), lines)


def line(result: Rows, look: Look) -> Chunks:
    """Every value on a line of its own, a blank line between rows."""
    names = _aligned([one_line(column) for column in result.columns])
    between, indent = "", "\n" + " " * _width(f"{names[0]} = ")
    with scratch(result.columns, result.types) as rows:
        for batch in batches(result):
            for row in rows.cells([batch]):
                texts = (_shown(value, look).replace("\n", indent) for value in row)
                yield between + "".join(f"{name} = {text}\n" for name, text in zip(names, texts, strict=True))
                between = "\n"


def boxed(result: Rows, look: Look) -> Chunks:
    """A table drawn with lines, fitted to the width, long results cut in the middle and said to be.

    A plan that DuckDB has drawn already is left as it is.
    """
    if result.columns == _PLAN:
        for batch in batches(result):
            yield "".join(f"{printable(plan)}\n" for plan in batch.column(1).to_pylist())
        return
    yield box(result.columns, result.types, batches(result), look)


Format = Callable[[Rows, Look], Chunks]

FORMATS: dict[str, Format] = {
    "box": boxed,
    "csv": csv,
    "json": json,
    "jsonl": jsonl,
    "markdown": markdown,
    "line": line,
}


def batches(result: Rows) -> Iterator[pa.RecordBatch]:
    """The rows of `result` as they arrive, none of them kept, without the empty batches.

    When whoever takes them stops before the end, the rest is not read.
    """
    try:
        for batch in result.reader():
            if batch.num_rows:
                yield batch
    finally:
        result.abandon()


def is_table(statement: str, result: Rows) -> bool:
    """Whether `result` has rows to show: what only counts the rows that `statement` changed or copied has none."""
    return bool(result.columns) and not (result.columns == ["Count"] and stated(statement)[0].type in _CHANGING)


def _headed(header: str, chunks: Chunks) -> Chunks:
    """`chunks` under a header, which waits for the first of them: a statement that fails before that prints nothing."""
    for chunk in chunks:
        yield header + chunk
        header = ""
    if header:
        yield header


def _json_values(rows: Scratch) -> list[str]:
    return [json_value(value, duckdb.type(type)) for value, type in zip(rows.values(), rows.types, strict=True)]


def _aligned(names: Sequence[str]) -> list[str]:
    """The names with spaces before them, so that all end in one column of the terminal."""
    widest = max(map(_width, names))
    return [" " * (widest - _width(name)) + name for name in names]


def _width(text: str) -> int:
    """Cells of the terminal that `text` takes. rich, which knows, is imported only where there is something to know."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _markdown_row(cells: Sequence[str | None], look: Look) -> str:
    texts = (_shown(cell, look).replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(texts)} |\n"


def _shown(value: str | None, look: Look) -> str:
    return look.null if value is None else printable(value)
