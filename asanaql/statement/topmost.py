"""Which scans need only give the first rows of an order: those that DuckDB's plan has below a TOP_N.

Between the two may stand what hands columns on, and filters, which are told as well. EXPLAIN names what a TOP_N sorts
by, or says its place among the columns below it. It leaves out where NULLs go, so this is for columns that have none. A
name is taken for a column only where the statement calls nothing else so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from asanaql.scan.first import Order
from asanaql.statement.explained import Node, tag_of, texts

_SORTED = re.compile(r"(#\d+|\w+) (ASC|DESC)")
_PLACE = re.compile(r"#(\d+)")
_NAME = re.compile(r"\w+")


@dataclass(frozen=True)
class Topmost:
    """That only the first rows in an order are wanted of an occurrence, of those for which all `filters` hold."""

    tag: str
    order: Order
    filters: tuple[str, ...]


def topmost(plan: Sequence[Node]) -> Iterator[Topmost]:
    """Every scan below a TOP_N with nothing between them that changes rows."""
    for node in plan:
        if node["name"] == "TOP_N":
            yield from _of(node)
        yield from topmost(node["children"])


def _of(node: Node) -> Iterator[Topmost]:
    details = node["extra_info"]
    first = _SORTED.fullmatch(texts(details["Order By"])[0])
    if first is None:
        return
    name, filters = first[1], list[str]()
    while (below := node["children"]) and (found := _handed_on(below[0], name)) is not None:
        [node], name = below, found
        if node["name"] == "FILTER":
            filters += texts(node["extra_info"]["Expression"])
        elif not node["children"]:
            tag = tag_of(node)
            rows = int(details["Top"]) + int(details.get("Offset", 0))
            if tag is not None:
                yield Topmost(tag, Order(name, first[2] == "DESC", rows), tuple(filters))


def _handed_on(node: Node, name: str) -> str | None:
    """What the column that is called so above the node is called below it; None where it may be another one."""
    if node["name"] == "FILTER":
        return name
    if node["children"] and node["name"] != "PROJECTION":
        return None
    shown = texts(node["extra_info"].get("Projections"))
    place = _PLACE.fullmatch(name)
    if place is not None:
        name = shown[int(place[1])] if int(place[1]) < len(shown) else ""
        return name if _PLACE.fullmatch(name) or _NAME.fullmatch(name) else None
    called = [text for text in shown if name in _NAME.findall(text)]
    unnamed = bool(node["children"]) and all(_PLACE.fullmatch(text) for text in shown)
    return name if called == [name] or unnamed else None
