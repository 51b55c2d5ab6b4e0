"""Which relations a statement reads, and under which names, as far as its text tells while it is being typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from asanaql.typed.kinds import KINDS

_TOKEN = re.compile(r"'(?:[^']|'')*'?|\"(?:[^\"]|\"\")*\"?|--[^\n]*|/\*.*?(?:\*/|\Z)|\w+|\S", re.DOTALL)
_BEFORE_TABLE = frozenset({"from", "join", "into", "describe", "summarize", "table"})
_SETS = frozenset({"union", "intersect", "except", "values"})
_CLAUSES = _SETS | {"select", "where", "group", "order", "having", "limit", "offset", "on", "using", "qualify", "set"}
_JOINS = frozenset({"left", "right", "full", "inner", "outer", "cross", "natural", "semi", "anti", "asof", "lateral"})
_NO_ALIAS = _CLAUSES | _BEFORE_TABLE | _JOINS | {"as", "positional", "tablesample", "window"}
#: Functions that are not called like the relation whose columns they have.
_TYPED = {kind.function: kind.relation for kind in KINDS.values()}
#: Relations about the layer itself, which are no functions of relations.
_LAYER = ("asana_tables", "asana_columns", "asana_requests")
_WORD = re.compile(r"\w+")


def tokens(text: str) -> list[str]:
    """The words and signs of `text`, without comments."""
    return [token for token in _TOKEN.findall(text) if not token.startswith(("--", "/*"))]


def scope_of(statement: str) -> dict[str, str]:
    """Every name that columns can be qualified with, in lower case, and the relation it stands for.

    Both `tasks` and the function form `asana_tasks(…)` stand for the relation `tasks`.
    """
    words = tokens(statement)
    names: dict[str, str] = {}
    for place in _table_places(words):
        place = _after_schema(words, place)
        relation = relation_of(words[place].lower())
        alias = _alias(words, place + 1) or words[place].lower()
        names[alias] = relation
    return names


def wants_table(before: str) -> bool:
    """Whether the next word of a statement that begins with `before` names a relation."""
    words = tokens(before)
    if words[-2:] and [word.lower() for word in words[-2:]] == ["asana", "."]:
        return True
    return len(words) in _table_places([*words, "x"])


def called(before: str) -> str:
    """The relation whose function is being given its arguments behind `before`, or an empty text.

    A function that is given a name in quotes stands for itself.
    """
    words = tokens(before)
    if not words or words[-1] not in ("(", ","):
        return ""
    depth = 0
    for place in range(len(words) - 1, 0, -1):
        depth += {")": 1, "(": -1}.get(words[place], 0)
        if depth < 0:
            name = words[place - 1].lower()
            return name if name in _TYPED else relation_of(name) if name.startswith("asana_") else ""
    return ""


def relation_of(name: str) -> str:
    """The relation that a name after FROM reads: `asana_tasks` is the function of `tasks`."""
    return _TYPED.get(name, name.removeprefix("asana_")) if name not in _LAYER else name


def _table_places(words: Sequence[str]) -> list[int]:
    """The positions in `words` where a relation is named."""
    places = []
    depths: list[bool] = [False]
    expected = False
    for place, word in enumerate(word.lower() for word in words):
        if word == "(":
            depths.append(False)
            expected = False
        elif word == ")":
            depths = depths[:-1] or [False]
            expected = False
        elif word in _BEFORE_TABLE:
            depths[-1] = expected = True
        elif word in _CLAUSES:
            depths[-1] = expected = False
        elif word == ",":
            expected = depths[-1]
        elif expected and _WORD.fullmatch(word):
            places.append(place)
            expected = False
    return places


def _after_schema(words: Sequence[str], place: int) -> int:
    """The position of the name itself behind `asana.`."""
    qualified = words[place + 1 : place + 2] == ["."] and place + 2 < len(words)
    return place + 2 if qualified else place


def _alias(words: Sequence[str], place: int) -> str:
    """The alias given at `place`, behind the arguments of a function where there are some."""
    if words[place : place + 1] == ["("]:
        depth = 0
        while place < len(words):
            depth += {"(": 1, ")": -1}.get(words[place], 0)
            place += 1
            if depth == 0:
                break
    if [word.lower() for word in words[place : place + 1]] == ["as"]:
        place += 1
    for word in words[place : place + 1]:
        if _WORD.fullmatch(word) and word.lower() not in _NO_ALIAS:
            return word.lower()
    return ""
