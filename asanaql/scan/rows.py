"""JSON rows as record batches, column by column, at the relation's grain.

Texts become dates and timestamps here. A value that is not of its column's type reads as NULL and is counted; a field
that was asked for and is absent reads as NULL and is counted, unless its column says that only some rows have it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from asanaql.catalog.model import Column, Table
from asanaql.scan.notes import Notes

Row = dict[str, Any]
Context = Mapping[str, Any]

#: Characters of an unreadable value that a warning shows.
_LONGEST = 60
_UNREADABLE = (pa.ArrowException, OverflowError, TypeError, ValueError)


def batch(
    table: Table, columns: Sequence[Column], rows: Sequence[Row], context: Context, notes: Notes
) -> pa.RecordBatch:
    """The rows as one record batch of `columns`; `context` holds the column values known from the request."""
    _count_absent(table, columns, rows, context, notes)
    found = bool(rows)
    rows, elements = _belonging(table, context, *_at_grain(table, columns, rows, context, notes))
    if found and not rows and "gid" in context and table.elsewhere:
        notes.say(f"{table.name}: {context['gid']} exists but is not in this relation. {table.elsewhere}")
    if not columns:
        # A batch made of no arrays would have no rows.
        return pa.RecordBatch.from_struct_array(pa.array([{}] * len(rows), pa.struct([])))
    arrays = []
    for column in columns:
        if column.name in context:
            arrays.append(pa.repeat(pa.scalar(context[column.name], column.type), len(rows)))
        elif table.of_element(column):
            arrays.append(_array(table, column, _values(elements, column.path[1:]), notes))
        else:
            arrays.append(_array(table, column, _column_values(column, rows), notes))
    schema = pa.schema([pa.field(column.name, column.type) for column in columns])
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def decisive(table: Table, context: Context) -> tuple[Column, ...]:
    """The columns that tell whether an object belongs to the relation, where its listing does not say so already."""
    if table.each is not None and any(name in context for name in table.each.pinned):
        return ()
    return tuple(table.column(name) for name in table.required if name not in context)


def follows_elements(table: Table, columns: Sequence[Column], context: Context) -> bool:
    """Whether the rows must be read with the list that the grain follows: its values are wanted, or not pinned."""
    if table.each is None:
        return False
    pinned = any(name in context for name in table.each.pinned)
    return not pinned or any(table.of_element(column) and column.name not in context for column in columns)


def _at_grain(
    table: Table, columns: Sequence[Column], rows: Sequence[Row], context: Context, notes: Notes
) -> tuple[Sequence[Row], Sequence[Row]]:
    """The rows repeated for each of their elements, and those elements."""
    if table.each is None or not follows_elements(table, columns, context):
        return rows, ()
    pinned = any(name in context for name in table.each.pinned)
    known = [(column.path[1:], context[column.name]) for column in _element_columns(table) if column.name in context]
    repeated: list[Row] = []
    elements: list[Row] = []
    hidden = 0
    for row in rows:
        found = [each for each in row.get(table.each.list) or () if _agrees(each, known)]
        hidden += table.each.list not in row or (pinned and not found)
        if pinned:
            # A listing of one parent holds the row once, even where the token's scopes hide the list itself.
            found = found[:1] or [{}]
        repeated.extend([row] * len(found))
        elements.extend(found)
    if rows:
        notes.absent(table.name, table.each.list, hidden, len(rows))
    return repeated, elements


def _belonging(
    table: Table, context: Context, rows: Sequence[Row], elements: Sequence[Row]
) -> tuple[Sequence[Row], Sequence[Row]]:
    """Without the rows of objects that belong to another relation, such as a task in no project."""
    for column in decisive(table, context):
        of_element = table.of_element(column)
        values = _values(elements, column.path[1:]) if of_element else _column_values(column, rows)
        places = [place for place, value in enumerate(values) if value is not None]
        if len(places) < len(rows):
            rows = [rows[place] for place in places]
            elements = [elements[place] for place in places] if elements else elements
    return rows, elements


def _element_columns(table: Table) -> list[Column]:
    return [column for column in table.columns if table.of_element(column)]


def _agrees(element: Row, known: Sequence[tuple[tuple[str, ...], Any]]) -> bool:
    return all(_value(element, path) == value for path, value in known if path[-1] == "gid")


def _column_values(column: Column, rows: Sequence[Row]) -> list[Any]:
    if column.constant is not None:
        return [column.constant] * len(rows)
    if column.marker is not None:
        field, there, elsewhere = column.marker
        return [there if field in row else elsewhere for row in rows]
    if column.when is not None:
        path, text = column.when
        return [_value(row, column.path) if _value(row, path) == text else None for row in rows]
    return _values(rows, column.path)


def _values(rows: Sequence[Row], path: tuple[str, ...]) -> list[Any]:
    """The values at `path` in each row; NULL where anything on the way is missing."""
    if len(path) == 1:
        [name] = path
        return [row.get(name) for row in rows]
    return [_value(row, path) for row in rows]


def _value(row: Row, path: tuple[str, ...]) -> Any:
    value: Any = row
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def _count_absent(table: Table, columns: Sequence[Column], rows: Sequence[Row], context: Context, notes: Notes) -> None:
    """Note the fields that rows came without, each once however many columns read it."""
    read = [column for column in columns if column.path and not column.sparse and column.name not in context]
    fields = {column.path[0] for column in read}
    if table.each is not None and follows_elements(table, columns, context):
        fields.discard(table.each.list)  # Looked at where the grain is followed.
    for name in fields if rows else ():
        notes.absent(table.name, name, sum(name not in row for row in rows), len(rows))


def _array(table: Table, column: Column, values: list[Any], notes: Notes) -> pa.Array:
    """The values as an array of the column's type."""
    try:
        return array(values, column.type)
    except _UNREADABLE:
        return _array_of_the_readable(table, column, values, notes)


def _array_of_the_readable(table: Table, column: Column, values: list[Any], notes: Notes) -> pa.Array:
    """The same value by value, with NULL for those, and for those parts of them, that are not of the type."""
    lost: list[Any] = []
    kept = [_readable(value, column.type, lost) for value in values]
    if lost:
        notes.unreadable(table.name, column.name, repr(lost[0])[:_LONGEST], len(lost))
    return array(kept, column.type)


def _readable(value: Any, kind: pa.DataType, lost: list[Any]) -> Any:
    """What of a value is of the type; whatever is not is NULL and is added to `lost`."""
    if pa.types.is_list(kind) and isinstance(value, list):
        return [_readable(each, kind.value_type, lost) for each in value]
    if pa.types.is_struct(kind) and isinstance(value, dict):
        return {field.name: _readable(value.get(field.name), field.type, lost) for field in kind}
    try:
        if pa.types.is_floating(kind) and isinstance(value, int):
            # pyarrow refuses whole numbers that no double is equal to; the nearest one is what JSON means.
            value = float(value)
        array([value], kind)
    except _UNREADABLE:
        lost.append(value)
        return None
    return value


def array(values: list[Any], kind: pa.DataType) -> pa.Array:
    """JSON values as an Arrow array; raises what pyarrow raises where one does not fit."""
    if isinstance(kind, pa.JsonType):
        texts = [None if value is None else json.dumps(value, ensure_ascii=False) for value in values]
        return pa.ExtensionArray.from_storage(kind, pa.array(texts, pa.string()))
    misread = _misread(kind)
    if misread is not None and misread(values):
        raise ValueError("pyarrow would take a value for another")
    return _read(pa.array(values, _as_written(kind)), kind)


def _misread(kind: pa.DataType) -> Callable[[list[Any]], bool] | None:
    """Whether pyarrow would take some value for another: cut a fraction off, or read a text as a list of letters.

    None for a type that holds neither integers nor lists. A part is looked at in all values together: custom fields
    have thirty parts, and to go through them value by value takes longer than the rest of reading a page.
    """
    if pa.types.is_integer(kind):
        return lambda values: (
            float in map(type, values) and not all(value.is_integer() for value in values if isinstance(value, float))
        )
    if pa.types.is_list(kind):
        inner = _misread(kind.value_type)
        return lambda values: (
            str in map(type, values)
            or (inner is not None and inner([each for value in values if isinstance(value, list) for each in value]))
        )
    if pa.types.is_struct(kind):
        parts = [(field.name, check) for field in kind if (check := _misread(field.type)) is not None]
        return (lambda values: _misread_in_part(parts, values)) if parts else None
    return None


def _misread_in_part(parts: list[tuple[str, Callable[[list[Any]], bool]]], values: list[Any]) -> bool:
    objects = [value for value in values if isinstance(value, dict)]
    return any(check([each.get(name) for each in objects]) for name, check in parts)


def _as_written(kind: pa.DataType) -> pa.DataType:
    """The type with dates and date-times as the texts that JSON has for them."""
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return pa.string()
    if pa.types.is_list(kind):
        return pa.list_(_as_written(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(field.name, _as_written(field.type)) for field in kind])
    return kind


def _read(written: pa.Array, kind: pa.DataType) -> pa.Array:
    """An array of texts as one of dates and date-times, at any depth.

    Structs are taken apart here because a cast of a whole struct reads the texts below its NULLs as well.
    """
    if written.type == kind:
        return written
    if pa.types.is_list(kind):
        elements = _read(written.values, kind.value_type)
        return pa.ListArray.from_arrays(written.offsets, elements, type=kind, mask=written.is_null())
    if pa.types.is_struct(kind):
        parts = [_read(part, field.type) for part, field in zip(written.flatten(), kind, strict=True)]
        return pa.StructArray.from_arrays(parts, fields=list(kind), mask=written.is_null())
    return written.cast(kind)
