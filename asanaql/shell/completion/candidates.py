"""What may be suggested, and which of it begins as what is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Suggestion:
    """`text` in place of the `replaces` characters before the cursor; `about` is a line to show beside it.

    A menu displays `shown` where that differs from the text.
    """

    text: str
    replaces: int
    kind: str
    about: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Candidate:
    """What could be suggested; `key` is what typed letters are compared with, the text itself unless told.

    Where it is made of `parts`, joined by underscores, the beginning of a later one will do.
    """

    text: str
    kind: str
    about: str = ""
    key: str = ""
    parts: bool = False


#: So many letters must be typed before the beginning of a later part will do.
_LETTERS = 2


def matching(candidates: Iterable[Candidate], typed: str, replaces: int) -> list[Suggestion]:
    """The candidates that begin as typed, whatever the case, and then those of which a part does; each text once.

    What is typed already in full is not suggested.
    """
    start = typed.lower()
    first: dict[str, Candidate] = {}
    later: dict[str, Candidate] = {}
    whole = False
    for each in candidates:
        key = (each.key or each.text).lower()
        whole |= key == start
        if key.startswith(start):
            if key != start or not start or each.text.lower() != start:
                first.setdefault(each.text, each)
        elif each.parts and len(start) >= _LETTERS and f"_{start}" in key:
            later.setdefault(each.text, each)
    return list(_made([*first.values(), *(() if whole else later.values())], replaces))


def _made(found: Iterable[Candidate], replaces: int) -> Iterator[Suggestion]:
    seen: set[str] = set()
    for each in found:
        if each.text not in seen:
            seen.add(each.text)
            yield Suggestion(each.text, replaces, each.kind, each.about)
