"""A field that Asana leaves out reads as one that is null, in every column of every relation."""

from __future__ import annotations

import json
import re

import httpx
import pytest

from asanaql.catalog import CATALOG, Paging
from asanaql.catalog.types import JSON
from asanaql.demo import DemoTransport
from tests.few import few

#: Rows that are compared; of relations with fewer, all.
ROWS = 20


def emptied(value):
    """The object with null in the place of every field but its gid."""
    return {name: inner if name == "gid" else None for name, inner in value.items()}


def shortened(value):
    """The object without any field but its gid."""
    return {name: inner for name, inner in value.items() if name == "gid"}


def within(change):
    """The same change of every object inside a row, in place of the row itself."""

    def changed(row):
        return {name: change(inner) if isinstance(inner, dict) else inner for name, inner in row.items()}

    return changed


class Changing(httpx.AsyncBaseTransport):
    """The demo workspace, whose rows at the addresses of one relation are changed, but for what makes them its rows."""

    def __init__(self, service, table, change):
        self._inner = DemoTransport(service)
        self._addresses = [re.compile("/api/1.0" + re.sub(r"{\w+}", "[^/]+", path.endpoint)) for path in table.paths]
        self._change = change
        self._kept = kept(table)
        self.changed = 0

    async def handle_async_request(self, request):
        answer = await self._inner.handle_async_request(request)
        content = json.loads(await answer.aread())
        own = any(address.fullmatch(request.url.path) for address in self._addresses)
        if answer.status_code == 200 and own:
            data = content["data"]
            content["data"] = self._of(data) if isinstance(data, dict) else [self._of(row) for row in data]
        return httpx.Response(answer.status_code, json=content)

    def _of(self, row):
        self.changed += 1
        return {**self._change(row), **{name: row[name] for name in self._kept if name in row}}


def kept(table):
    """The fields that say which rows there are: those that belong to the relation, and what counts what is below."""
    columns = [table.column(name) for name in table.required]
    fields = {column.path[0] for column in columns if column.path}
    fields |= {column.marker[0] for column in table.columns if column.marker}
    fields |= {path.descent.count for path in table.paths if path.descent}
    return fields | ({table.each.list} if table.each else set())


@pytest.fixture
def read(alone, needed):
    """Gives a relation's first rows with its answers changed, and tells how many rows were.

    What is JSON shows what was sent, and is left out.
    """

    def reading(table, change):
        transport = Changing(alone.service, table, change)
        connection = alone.open(transport=transport, cache=False, catalog=few(table.name))
        where = " AND ".join(["TRUE", *(f"{name} = '{value}'" for name, value in needed(table.name).items())])
        columns = ", ".join(column.name for column in table.visible if column.type != JSON)
        found = connection.sql(f"SELECT {columns} FROM {table.name} WHERE {where} LIMIT {ROWS}").fetchall()
        connection.close()
        return found, transport.changed

    return reading


@pytest.mark.parametrize("table", CATALOG.values(), ids=CATALOG)
def test_missing_fields_read_as_null_ones(read, table):
    missing, changed = read(table, shortened)
    null, _ = read(table, emptied)
    assert missing == null != []
    assert changed or table.paths[0].paging is Paging.TOKEN


@pytest.mark.parametrize("table", CATALOG.values(), ids=CATALOG)
def test_missing_fields_of_an_object_in_a_row_read_as_null_ones(read, table):
    missing, _ = read(table, within(shortened))
    null, _ = read(table, within(emptied))
    whole, _ = read(table, lambda row: row)
    assert missing == null
    assert len(missing) == len(whole) > 0


def test_what_is_null_is_seen(read):
    whole, _ = read(CATALOG["projects"], lambda row: row)
    null, _ = read(CATALOG["projects"], emptied)
    assert len(whole) == len(null)
    assert whole != null
