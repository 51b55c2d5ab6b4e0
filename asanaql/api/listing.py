"""Reads a listing page after page, whatever happens to its offsets.

Paging: https://developers.asana.com/docs/pagination. An offset lives fifteen minutes.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable

from asanaql.api.answer import Page, Row
from asanaql.api.request import Request
from asanaql.catalog.model import Paging
from asanaql.errors import ApiError

LIMIT = "100"
RESTARTS = 3

_EXPIRED = ("pagination token has expired", "pagination token is invalid")
_END_OF_RANGE = "upper limit on the number of results"

Fetch = Callable[[Request], Awaitable[Page]]


class TooLong(ApiError):
    """Asana lists no further, and what is missing has to be asked for in smaller listings.

    `gids` are those of the rows already listed.
    """

    def __init__(self, refused: ApiError, gids: frozenset[str]) -> None:
        super().__init__(
            refused.status, refused.method, refused.path, refused.said, f"{len(gids)} rows were listed before."
        )
        self.gids = gids


async def pages(fetch: Fetch, request: Request, paging: Paging) -> AsyncGenerator[list[Row], None]:
    """The rows of each page in turn; every one asks `fetch` once, and once more where an offset had expired.

    A listing whose offset has expired starts again, and no gid is given twice: its first pages may then be empty.
    Raises TooLong where Asana lists no further, and ApiError for an offset that came before, for a listing that cannot
    be started again, and for whatever `fetch` raises.
    """
    first = request.with_param("limit", LIMIT) if paging in (Paging.OFFSET, Paging.ENDLESS) else request
    listed = _Listed()
    asked = first
    while True:
        try:
            page = await fetch(asked)
        except ApiError as refused:
            if _says(refused, _END_OF_RANGE):
                raise TooLong(refused, frozenset(listed.gids)) from None
            if asked is first or not _says(refused, *_EXPIRED):
                raise
            listed.restart(refused)
            asked = first
            continue
        if paging is Paging.ENDLESS and not page.rows:
            return
        yield listed.fresh(page.rows)
        if page.offset is None:
            return
        listed.follow(asked, page.offset)
        asked = first.with_offset(page.offset)


def _says(refused: ApiError, *texts: str) -> bool:
    return refused.status == 400 and any(text in refused.said for text in texts)


class _Listed:
    """What a listing has given so far."""

    def __init__(self) -> None:
        self.gids: set[str] = set()
        self._offsets: set[str] = set()
        self._nameless = False
        self._restarts = 0

    def fresh(self, rows: list[Row]) -> list[Row]:
        """The rows not given yet, which are given now; those without a gid are always new."""
        new = []
        for row in rows:
            gid = row.get("gid")
            if not isinstance(gid, str):
                self._nameless = True
            elif gid in self.gids:
                continue
            else:
                self.gids.add(gid)
            new.append(row)
        if new:
            self._restarts = 0
        return new

    def follow(self, asked: Request, offset: str) -> None:
        """Note the offset of the next page; ApiError when it has been followed before."""
        if offset in self._offsets:
            said = "the offset of the next page is one that came before, so the listing would never end."
            raise ApiError(200, "GET", asked.target, said)
        self._offsets.add(offset)

    def restart(self, refused: ApiError) -> None:
        """Begin again from the first page; the refusal is raised where that cannot work."""
        if self._nameless:
            advice = "The listing cannot start again, because its rows have no gid to tell repeated ones by."
        elif self._restarts == RESTARTS:
            advice = f"The listing started again {RESTARTS} times and came no further."
        else:
            self._restarts += 1
            self._offsets.clear()
            return
        raise ApiError(refused.status, refused.method, refused.path, refused.said, advice) from None
