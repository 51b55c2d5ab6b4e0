"""A planned statement's scans in the order in which they run, told before they run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from asanaql.plan.access import Access, comparisons
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.account import Account
from asanaql.statement.cost import decided
from asanaql.statement.planned import Planned, Reading
from asanaql.statement.steps import Origin, Step, steps


class Report:
    """The steps of one statement, added as it is decided what runs next."""

    def __init__(self, account: Account, planned: Planned) -> None:
        self.steps: list[Step] = []
        self._account = account
        self._planned = planned
        self._origins: dict[str, dict[str, Origin]] = {}
        self._told: set[str] = set()

    def carried(self, receiver: str, column: str, givers: str, *, guessed: bool) -> None:
        """Keys for a column of the receiver are known, or how many there will be."""
        self._origins.setdefault(receiver, {})[column] = Origin(givers, guessed)

    def add(self, tag: str) -> None:
        """The occurrence is read next."""
        if tag in self._told:
            return
        self._told.add(tag)
        reading = self._planned.readings[tag]
        found = steps(self._account, reading.occurrence, self._origins.get(tag, {}))
        for step in found:
            own = step.relation == reading.occurrence.table.name
            if own:
                again = any(_alike(step, replace(other, residual=())) for other in self.steps)
                told = replace(step, residual=tuple(self._residual(reading)))
                self.steps.append(replace(told, requests=0, cached=True) if again else told)
            elif not any(_alike(step, other) for other in self.steps):
                self.steps.append(step)  # What keys are from is read once for all scans.

    def rest(self) -> None:
        """What has not been read yet follows in DuckDB's order; where a LIMIT is all it is for, a page is enough."""
        for tag in self._planned.readings:
            self.add(tag)
        if self._planned.limited and self.steps:
            tag = self.steps[-1].tag
            self.steps = [
                replace(step, requests=min(1, step.requests)) if step.tag == tag and step.requests is not None else step
                for step in self.steps
            ]

    def _residual(self, reading: Reading) -> Iterator[str]:
        """What is not left to Asana, and why."""
        occurrence = reading.occurrence
        known = (*occurrence.filters, *occurrence.conjuncts)
        found = decided(self._account, occurrence.table, occurrence.columns, known)
        accesses = () if found is None else found.accesses
        sent = {column for access in accesses for column in _asked(access)}
        for text in reading.filters:
            column = next((each.column for each in occurrence.filters if f'"{each.column}"' in text), None)
            if column is None or column not in sent:
                yield f"{text}: {_why(reading, column)}"
        implied = sorted({each.column for each in occurrence.implied if each.column in sent})
        for text in reading.residual:
            if implied:
                yield f"{text}: Asana was asked to narrow {', '.join(implied)} by it, and DuckDB applies it exactly"
            else:
                yield f"{text}: Asana has no such comparison, so DuckDB applies it"


def _alike(step: Step, other: Step) -> bool:
    """Whether two steps ask the same of Asana."""
    return replace(step, tag="") == replace(other, tag="")


def _asked(access: Access) -> Iterator[str]:
    """The columns by which an access narrows what Asana answers."""
    yield from access.keys
    if access.path.counts is not None and access.path.counts.column in access.context:
        yield access.path.counts.column
    for taken in access.path.filters:
        if taken.parameter in access.parameters:
            yield taken.column
    for each in access.parent or ():
        if isinstance(each, Conjunct) and access.path.parent is not None:
            names = {**access.path.parent.gives, **access.path.parent.keys}
            yield from (ours for ours, theirs in names.items() if theirs == each.column)


def _why(reading: Reading, column: str | None) -> str:
    table = reading.occurrence.table
    if column is not None and comparisons(table, column):
        return "Asana takes this on another way to the rows, which was dearer or not open; applied as they arrive"
    return f"Asana has no such filter for {table.name}; applied to the rows as they arrive"
