"""Whether what was typed is finished, by DuckDB's own reading of quotes and comments."""

from __future__ import annotations

import duckdb

_COMMENT = duckdb.token_type.comment
#: Words that leave other shells, and so this one.
LEAVING = ("exit", "quit")
_STRING = duckdb.token_type.string_const


def is_command(text: str) -> bool:
    """Whether `text` is one of the shell's own commands."""
    return text.lstrip().startswith((".", "\\")) or text.strip().rstrip(";").lower() in LEAVING


def finished(text: str) -> bool:
    """Whether Enter should run `text`: a command, nothing at all, or SQL that ends with a semicolon."""
    if not text.strip() or is_command(text):
        return True
    encoded = text.encode()
    end = len(encoded)
    for start, kind in reversed(duckdb.tokenize(text)):
        if kind != _COMMENT:
            return encoded[start:end].rstrip().endswith(b";") and kind == duckdb.token_type.operator
        end = start
    return False


def in_literal(before: str) -> bool:
    """Whether a cursor behind `before` stands in a text literal or a comment."""
    tokens = duckdb.tokenize(before)
    if not tokens:
        return False
    start, kind = tokens[-1]
    last = before.encode()[start:].decode()
    if kind == _STRING:
        return last == last.rstrip() or not last.rstrip().endswith("'")
    if kind == _COMMENT:
        return "\n" not in last if last.startswith("--") else not last.rstrip().endswith("*/")
    return False


def current(text: str, cursor: int) -> tuple[str, int]:
    """The one statement of `text` that the cursor is in, and where in it the cursor is."""
    encoded = text.encode()
    ends = [
        len(encoded[: start + 1].decode())
        for start, kind in duckdb.tokenize(text)
        if kind == duckdb.token_type.operator and encoded[start : start + 1] == b";"
    ]
    begin = max((end for end in ends if end <= cursor), default=0)
    end = min((end for end in ends if end > cursor), default=len(text))
    return text[begin:end], cursor - begin
