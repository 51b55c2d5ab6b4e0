"""The rows that keys are taken from: workspaces for projects, projects for tasks, tasks for stories.

Relations that the catalog trusts for a while are asked for with all their light columns and kept on disk, listing by
listing, so that one answer serves every fan-out. A listing with weaker filters answers a narrower one. The others are
read with just the columns needed, and streamed.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from asanaql.cache import CacheFault
from asanaql.catalog.model import Column, Table
from asanaql.errors import ApiError
from asanaql.plan.access import Access, Wanted, plan, read_above
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.listing import Listing, empty, read, request
from asanaql.scan.notes import Notes
from asanaql.scan.rows import Row, batch
from asanaql.scan.window import Window

if TYPE_CHECKING:
    from asanaql.scan.fetch import Fetch

Found = dict[str, Any]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
#: Under this name a kept table's metadata holds the notes of what it lacks.
_LACKS = b"lacks"
_MICROSECOND = dt.timedelta(microseconds=1)


async def rows(fetch: Fetch, access: Access, columns: Sequence[Column]) -> AsyncGenerator[list[Found], None]:
    """The parent's rows that an access takes keys and columns from, in groups as they become known."""
    assert access.parent is not None
    table, needed = read_above(access, {column.name for column in columns}, fetch.account.catalog)
    if not access.enumerated and table.trusted is None:
        # The key is known, so its object is read as it is: a task in no project has stories too.
        table = replace(table, required=(), each=None, elsewhere="")
    async with aclosing(of_table(fetch, table, needed, access.parent)) as groups:
        async for group in groups:
            yield group


async def of_table(
    fetch: Fetch, table: Table, needed: Collection[str], conjuncts: Sequence[Conjunct]
) -> AsyncGenerator[list[Found], None]:
    """The rows of a relation for which the conjuncts hold, with the needed columns at least."""
    scope = fetch.account.scope(table)
    known = [*conjuncts, scope] if scope is not None else list(conjuncts)
    if table.name == "workspaces" and scope is not None and set(needed) <= {"gid"}:
        yield [{"gid": fetch.account.workspace}]
    elif table.trusted is not None:
        found = [row async for row in _kept(fetch, table, needed, known)]
        if not conjuncts:
            fetch.account.sizes.saw(table, len(found))
        yield found
    else:
        async with aclosing(_streamed(fetch, table, needed, known)) as groups:
            async for group in groups:
                yield group


async def only_workspace(fetch: Fetch) -> str | None:
    """The workspace's gid where the token sees a single one, whatever the connection is confined to."""
    table = fetch.account.catalog["workspaces"]
    found = [row["gid"] async for row in _kept(fetch, table, {"gid"}, ())]
    fetch.account.sizes.saw(table, len(found))
    only: str | None = found[0] if len(found) == 1 else None
    fetch.account.sizes.only = only
    return only


async def _streamed(
    fetch: Fetch, table: Table, needed: Collection[str], conjuncts: Sequence[Conjunct]
) -> AsyncGenerator[list[Found], None]:
    # A column that some listings lack is no condition on their rows, though it may be the key of another.
    lacking = {name for path in table.paths for name in path.lacks}
    conditions = [each for each in conjuncts if each.column not in lacking]
    names = [column for column in table.columns if column.name in {*needed, *(each.column for each in conditions)}]
    window = Window()
    async with aclosing(fetch.chunks(table, names, conjuncts, window)) as chunks:
        async for page, context in chunks:
            made = batch(table, names, page, context, fetch.statement.notes)
            yield _holding(made.to_pylist(), conditions)
            window.consumed()


async def _kept(
    fetch: Fetch, table: Table, needed: Collection[str], conjuncts: Sequence[Conjunct]
) -> AsyncIterator[Found]:
    """The rows of a trusted relation, from its kept listings or by reading and keeping them."""
    names = {*needed, *(each.column for each in conjuncts)}
    light = light_columns(table, names)
    noted = [column for column in light if column.name in names]
    wanted = Wanted({column.name for column in light}, conjuncts, fetch.account.workspace)
    decided = plan(table, wanted, fetch.account.catalog, fetch.account.sizes)
    listings = [each async for each in fetch.listings(table, light, decided.accesses)]
    # Messages call a parent by its name, also where nothing else needs that.
    shown = [column.name for column in light if column.name in names or column.name == "name"]
    for listed in await _all_listed(fetch, listings, noted):
        for row in _holding(listed.select(shown).to_pylist(), conjuncts):
            yield row


def light_columns(table: Table, needed: Collection[str]) -> tuple[Column, ...]:
    """The columns a kept listing has: all that are not heavy, and what is needed beyond."""
    always = [c for c in table.columns if not (c.heavy or c.hidden or c.sparse) and (c.path or c.constant)]
    beyond = [column for column in table.columns if column.name in needed and column not in always]
    return (*always, *beyond)


async def _all_listed(fetch: Fetch, listings: Sequence[Listing], needed: Collection[Column]) -> list[pa.Table]:
    """The listings as tables, read side by side; when one fails, the others are not read further."""
    reading = [asyncio.create_task(_listed(fetch, each, needed)) for each in listings]
    try:
        return await asyncio.gather(*reading)
    finally:
        for each in reading:
            each.cancel()


async def _listed(fetch: Fetch, each: Listing, needed: Collection[Column]) -> pa.Table:
    """One listing as a table, kept or read; empty where it may not be read. What `needed` columns lack is noted."""
    cached = _from_cache(fetch, each)
    if cached is not None:
        written = (cached.schema.metadata or {}).get(_LACKS)
        if written is not None:
            fetch.statement.notes.recall(written.decode(), needed)
        fetch.tally.read(each.identity)
        fetch.answered_from_cache(request(each), cached.num_rows, each.table.name)
        return cached
    batches = []
    lacks = Notes()
    parts, refused = partial(fetch.parts, lacks=lacks), partial(fetch.refused, lacks=lacks)
    try:
        async for page, context in read(each, fetch.pages_of(each, again=True), parts, refused):
            batches.append(batch(each.table, each.columns, page, context, lacks))
    except ApiError as error:
        if not empty(each, error, len(batches)):
            refused(each, error)
            return _schema(each).empty_table()
    finally:
        fetch.tally.read(each.identity)
    listed = pa.Table.from_batches(batches, _schema(each))
    _keep(fetch, each, listed, lacks)
    fetch.statement.notes.recall(lacks.written, needed)
    return listed


def refresh(fetch: Fetch, each: Listing, rows: list[Row], lacks: Notes) -> None:
    """Let a listing that was just read to its end replace the kept one, or discard that where it names other rows."""
    if fetch.cache is None or each.table.trusted is None or each.parameters:
        return
    light = replace(each, columns=light_columns(each.table, ()))
    read_names = {column.name for column in each.columns}
    if all(column.name in read_names or column.name in each.context for column in light.columns):
        made = batch(each.table, light.columns, rows, each.context, lacks)
        _keep(fetch, light, pa.Table.from_batches([made]), lacks)
        return
    kept = _from_cache(fetch, light)
    if kept is not None and set(kept.column("gid").to_pylist()) != {row.get("gid") for row in rows}:
        _keep(fetch, light, kept, lacks, seconds=0)


def _from_cache(fetch: Fetch, each: Listing) -> pa.Table | None:
    """The listing as kept, or a wider one of the same keys."""
    for parameters in ({}, each.parameters) if each.parameters else ({},):
        if fetch.cache is None:
            return None
        try:
            kept = fetch.cache.table(_key(each, parameters))
        except CacheFault as fault:
            fetch.leave_cache(fault)
            return None
        if kept is not None and {column.name for column in each.columns} <= set(kept.column_names):
            return kept.select([column.name for column in each.columns])
    return None


def _keep(fetch: Fetch, each: Listing, listed: pa.Table, lacks: Notes, seconds: float | None = None) -> None:
    """Keep a listing, and what it lacks, for as long as its relation is trusted; a fault is noted."""
    if fetch.cache is None or each.table.trusted is None:
        return
    lasting = each.table.trusted if seconds is None else seconds
    try:
        listed = listed.replace_schema_metadata({_LACKS: lacks.written})
        fetch.cache.keep(_key(each, each.parameters), listed, lasting, each.table.name)
    except CacheFault as fault:
        fetch.leave_cache(fault)


def _key(each: Listing, parameters: Mapping[str, str]) -> str:
    """The text a listing is kept under: what was asked, and the shape of columns; which it has, it says itself."""
    columns = [(column.name, str(column.type), column.path) for column in each.table.columns]
    asked = {**each.path.always, **parameters}
    return repr((each.table.name, each.path.endpoint, sorted(each.keys.items()), sorted(asked.items()), columns))


def _schema(each: Listing) -> pa.Schema:
    return pa.schema([pa.field(column.name, column.type) for column in each.columns])


def _holding(found: list[Found], conjuncts: Sequence[Conjunct]) -> list[Found]:
    return [row for row in found if all(_holds(each, row.get(each.column)) for each in conjuncts)]


def _holds(each: Conjunct, value: Any) -> bool:
    """Whether a value read from Arrow satisfies a conjunct, whose instants are microseconds."""
    if isinstance(value, dt.datetime):
        value = (value - _EPOCH) // _MICROSECOND
    return each.holds(value)
