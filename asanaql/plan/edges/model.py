"""What the analysis of a statement is told and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

RULES = ("on", "where", "using", "natural", "in", "in-reverse", "exists", "correlated")


class Unplanned(Exception):
    """Why a statement is left as typed."""


@dataclass(frozen=True)
class Known:
    """What names mean on the connection.

    `relations`: our relations, lower case, each with its columns in order. `functions`: the table functions that have
    a relation's columns. `described`: the columns of any other FROM item, given as SQL text, or None when it has none
    that are certain. `view`: the body of a view of the user's by its name as written, or None.
    """

    relations: Mapping[str, tuple[str, ...]]
    functions: Mapping[str, str]
    described: Callable[[str], tuple[str, ...] | None]
    view: Callable[[tuple[str, ...]], str | None]


@dataclass(frozen=True)
class Occurrence:
    """One place in `Analysis.text` where a relation, or its function, is read.

    `text[start:end]` is the (qualified) name, or the whole call up to its closing parenthesis; tags are "o1", "o2", …
    in the order of the text. `alias` and `name` are spelled as in the text, quotes included; `name` is what the
    statement calls the item when it has no alias. `arguments` is the text between the call's parentheses.
    """

    tag: str
    relation: str
    start: int
    end: int
    alias: str | None
    call: bool
    name: str
    arguments: str = ""


@dataclass(frozen=True)
class Place:
    """A column of an occurrence, or, where `tag` is empty, of a local FROM item.

    `item` is then SQL that stands alone, its alias included: `SELECT DISTINCT {alias}."{column}" FROM {item}` runs.
    """

    tag: str
    column: str
    item: str = ""
    alias: str = ""


@dataclass(frozen=True)
class Probe:
    """A derived table or reference of a CTE, `text[start:end]`, whose `column` equals the givers' keys.

    `alias` is its visible name, spelled as in the text; `aliased` says whether an alias follows `end`.
    """

    start: int
    end: int
    alias: str
    column: str
    aliased: bool


@dataclass(frozen=True)
class Edge:
    """A claim: every non-null value the receiver's column has in a row that matters is among the givers' values."""

    givers: frozenset[Place]
    receiver: Place | Probe
    rule: str
