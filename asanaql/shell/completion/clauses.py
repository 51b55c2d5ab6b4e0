"""The words that make a statement: those that begin a part of a query, and those that are no names."""

from __future__ import annotations

from collections.abc import Sequence

from asanaql.shell.completion.groups import Group, Item

SETS = frozenset({"union", "intersect", "except"})
#: Parts in which a comma is followed by another relation, unless the query is a pivot.
JOINED = ("from", "on", "using")
PIVOTS = frozenset({"pivot", "unpivot"})
#: Words that go on with a UNION or the like.
SET_WORDS = frozenset({"all", "distinct", "by", "name"})

#: Words that begin a part of a query, each with the name of the part.
CLAUSES = {
    **{word: word for word in ("select", "from", "where", "having", "qualify", "limit", "offset", "values", "set")},
    **{word: word for word in ("window", "on", "using", "returning", "into", "update", "describe", "summarize")},
    **{"group": "group", "order": "order", "join": "from", "pivot": "pivot", "unpivot": "pivot", "sample": "limit"},
}

_JOINS = frozenset({"left", "right", "full", "inner", "outer", "cross", "natural", "semi", "anti", "asof"})

NO_ALIAS = SETS | set(CLAUSES) | _JOINS | {"as", "positional", "lateral", "tablesample", "with", "when", "to", "show"}

#: Words that are values, and no names.
CONSTANTS = frozenset({"true", "false", "null"})
#: Words behind which an expression goes on, so that a name there is no alias.
_GOES_ON = frozenset({"and", "or", "not", "in", "is", "like", "ilike", "between", "then", "else", "when", "case", "by"})


def begins_clause(items: Sequence[Item], place: int) -> bool:
    """Whether the item at `place` begins a part of a query: not in `IS DISTINCT FROM`, nor as a name behind a dot."""
    word = items[place].word
    front = items[place - 1].word if place else ""
    return word in CLAUSES and front != "." and not (word in ("from", "on") and front == "distinct")


def ends_value(item: Item) -> bool:
    """Whether an expression can end with this item."""
    if isinstance(item, Group) or item.kind in ("text", "number", "quoted"):
        return True
    return item.kind == "word" and item.word not in _GOES_ON and item.word not in CLAUSES
