"""Words in their parentheses, and the way from the whole statement to the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from asanaql.shell.completion.words import CURSOR, Token

_ENDS = {"(": ")", "[": "]", "{": "}"}
_BEGIN_QUERY = frozenset({"select", "from", "with", "values", "pivot", "unpivot", "describe", "summarize", "show"})
#: Functions whose arguments can hold such a word.
_KEEP = {"where": ("filter",), "from": ("extract", "substring", "trim", "overlay", "position")}
#: Deeper parentheses are read as if they were none.
_DEEPEST = 40


class Group:
    """What stands in parentheses; `callee` is the word in front of them."""

    def __init__(self, opener: str, callee: str) -> None:
        self.opener = opener
        self.callee = callee
        self.items: list[Item] = []
        self.word = ""
        self.name = ""
        self.shown = ""
        self.kind = "group"

    @property
    def is_query(self) -> bool:
        """Whether it is a subquery."""
        first = self.items[0] if self.items else None
        if isinstance(first, Group):
            return self.opener == "(" and first.is_query and any(each.word in _SETS for each in self.items)
        return self.opener == "(" and first is not None and first.word in _BEGIN_QUERY


Item: TypeAlias = Token | Group
_SETS = frozenset({"union", "intersect", "except"})


class Step(NamedTuple):
    """One group on the way to the cursor, and the place in it of the next one, or of the cursor."""

    group: Group
    place: int


def grouped(tokens: Sequence[Token]) -> list[Step]:
    """The way to the cursor, from the statement itself inwards.

    A parenthesis that is being typed has no end yet: a FROM or WHERE behind the cursor is none of a function's.
    """
    root = Group("", "")
    way: list[Step] = []
    stack = [root]
    for token in tokens:
        group = stack[-1]
        if token.word in _ENDS and len(stack) < _DEEPEST:
            before = group.items[-1] if group.items else None
            inner = Group(token.word, before.name if before is not None else "")
            group.items.append(inner)
            stack.append(inner)
            continue
        if len(stack) > 1 and token.word == _ENDS[group.opener]:
            stack.pop()
            continue
        if way and token.word in _KEEP:
            _close(stack, way, token.word)
        stack[-1].items.append(token)
        if token.kind == CURSOR:
            way = [Step(each, len(each.items) - 1) for each in stack]
    return way


def _close(stack: list[Group], way: list[Step], word: str) -> None:
    """Leave the parentheses around the cursor that hold no query."""
    around = {id(step.group) for step in way}
    while len(stack) > 1 and id(stack[-1]) in around and not stack[-1].is_query and stack[-1].callee not in _KEEP[word]:
        if stack[-1].items[0].kind == CURSOR and not stack[-1].callee and len(stack[-1].items) == 1:
            return  # A subquery may be begun here.
        stack.pop()
