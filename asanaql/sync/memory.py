"""How a run holds little memory: what DuckDB no longer uses is given back at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from duckdb import DuckDBPyConnection

from asanaql.statement.tagging import text_literal

_GROUPS = "write_buffer_row_group_count"


def release(duck: DuckDBPyConnection) -> None:
    """Have DuckDB give back what it holds and does not use.

    It keeps that for later, and in one thread for good, but lets go of it where its limit is set, though to what it is.
    """
    [(limit,)] = duck.execute("SELECT current_setting('memory_limit')").fetchall()
    duck.execute(f"SET GLOBAL memory_limit = {text_literal(limit)}")


@contextmanager
def frugal(duck: DuckDBPyConnection) -> Iterator[None]:
    """DuckDB writes rows to the file as soon as a group of them is full, not several together."""
    [(before,)] = duck.execute(f"SELECT current_setting('{_GROUPS}')").fetchall()
    duck.execute(f"SET GLOBAL {_GROUPS} = 1")
    try:
        yield
    finally:
        duck.execute(f"SET GLOBAL {_GROUPS} = {before}")
