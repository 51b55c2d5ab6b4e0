"""DuckDB's types as an answer shows them: which are numbers, and a short name for each."""

from __future__ import annotations

import re

_NUMBERS = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|BIGNUM|DOUBLE|FLOAT|DECIMAL\(.*\)")
_NESTED = re.compile(r"(STRUCT|MAP|ENUM|UNION)\b.*?((?:\[\d*\])*)", re.DOTALL)
_LISTS = re.compile(r"(.*?)((?:\[\d*\])*)", re.DOTALL)
# The words of DuckDB's own tables.
_NAMES = {
    '"NULL"': "null",
    "TINYINT": "int8",
    "SMALLINT": "int16",
    "INTEGER": "int32",
    "BIGINT": "int64",
    "HUGEINT": "int128",
    "UTINYINT": "uint8",
    "USMALLINT": "uint16",
    "UINTEGER": "uint32",
    "UBIGINT": "uint64",
    "UHUGEINT": "uint128",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
    "TIME WITH TIME ZONE": "timetz",
}


def is_number(type: str) -> bool:
    """Whether values of this type stand at the right of their column."""
    return _NUMBERS.fullmatch(type) is not None


def is_moment(type: str) -> bool:
    """Whether a value of this type begins with a day and goes on with a time."""
    return type.startswith("TIMESTAMP") and not type.endswith("]")


def short_name(type: str) -> str:
    """A type as the head of a column has it: `int64`, `varchar[]`, `struct[]`; what a struct holds is not told."""
    match = _NESTED.fullmatch(type) or _LISTS.fullmatch(type)
    if match is None:
        return type.lower()
    return _NAMES.get(match[1], match[1].lower()) + match[2]
