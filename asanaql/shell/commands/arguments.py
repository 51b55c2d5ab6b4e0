"""What is typed behind a command: names and files, in quotes or without."""

from __future__ import annotations

from pathlib import Path

from asanaql.errors import QueryError


def unquoted(argument: str) -> str:
    """A name as it is, also where it was typed in quotes."""
    quote = argument[:1]
    if len(argument) > 1 and quote in ("'", '"') and argument.endswith(quote):
        return argument[1:-1].replace(quote * 2, quote)
    return argument


def file_called(argument: str) -> Path:
    """The file that was typed; QueryError where it begins with the home of somebody who has none."""
    try:
        return Path(unquoted(argument)).expanduser()
    except RuntimeError as error:
        raise QueryError(f"There is no directory {argument.partition('/')[0]}: write the whole path.") from error
