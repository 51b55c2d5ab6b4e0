"""Whether what was typed is finished, by DuckDB's own reading of quotes and comments."""

from __future__ import annotations

import duckdb

_COMMENT = duckdb.token_type.comment
#: Words that leave other shells, and so this one.
LEAVING = ("exit", "quit")


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
