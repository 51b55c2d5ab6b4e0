"""The names of what is in Asana, to be looked up by what is typed of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, islice
from typing import NamedTuple

#: So many are found at most.
MOST = 50


class Named(NamedTuple):
    """One object's name and gid."""

    name: str
    gid: str


class Namesakes(NamedTuple):
    """A name, and the gids of all that have it."""

    name: str
    gids: Sequence[str]


class _Index:
    """The names of one relation, sorted without regard to case, each once, with the gids that have it.

    They are one text as well, a line each, so that a part of a name is found without looking at every name. Plain lists
    of text hold them all, which the collection of garbage need not walk through.
    """

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        ordered = sorted((name.casefold(), name, gid) for name, gid in dict.fromkeys(named))
        self._all = [gid for _, _, gid in ordered]
        self._begin: list[int] = []
        self._names: list[str] = []
        self._folded: list[str] = []
        for place, (folded, name, _) in enumerate(ordered):
            if not self._names or self._names[-1] != name:
                self._begin.append(place)
                self._names.append(name)
                self._folded.append(folded)
        self._begin.append(len(ordered))
        numbered = sorted((gid, name) for _, name, gid in ordered)
        self._gids = [gid for gid, _ in numbered]
        self._called = [name for _, name in numbered]
        lines = [folded.replace("\n", " ") for folded in self._folded]
        self._text = "\n".join(lines)
        self._starts = [0, *accumulate(len(line) + 1 for line in lines)]

    def __len__(self) -> int:
        return len(self._all)

    def named(self) -> Iterator[tuple[str, str]]:
        """All names with their gids."""
        return zip(self._called, self._gids, strict=True)

    def _group(self, place: int) -> Namesakes:
        return Namesakes(self._names[place], self._all[self._begin[place] : self._begin[place + 1]])

    def found(self, typed: str) -> Iterator[Namesakes]:
        """The names that begin with what is typed, and then those that hold it further on."""
        for place in range(bisect_left(self._folded, typed), len(self._folded)):
            if not self._folded[place].startswith(typed):
                break
            yield self._group(place)
        at = self._text.find(typed) if typed and "\n" not in typed else -1
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            if not self._folded[place].startswith(typed):
                yield self._group(place)
            at = self._text.find(typed, self._starts[place + 1])

    def numbered(self, digits: str) -> Iterator[Named]:
        """Those whose gid begins so, in the order of their gids."""
        for place in range(bisect_left(self._gids, digits), len(self._gids)):
            if not self._gids[place].startswith(digits):
                return
            yield Named(self._called[place], self._gids[place])


class Names:
    """An immutable set of names with their gids, by relation: `Names({"projects": [("Launch plan", "12")]})`."""

    def __init__(self, named: Mapping[str, Iterable[tuple[str, str]]] | None = None) -> None:
        self._indexes = {relation: _Index(found) for relation, found in (named or {}).items()}

    def __len__(self) -> int:
        return sum(len(index) for index in self._indexes.values())

    def joined(self, named: Mapping[str, Iterable[tuple[str, str]]]) -> Names:
        """These names and others."""
        known = {relation: index.named() for relation, index in self._indexes.items()}
        return Names(
            {relation: [*known.get(relation, ()), *named.get(relation, ())] for relation in {**known, **named}}
        )

    def matching(self, relation: str, typed: str) -> list[Namesakes]:
        """Those whose name begins with what was typed, whatever its case, then those whose name holds it.

        At most 50 names, each with the gids of all that have it.
        """
        index = self._indexes.get(relation)
        return [] if index is None else list(islice(index.found(typed.casefold()), MOST))

    def identified(self, relation: str, typed: str) -> list[Named]:
        """The same one by one, behind those whose gid begins as typed; at most 50."""
        index = self._indexes.get(relation)
        if index is None:
            return []
        numbered = index.numbered(typed) if typed.isdigit() else iter(())
        by_name = (Named(name, gid) for name, gids in index.found(typed.casefold()) for gid in gids)
        return list(dict.fromkeys(islice(chain(numbered, by_name), MOST)))
