"""A listing that is a search: its first page in the order that is wanted where that is enough, or else all of it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from asanaql.api import Page, Request
from asanaql.api.search import MOST, searched, sorted_by
from asanaql.catalog.model import Search
from asanaql.scan.first import First
from asanaql.scan.rows import Context, Row


async def found(
    fetch: Callable[[Request], Awaitable[Page]],
    request: Request,
    search: Search,
    first: First | None,
    context: Context,
    say: Callable[[str], None],
) -> AsyncGenerator[list[Row], None]:
    """The rows of a search in pages, each row once; only those that are wanted `first` where one page holds them.

    What Asana cannot tell apart, and so does not show whole, goes to `say`.
    """
    given: set[str] = set()
    if first is not None:
        asked = sorted_by(request, first.order.column, ascending=not first.order.descending)
        page = await fetch(asked)
        wanted = first.of_page(page.rows, context)
        yield page.rows if wanted is None else wanted
        if wanted is not None:
            return
        given.update(row["gid"] for row in page.rows if "gid" in row)

    def cut(shared: str) -> None:
        say(
            f"{MOST} rows or more cannot be told apart, those with {shared}. Asana shows no more than {MOST} of them, "
            "so others may be missing."
        )

    async with aclosing(searched(fetch, request, search, given, cut)) as pages:
        async for rows in pages:
            yield rows
