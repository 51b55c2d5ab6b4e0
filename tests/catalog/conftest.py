"""Asana's own description of its API, as far as the catalog is checked against it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from asanaql.catalog import Path as AccessPath
from asanaql.catalog import Table
from asanaql.catalog.model import Paging
from asanaql.catalog.types import BOOLEAN, DATE, INTEGER, NUMBER, TEXT, TIMESTAMP

ROOT = Path(__file__).resolve().parents[2]
OF_NEXT_PAGE = {"offset", "path", "uri"}  # the description lists the members of next_page among the rows' fields
# Relations whose listing shows compact records, which opt_fields fill up.
FULL = {
    "portfolio_items": "ProjectResponse",
    "search_projects": "ProjectResponse",
    "search_tasks": "TaskResponse",
    "task_projects": "ProjectResponse",
    "task_tags": "TagResponse",
    "task_dependencies": "TaskResponse",
    "task_dependents": "TaskResponse",
    "goal_parents": "GoalResponse",
}
SCALARS = {"boolean": BOOLEAN, "integer": INTEGER, "number": NUMBER, "string": TEXT}
FORMATS = {"date-time": TIMESTAMP, "date": DATE}

Schema = Mapping[str, Any]


class Description:
    """The operations and schemas of an OpenAPI document, with references resolved and `allOf` merged."""

    def __init__(self, document: Schema) -> None:
        self._document = document
        self._paths = {_unnamed(path): path for path in document["paths"]}

    def resolved(self, schema: Schema) -> Schema:
        """The schema itself, where it is only named."""
        while "$ref" in schema:
            found: Any = self._document
            for step in schema["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            schema = found
        return schema

    def members(self, schema: Schema) -> dict[str, Schema]:
        """The members of an object, or of any of the shapes that it may have."""
        schema = self.resolved(schema)
        found: dict[str, Schema] = {}
        for part in (*schema.get("allOf", ()), *schema.get("oneOf", ()), *schema.get("anyOf", ())):
            found |= self.members(part)
        return found | dict(schema.get("properties", {}))

    def word(self, schema: Schema, word: str) -> Any:
        """What the schema says under `word`, itself or in what it is made of; None when nothing."""
        schema = self.resolved(schema)
        if word in schema:
            return schema[word]
        parts = (*schema.get("allOf", ()), *schema.get("oneOf", ()), *schema.get("anyOf", ()))
        return next((said for part in parts if (said := self.word(part, word)) is not None), None)

    def items(self, schema: Schema) -> Schema:
        """The element of an array, or the schema itself."""
        items: Schema | None = self.word(schema, "items")
        return self.resolved(schema) if items is None else self.items(items)

    def member(self, schema: Schema, path: tuple[str, ...]) -> Schema | None:
        """What `path` leads to from an object, through the elements of arrays; None when it leads nowhere."""
        for step in path:
            members = self.members(self.items(schema))
            if step not in members:
                return None
            schema = members[step]
        return schema

    def operation(self, path: AccessPath) -> Schema | None:
        """The GET operation of an access path, whatever its keys are called; None when there is none."""
        named = self._paths.get(_unnamed(path.endpoint))
        return None if named is None else self._document["paths"][named].get("get")

    def parameters(self, path: AccessPath) -> dict[str, Schema]:
        """The query parameters that the operation of a path takes."""
        named = self._document["paths"][self._paths[_unnamed(path.endpoint)]]
        each = [self.resolved(each) for each in (*named.get("parameters", ()), *named["get"].get("parameters", ()))]
        taken = {parameter["name"]: parameter for parameter in each if parameter["in"] == "query"}
        if "opt_fields" in taken and OF_NEXT_PAGE.issuperset(taken["opt_fields"]["schema"]["items"]["enum"]):
            del taken["opt_fields"]  # It takes nothing that is about rows.
        return taken

    def opt_fields(self, path: AccessPath) -> set[str]:
        """The entries that the operation of a path takes in opt_fields, those about rows."""
        parameter = self.parameters(path).get("opt_fields")
        return set() if parameter is None else set(parameter["schema"]["items"]["enum"]) - OF_NEXT_PAGE

    def common(self, table: Table) -> set[str]:
        """The opt_fields entries that every path that shows rows of a table takes."""
        return set.intersection(*(self.opt_fields(path) for path in table.paths if path.counts is None))

    def answered(self, path: AccessPath) -> Schema:
        """What stands under `data` in the answer of a path's operation."""
        operation = self.operation(path)
        assert operation is not None, path.endpoint
        content = operation["responses"]["200"]["content"]["application/json"]["schema"]
        return self.members(content)["data"]

    def record(self, table: Table) -> Schema:
        """The full record of a table's rows: what its path by gid answers, or else the fullest that there is."""
        if table.name in FULL:
            return self.resolved({"$ref": f"#/components/schemas/{FULL[table.name]}"})
        single = [path for path in table.paths if path.paging is Paging.ONE]
        return self.items(self.answered((single or list(table.paths))[0]))

    def type(self, schema: Schema) -> pa.DataType | None:
        """The Arrow type of a scalar by the rules of the relations; None for objects and arrays."""
        plain = SCALARS.get(self.word(schema, "type") or "object")
        return FORMATS.get(self.word(schema, "format") or "", plain) if plain == TEXT else plain


def _unnamed(endpoint: str) -> str:
    return re.sub(r"{\w+}|(?<=/users/)me\b", "{}", endpoint)


@cache
def _description(at: Path) -> Description:
    return Description(json.loads(at.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def description() -> Description:
    """Asana's description, from ASANA_OPENAPI or from beside the repository."""
    at = Path(os.environ.get("ASANA_OPENAPI", ROOT.parent / "shared" / "asana" / "openapi.json"))
    if not at.exists():
        pytest.skip(f"Asana's description is not at {at}: set ASANA_OPENAPI to a copy of its openapi.json")
    return _description(at)
