"""The tree of a filter's text as DuckDB's EXPLAIN prints it: every operation in parentheses, constants with their type.

Whatever has another form is `Unknown`, so that what stands beside it can still be understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

_TOKEN = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\W\d]\w*|\d+(?:\.\d+)?(?:e[+-]?\d+)?|::|<=|>=|!=|//|[^\s'"]|(?P<broken>['"])"""
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_WORD = re.compile(r'[^\W\d]\w*|"(?:[^"]|"")*"')
_OPENING, _CLOSING = frozenset({"(", "[", "{", "CASE"}), frozenset({")", "]", "}", "END"})
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_ARITHMETIC = frozenset({"+", "-", "*", "/", "//"})
_CASTS = frozenset({"CAST", "TRY_CAST"})
_IS = {
    ("NULL",): "IS NULL",
    ("NOT", "NULL"): "IS NOT NULL",
    ("DISTINCT", "FROM"): "IS DISTINCT FROM",
    ("NOT", "DISTINCT", "FROM"): "IS NOT DISTINCT FROM",
}
#: Texts beyond this length are not read; a list of some thousand gids is shorter.
_LONGEST = 200_000


@dataclass(frozen=True)
class Named:
    """A column, or anything else that has a name."""

    name: str


@dataclass(frozen=True)
class Constant:
    """A literal as written; `type` is empty where DuckDB prints none: texts, numbers, true and false."""

    literal: str
    type: str = ""

    @property
    def sql(self) -> str:
        """The constant as DuckDB reads it again."""
        return f"{self.literal}::{self.type}" if self.type else self.literal

    @property
    def value(self) -> str | bool | Decimal | None:
        """What it stands for; a text where the type is another one."""
        if self.literal.startswith("'"):
            return self.literal[1:-1].replace("''", "'")
        words = {"NULL": None, "true": True, "false": False}
        return words[self.literal] if self.literal in words else Decimal(self.literal)


@dataclass(frozen=True)
class Call:
    """An operation or a function of its arguments; `type` is the target of a CAST."""

    name: str
    arguments: tuple[Node, ...]
    type: str = ""


@dataclass(frozen=True)
class Unknown:
    """What is not understood."""


Node = Named | Constant | Call | Unknown


def tree(text: str) -> Node:
    """What the text says."""
    if len(text) > _LONGEST:
        return Unknown()
    tokens: list[str] = []
    for found in _TOKEN.finditer(text):
        if found["broken"]:
            return Unknown()
        tokens.append(found[0])
    try:
        root = _node(tokens)
    except RecursionError:
        return Unknown()
    whole = text.startswith("(") and _top(tokens) == [0, len(tokens) - 1]
    # DuckDB puts every operation in parentheses: words between others are a part of something else.
    return Unknown() if isinstance(root, Call) and root.name in ("AND", "OR") and not whole else root


def conjuncts_of(node: Node) -> Iterator[Node]:
    """What must all be true for the node to be true."""
    if isinstance(node, Call) and node.name == "AND":
        for each in node.arguments:
            yield from conjuncts_of(each)
    else:
        yield node


def names(node: Node) -> Iterator[str]:
    """The names that occur in the node, as often as they do."""
    if isinstance(node, Named):
        yield node.name
    elif isinstance(node, Call):
        for each in node.arguments:
            yield from names(each)


def _node(tokens: Sequence[str]) -> Node:
    while (top := _top(tokens)) == [0, len(tokens) - 1] and tokens[0] == "(" and tokens[-1] == ")":
        tokens = tokens[1:-1]
    marks = [(place, tokens[place]) for place in top]
    words = {token for _, token in marks}
    if not tokens or "," in words:
        return Unknown()
    if "BETWEEN" in words:
        return _between(tokens, marks)
    for word in ("OR", "AND"):
        if word in words:
            return Call(word, tuple(_node(part) for part in _split(tokens, marks, word)))
    if tokens[0] == "NOT":
        return Call("NOT", (_node(tokens[1:]),))
    if "IS" in words:
        return _is(tokens, next(place for place, token in marks if token == "IS"))
    if "IN" in words:
        return _in(tokens, next(place for place, token in marks if token == "IN"))
    for operators in (_COMPARISONS, _ARITHMETIC):
        places = [place for place, token in marks if token in operators and place > 0]
        if places:
            left, right = tokens[: places[0]], tokens[places[0] + 1 :]
            return Call(tokens[places[0]], (_node(left), _node(right)))
    return _single(tokens, marks)


def _top(tokens: Sequence[str]) -> list[int]:
    """The places of the tokens that no bracket encloses, the outermost brackets themselves included."""
    depth = 0
    found: list[int] = []
    for place, token in enumerate(tokens):
        if token in _CLOSING:
            depth -= 1
        if depth == 0:
            found.append(place)
        if token in _OPENING:
            depth += 1
    return found if depth == 0 else []


def _split(tokens: Sequence[str], marks: Sequence[tuple[int, str]], separator: str) -> list[Sequence[str]]:
    bounds = [-1, *(place for place, token in marks if token == separator), len(tokens)]
    return [tokens[start + 1 : end] for start, end in pairwise(bounds)]


def _between(tokens: Sequence[str], marks: Sequence[tuple[int, str]]) -> Node:
    """`a BETWEEN b AND c`, as which DuckDB prints exclusive bounds too: at least as weak as the filter."""
    words = [token for _, token in marks if token in ("BETWEEN", "AND", "OR")]
    if words != ["BETWEEN", "AND"]:
        return Unknown()
    [value, rest] = _split(tokens, marks, "BETWEEN")
    [_, high] = _split(tokens, marks, "AND")
    low = rest[: len(rest) - len(high) - 1]
    return Call("BETWEEN", (_node(value), _node(low), _node(high)))


def _is(tokens: Sequence[str], place: int) -> Node:
    rest = tuple(tokens[place + 1 :])
    for words, name in _IS.items():
        if rest == words and words[-1] == "NULL":
            return Call(name, (_node(tokens[:place]),))
        if rest[: len(words)] == words and words[-1] == "FROM":
            return Call(name, (_node(tokens[:place]), _node(rest[len(words) :])))
    return Unknown()


def _in(tokens: Sequence[str], place: int) -> Node:
    """`a IN (1, 2)` as alternatives."""
    if list(tokens[place + 1 : place + 2]) != ["("] or tokens[-1] != ")":
        return Unknown()
    value = _node(tokens[:place])
    return Call("OR", tuple(Call("=", (value, each)) for each in _listed(tokens[place + 2 : -1])))


def _single(tokens: Sequence[str], marks: Sequence[tuple[int, str]]) -> Node:
    """A constant, a name, a cast or a call."""
    literal = "".join(tokens[: 2 if tokens[0] == "-" else 1])
    rest = tokens[2 if tokens[0] == "-" else 1 :]
    if literal.startswith("'") or literal in ("NULL", "true", "false") or _NUMBER.fullmatch(literal):
        if not rest:
            return Constant(literal)
        return Constant(literal, " ".join(rest[1:])) if rest[0] == "::" and len(rest) > 1 else Unknown()
    if not _WORD.fullmatch(literal):
        return Unknown()
    name = literal[1:-1].replace('""', '"') if literal.startswith('"') else literal
    if not rest:
        return Named(name)
    if [place for place, _ in marks] != [0, 1, len(tokens) - 1] or rest[0] != "(" or rest[-1] != ")":
        return Unknown()
    return _cast(rest[1:-1]) if literal in _CASTS else _call(name, rest[1:-1])


def _cast(inside: Sequence[str]) -> Node:
    marks = [(place, inside[place]) for place in _top(inside)]
    parts = _split(inside, marks, "AS")
    return Call("CAST", (_node(parts[0]),), " ".join(parts[1])) if len(parts) == 2 else Unknown()


def _call(name: str, inside: Sequence[str]) -> Node:
    if name.lower() == "contains" and list(inside[:3]) == ["(", ")", ","]:
        # This is how DuckDB writes `a IN ()`, which no row is, as little as one with `a = NULL`.
        return Call("=", (_node(inside[3:]), Constant("NULL")))
    return Call(name.lower(), _listed(inside) if inside else ())


def _listed(inside: Sequence[str]) -> tuple[Node, ...]:
    marks = [(place, inside[place]) for place in _top(inside)]
    return tuple(_node(part) for part in _split(inside, marks, ","))
