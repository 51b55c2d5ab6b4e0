"""Statements that call `asana_project('…')` or `asana_portfolio('…')`, told apart and written as what DuckDB can run.

Only the calls are replaced, in the text as it was typed. What has none costs the search for a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce

import duckdb

from asanaql.plan.splices import Splice, spliced
from asanaql.statement.marked import mark_of, marked
from asanaql.statement.tagging import identifier
from asanaql.typed.calls import Call, calls


@dataclass(frozen=True)
class Stated:
    """One statement: its text, its type, and the calls in the text."""

    query: str
    type: duckdb.StatementType
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True)
class Rewritten:
    """A text as it was typed, with other text in the place of some parts."""

    typed: str
    splices: tuple[Splice, ...]

    @cached_property
    def text(self) -> str:
        """The text that DuckDB is given."""
        return spliced(self.typed, self.splices)

    def told(self, error: str) -> str:
        """An error of DuckDB's about the text, as it is of what was typed."""
        mark = mark_of(error, self.text)
        if mark is None:
            return self._as_typed(error)
        shown = marked(self.typed, *self._place(mark.position, mark.width))
        return f"{self._as_typed(mark.before)}\n{shown}{self._as_typed(mark.after)}"

    def names(self, columns: Sequence[str], shown: Callable[[str], str]) -> list[str]:
        """The names of a result's columns as they are of what was typed: one may be named after a query in it.

        `shown` is how DuckDB writes what stands in the place of a part.
        """
        if not any(" FROM asana.main." in name for name in columns):
            return list(columns)
        typed = {shown(each.written): self.typed[each.start : each.end] for each in self.splices}
        return [reduce(lambda name, pair: name.replace(*pair), typed.items(), name) for name in columns]

    def _as_typed(self, said: str) -> str:
        for each in self.splices:
            said = said.replace(each.written, self.typed[each.start : each.end])
        return said

    def _place(self, position: int, width: int) -> tuple[int, int]:
        """Where so many characters of the text were typed; what is in the place of a part is that part."""
        shift = 0
        for each in sorted(self.splices, key=lambda splice: splice.start):
            begin = each.start + shift
            if position < begin:
                break
            if position < begin + len(each.written):
                return each.start, each.end - each.start
            shift += len(each.written) - (each.end - each.start)
        return position - shift, width


def stated(text: str) -> list[Stated]:
    """The statements that a text separates by semicolons, as DuckDB's own parser does.

    A call may stand wherever a name of a relation may. QueryError where one is not of a text in quotes.
    """
    found = _masked(text, calls(text))
    if not found:
        return [Stated(each.query, each.type) for each in duckdb.extract_statements(text)]
    masked = Rewritten(text, tuple(Splice(call.start, call.end, mask) for mask, call in found.items()))
    try:
        parsed = duckdb.extract_statements(masked.text)
    except duckdb.Error as error:
        raise type(error)(masked.told(str(error))) from None
    return [_unmasked(each.query, each.type, found, text) for each in parsed]


def rewritten(statement: Stated, query_of: Callable[[Call], str]) -> Rewritten:
    """The statement with a query in the place of each call."""
    return Rewritten(
        statement.query, tuple(Splice(call.start, call.end, f"({query_of(call)})") for call in statement.calls)
    )


def _masked(text: str, found: Iterable[Call]) -> dict[str, Call]:
    """The calls by names that are nowhere in the text."""
    sign = "#"
    while sign in text:
        sign += "#"
    return {identifier(f"{call.kind.function}{sign}{place}"): call for place, call in enumerate(found)}


def _unmasked(query: str, type: duckdb.StatementType, found: Mapping[str, Call], text: str) -> Stated:
    """The statement as it was typed, and where in it the calls are."""
    own = []
    for mask, call in found.items():
        start = query.find(mask)
        if start >= 0:
            typed = text[call.start : call.end]
            query = query.replace(mask, typed)
            own.append(replace(call, start=start, end=start + len(typed), place=start + call.place - call.start))
    return Stated(query, type, tuple(own))
