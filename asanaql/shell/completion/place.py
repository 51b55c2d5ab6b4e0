"""Where in its query the cursor is: in which part, and what may begin there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from asanaql.shell.completion.clauses import CLAUSES, JOINED, PIVOTS, SET_WORDS, SETS, begins_clause, ends_value
from asanaql.shell.completion.groups import Group, Item, Step
from asanaql.shell.completion.queries import FROM


class Phase(StrEnum):
    """What comes next within a part."""

    ITEM = "item"  # the part has just begun, or a comma has ended what was before
    OPERAND = "operand"  # an operator, or a word like one, wants a value
    AFTER = "after"  # a value is there; it can be compared, or the part be ended
    COMPARED = "compared"  # a condition is there
    NAME = "name"  # a new name is being made up: nothing can be known of it


@dataclass(frozen=True)
class Place:
    """`part` is the clause, or what the parentheses are for; `previous` the word in front of the cursor.

    `callee` is what the parentheses belong to, `group` what they hold so far; `before` the items of the part so far.
    """

    part: str
    phase: Phase
    previous: str = ""
    callee: str = ""
    group: Group | None = None
    before: Sequence[Item] = ()


_OPERATORS = frozenset(("=", "==", "<>", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "||", "->", "->>", "::"))
_OPERATORS |= {":=", "=>", "^", "&", "|", "~", ".", ":", "!", "@", "#"}
_COMPARISONS = frozenset(("=", "==", "<>", "!=", "<", ">", "<=", ">=", "like", "ilike", "in", "between", "is", "glob"))
_COMPARISONS |= {"similar", "isnull", "notnull"}
_WANTS_VALUE = frozenset(("and", "or", "not", "in", "like", "ilike", "between", "is", "case", "when", "then", "else"))
_WANTS_VALUE |= {"any", "all", "some", "exists", "interval", "from", "distinct", "escape", "glob"}
_CONDITIONS = frozenset({"nested", "where", "having", "qualify", "on", "filter"})
_TABLE_WORDS = frozenset({"from", "join", "into", "update", "describe", "summarize", "pivot", "unpivot", "show"})
_BEFORE_QUERY = frozenset({"as", "from", "join", "exists", "any", "some", "copy"})
_BEFORE_QUERY = frozenset({"as", "materialized", "from", "join", "exists", "any", "some", "copy"})
#: What parentheses are for, by the word in front of them.
_PARENTHESES = {"using": "using", "over": "over", "filter": "filter", "exclude": "exclude", "in": "in"}


def place_at(way: Sequence[Step]) -> Place:
    """Where the cursor is, as the innermost parentheses tell, or the query that they are in."""
    group, at = way[-1]
    before = group.items[:at]
    if len(way) > 1 and not group.is_query:
        return _in_parentheses(way, before)
    return _in_query(before)


def _in_parentheses(way: Sequence[Step], before: Sequence[Item]) -> Place:
    group = way[-1].group
    outer, at = way[-2]
    front = outer.items[:at]
    within = _in_query(front)
    part = _purpose(front, within) if group.opener == "(" else "nested"
    if part == "subquery" and before:
        return _in_query([FROM, *before]) if within.part in ("from", "join") else _in_query(before)
    begin = 1 if part == "filter" and before and before[0].word == "where" else 0
    inner = _in_expression(part, before[begin:])
    callee = group.callee if group.opener == "(" else ""
    return Place(part, inner.phase, before[-1].word if before else "", callee, group, before)


def _purpose(front: Sequence[Item], within: Place) -> str:
    """What parentheses are for that stand behind these items, which end within a part of a query."""
    word = front[-1].word if front else ""
    if word in _PARENTHESES:
        return _PARENTHESES[word]
    if within.part == "into" and within.phase is Phase.AFTER:
        return "into columns"
    if word in _BEFORE_QUERY or not front or (word == "," and within.part == "from"):
        return "subquery"
    if within.part == "with" or [item.word for item in front[-2:-1]] == ["table"]:
        return "declared"
    return "call" if word == "values" or ends_value(front[-1]) else "nested"


def _in_query(before: Sequence[Item]) -> Place:
    """The clause that the last keyword began, and the phase within it."""
    for place in range(len(before) - 1, -1, -1):
        word = before[place].word
        if word in SETS:
            return Place("combined", Phase.ITEM if _is_set(before[place + 1 :]) else Phase.AFTER, before[-1].word)
        if word in ("with", "create", "alter", "drop") and (word == "with" or place == 0):
            return _made(word, before[place:])
        if word == "copy" and place == 0:
            return _copied(before)
        if begins_clause(before, place):
            comma = _last_comma(before, place) if CLAUSES[word] in JOINED else 0
            if comma and not any(item.word in PIVOTS for item in before[:place]):
                return _among_tables("from", "from", before[comma:])
            return _clause(word, before[place + 1 :], before[place - 1].word if place else "")
    return _made("", before)


def _last_comma(items: Sequence[Item], begin: int) -> int:
    """The place of the last comma behind `begin`; 0 where there is none."""
    return max((place for place in range(begin, len(items)) if items[place].word == ","), default=0)


def _is_set(items: Sequence[Item]) -> bool:
    """Whether these only go on with a UNION or the like."""
    return all(item.word in SET_WORDS for item in items)


def _made(word: str, items: Sequence[Item]) -> Place:
    """Where no clause has begun: at the start, or among what is declared."""
    previous = items[-1].word if items else ""
    if word == "with":
        if previous in ("with", "recursive", ","):
            return Place("with", Phase.NAME, previous)
        return Place("with", Phase.AFTER, "()" if isinstance(items[-1], Group) else previous, before=items)
    if previous == "as" or not items or all(item.word in ("explain", "analyze") for item in items):
        return Place("start", Phase.ITEM, previous)
    if word in ("alter", "drop") and previous in ("table", "view"):
        return Place("delete", Phase.ITEM, previous, before=items)
    if word == "create" and previous == "or":
        return Place("create or", Phase.AFTER, "", before=items)
    return Place("other", Phase.AFTER, previous, before=items)


def _copied(items: Sequence[Item]) -> Place:
    """In COPY: what is copied, and where."""
    if len(items) == 1:
        return Place("copy", Phase.ITEM, "copy", before=items)
    return Place("other" if any(item.word in ("to", "from") for item in items) else "copy", Phase.AFTER, before=items)


def _clause(word: str, items: Sequence[Item], front: str) -> Place:
    part = "delete" if front == "delete" else CLAUSES[word]
    if word in _TABLE_WORDS:
        return _among_tables("join" if word == "join" else part, word, items)
    inner = _in_expression(part, items)
    previous = items[-1].word if items else word
    return Place(part, inner.phase, previous, before=items)


def _among_tables(part: str, word: str, items: Sequence[Item]) -> Place:
    """In FROM and its like: a name is wanted, is there, or is followed by its alias."""
    previous = items[-1].word if items else word
    if previous in ("as", "at"):
        return Place(part, Phase.NAME, previous, before=items)
    wanted = not items or previous in (",", ".", "lateral", "replace")
    return Place(part, Phase.ITEM if wanted else Phase.AFTER, previous, before=items)


def _in_expression(part: str, items: Sequence[Item]) -> Place:
    """Whether a value is wanted, is there, or is compared."""
    if not items:
        return Place(part, Phase.ITEM)
    last = items[-1]
    previous = last.word
    if previous in (",", "distinct", "by") or (previous == "all" and part == "select"):
        return Place(part, Phase.ITEM, previous)
    if previous == "as":
        return Place(part, Phase.NAME, previous)
    if previous == "all" and part in ("group", "order"):
        return Place(part, Phase.AFTER, previous)
    if previous == "*" and (len(items) == 1 or items[-2].word in (",", ".", "distinct")):
        return Place(part, Phase.AFTER, previous)
    if previous in _OPERATORS or previous in _WANTS_VALUE:
        return Place(part, Phase.OPERAND, previous)
    if isinstance(last, Group) and [item.word for item in items[-3:-1]] == ["distinct", "on"]:
        return Place(part, Phase.ITEM, previous)
    if part in _CONDITIONS or open_case(items):
        return Place(part, Phase.COMPARED if _compared(items) else Phase.AFTER, previous)
    return Place(part, Phase.AFTER, previous)


def open_case(items: Sequence[Item]) -> str:
    """The last word of a CASE that has no END yet; empty where there is none such."""
    opened: list[str] = []
    for item in items:
        if item.word == "case":
            opened.append("case")
        elif opened and item.word in ("when", "then", "else"):
            opened[-1] = item.word
        elif opened and item.word == "end":
            opened.pop()
    return opened[-1] if opened else ""


def _compared(items: Sequence[Item]) -> bool:
    """Whether the condition that is typed has its comparison."""
    words = [item.word for item in items]
    for place in range(len(words) - 1, -1, -1):
        item = items[place]
        if item.word == "and" and "between" in words[max(place - 2, 0) : place]:
            return True
        if item.word in ("and", "or", "when", "not"):
            return False
        if item.word in _COMPARISONS:
            return True
    return isinstance(items[-1], Group) and (len(items) == 1 or not ends_value(items[-2]))
