"""Every request we can send, checked by Prism against Asana's own description of its API.

Prism (npm, @stoplight/prism-cli) answers from the description and refuses what does not fit it: an unknown field, a
missing parameter, a wrong format. Found as the command `prism`, or under node_modules; without it nothing is tested.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import asanaql
from asanaql.catalog import CATALOG, Filter, Form, Table
from asanaql.catalog import Path as AccessPath
from asanaql.catalog.model import ACCESS_PATH
from asanaql.catalog.types import BOOLEAN, DATE, TIMESTAMP

ROOT = Path(__file__).parents[2]
DESCRIPTION = Path(os.environ.get("ASANA_OPENAPI", ROOT / ".." / "shared" / "asana" / "openapi.json"))
PRISM = shutil.which("prism") or shutil.which("prism", path=str(ROOT / "node_modules" / ".bin"))
GID = "12345"
VALUES = {
    Form.VALUE: f"'{GID}'",
    Form.LIST: f"'{GID}'",
    Form.OTHERS: "'54321'",
    Form.BOOLEAN: "TRUE",
    Form.INCOMPLETE: "FALSE",
    Form.SINCE: "TIMESTAMPTZ '2012-02-22 02:06:58.147+00'",
    Form.UNTIL: "TIMESTAMPTZ '2032-02-22 02:06:58.147+00'",
    Form.DATE: "DATE '2019-09-15'",
    Form.DATE_OR_NULL: "DATE '2019-09-15'",
    Form.DATE_SINCE: "DATE '2019-09-15'",
    Form.DATE_UNTIL: "DATE '2029-09-15'",
}
#: Filters and keys whose values the description lists; any other text would be refused.
LISTED = {
    "actor_type": "'user'",
    "resource_subtype": "'subgoal'",
    "search_tasks.resource_subtype": "'milestone'",
    "typeahead.resource_type": "'task'",
}
#: What arguments of these types tell.
TOLD = {BOOLEAN: "TRUE", DATE: "DATE '2019-09-15'", TIMESTAMP: "TIMESTAMPTZ '2012-02-22 02:06:58.147+00'"}

pytestmark = [
    pytest.mark.skipif(PRISM is None, reason="Prism is not installed: npm install @stoplight/prism-cli"),
    pytest.mark.skipif(not DESCRIPTION.exists(), reason="Asana's description is not here: set ASANA_OPENAPI"),
]


class Described(httpx.AsyncBaseTransport):
    """Prism, with the three things changed that keep a mock from being read to its end.

    Each of its listings names the same next page forever, there are more events whenever it tells some, and its
    workspace is no organization and so has no teams.
    """

    def __init__(self) -> None:
        self._inner = httpx.AsyncHTTPTransport()
        self.paths: list[str] = []
        self.violations: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._inner.handle_async_request(request)
        content = json.loads(await answer.aread())
        self.paths.append(request.url.path)
        refused = [
            each for each in json.loads(answer.headers.get("sl-violations", "[]")) if "request" in each["location"]
        ]
        self.violations += [f"{request.url}: {each['message']}" for each in refused]
        if answer.status_code == 200:
            content |= {"next_page": None} | ({"has_more": False} if "has_more" in content else {})
            for row in content["data"] if isinstance(content["data"], list) else [content["data"]]:
                row.update({"is_organization": True} if "is_organization" in row else {})
        return httpx.Response(answer.status_code, json=content)


@pytest.fixture(scope="module")
def prism() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert PRISM is not None
    command = [PRISM, "mock", "--host", "127.0.0.1", "--port", str(port), str(DESCRIPTION)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert server.stdout is not None
    for line in server.stdout:
        if "is listening" in line:
            break
    else:
        pytest.fail("Prism ended before it listened")
    # Its log is long; it must be read so that Prism does not wait for us.
    drain = subprocess.Popen(["cat"], stdin=server.stdout, stdout=subprocess.DEVNULL)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(10)
    drain.wait(10)


def read(base_url: str, statement: str) -> Described:
    """Read a statement to its end; what was sent for it."""
    transport = Described()
    with asanaql.connect("prism", base_url=base_url, transport=transport, cache=False) as connection:
        connection.sql(statement).fetchall()
    return transport


@pytest.mark.parametrize("name", CATALOG)
def test_a_relation_read_without_keys_is_refused_nowhere(prism: str, name: str) -> None:
    where = CATALOG[name].example.replace("…", GID) or "TRUE"
    sent = read(prism, f"SELECT * FROM {name} WHERE {where} LIMIT 1")
    assert not sent.violations
    assert sent.paths


def conditions(table: Table, path: AccessPath) -> list[str]:
    """The path's keys and filters as conditions of a statement, so that exactly this path can take them all."""
    keys = [key for key in path.keys if not table.column(key).hidden]
    filters: dict[str, Filter] = {taken.parameter: taken for taken in path.filters if taken.column not in keys}
    written = [f"{key} = {LISTED.get(f'{table.name}.{key}', VALUES[Form.VALUE])}" for key in keys]
    fixed = {**path.fixed, **path.confined}.items()
    written += [f"{name} = '{value}'" for name, value in fixed if value is not None and not table.column(name).hidden]
    for taken in filters.values():
        comparison = "IN" if taken.form is Form.LIST else taken.comparisons[-1]
        named = f"{table.name}.{taken.column}"
        value = LISTED.get(named, LISTED.get(taken.column, VALUES[taken.form]))
        written.append(f"{taken.column} {comparison} {f'({value})' if comparison == 'IN' else value}")
    return written


def arguments(table: Table, path: AccessPath) -> dict[str, str]:
    """What only the function's arguments reach: the path by its name, hidden keys, and what the path is told."""
    said = {ACCESS_PATH.name: f"'{path.name}'"} if len(table.paths) > 1 else {}
    said |= {key: f"'{GID}'" for key in path.keys if table.column(key).hidden}
    for told in path.told:
        if told.column not in path.either[1:]:
            text = f"'{GID}.{told.endings[0]}=true'" if told.endings else f"'{GID}'"
            said[told.column] = TOLD.get(table.column(told.column).type, text)
    return said


PATHS = [
    pytest.param(table, path, id=f"{table.name}-{path.name}") for table in CATALOG.values() for path in table.paths
]


@pytest.mark.parametrize(("table", "path"), PATHS)
def test_a_path_with_all_its_keys_and_filters_is_refused_nowhere(prism: str, table: Table, path: AccessPath) -> None:
    said = ", ".join(f"{name} := {value}" for name, value in arguments(table, path).items())
    where = " AND ".join(conditions(table, path)) or "TRUE"
    shown = [column.name for column in table.visible if column.path and column.name not in path.lacks]
    columns = ", ".join((shown or path.keys) if path.counts is None else [path.counts.column])
    sent = read(prism, f"SELECT {columns} FROM asana_{table.name}({said}) WHERE {where}")
    assert not sent.violations
    wanted = path.endpoint.format(**dict.fromkeys(path.keys, GID))
    assert wanted in sent.paths


def test_the_events_of_projects_that_a_copy_is_kept_by_are_refused_nowhere(prism: str) -> None:
    transport = Described()
    with (
        asanaql.connect("prism", base_url=prism, transport=transport, cache=False) as connection,
        connection.asked() as asana,
    ):
        told, requests = asana.events({GID: None, "54321": "de4774f6915eae04714ca93bb2f5ee81"})
    assert not transport.violations
    assert transport.paths == ["/events"] * requests
    assert set(told) == {GID, "54321"}
