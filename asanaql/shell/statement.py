"""Whether what was typed is finished, by DuckDB's own reading of quotes and comments, and what it consists of."""

from __future__ import annotations

import duckdb

_COMMENT = duckdb.token_type.comment
#: A line without one of these neither ends a statement nor is a comment of its own.
_MAY_END = (";", "--", "*/")
#: Words of other shells that need no dot, and so none here.
PLAIN = {"exit": ".quit", "quit": ".quit", "help": ".help", "?": ".help"}


def is_command(text: str) -> bool:
    """Whether `text` is one of the shell's own commands."""
    return text.lstrip().startswith((".", "\\")) or text.strip().rstrip(";").lower() in PLAIN


def finished(text: str) -> bool:
    """Whether Enter should run `text`: a command, nothing at all, whole comments, or SQL that ends with a semicolon."""
    if not text.strip() or is_command(text):
        return True
    encoded = text.encode()
    end = len(encoded)
    for start, kind in reversed(duckdb.tokenize(text)):
        piece = encoded[start:end].rstrip()
        if kind != _COMMENT:
            return piece.endswith(b";") and kind == duckdb.token_type.operator
        if piece.startswith(b"/*") and not piece.endswith(b"*/"):
            return False
        end = start
    return True


def pieces(text: str) -> list[str]:
    """A text's commands, a line each, and its statements; the last of these need not end with a semicolon."""
    found: list[str] = []
    begun: list[str] = []
    for line in text.split("\n"):
        if not begun and (not line.strip() or is_command(line)):
            found += [line] if line.strip() else []
            continue
        begun.append(line)
        if any(mark in line for mark in _MAY_END) and finished("\n".join(begun)):
            found.append("\n".join(begun))
            begun = []
    return [*found, "\n".join(begun)] if begun else found
