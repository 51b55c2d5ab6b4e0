"""The calls of `asana_project('…')` and `asana_portfolio('…')` in a text of SQL, found by DuckDB's own tokens.

What only looks like one, in a string or a comment, is not found, and neither is a function of another schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from asanaql.errors import QueryError
from asanaql.typed.kinds import KINDS, Kind

_CALLED = re.compile(r"asana_(?:project|portfolio)\b", re.IGNORECASE)
_TEXT = re.compile(r"'((?:[^']|'')*)'|\$(\w*)\$(.*)\$\2\$|(\d+)", re.DOTALL)
_SCHEMAS = {(), ("asana",), ("main",), ("asana", "main"), ("memory", "main")}


@dataclass(frozen=True)
class Call:
    """`text[start:end]`, schema included, calls the function of `kind` with what is `named` at `place`."""

    kind: Kind
    named: str
    start: int
    end: int
    place: int


@dataclass(frozen=True)
class _Token:
    """`text` begins at `start`; a name is folded and without its quotes."""

    text: str
    start: int
    is_name: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def name(self) -> str:
        return self.text.strip('"').lower() if self.is_name else ""


_NAMES = (duckdb.token_type.identifier, duckdb.token_type.keyword)
_NOTHING = _Token("", 0, False)


def calls(text: str) -> list[Call]:
    """Every call, in order; a text without the word costs no more than the search for it.

    QueryError, with its place, where one is not of a single text in quotes.
    """
    if _CALLED.search(text) is None:
        return []
    tokens = list(_tokens(text))
    return [call for place in range(len(tokens)) for call in _call(tokens, place)]


def _tokens(text: str) -> Iterator[_Token]:
    """The tokens, without comments. DuckDB tells where each begins, in bytes."""
    encoded = text.encode()
    found = duckdb.tokenize(text)
    ends = [*(begin for begin, _ in found[1:]), len(encoded)]
    read, place = 0, 0
    for (begin, kind), end in zip(found, ends, strict=True):
        place += len(encoded[read:begin].decode())
        read = begin
        if kind != duckdb.token_type.comment:
            yield _Token(encoded[begin:end].decode().rstrip(), place, kind in _NAMES)


def _call(tokens: Sequence[_Token], place: int) -> Iterator[Call]:
    """The call whose function's name is the token at `place`."""
    kind = KINDS.get(tokens[place].name)
    opening, named, closing = [*tokens[place + 1 : place + 4], _NOTHING, _NOTHING, _NOTHING][:3]
    first = place
    while first >= 2 and tokens[first - 1].text == ".":
        first -= 2
    schema = tuple(each.name for each in tokens[first:place:2])
    if kind is None or opening.text != "(" or schema not in _SCHEMAS:
        return
    written = _TEXT.fullmatch(named.text)
    if written is None or closing.text != ")":
        raise QueryError(
            f"{kind.function} takes the name of one {kind.word}, or its gid, written in quotes: {kind.example}. "
            "Its columns must be known before the statement runs, so it can be no parameter and no expression.",
            tokens[place].start,
        )
    quoted, _, dollared, number = written.groups()
    called = quoted.replace("''", "'") if quoted is not None else dollared if dollared is not None else number
    yield Call(kind, called, tokens[first].start, closing.end, named.start)
