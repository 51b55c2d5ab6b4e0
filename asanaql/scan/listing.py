"""One listing: its requests, its pages, and how it is read where Asana ends it too early."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from asanaql.api import Page, Request, TooLong, events, pages
from asanaql.catalog.model import Column, Descent, Paging, Path, Table
from asanaql.errors import ApiError
from asanaql.plan.access import Access
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.counted import counted, counting
from asanaql.scan.first import First
from asanaql.scan.rows import Context, Row, decisive, follows_elements
from asanaql.scan.searching import found


@dataclass(frozen=True)
class Listing:
    """A path with a value for every key, the filters it is asked to apply, and what is known of all its rows.

    `enumerated` says that a parent gave the key, not the person: then a refusal skips it, unless it is `alone`, so that
    the refusal is about what the person asked for. With `descent`, what is below its rows is asked for as well; where
    only some rows are wanted `first`, and one page holds them, it ends there.
    """

    table: Table
    path: Path
    keys: Mapping[str, str]
    parameters: Mapping[str, str]
    context: Context
    columns: tuple[Column, ...]
    enumerated: bool = False
    descent: Descent | None = None
    told: frozenset[str] = frozenset()
    alone: bool = False
    first: First | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        """The listing without its columns, as a key for what is known of its size."""
        return (self.table.name, self.path.name, *self.keys.values(), *sorted(self.parameters.values()))

    @property
    def without_filters(self) -> Listing | None:
        """The same listing asked for whole, None where it has no filters or its key was written by the person.

        What it is told stays, as no filter could replace it.
        """
        kept = {name: text for name, text in self.parameters.items() if name in self.told}
        return replace(self, parameters=kept) if kept != self.parameters and self.enumerated else None

    @property
    def subject(self) -> str:
        """What the listing is of, for messages: `project_gid 123 (Launch)`."""
        name = self.context.get(f"{self.path.keys[0].removesuffix('_gid')}_name") if self.path.keys else None
        shown = ", ".join(f"{key} {value}" for key, value in self.keys.items())
        return f"{shown} ({name})" if name else shown


def listing(
    table: Table, access: Access, keys: Mapping[str, str], given: Context, columns: Sequence[Column], enumerated: bool
) -> Listing:
    """The listing of `access` for one value of each key; `given` is what the parent's row adds."""
    context = {**given, **access.context, **keys}
    descent = access.path.descent
    if descent is not None and (access.enumerated or descent.level):
        context |= {descent.level: 1} if descent.level else {}
    else:
        descent = None
    shown = tuple(columns)
    return Listing(table, access.path, keys, access.parameters, context, shown, enumerated, descent, access.told)


def below(of: Listing, rows: Sequence[Row]) -> list[Listing]:
    """The listings of what is below the rows of one; a row that does not say whether there is anything is asked."""
    if of.descent is None:
        return []
    [key] = of.path.keys
    # What rows say themselves is another thing one level further down.
    lasting = {name: value for name, value in of.context.items() if not of.table.column(name).path}
    if of.descent.level:
        lasting[of.descent.level] += 1
    return [
        replace(of, keys={key: row["gid"]}, context=lasting, enumerated=True)
        for row in rows
        if row.get(of.descent.count) != 0
    ]


def empty(of: Listing, error: ApiError, rows: int) -> bool:
    """Whether a refusal means that there are no rows: never where some came, or where Asana only lists no further."""
    return error.status in of.path.empty and not rows and not isinstance(error, TooLong)


def request(of: Listing) -> Request:
    """The first request of a listing."""
    keys = {name: of.keys[key] for name, key in of.path.parameters.items()}
    parameters = {**of.path.always, **keys, **of.parameters}
    if of.path.opt_fields:
        # One text for all listings of a relation, as the log holds thousands of them.
        parameters["opt_fields"] = sys.intern(",".join(opt_fields(of)))
    address = of.path.endpoint.format(**{key: quote(value, safe="") for key, value in of.keys.items()})
    return Request(address, tuple(sorted(parameters.items())))


def opt_fields(of: Listing) -> list[str]:
    """What must be asked for so that the listing's columns can be filled, and the grain followed.

    gid always comes and is not in Asana's own list of names, so a listing that needs nothing else asks for the
    relation's first light field. Source: https://developers.asana.com/docs/inputoutput-options
    """
    if of.path.counts is not None:
        return sorted(counting(of.path.counts, of.columns, of.context))
    unknown = [column for column in of.columns if column.name not in of.context]
    unknown += decisive(of.table, of.context)
    if of.table.each is not None and follows_elements(of.table, of.columns, of.context):
        pinned = [name for name in of.table.each.pinned if name in of.context]
        unknown += [of.table.column(name) for name in pinned or of.table.each.pinned[:1]]
    names = {name for column in unknown for name in column.fields}
    if of.descent is not None:
        names.add(of.descent.count)
    if of.path.search is not None:
        names.add(of.path.search.moments[0])
    return sorted(names) or [_lightest(of)]


def _lightest(of: Listing) -> str:
    columns = of.table.columns
    lacking = {field for column in columns if column.name in of.path.lacks for field in column.fields}
    light = (column.fields for column in columns if not (column.heavy or column.sparse))
    return next(fields[0] for fields in light if fields and fields[0] not in lacking)


def filled(access: Access, keys: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, str] | None:
    """All keys of a listing, from the statement and a parent's row; None where the row does not fit the keys."""
    assert access.path.parent is not None
    full: dict[str, str] = {}
    for key in access.path.keys:
        theirs = access.path.parent.keys.get(key)
        if key in keys:
            if theirs is not None and row[theirs] != keys[key]:
                return None
            full[key] = keys[key]
            continue
        value = row[access.path.parent.keys[key]]
        if value is None:
            return None
        full[key] = value
    return full


def given_by(access: Access, row: Mapping[str, Any]) -> dict[str, Any]:
    """What a parent's row says of its children's rows."""
    assert access.path.parent is not None
    from_row = {**access.path.parent.gives, **access.path.parent.keys}
    return {ours: row[theirs] for ours, theirs in from_row.items() if theirs in row}


def narrowed_to(access: Access, keys: Mapping[str, str]) -> Access:
    """The access for one value of each key."""
    parent = access.parent
    if parent is not None and access.path.parent is not None:
        names = {access.path.parent.keys[key]: value for key, value in keys.items() if key in access.path.parent.keys}
        parent = tuple(each for each in parent if each.column not in names)
        parent += tuple(Conjunct(name, "=", (value,)) for name, value in names.items())
    return replace(access, keys={name: (value,) for name, value in keys.items()}, parent=parent)


async def read(
    of: Listing,
    fetch: Callable[[Request], Awaitable[Page]],
    parts: Callable[[Listing, int], AsyncIterator[Listing]],
    refused: Callable[[Listing, ApiError], None],
    say: Callable[[str], None] = lambda sentence: None,
) -> AsyncGenerator[tuple[list[Row], Context], None]:
    """The listing page by page, each with what is known of its rows.

    Where Asana ends a long listing early it is read again by its `parts`, without the rows already given; what a part
    is refused with goes to `refused`, which raises it or notes it. What is known to be missing goes to `say`.
    """
    if of.path.counts is not None:
        answer = await fetch(request(of))
        yield counted(answer, counting(of.path.counts, of.columns, of.context), request(of)), of.context
        return
    if of.path.tells:
        happened, token = await events(fetch, request(of))
        yield happened if of.path.paging is Paging.SYNC else [{}], {**of.context, of.path.tells: token}
        return
    if of.path.search is not None:
        searched = found(fetch, request(of), of.path.search, of.first, of.context, say)
        async with aclosing(searched) as listed:
            async for rows in listed:
                yield rows, of.context
        return
    seen: set[str] = set()
    try:
        async with aclosing(pages(fetch, request(of), of.path.paging)) as listed:
            async for rows in listed:
                if of.path.split is not None:
                    seen.update(row["gid"] for row in rows if "gid" in row)
                yield rows, of.context
        return
    except TooLong:
        if of.path.split is None:
            raise
    async for part in parts(of, len(seen)):
        try:
            async with aclosing(pages(fetch, request(part), part.path.paging)) as listed:
                async for rows in listed:
                    fresh = [row for row in rows if row.get("gid") not in seen]
                    seen.update(row["gid"] for row in fresh if "gid" in row)
                    yield fresh, part.context
        except ApiError as error:
            refused(part, error)
