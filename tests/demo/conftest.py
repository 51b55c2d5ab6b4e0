"""Fixtures for the demo's tests: one World, a Service to ask, and Asana's own description to hold answers against."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from asanaql.demo import Service, World, build

NOW = datetime(2026, 3, 2, tzinfo=UTC)

# Where next_page's own fields have slipped into the lists of fields.
PSEUDO_FIELDS = {"offset", "path", "uri"}
# What the description says too strictly: the real service sends null here.
NULL_TOO = (
    ("ProjectResponse", "team"),
    ("StoryResponse", "created_by"),
    ("StoryCompact", "created_by"),
    ("EventResponse", "user"),
    ("EventResponse", "parent"),
    # A task in no project counts for none.
    ("TimeTrackingEntryCompact", "attributable_to"),
    # Its own prose says that these are null where the part of the budget is disabled.
    ("BudgetEstimateResponse", "units"),
    ("BudgetEstimateResponse", "value"),
    ("BudgetTotalResponse", "units"),
    ("BudgetTotalRequest", "value"),
    # Its own prose says that this is null where no time was chosen.
    ("CustomFieldCompact", "date_value", "date_time"),
)
# What rows have beside what is described: seen in recorded answers, or said in the prose only.
DESCRIBED_TOO = {
    "StoryCompact": {"type": {"type": "string"}},
    "GoalRelationshipCompact": {"supporting_resource": {"$ref": "#/components/schemas/TaskCompact"}},
}
# Whose enums the real service does not keep to.
LOOSE_ENUMS = ("color",)

FORMATS = FormatChecker(("date", "email"))
FORMATS.checks("date-time")(lambda text: bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", str(text))))


# Described as a list of projects, though portfolios are in it too.
MIXED = "/portfolios/{portfolio_gid}/items"
# Where the description's own references begin, once it is a registry.
HERE = "urn:asana"


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = NOW.timestamp()

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="session")
def world() -> World:
    return build(now=NOW)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(world: World, clock: Clock) -> Service:
    return Service(world, clock=clock)


Get = Callable[..., tuple[int, Any]]


@pytest.fixture
def get(service: Service) -> Get:
    """Asks the service: `get(path, name=value, …)` gives the status and the read body."""
    return asking(service)


def asking(service: Service) -> Get:
    def get(path: str, **params: str) -> tuple[int, Any]:
        answer = service.answer("GET", path, list(params.items()), {"Authorization": "Bearer demo"})
        return answer.status, json.loads(answer.body)

    return get


@pytest.fixture
def ask() -> Callable[[Service], Get]:
    return asking


@dataclass(frozen=True)
class Operation:
    """One GET operation: its query parameters, its fields and the schema of its answer."""

    params: tuple[str, ...]
    fields: tuple[str, ...]
    schema: dict[str, Any]


class Description:
    """Asana's description of its API."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        schemas = content["components"]["schemas"]
        for name, *fields in NULL_TOO:
            _properties(schemas[name], fields[0])[fields[0]]["nullable"] = True
            for above, field in pairwise(fields):
                _properties(schemas[name], above)[above]["properties"][field]["nullable"] = True
        for name, more in DESCRIBED_TOO.items():
            schemas[name] = {"allOf": [schemas[name], {"properties": more}]}
        self._validators: dict[str, Any] = {}

    @cached_property
    def operations(self) -> dict[str, Operation]:
        """Every GET operation by its path."""
        found = {}
        for path, item in self.content["paths"].items():
            if "get" not in item:
                continue
            described = [*item.get("parameters", ()), *item["get"].get("parameters", ())]
            query = [p for p in map(self._parameter, described) if p["in"] == "query"]
            fields = next((p["schema"]["items"]["enum"] for p in query if p["name"] == "opt_fields"), [])
            found[path] = Operation(
                tuple(p["name"] for p in query),
                tuple(field for field in fields if field not in PSEUDO_FIELDS),
                item["get"]["responses"]["200"]["content"]["application/json"]["schema"],
            )
        return found

    def _parameter(self, parameter: dict[str, Any]) -> dict[str, Any]:
        if "$ref" in parameter:
            found: dict[str, Any] = self.content["components"]["parameters"][parameter["$ref"].rsplit("/", 1)[1]]
            return found
        return parameter

    @cached_property
    def schemas(self) -> Registry[Any]:
        """The description's schemas as JSON Schema, loosened where the description is known to be wrong."""
        loosened = {name: _converted(schema) for name, schema in self.content["components"]["schemas"].items()}
        whole = {"components": {"schemas": loosened}}
        return Registry().with_resource(HERE, Resource(contents=whole, specification=DRAFT202012))

    def violations(self, path: str, content: Any) -> Iterator[str]:
        """What in an answer is not as the schema of its operation says, or not in it at all."""
        yield from self._against(path, self.operations[path].schema, content)
        yield from self._undescribed([self.operations[path].schema], content, path)

    def violations_of_full_rows(self, path: str, content: Any) -> Iterator[str]:
        """What in an answer with asked fields is not as the schema of the full record says."""
        schema = json.loads(json.dumps(self.operations[path].schema))
        rows = schema["properties"]["data"].get("items", {})
        full = rows.get("$ref", "").replace("Compact", "Response")
        if full.rsplit("/", 1)[-1] in self.content["components"]["schemas"]:
            rows["$ref"] = full
        if path == MIXED:
            schema["properties"]["data"]["items"] = {"anyOf": [rows, {"$ref": full.replace("Project", "Portfolio")}]}
        yield from self._against(f"{path}, full rows", schema, content)

    def _against(self, path: str, schema: dict[str, Any], content: Any) -> Iterator[str]:
        for error in self._validator(path, schema).iter_errors(content):
            yield f"{path} {'.'.join(map(str, error.absolute_path))}: {error.message[:200]}"

    def _validator(self, path: str, described: dict[str, Any]) -> Any:
        if path not in self._validators:
            schema = _converted(described)
            self._validators[path] = Draft202012Validator(schema, registry=self.schemas, format_checker=FORMATS)
        return self._validators[path]

    def _undescribed(self, schemas: list[dict[str, Any]], content: Any, at: str) -> Iterator[str]:
        parts = [part for schema in schemas for part in self._parts(schema)]
        if isinstance(content, list):
            inner = [part["items"] for part in parts if "items" in part]
            for value in content:
                yield from self._undescribed(inner, value, f"{at}[]")
        elif isinstance(content, dict) and not any(map(_free, parts)):
            for name, value in content.items():
                inner = [part["properties"][name] for part in parts if name in part.get("properties", {})]
                if inner:
                    yield from self._undescribed(inner, value, f"{at}.{name}")
                else:
                    yield f"{at}.{name}: nothing is described by this name"

    def _parts(self, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """A schema and all that it is put together from."""
        if "$ref" in schema:
            yield from self._parts(self.content["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
            return
        yield schema
        for key in ("allOf", "oneOf", "anyOf"):
            for part in schema.get(key, ()):
                yield from self._parts(part)


def _free(part: dict[str, Any]) -> bool:
    """Whether a schema says that an object may have any members."""
    return bool(part.get("additionalProperties")) or not set(part) & {"type", "properties", "allOf", "oneOf", "anyOf"}


def _properties(schema: dict[str, Any], field: str) -> dict[str, Any]:
    """The properties that a field is among, in a schema or in one of its parts."""
    parts = [schema, *schema.get("allOf", ())]
    found: dict[str, Any] = next(part["properties"] for part in parts if field in part.get("properties", {}))
    return found


KEPT = ("type", "required", "format", "minimum", "maximum")


def _converted(schema: Any, field: str = "") -> Any:
    """An OpenAPI 3.0 schema as JSON Schema: `nullable` anywhere in an allOf lets the whole be null."""
    if isinstance(schema, list):
        return [_converted(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    nullable = schema.get("nullable") or any(part.get("nullable") for part in schema.get("allOf", ()))
    out: dict[str, Any] = {key: schema[key] for key in KEPT if key in schema}
    if "$ref" in schema:
        out["$ref"] = HERE + schema["$ref"]
    if "enum" in schema and field not in LOOSE_ENUMS:
        out["enum"] = schema["enum"]
    if "properties" in schema:
        out["properties"] = {name: _converted(inner, name) for name, inner in schema["properties"].items()}
    for key in ("items", "additionalProperties", "allOf", "oneOf", "anyOf"):
        if key in schema:
            out[key] = _converted(schema[key])
    return {"anyOf": [out, {"type": "null"}]} if nullable else out


@pytest.fixture(scope="session")
def description() -> Description:
    """Asana's description; skips the test where it is not there."""
    path = Path(os.environ.get("ASANA_OPENAPI", "../shared/asana/openapi.json"))
    path = path if path.is_absolute() else Path(__file__).resolve().parents[2] / path
    if not path.exists():
        pytest.skip(f"Asana's description is not at {path}: set ASANA_OPENAPI to where it is")
    return Description(json.loads(path.read_text(encoding="utf-8")))
