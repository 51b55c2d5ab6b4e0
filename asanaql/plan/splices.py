"""Pieces of a text replaced by others, at places in the text as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Splice:
    """`written` in the place of `text[start:end]`; where the two are equal it is put before what stands there."""

    start: int
    end: int
    written: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """The text with every splice made; of several at one place the first given comes first."""
    pieces: list[str] = []
    place = 0
    for each in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        pieces += (text[place : each.start], each.written)
        place = each.end
    return "".join(pieces) + text[place:]
