"""What a run is asked for, and what it says of itself."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from asanaql.sync.targets import Published


@dataclass(frozen=True, kw_only=True)
class Copied:
    """What became of one relation. `skipped` says why it was not read, `warnings` what its rows lack.

    Where it is not `complete`, rows could not be read, and what may be among these was not deleted.
    """

    relation: str
    rows: int = 0
    added: int = 0
    changed: int = 0
    deleted: int = 0
    requests: int = 0
    seconds: float = 0.0
    complete: bool = True
    skipped: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What one run did: a line for each relation, and one for what was written to a target beside the copy."""

    copied: tuple[Copied, ...]
    published: tuple[Published, ...] = ()


@dataclass(frozen=True)
class Options:
    """What a run is asked for.

    `tables` are the relations to copy and `projects` the gids or names of those whose tasks are, None for all. Tasks
    that were not modified in the time `since` are left out by the run that makes the copy. A `full` run reads
    everything, any other what changed. With `max_age` it reads only relations that are older, and of tasks only what
    events tell: what these do not is left to other runs. `told` is called with each relation as it is done. `clock` is
    in seconds, `now` gives the moment of the run.
    """

    tables: Sequence[str] | None = None
    projects: Sequence[str] | None = None
    since: dt.timedelta | None = None
    full: bool = False
    max_age: dt.timedelta | None = None
    keep_deleted: bool = False
    allow_deletes: bool = False
    told: Callable[[Copied], None] = field(default=lambda copied: None)
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], dt.datetime] = field(default=lambda: dt.datetime.now(dt.UTC))


@dataclass
class Tally:
    """What one relation has come to so far, in any number of steps."""

    before: int = 0
    added: int = 0
    changed: int = 0
    deleted: int = 0
    requests: int = 0
    seconds: float = 0.0
    complete: bool = True
    skipped: str | None = None
    warnings: list[str] = field(default_factory=list)

    def copied(self, relation: str, rows: int) -> Copied:
        """The relation, which has so many rows now."""
        told = {name: value for name, value in vars(self).items() if name != "before"}
        return Copied(relation=relation, rows=rows, **{**told, "warnings": tuple(self.warnings)})
