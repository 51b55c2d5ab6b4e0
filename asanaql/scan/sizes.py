"""How large things are, as far as it was seen: for the planner's costs, and to start the longest listing first.

What was seen is kept beside the listings that fan-outs take their keys from, for the connections to come.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyarrow as pa

from asanaql.cache import Cache
from asanaql.catalog.model import Catalog, Paging, Path, Table, whole

#: Rows in a full page.
PAGE = 100
#: Listings whose sizes are remembered, those not seen for longest forgotten first.
MOST = 20_000
#: How much of a listing a filter is guessed to leave, and how much one by a moment does, which mostly is not long ago.
SELECTIVITY, RECENT = 0.4, 0.15

_KEY = "sizes"
_SECONDS = 24 * 3600
_SCHEMA = pa.schema([("listing", pa.list_(pa.string())), ("rows", pa.int64())])
#: A filter by a moment hardly comes again; one by these values does.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d")
_LASTING = {"now", "true", "false"}


@dataclass(frozen=True)
class _Seen:
    """What was seen of the listings of one path."""

    listings: int
    pages: int
    rows: int


class Sizes:
    """Row counts seen so far, of relations and of single listings.

    `only` is the gid of the workspace that the token sees, where it was seen to see no other.
    """

    def __init__(self) -> None:
        self.only: str | None = None
        self._tables: dict[str, int] = {}
        self._listings: OrderedDict[tuple[str, ...], int] = OrderedDict()
        self._paths: dict[tuple[str, str], _Seen] = {}
        self._kept: frozenset[str] = frozenset()
        self._loaded = False
        self._news = False

    def knows(self, table: Table) -> bool:
        """Whether the relation's size was seen, or can be told from what was."""
        return table.name in self._tables or self._told(table) is not None

    def rows(self, table: Table) -> int:
        """How many rows the relation has, by the last listing of it, by some of its listings, or by a guess."""
        if table.name in self._tables:
            return self._tables[table.name]
        told = self._told(table)
        return table.rows if told is None else told

    def _told(self, table: Table) -> int | None:
        """The size as those listings tell it that were seen, where it is known how many there are."""
        for path in table.paths:
            seen = self._paths.get((table.name, path.name))
            if seen is not None and path.parent is not None and whole(path) and path.parent.table in self._tables:
                return max(1, round(seen.rows / seen.listings * self._tables[path.parent.table]))
        return None

    def pages(self, table: Table, path: Path) -> float:
        """How many requests a listing of this path takes, by those seen or by the catalog's guess."""
        seen = self._paths.get((table.name, path.name))
        return float(path.pages) if seen is None else seen.pages / seen.listings

    def requests(
        self, table: Table, path: Path, keys: Mapping[str, tuple[object, ...]], parameters: Mapping[str, str]
    ) -> float:
        """How many requests the listings of these keys take, each with these filters."""
        combinations = math.prod(len(values) for values in keys.values())
        if path.paging is Paging.ONE or path.counts is not None:
            return float(combinations)
        usual = max(1.0, self.pages(table, path) * left(parameters))
        if combinations > MOST or len(keys) < len(path.keys):
            return combinations * usual
        return sum(
            self._of_listing((table.name, path.name, *map(str, values)), parameters, usual)
            for values in itertools.product(*(keys[key] for key in path.keys))
        )

    def listed_rows(
        self,
        table: Table,
        path: Path,
        keys: Mapping[str, tuple[object, ...]],
        parameters: Mapping[str, str],
        catalog: Catalog,
    ) -> float:
        """How many rows the listings of these keys have, each with these filters."""
        combinations = math.prod(len(values) for values in keys.values())
        if path.paging is Paging.ONE:
            return float(combinations)
        seen = self._paths.get((table.name, path.name))
        guess = min(table.rows / self._parents(path, catalog), path.pages * PAGE / 2)
        usual = (guess if seen is None else seen.rows / seen.listings) * left(parameters)
        if combinations > MOST or len(keys) < len(path.keys):
            return combinations * usual
        listings = itertools.product(*(keys[key] for key in path.keys))
        return sum(self._rows_of((table.name, path.name, *map(str, each)), parameters, usual) for each in listings)

    def _parents(self, path: Path, catalog: Catalog) -> int:
        """How many listings of the path there are."""
        return 1 if path.parent is None else max(1, self.rows(catalog[path.parent.table]))

    def _rows_of(self, listing: tuple[str, ...], parameters: Mapping[str, str], usual: float) -> float:
        filtered = (*listing, *sorted(parameters.values()))
        if filtered in self._listings:
            return self._listings[filtered]
        if listing in self._listings:
            return self._listings[listing] * left(parameters)
        return usual

    def kept(self, table: Table) -> bool:
        """Whether the relation's rows are at hand, so that taking keys from them costs nothing."""
        return table.name in self._kept

    def keep(self, names: Collection[str]) -> None:
        """Only the rows of these relations are at hand."""
        self._kept = frozenset(names)

    def listed(self, listing: tuple[str, ...]) -> int:
        """How many rows this listing had when it was last read; 0 when it never was."""
        return self._listings.get(listing, 0)

    def saw(self, table: Table, rows: int) -> None:
        """Remember the size of a relation."""
        self._tables[table.name] = max(rows, 1)

    def saw_listing(self, listing: tuple[str, ...], rows: int, *, whole: bool = True) -> None:
        """Remember the size of a listing; `whole` says that nothing narrowed it. Its identity begins with its path."""
        self._news = self._news or self._listings.get(listing) != rows
        if whole and listing not in self._listings:
            seen = self._paths.get((listing[0], listing[1]), _Seen(0, 0, 0))
            self._paths[listing[0], listing[1]] = _Seen(seen.listings + 1, seen.pages + _pages(rows), seen.rows + rows)
        self._listings[listing] = rows
        self._listings.move_to_end(listing)
        while len(self._listings) > MOST:
            self._listings.popitem(last=False)

    def load(self, cache: Cache | None) -> None:
        """Take over what other connections have seen, once. Raises CacheFault where the cache cannot be read."""
        if self._loaded or cache is None:
            return
        self._loaded = True
        found = cache.table(_KEY)
        if found is None or found.schema != _SCHEMA:
            return
        news = self._news
        for row in found.to_pylist():
            listing = tuple(row["listing"])
            if listing not in self._listings:
                self.saw_listing(listing, row["rows"], whole=not _LASTING.intersection(listing))
        self._news = news

    def save(self, cache: Cache | None) -> None:
        """Keep what was seen, if there is news. Raises CacheFault where the cache cannot be written."""
        if not self._news or cache is None:
            return
        self.load(cache)
        lasting = [
            (listing, rows)
            for listing, rows in list(self._listings.items())
            if not any(_MOMENT.match(part) for part in listing)
        ]
        columns = [[list(listing) for listing, _ in lasting], [rows for _, rows in lasting]]
        cache.keep(_KEY, pa.table(columns, schema=_SCHEMA), _SECONDS)
        self._news = False

    def _of_listing(self, listing: tuple[str, ...], parameters: Mapping[str, str], usual: float) -> float:
        filtered = (*listing, *sorted(parameters.values()))
        if filtered in self._listings:
            return _pages(self._listings[filtered])
        if listing in self._listings:
            return _pages(math.ceil(self._listings[listing] * left(parameters)))
        return usual


def left(parameters: Mapping[str, str]) -> float:
    """How much of a listing these filters are guessed to leave."""
    if not parameters:
        return 1.0
    return RECENT if any(_MOMENT.match(text) for text in parameters.values()) else SELECTIVITY


def _pages(rows: int) -> int:
    return max(1, -(-rows // PAGE))
