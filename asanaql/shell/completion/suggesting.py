"""The suggestions themselves: what is typed, where it stands, and so what may stand there."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence

from asanaql.shell.completion.candidates import Candidate, Suggestion, matching
from asanaql.shell.completion.columns import in_scope, of_columns, shared
from asanaql.shell.completion.commands import is_command, of_commands, statement_in
from asanaql.shell.completion.expressions import of_functions, of_keywords
from asanaql.shell.completion.groups import Item, Step, grouped
from asanaql.shell.completion.keywords import keywords_at, wants_value
from asanaql.shell.completion.place import Phase, Place, place_at
from asanaql.shell.completion.reading import scope_at
from asanaql.shell.completion.relations import Known, relation_of
from asanaql.shell.completion.scope import Scope, chain_before, fields_of
from asanaql.shell.completion.tables import (
    named_arguments,
    own_tables,
    relations,
    table_functions,
    tables,
)
from asanaql.shell.completion.values import values, wants_boolean
from asanaql.shell.completion.vocabulary import Vocabulary
from asanaql.shell.completion.words import CURSOR, Typed, typed
from asanaql.typed.kinds import KINDS

_READ = ("from", "join", "pivot", "copy", "describe", "summarize")
_WRITTEN = ("into", "update", "delete")


def suggestions(text: str, cursor: int, words: Vocabulary) -> list[Suggestion]:
    """What could stand at `cursor` in `text`, the likeliest first."""
    collects = gc.isenabled()
    # All that is made on the way is gone at its end. A collection of garbage in between would take it for lasting, and
    # walk through the whole program in the end, which takes longer than all else here.
    gc.disable()
    try:
        return _suggested(text, cursor, words)
    finally:
        if collects:
            gc.enable()


def _suggested(text: str, cursor: int, words: Vocabulary) -> list[Suggestion]:
    if is_command(text[:cursor]):
        begin = statement_in(text[:cursor], words)
        return _in_sql(text[begin:], cursor - begin, words) if begin else of_commands(text[:cursor], words)
    return _in_sql(text, cursor, words)


def _in_sql(text: str, cursor: int, words: Vocabulary) -> list[Suggestion]:
    said = typed(text, cursor)
    if said is None or not said.apart:
        return []
    way = grouped(said.tokens)
    scope = scope_at(way, words)
    if said.kind in ("text", "number") or (len(way[-1].group.items) == 1 and way[-1].group.callee in KINDS):
        return values(way, scope, said, words)
    word = said.typed.lstrip('"').replace('""', '"') if said.kind == "quoted" else said.typed
    found = list(_candidates(way, scope, word, said, words))
    if said.kind == "quoted":
        found = [_quoted(each, said.closed) for each in found if each.kind in ("table", "column")]
    return matching(found, word, len(said.typed))


def _quoted(each: Candidate, closed: bool) -> Candidate:
    """A name in the quotes that were begun, and may be `closed` behind the cursor."""
    name = each.key or each.text
    text = '"' + name.replace('"', '""') + ("" if closed else '"')
    return Candidate(text, each.kind, each.about, name, each.parts)


def _candidates(way: Sequence[Step], scope: Scope, word: str, said: Typed, words: Vocabulary) -> Iterable[Candidate]:
    before = way[-1].group.items[: way[-1].place]
    place = place_at(way)
    chain = _chain(before)
    if chain:
        return _qualified(chain, scope, place, words)
    in_from = place.part == "subquery" and place.callee in ("from", "join")
    if in_from or (place.part in (*_READ, *_WRITTEN) and place.phase is Phase.ITEM):
        return _tables(place, scope, word, _is_lower(word, said), words)
    if place.part == "using" and scope.arm is not None and len(way) > 1:
        return of_columns(shared(scope, scope.arm, way[-2].place), words.reserved)
    if place.part == "into columns":
        return of_columns(_others(scope.written, place), words.reserved)
    if place.part == "exclude" or (place.part == "set" and place.phase is Phase.ITEM):
        columns = [column for level in scope.levels[:1] for _, found in level.sources for column in found]
        return of_columns(_others(columns, place), words.reserved)
    relation = relation_of(place.callee, words) if place.callee.startswith("asana_") else ""
    if relation and place.group is not None and place.phase is Phase.ITEM:
        return _arguments(place, relation, words)
    return _expression(place, scope, word, said, words)


def _others(columns: Sequence[Known], place: Place) -> list[Known]:
    """The columns that the parentheses around the cursor do not name yet."""
    named = {item.name for item in place.group.items if item.kind != CURSOR} if place.group is not None else set()
    return [column for column in columns if column.name.lower() not in named]


def _chain(before: Sequence[Item]) -> list[str]:
    """The names that qualify the word at the cursor: `t`, `t.custom_field`, `tags[1]`."""
    if not before or before[-1].word != ".":
        return []
    return chain_before(before, len(before) - 1)[0] or [""]


def _qualified(chain: Sequence[str], scope: Scope, place: Place, words: Vocabulary) -> Iterator[Candidate]:
    columns = scope.named(chain[0]) if len(chain) == 1 else None
    if place.part in (*_READ, *_WRITTEN):
        if list(chain) == ["asana"]:
            yield from relations(words)
            yield from (
                each for each in table_functions(words) if each.text.startswith("asana_") and "'" not in each.text
            )
        return
    if columns is None:
        column = scope.resolved(chain)
        columns = fields_of(column) if column is not None else []
    yield from of_columns(columns, words.reserved)


def _tables(place: Place, scope: Scope, word: str, lower: bool, words: Vocabulary) -> Iterator[Candidate]:
    if place.part in _WRITTEN:
        yield from own_tables(words)
        return
    yield from tables(words, scope)
    if place.part in ("describe", "summarize", "subquery"):
        yield from of_keywords(("SELECT", "FROM", "WITH", "VALUES"), lower=lower)
    elif word:
        yield from table_functions(words)


def _arguments(place: Place, relation: str, words: Vocabulary) -> Iterator[Candidate]:
    assert place.group is not None
    if place.callee == f"asana_{relation}":  # asana_project takes a name, in quotes.
        yield from named_arguments(words.catalog[relation], place.group)


def _expression(place: Place, scope: Scope, word: str, said: Typed, words: Vocabulary) -> Iterator[Candidate]:
    """Columns, functions and keywords where a value is wanted; keywords where one is there."""
    lower = _is_lower(word, said)
    keywords = keywords_at(place, followed=scope.followed)
    if keywords is None:
        if word:
            yield from of_keywords((each.upper() for each in words.keywords), lower=lower)
            yield from of_functions(words.functions, likely=None)
        return
    wanted = wants_value(place)
    if wanted:
        if wants_boolean(place, scope, words):
            yield from of_keywords(("TRUE", "FALSE"), lower=lower)
        yield from in_scope(scope, place.part, words.reserved)
        if word:
            yield from of_keywords((each for each in keywords if each == "DISTINCT"), lower=lower)
            yield from of_functions(words.functions, likely=True)
    yield from of_keywords(keywords, lower=lower)
    if wanted and word:
        yield from of_functions(words.functions, likely=False)


def _is_lower(word: str, said: Typed) -> bool:
    """Whether keywords are written small: as the word that is typed, or as the statement has begun."""
    if word:
        return not word[0].isupper()
    first = next((token.text for token in said.tokens if token.kind == "word"), "")
    return bool(first) and first == first.lower()
