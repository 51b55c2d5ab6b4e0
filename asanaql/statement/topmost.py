"""Which scans need only give the first rows of an order: those that DuckDB's plan has right below a TOP_N.

EXPLAIN names what a TOP_N sorts by, or says its place among the columns below it. It leaves out where NULLs go, so this
is for columns that have none. A name is taken for a column only where the statement calls nothing else so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from asanaql.scan.first import Order
from asanaql.statement.explained import Node, tag_of, texts

_SORTED = re.compile(r"(#\d+|\w+) (ASC|DESC)")
_PLACE = re.compile(r"#(\d+)")
_NAME = re.compile(r"\w+")


def orders(plan: Sequence[Node], certain: Callable[[str], bool]) -> dict[str, Order]:
    """The order of the rows that are wanted of an occurrence, by its tag.

    `certain` says whether a name stands for the column that is called so.
    """
    return {tag: order for node in plan for tag, order in _below(node) if certain(order.column)}


def _below(node: Node) -> Iterator[tuple[str, Order]]:
    if node["name"] == "TOP_N":
        details = node["extra_info"]
        first = _SORTED.fullmatch(texts(details["Order By"])[0])
        traced = _traced(node["children"], first[1]) if first is not None else None
        if first is not None and traced is not None:
            tag, column = traced
            rows = int(details["Top"]) + int(details.get("Offset", 0))
            yield tag, Order(column, first[2] == "DESC", rows)
    for child in node["children"]:
        yield from _below(child)


def _traced(below: Sequence[Node], name: str) -> tuple[str, str] | None:
    """The tag of the scan that is reached through projections alone, and the column there that is called so above."""
    [node] = below
    shown = texts(node["extra_info"].get("Projections"))
    place = _PLACE.fullmatch(name)
    if place is not None:
        name = shown[int(place[1])] if int(place[1]) < len(shown) else ""
    elif [text for text in shown if name in _NAME.findall(text)] != [name]:
        return None  # Another column is made of what is called so.
    if node["children"]:
        return _traced(node["children"], name) if node["name"] == "PROJECTION" and _followed(name) else None
    tag = tag_of(node)
    return (tag, name) if tag is not None and _NAME.fullmatch(name) else None


def _followed(name: str) -> bool:
    """Whether a projection only hands a column on."""
    return _PLACE.fullmatch(name) is not None or _NAME.fullmatch(name) is not None
