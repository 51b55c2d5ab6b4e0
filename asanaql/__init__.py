"""asanaql: SQL over the Asana API, with the fewest requests that can answer it.

import asanaql

with asanaql.connect(demo=True) as asana:
    asana.sql("SELECT name, due_on FROM tasks WHERE project_name = 'Launch' AND completed = FALSE").show()
"""

from asanaql.connection import Connection, Result, Stats, attach, connect
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
    "ServerError",
    "Stats",
    "attach",
    "connect",
]
