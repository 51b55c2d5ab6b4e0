"""What is said beside the data: errors with their place in the statement, and the line of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from asanaql.errors import EXIT_QUERY, AsanaqlError, QueryError
from asanaql.output.printable import printable
from asanaql.statement.marked import marked

if TYPE_CHECKING:
    from asanaql.connection import Stats

Failure = AsanaqlError | duckdb.Error


def error_text(error: Failure, statement: str = "") -> str:
    """`error: …` and, where the error knows its place in `statement`, the line it is on with a mark below.

    DuckDB's own errors carry that mark already.
    """
    text = f"error: {printable(str(error))}"
    if isinstance(error, QueryError) and error.position is not None:
        text += f"\n\n{marked(statement, error.position)}"
    return text


def exit_code(error: Failure) -> int:
    """The code a command ends with after `error`."""
    return error.exit_code if isinstance(error, AsanaqlError) else EXIT_QUERY


def stats_text(stats: Stats) -> str:
    """The numbers of one statement in a line that programs can read too; seconds to the millisecond."""
    return (
        f"rows {stats.rows}, seconds {stats.seconds:.3f}, requests {stats.requests}, "
        f"cached {stats.cached}, retries {stats.retries}"
    )
