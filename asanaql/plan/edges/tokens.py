"""A statement's tokens: how its brackets pair, and which part of it sqlglot is given to read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import Token, TokenType

from asanaql.plan.edges.model import Unplanned

#: What a query begins with, besides a parenthesis.
QUERY = frozenset({TokenType.SELECT, TokenType.FROM, TokenType.WITH, TokenType.VALUES})
_WHOLE = QUERY | {TokenType.L_PAREN, TokenType.INSERT, TokenType.UPDATE, TokenType.DELETE}
_CREATE_TABLE = (("OR",), ("REPLACE",), ("TEMP", "TEMPORARY"), ("TABLE",))


def pairs(tokens: Sequence[Token]) -> dict[int, int]:
    """For each opening parenthesis the closing one, by their places among the tokens."""
    opened: list[int] = []
    paired: dict[int, int] = {}
    for place, token in enumerate(tokens):
        if token.token_type is TokenType.L_PAREN:
            opened.append(place)
        elif token.token_type is TokenType.R_PAREN and opened:
            paired[opened.pop()] = place
    return paired


def readable(text: str, tokens: Sequence[Token]) -> str:
    """The text with blanks for what is around the query of a COPY or a CREATE TABLE, so that positions stay.

    sqlglot reads neither statement in full, and of the others only those that begin like a query or change rows.
    """
    if not tokens:
        raise Unplanned("it is empty")
    word = tokens[0].text.upper()
    if tokens[0].token_type in _WHOLE:
        return text
    if word == "COPY" and 1 in (paired := pairs(tokens)):
        return _alone(text, tokens[1].start, tokens[paired[1]].end + 1)
    if word == "CREATE" and (start := _created_from(tokens)) is not None:
        return _alone(text, start, len(text))
    raise Unplanned(f"{word} is not planned")


def _created_from(tokens: Sequence[Token]) -> int | None:
    """Where the query of CREATE TABLE … AS begins; None for any other CREATE."""
    place = 1
    for words in _CREATE_TABLE:
        if place < len(tokens) and tokens[place].text.upper() in words:
            place += 1
    if tokens[place - 1].text.upper() != "TABLE":
        return None
    paired = pairs(tokens)
    while place < len(tokens) - 1:
        if tokens[place].token_type is TokenType.ALIAS:
            return tokens[place + 1].start
        place = paired.get(place, place) + 1
    return None


def _alone(text: str, start: int, end: int) -> str:
    return " " * start + text[start:end] + " " * (len(text) - end)
