"""EXPLAIN for statements that read Asana: what will be asked of it, and with ANALYZE what was, scan by scan."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa

from asanaql.api import Sent
from asanaql.statement.steps import Step

_BLANK = r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*"
_EXPLAIN = re.compile(rf"{_BLANK}EXPLAIN\b{_BLANK}(ANALYZE\b)?{_BLANK}(?!\()(\w.*)", re.IGNORECASE | re.DOTALL)

_PLAN = pa.schema(
    [
        ("step", pa.int64()),
        ("relation", pa.string()),
        ("endpoint", pa.string()),
        ("parameters", pa.string()),
        ("keys_from", pa.string()),
        ("estimated_requests", pa.int64()),
        ("cached", pa.bool_()),
    ]
)
_DETAILS = pa.schema([("with_duckdb", pa.list_(pa.string())), ("opt_fields", pa.string())])
_ACTUAL = pa.schema(
    [
        ("requests", pa.int64()),
        ("rows", pa.int64()),
        ("bytes", pa.int64()),
        ("waited", pa.float64()),
        ("retries", pa.int64()),
    ]
)


def inner(query: str) -> tuple[str, bool] | None:
    """The statement that an EXPLAIN is about, and whether it is to be run; None where options ask for DuckDB's own."""
    found = _EXPLAIN.match(query)
    return None if found is None else (found[2], found[1] is not None)


def explains(query: str) -> bool:
    """Whether the statement is an EXPLAIN that must not run what it is about."""
    found = _EXPLAIN.match(query)
    return found is not None and found[1] is None


def table(steps: Sequence[Step], sent: Sequence[Sent] | None) -> pa.Table:
    """One row for each step, in their order; with what was sent beside it, where the statement was run."""
    schema = pa.schema([*_PLAN, *(_ACTUAL if sent is not None else ()), *_DETAILS])
    rows = []
    for place, step in enumerate(steps, 1):
        row: dict[str, object] = {
            "step": place,
            "relation": step.relation,
            "endpoint": step.endpoint,
            "parameters": " ".join(f"{name}={text}" for name, text in step.parameters.items()),
            "opt_fields": step.opt_fields,
            "keys_from": step.keys_from,
            "estimated_requests": step.requests,
            "cached": step.cached,
            "with_duckdb": list(step.residual),
        }
        rows.append(row if sent is None else {**row, **_actual(step, sent)})
    return pa.Table.from_pylist(rows, schema=schema)


def _actual(step: Step, sent: Sequence[Sent]) -> dict[str, object]:
    """What was sent for a step."""
    address = re.compile(re.sub(r"{\w+}", "[^/]+", step.endpoint.removeprefix("GET ")))
    own = [
        each
        for each in sent
        if each.scan == step.tag and each.subject == step.relation and address.fullmatch(each.path)
    ]
    asked = [each for each in own if not each.cached]
    return {
        "requests": len(asked),
        "rows": sum(each.rows or 0 for each in own),
        "bytes": sum(each.bytes for each in asked),
        "waited": round(sum(each.waited for each in asked), 3),
        "retries": sum(each.retried for each in asked),
    }
