"""The copy, brought up to date once for every load."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from asanaql.connection import Connection
from asanaql.errors import AsanaqlWarning
from asanaql.sync import Report


class Upkeep:
    """Brings relations up to date that have not been since a load began; `options` are those of `Connection.sync`."""

    def __init__(
        self, opened: Callable[[], AbstractContextManager[Connection]], copy: Path, options: Mapping[str, Any]
    ) -> None:
        self._opened = opened
        self._copy = copy
        self._options = options
        self._load: str | None = None
        self._fresh: set[str] = set()

    def before(self, load: str | None, relation: str, others: Iterable[str]) -> None:
        """Before a relation is handed over: bring it up to date, together with others that the load is going to ask.

        What a copy lacks is said as Python warnings. Errors are those of `Connection.sync`.
        """
        if load is None or load != self._load:
            self._load, self._fresh = load, set()
        if relation in self._fresh:
            return
        wanted = list(dict.fromkeys((relation, *(each for each in others if each not in self._fresh))))
        with self._opened() as connection:
            report = connection.sync(self._copy, wanted, **self._options)
        self._fresh.update(wanted)
        for sentence in _lacks(report, wanted):
            warnings.warn(sentence, AsanaqlWarning, stacklevel=2)


def _lacks(report: Report, relations: Sequence[str]) -> Iterator[str]:
    for each in report.copied:
        if each.relation in relations:
            yield from (f"{each.relation}: {warning}" for warning in each.warnings)
            if each.skipped is not None:
                yield f"{each.relation} was skipped. {each.skipped}"
            elif not each.complete:
                yield f"{each.relation}: Since rows could not be read, none was deleted."
