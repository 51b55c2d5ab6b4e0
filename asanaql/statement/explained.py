"""DuckDB's plan of a statement as its EXPLAIN tells it: what each scan reads and keeps, and what stays above it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Node = dict[str, Any]

_MARK = re.compile(r"""\(\("_(?:statement|tag)" IS NULL\) OR \("_(?:statement|tag)" = (?:\d+|'([^']*)')\)\)""")
#: What differs between two plans of one statement: the moment, and numbers that DuckDB hands out.
_PASSING = re.compile(
    r"'\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d(?::\d\d)*)?'"
    r'|(?:CTE|Table) Index": "\d+"|__duckdb_delim\w*?_\d+|#\[\d+\.\d+\]'
)
#: A column that a projection only hands on.
_PASSED_ON = re.compile(r"#\d+")
#: How a name is qualified where the plan shows it depends on what stands for it in the statement.
_QUALIFIED = re.compile(r"(?:\w+\.)+(?=\w+\.\w+)")


@dataclass(frozen=True)
class Scanned:
    """One scan. `ours` says that it reads a relation, `tag` of which occurrence; `source` is what it reads else.

    `filters` are the texts of what the scan applies itself, `residual` those of the filters right above it,
    in which a name that the statement gives to something else may stand for another column.
    """

    ours: bool
    tag: str | None
    source: str
    filters: tuple[str, ...]
    residual: tuple[str, ...]
    columns: tuple[str, ...]


def scans(plan: Sequence[Node]) -> list[Scanned]:
    """Every scan of the plan, in the order in which DuckDB reads them: a join reads its right side first."""
    return [found for node in plan for found in _below(node, ())]


def canonical(plan: Sequence[Node]) -> str:
    """The plan as a text that two plans share when they do the same: without marks, moments and handed-out numbers."""
    return _QUALIFIED.sub("", _PASSING.sub("~", json.dumps([_unmarked(node) for node in plan])))


def contains(plan: Sequence[Node], *names: str) -> bool:
    """Whether the plan has a node whose name begins like one of these."""
    return any(node["name"].startswith(names) or contains(node["children"], *names) for node in plan)


def same(one: Scanned, other: Scanned) -> bool:
    """Whether two scans keep the same rows, in whatever order their filters are written."""
    return _tokens(one) == _tokens(other)


def tag_of(leaf: Node) -> str | None:
    """The tag of the occurrence that a scan is of, None where it is of none."""
    return next((mark[1] for mark in _marks(leaf) if mark[1]), None)


def _marks(leaf: Node) -> list[re.Match[str]]:
    return [mark for text in texts(leaf["extra_info"].get("Filters")) if (mark := _MARK.fullmatch(text))]


def _below(node: Node, above: tuple[str, ...]) -> Iterator[Scanned]:
    details = node["extra_info"]
    children = node["children"]
    if not children:
        yield Scanned(
            ours=bool(_marks(node)),
            tag=tag_of(node),
            source=details.get("Table") or node["name"],
            filters=tuple(text for text in texts(details.get("Filters")) if not _MARK.fullmatch(text)),
            residual=above,
            columns=tuple(_unquoted(name) for name in texts(details.get("Projections"))),
        )
    if node["name"] == "FILTER":
        above = (*above, *texts(details["Expression"]))
    elif node["name"] != "PROJECTION" or not all(
        _PASSED_ON.fullmatch(each) for each in texts(details.get("Projections"))
    ):
        above = ()
    for child in reversed(children) if "JOIN" in node["name"] else children:
        yield from _below(child, above)


def _unmarked(node: Node) -> Node:
    details = dict(node["extra_info"])
    if "Filters" in details:
        details["Filters"] = [text for text in texts(details["Filters"]) if not _MARK.fullmatch(text)]
    return {**node, "extra_info": details, "children": [_unmarked(child) for child in node["children"]]}


def texts(value: object) -> list[str]:
    """What EXPLAIN gives as a list, as a text where there is one, and not at all where there is none.

    It gives a text of several lines as a list too: then a quotation that begins in one element ends in a later one.
    """
    if value is None:
        return []
    found: list[str] = []
    for line in value if isinstance(value, list) else [value]:
        if found and found[-1].count("'") % 2:
            found[-1] += f"\n{line}"
        else:
            found.append(str(line))
    return found


def _unquoted(name: str) -> str:
    quoted = len(name) > 1 and name.startswith('"') and name.endswith('"')
    return name[1:-1].replace('""', '"') if quoted else name


def _tokens(scanned: Scanned) -> list[str]:
    return sorted(
        token
        for text in (*scanned.filters, *scanned.residual)
        for token in re.findall(r"'[^']*'|\w+|[^\s\w()]", text)
        if token != "AND"
    )
