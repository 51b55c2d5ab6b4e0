"""asanaql: SQL over the Asana API, with the fewest requests that can answer it.

import asanaql

with asanaql.connect(demo=True) as asana:
    asana.sql("SELECT name, due_on FROM tasks WHERE project_name = 'Launch' AND completed = FALSE").show()
"""

from typing import TYPE_CHECKING

from asanaql.errors import (
    ApiError,
    AsanaqlError,
    AsanaqlWarning,
    AuthError,
    ConfigError,
    QueryError,
    RateLimited,
    ServerError,
)

if TYPE_CHECKING:
    from asanaql.connection import Connection, Result, ScanStats, Stats, attach, connect
    from asanaql.dlt import dlt_source

__all__ = [
    "ApiError",
    "AsanaqlError",
    "AsanaqlWarning",
    "AuthError",
    "ConfigError",
    "Connection",
    "QueryError",
    "RateLimited",
    "Result",
    "ScanStats",
    "ServerError",
    "Stats",
    "attach",
    "connect",
    "dlt_source",
]

_CONNECTING = ("Connection", "Result", "ScanStats", "Stats", "attach", "connect")

if not TYPE_CHECKING:  # Type checkers would take every name for one of the module's.

    def __getattr__(name: str) -> object:
        """What needs DuckDB and Arrow, which the command line does without until there is something to connect."""
        if name == "dlt_source":
            from asanaql import dlt

            globals()[name] = dlt.dlt_source
            return globals()[name]
        if name not in _CONNECTING:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from asanaql import connection

        globals().update({each: getattr(connection, each) for each in _CONNECTING})
        return globals()[name]

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
