"""Connections: Asana's relations in DuckDB, of one's own or of somebody else's."""

from asanaql.connection.connection import Connection
from asanaql.connection.opening import attach, connect
from asanaql.connection.result import Result
from asanaql.connection.run import Stats
from asanaql.scan.tally import ScanStats

__all__ = ["Connection", "Result", "ScanStats", "Stats", "attach", "connect"]
