"""What the demo workspace holds: records by kind and gid, which records hang under which, and what happened.

A record is a dict shaped like Asana's full answer, except that a reference is the other record itself; what of
it is shown is decided when it is asked for. A World has no rules: those are the service's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a record was in a listing: `parent` is a gid."""

    what: str
    parent: str
    position: int
    record: Record


@dataclass
class World:
    """One organization. `notable` names the gids that tests and examples want to find, see `build`."""

    now: datetime
    scale: int
    seed: int
    notable: dict[str, str] = field(default_factory=dict)
    custom_ids: dict[str, Record] = field(default_factory=dict)
    happened: list[tuple[Record, frozenset[str]]] = field(default_factory=list, repr=False)
    # Places in `happened` of which nobody is told, and how often all sync tokens were forgotten.
    lost: set[int] = field(default_factory=set, repr=False)
    forgotten: int = 0
    _records: dict[str, dict[str, Record]] = field(default_factory=lambda: defaultdict(dict), repr=False)
    _under: dict[tuple[str, str], list[Record]] = field(default_factory=lambda: defaultdict(list), repr=False)

    def add(self, record: Record, kind: str | None = None) -> Record:
        """Keeps a record under its gid; its kind is its `resource_type` unless it has none. Returns the record."""
        self._records[kind or record["resource_type"]][record["gid"]] = record
        return record

    def hang(self, what: str, parent: Record, record: Record) -> None:
        """Appends a record to one of the parent's listings, such as `project.tasks`."""
        self._under[what, parent["gid"]].append(record)

    def arrange(self, what: str, parent: Record, records: Iterable[Record]) -> None:
        """Replaces one of the parent's listings, in the order in which it will be shown."""
        self._under[what, parent["gid"]] = list(records)

    def under(self, what: str, parent: Record) -> list[Record]:
        """One of the parent's listings in display order; empty where there is none."""
        return self._under.get((what, parent["gid"]), [])

    def remove(self, kind: str, gid: str) -> Record | None:
        """Forgets a record of a kind, and returns it; the listings that it is in stay as they are."""
        return self._records.get(kind, {}).pop(gid, None)

    def withdraw(self, gids: Collection[str]) -> list[Place]:
        """Takes records out of every listing, but not out of those of each other. Returns where they were."""
        places = []
        for (what, parent), records in self._under.items():
            if parent not in gids:
                found = [Place(what, parent, at, one) for at, one in enumerate(records) if one.get("gid") in gids]
                if found:
                    self._under[what, parent] = [one for one in records if one.get("gid") not in gids]
                    places += found
        return places

    def put_back(self, place: Place) -> None:
        """Puts a record where it was, or at the end of what is left of the listing."""
        self._under[place.what, place.parent].insert(place.position, place.record)

    def listings(self) -> Iterator[tuple[str, str, list[Record]]]:
        """Every listing: its name, the gid of its parent, and what is in it."""
        for (what, parent), records in self._under.items():
            yield what, parent, records

    def kinds(self) -> list[str]:
        """The kinds of which there are records."""
        return list(self._records)

    def happen(self, event: Record, watched: Iterable[str]) -> None:
        """Keeps an event for those who watch one of these gids. Events have no gid of their own."""
        self.happened.append((event, frozenset(watched)))

    def all(self, kind: str) -> list[Record]:
        """Every record of a kind, in the order of creation."""
        return list(self._records.get(kind, {}).values())

    def find(self, kind: str, gid: str) -> Record | None:
        """The record of a kind with this gid, or None."""
        return self._records.get(kind, {}).get(gid)

    def kind_of(self, gid: str, kinds: Iterable[str]) -> str | None:
        """The first of the kinds that holds this gid."""
        return next((kind for kind in kinds if gid in self._records.get(kind, {})), None)

    @property
    def workspace(self) -> Record:
        """The only workspace that the token sees."""
        return self.all("workspace")[0]

    @property
    def me(self) -> Record:
        """The user whose token it is."""
        return self.all("user")[0]

    @property
    def users(self) -> list[Record]:
        """Every user; the first is `me`."""
        return self.all("user")

    @property
    def teams(self) -> list[Record]:
        """Every team."""
        return self.all("team")

    @property
    def projects(self) -> list[Record]:
        """Every project, in the order of creation."""
        return self.all("project")

    @property
    def tasks(self) -> list[Record]:
        """Every task, in a project or not."""
        return self.all("task")

    def tasks_in(self, project: str) -> list[Record]:
        """The tasks of a project, given by gid, in display order."""
        return self._under.get(("project.tasks", project), [])
