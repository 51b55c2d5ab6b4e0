"""Arrow values as DuckDB's Python client would give them: HUGEINT as int, UUID as UUID, MAP as dict."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa

Convert = Callable[[Any], Any]


def tuples(batch: pa.RecordBatch, types: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a batch, with the values that belong to DuckDB's `types`."""
    if not batch.num_columns:
        return iter([()] * batch.num_rows)
    columns = [_column(batch.column(place), kind) for place, kind in enumerate(types)]
    return zip(*columns, strict=True)


def _column(values: pa.Array, kind: str) -> list[Any]:
    plain: list[Any] = values.to_pylist()
    convert = _CONVERTED.get(kind) or (_MAP if kind.startswith("MAP(") else None)
    return plain if convert is None else [None if value is None else convert(value) for value in plain]


def _interval(value: Any) -> dt.timedelta:
    months, days, nanoseconds = value
    return dt.timedelta(days=months * 30 + days, microseconds=nanoseconds // 1000)


_MAP: Convert = dict
_CONVERTED: dict[str, Convert] = {
    "HUGEINT": int,
    "UHUGEINT": int,
    "UUID": lambda value: value if isinstance(value, uuid.UUID) else uuid.UUID(str(value)),
    "INTERVAL": _interval,
}
