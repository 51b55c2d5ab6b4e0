"""What a thread hears of the predicates that DuckDB hands to the scans while it explains a statement.

DuckDB's EXPLAIN shows a predicate as the text that its node writes of itself, so the node is found by the text.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from asanaql.scan.predicates import Node

Heard = dict[tuple[str, str], Node]


class Listening:
    """The predicates by relation and text, for the thread that listens; the marks of scans are among them."""

    def __init__(self) -> None:
        self._local = threading.local()

    @contextmanager
    def heard(self) -> Iterator[Heard]:
        """What is accepted on this thread meanwhile."""
        heard: Heard = {}
        self._local.heard = heard
        try:
            yield heard
        finally:
            self._local.heard = None

    def accepted(self, relation: str, predicate: Node) -> None:
        """A scan of the relation has accepted the predicate."""
        heard: Heard | None = getattr(self._local, "heard", None)
        if heard is not None:
            heard[relation, predicate.fragment()] = predicate

    @property
    def listens(self) -> bool:
        """Whether this thread only explains: nothing that it plans is about to run."""
        return getattr(self._local, "heard", None) is not None
