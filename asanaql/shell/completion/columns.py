"""The columns that may be named at the cursor."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from asanaql.shell.completion.candidates import Candidate
from asanaql.shell.completion.queries import Arm
from asanaql.shell.completion.relations import Known
from asanaql.shell.completion.scope import Level, Scope

_PLAIN = re.compile(r"[^\W\d]\w*", re.ASCII)
_LABELLED = frozenset({"where", "group", "having", "qualify", "order"})


def written(name: str, reserved: frozenset[str]) -> str:
    """The name as SQL: in double quotes where it needs them."""
    if _PLAIN.fullmatch(name) and name.lower() not in reserved:
        return name
    return '"' + name.replace('"', '""') + '"'


def of_columns(columns: Iterable[Known], reserved: frozenset[str]) -> Iterator[Candidate]:
    """The columns by themselves."""
    for column in columns:
        yield Candidate(written(column.name, reserved), "column", column.about, column.name, parts=True)


def in_scope(scope: Scope, part: str, reserved: frozenset[str]) -> Iterator[Candidate]:
    """The columns of all that is in scope, the innermost first; qualified where two are called the same, or outside.

    The names that the query gives itself come first where they are most often meant.
    """
    if part == "on":
        yield from _aliases(scope, reserved)
    hidden: set[str] = set()
    for depth, level in enumerate(scope.levels):
        labels = level.labels if depth == 0 and part in _LABELLED else ()
        named = [Candidate(written(name, reserved), "column", "A name of this query's.", name) for name in labels]
        if part in ("group", "order"):
            yield from named
        yield from _of_level(level, reserved, hidden if depth else None)
        hidden.update(source.alias for source, _ in level.sources)
        yield from named
    yield from _aliases(scope, reserved)


def _aliases(scope: Scope, reserved: frozenset[str]) -> Iterator[Candidate]:
    for level in scope.levels:
        for source, columns in level.sources:
            if source.alias and columns:
                about = f"The columns of {source.name or 'a subquery'}."
                yield Candidate(f"{written(source.shown, reserved)}.", "alias", about)


def _of_level(level: Level, reserved: frozenset[str], hidden: set[str] | None) -> Iterator[Candidate]:
    """The columns of a query; for one outside qualified, but for the relations whose alias is `hidden` further in."""
    counted = Counter(column.name.lower() for _, columns in level.sources for column in columns)
    for source, columns in level.sources:
        for column in columns if source.alias not in (hidden or ()) else ():
            lower = column.name.lower()
            text = written(column.name, reserved)
            if source.alias and (hidden is not None or (counted[lower] > 1 and lower not in level.shared)):
                text = f"{written(source.shown, reserved)}.{text}"
            yield Candidate(text, "column", column.about, column.name, parts=True)


def shared(scope: Scope, arm: Arm, place: int) -> list[Known]:
    """The columns that both sides of a join have, whose USING is at `place`."""
    level = scope.levels[0] if scope.levels else Level(())
    sides: list[Sequence[Known]] = [columns for source, columns in level.sources if source.place < place]
    if len(sides) < 2:
        return []
    left = {column.name.lower() for columns in sides[:-1] for column in columns}
    return [column for column in sides[-1] if column.name.lower() in left]
