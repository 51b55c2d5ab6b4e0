"""The names of what is in Asana, to be looked up by what is typed of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, islice
from typing import NamedTuple

#: So many names are found at most.
MOST = 50


class Named(NamedTuple):
    """One object's name and gid."""

    name: str
    gid: str


class _Index:
    """The names of one relation, sorted without regard to case.

    They are one text as well, a line each, so that a part of a name is found without looking at every name.
    """

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        ordered = sorted((name.casefold(), name, gid) for name, gid in dict.fromkeys(named))
        self._folded = [folded for folded, _, _ in ordered]
        self._named = [Named(name, gid) for _, name, gid in ordered]
        self._by_gid = sorted(self._named, key=lambda each: each.gid)
        self._gids = [each.gid for each in self._by_gid]
        lines = [folded.replace("\n", " ") for folded in self._folded]
        self._text = "\n".join(lines)
        self._starts = [0, *accumulate(len(line) + 1 for line in lines)]

    def __len__(self) -> int:
        return len(self._named)

    def beginning(self, typed: str) -> Iterator[Named]:
        """Those whose name begins so, in the order of their names."""
        for place in range(bisect_left(self._folded, typed), len(self._folded)):
            if not self._folded[place].startswith(typed):
                return
            yield self._named[place]

    def containing(self, typed: str) -> Iterator[Named]:
        """Those whose name holds what was typed further on."""
        at = self._text.find(typed)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            if at > self._starts[place] and not self._folded[place].startswith(typed):
                yield self._named[place]
            at = self._text.find(typed, self._starts[place + 1])

    def numbered(self, digits: str) -> Iterator[Named]:
        """Those whose gid begins so, in the order of their gids."""
        for place in range(bisect_left(self._gids, digits), len(self._gids)):
            if not self._gids[place].startswith(digits):
                return
            yield self._by_gid[place]


class Names:
    """An immutable set of names with their gids, by relation: `Names({"projects": [("Launch plan", "12")]})`."""

    def __init__(self, named: Mapping[str, Iterable[tuple[str, str]]] | None = None) -> None:
        self._indexes = {relation: _Index(found) for relation, found in (named or {}).items()}

    def __len__(self) -> int:
        return sum(len(index) for index in self._indexes.values())

    def matching(self, relation: str, typed: str, *, gids: bool = False) -> list[Named]:
        """Those whose name begins with what was typed, whatever its case, then those whose name holds it; 50 at most.

        With `gids`, those whose gid begins so come first.
        """
        index = self._indexes.get(relation)
        if index is None:
            return []
        folded = typed.casefold()

        def found() -> Iterator[Named]:
            if gids and typed.isdigit():
                yield from index.numbered(typed)
            yield from index.beginning(folded)
            if folded and "\n" not in folded:
                yield from index.containing(folded)

        return list(islice(dict.fromkeys(islice(found(), 2 * MOST)), MOST))
