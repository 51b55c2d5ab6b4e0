"""The relation `asana_requests`: what the statements of a connection have sent. Reading it sends nothing."""

from __future__ import annotations

from dataclasses import fields

import pyarrow as pa

from asanaql.api import Log

NAME = "asana_requests"
#: Milliseconds are as fine as anyone can tell.
_DIGITS = 3
ROW = "one sending of a request, a repeated one included, or one listing that the cache answered; the last 10,000"

_COLUMNS: tuple[tuple[str, pa.DataType, str], ...] = (
    ("statement", pa.int64(), "Number of the statement on this connection; 0 for what opening the connection sent."),
    ("relation", pa.string(), "The relation that was read."),
    ("method", pa.string(), "Always GET."),
    ("path", pa.string(), "Address below the base URL."),
    ("parameters", pa.map_(pa.string(), pa.string()), "Parameters by name, opt_fields, limit and offset among them."),
    ("status", pa.int64(), "Asana's answer; NULL where none came: from the cache, on its way, broken off or dropped."),
    ("rows", pa.int64(), "Rows of the answer; NULL where Asana refused or none came."),
    ("bytes", pa.int64(), "Size of the decoded answer."),
    ("cached", pa.bool_(), "Whether the cache answered, so that nothing was sent."),
    ("retried", pa.bool_(), "Whether it repeats the request after a failure."),
    ("waited", pa.float64(), "Seconds held back before it was sent: by the limits, or before a repetition."),
    ("seconds", pa.float64(), "Seconds from sending to the answer."),
)

SCHEMA = pa.schema([(name, kind) for name, kind, _ in _COLUMNS])
DOCUMENTATION = {name: text for name, _, text in _COLUMNS}


def rows(log: Log) -> list[dict[str, object]]:
    """The log's entries, in the order in which they were sent."""
    return [
        {
            **{each.name: getattr(entry, each.name) for each in fields(entry)},
            "relation": entry.subject,
            "waited": round(entry.waited, _DIGITS),
            "seconds": round(entry.seconds, _DIGITS),
        }
        for entry in log.snapshot()
    ]
