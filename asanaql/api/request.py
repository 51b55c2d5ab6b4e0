"""What can be asked of Asana: an address below the base URL and its parameters. There is no method: all are GETs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from asanaql.errors import QueryError

_ADDRESS = re.compile(r"(/(?!\.{1,2}(/|$))[^/?#\s\\\x00-\x1f]+)+")
_UNSAID = ("opt_fields", "offset")


@dataclass(frozen=True)
class Request:
    """One GET. `path` is relative to the base URL, begins with "/", and holds its keys percent-encoded.

    Raises QueryError where a key of the statement gave a path that leads elsewhere ("..", "?", an empty segment).
    """

    path: str
    params: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.path):
            raise QueryError(
                f"{self.path!r} is no address Asana could have. A key column is compared with a gid: digits."
            )

    def with_param(self, name: str, value: str) -> Request:
        """The same request with one parameter set, in place of an earlier value."""
        return replace(self, params=(*(pair for pair in self.params if pair[0] != name), (name, value)))

    def with_offset(self, offset: str) -> Request:
        """The request for the page that `offset` stands for."""
        return self.with_param("offset", offset)

    @property
    def wire(self) -> str:
        """Path and query as they are sent."""
        return _joined(self.path, self.params)

    @property
    def target(self) -> str:
        """Path and query for people: without the long list of fields and the meaningless offset."""
        return _joined(self.path, tuple(pair for pair in self.params if pair[0] not in _UNSAID))


def _joined(path: str, params: tuple[tuple[str, str], ...]) -> str:
    query = urlencode(params, quote_via=quote, safe=",:")
    return f"{path}?{query}" if query else path
