"""All GET operations of Asana's description: the relation, the access path and the statement that sends each."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

import asanaql

DESCRIPTION = Path(os.environ.get("ASANA_OPENAPI", Path(__file__).parents[3] / "shared" / "asana" / "openapi.json"))
OPERATIONS = 117
#: Stands for keys that are of no kind by their name; the demo workspace is asked for it, and knows no such object.
GID = "12345"


@pytest.fixture(scope="module")
def operations():
    """The addresses of all GET operations, with the names in their braces left out."""
    if not DESCRIPTION.exists():
        pytest.skip(f"Asana's description is not at {DESCRIPTION}: set ASANA_OPENAPI to a copy of its openapi.json")
    described = json.loads(DESCRIPTION.read_text(encoding="utf-8"))["paths"]
    return {unnamed(path): path for path, item in described.items() if "get" in item}


def unnamed(path):
    """The address without the names of its keys; `me` stands for a user."""
    return re.sub(r"{\w+}", "{}", path).replace("/users/me/", "/users/{}/")


@pytest.fixture(scope="module")
def reached(cold):
    """The relation, access path, endpoint and statement of each row, as `asana_tables` lists them."""
    return cold.sql(
        "SELECT table_name, path.access_path, path.endpoint, path.statement "
        "FROM (SELECT table_name, unnest(paths) AS path FROM asana_tables)"
    ).fetchall()


def filled(world, statement):
    """The statement with a key in the place of every ellipsis."""

    def key(found):
        records = world.all(found[1].removesuffix("_gid"))
        return f"{found[1]} := '{records[0]['gid'] if records else GID}'"

    return re.sub(r"(\w+) := '…'", key, statement)


def sends(alone, cold, statement, address):
    """Whether the statement sends a request to the address, however that is answered."""
    alone.service.log.clear()
    try:
        cold.sql(filled(alone.world, statement)).fetchall()
    except asanaql.ApiError as error:
        assert error.status in (400, 404), statement
    except asanaql.QueryError as error:
        assert "Asana no longer knows this sync token" in str(error), statement
    asked = re.compile(re.sub(r"{\w+}", "[^/]+", address))
    return any(asked.fullmatch(path) for path, _ in alone.sent())


def test_every_operation_is_sent_by_the_statement_of_some_access_path(alone, cold, operations, reached):
    assert len(operations) == OPERATIONS
    by_operation = {}
    for relation, path, endpoint, statement in reached:
        by_operation.setdefault(unnamed(endpoint.removeprefix("GET ")), []).append((relation, path, statement))
    assert sorted(set(operations) - set(by_operation)) == []
    unsent = {
        address: statements
        for address, statements in by_operation.items()
        if not any(sends(alone, cold, statement, operations[address]) for _, _, statement in statements)
    }
    assert unsent == {}


def test_every_access_path_is_of_an_operation_and_sent_by_its_statement(alone, cold, operations, reached):
    assert [endpoint for _, _, endpoint, _ in reached if unnamed(endpoint.removeprefix("GET ")) not in operations] == []
    unsent = [
        statement
        for _, _, endpoint, statement in reached
        if not sends(alone, cold, statement, endpoint.removeprefix("GET "))
    ]
    assert unsent == []


def test_an_operation_that_nothing_sends_would_be_found(alone, cold):
    assert not sends(alone, cold, "SELECT * FROM workspaces", "/projects")
    assert sends(alone, cold, f"SELECT * FROM projects WHERE gid = '{GID}'", "/projects/{project_gid}")
