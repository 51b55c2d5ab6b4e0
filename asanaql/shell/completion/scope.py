"""What is in scope at the cursor: relations, CTEs, and the columns that they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from asanaql.shell.completion.groups import Group, Item
from asanaql.shell.completion.queries import Arm, Source
from asanaql.shell.completion.relations import Known


@dataclass(frozen=True)
class Level:
    """What one query offers: what it reads, with the columns, what USING shares, and the names it gives itself."""

    sources: Sequence[tuple[Source, Sequence[Known]]]
    shared: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()

    def named(self, qualifier: str) -> list[Known] | None:
        """The columns of what is called so; None where nothing is."""
        for source, columns in self.sources:
            if qualifier in (source.alias, source.name if source.alias == source.name else ""):
                return list(columns)
        return None


@dataclass(frozen=True)
class Scope:
    """The queries around the cursor, the innermost first, and the CTEs that can be read there.

    `written` are the columns of the table that the innermost writes into; it is `followed` where it reads something
    that is named behind the cursor.
    """

    levels: tuple[Level, ...] = ()
    ctes: tuple[str, ...] = ()
    arm: Arm | None = None
    written: Sequence[Known] = ()
    followed: bool = False

    def named(self, qualifier: str) -> list[Known] | None:
        """The columns of what is called so, the innermost first; None where nothing is."""
        for level in self.levels:
            found = level.named(qualifier)
            if found is not None:
                return found
        return None

    def resolved(self, chain: Sequence[str]) -> Known | None:
        """The column that a qualified or bare name stands for, or the field of one."""
        if not chain:
            return None
        if len(chain) > 1:
            found = self.named(chain[0])
            if found is not None:
                return inside(_called(found, chain[1]), chain[2:])
        for level in self.levels:
            for _, columns in level.sources:
                column = _called(columns, chain[0])
                if column is not None:
                    return inside(column, chain[1:])
        return None


def _called(columns: Sequence[Known], name: str) -> Known | None:
    return next((column for column in columns if column.name.lower() == name), None)


def inside(column: Known | None, fields: Sequence[str]) -> Known | None:
    """The field of a column that holds a STRUCT, or a list of them."""
    for name in fields:
        column = None if column is None else _called(fields_of(column), name)
    return column


def fields_of(column: Known) -> list[Known]:
    """The fields of a column that holds a STRUCT, or a list of them."""
    held = column.type.value_type if pa.types.is_list(column.type) else column.type
    if not pa.types.is_struct(held):
        return []
    # As if it were a column of its own: of an element of `tags` there is a tag_name.
    word = column.name.removesuffix("s")
    return [Known(each.name, f"In {column.name}.", column.relation, f"{word}_{each.name}", each.type) for each in held]


def chain_of(expression: Sequence[Item]) -> list[str]:
    """The parts of a name such as `t.gid`, or `tags[1].name`; none where the expression is anything else."""
    chain, place = chain_before(expression, len(expression))
    return chain if place == 0 else []


def chain_before(items: Sequence[Item], end: int) -> tuple[list[str], int]:
    """The parts of the name that ends before the place `end`, and where it begins."""
    chain: list[str] = []
    place = end
    while place > 0:
        at = place - 1
        while at > 0 and isinstance(each := items[at], Group) and each.opener == "[":
            at -= 1
        if items[at].kind not in ("word", "quoted"):
            break
        chain.insert(0, items[at].name)
        place = at
        if place == 0 or items[place - 1].word != ".":
            break
        place -= 1
    return chain, place
