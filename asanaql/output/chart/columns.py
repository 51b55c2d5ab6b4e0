"""The columns of a table as a picture takes them: names, numbers and moments."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pyarrow as pa

Number = int | float | Decimal
Kind = Literal["name", "gid", "number", "moment", "other"]

_DAY = 86_400
# The years 1 to 9999, which have a calendar; DuckDB's infinity lies beyond.
_FIRST, _LAST = -62_135_596_800, 253_402_300_799


@dataclass(frozen=True)
class Column:
    """One column, read when it is drawn."""

    name: str
    kind: Kind
    array: pa.ChunkedArray
    null: str = "NULL"

    def texts(self) -> list[str]:
        """The values as labels."""
        array = self.array
        if self.kind == "moment":
            # To the second; written by Arrow, which knows years that Python's calendar lacks.
            whole = pa.timestamp("s", array.type.tz) if pa.types.is_timestamp(array.type) else array.type
            array = array.cast(whole, safe=False).cast(pa.string())
        return [self.null if value is None else _label(value) for value in array.to_pylist()]

    def numbers(self) -> list[Number | None]:
        """The values as Python's numbers."""
        numbers: list[Number | None] = self.array.to_pylist()
        return numbers

    def seconds(self) -> list[float | None]:
        """Seconds from 1970 to the values, by the clock of their time zone; None for what has no place in time."""
        if not pa.types.is_timestamp(self.array.type):
            days = self.array.cast(pa.int32()).to_pylist()
            return [_placed(None if day is None else day * _DAY) for day in days]
        import pyarrow.compute as pc

        array = self.array.cast(pa.timestamp("us", self.array.type.tz), safe=False)
        # The ends of what 64 bits hold are infinity, and are no moment on any clock.
        micros = array.cast(pa.int64())
        array = pc.if_else(pc.less(pc.abs(micros), _LAST * 10**6), array, None)
        local = pc.local_timestamp(array) if array.type.tz else array
        return [_placed(None if micro is None else micro / 10**6) for micro in local.cast(pa.int64()).to_pylist()]


def columns_of(table: pa.Table, null: str = "NULL") -> list[Column]:
    """The columns of `table` in their order; `null` is what labels say of NULL."""
    return [
        Column(field.name, _kind(field.name, field.type), table.column(place), null)
        for place, field in enumerate(table.schema)
    ]


def of_kind(columns: list[Column], kind: Kind) -> list[Column]:
    """Those of one kind."""
    return [column for column in columns if column.kind == kind]


def _kind(name: str, type: pa.DataType) -> Kind:
    if pa.types.is_timestamp(type) or pa.types.is_date32(type):
        return "moment"
    if pa.types.is_integer(type) or pa.types.is_floating(type) or pa.types.is_decimal(type):
        return "number"
    texts = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_dictionary)
    if any(is_text(type) for is_text in (*texts, pa.types.is_boolean)):
        return "gid" if name == "gid" or name.endswith("_gid") else "name"
    return "other"


def _label(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _placed(seconds: float | None) -> float | None:
    return None if seconds is None or not _FIRST <= seconds <= _LAST else float(seconds)
