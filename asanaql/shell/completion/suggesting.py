"""What may come next in a statement that is being typed: a function of the text, the cursor and the vocabulary.

It sends nothing and asks nobody, so that no key press waits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from asanaql.catalog.model import Table
from asanaql.shell.completion.vocabulary import Vocabulary
from asanaql.shell.scope import called, scope_of, wants_table
from asanaql.shell.statement import current, in_literal
from asanaql.typed.kinds import KINDS

_TAIL = re.compile(r"(?:(\w+)\s*\.\s*)?(\w*)$")
_LAYER = {
    "asana_tables": "What each relation is, and how it can be reached.",
    "asana_columns": "Every column, and which comparisons of it reach Asana.",
    "asana_requests": "What this connection's statements have sent.",
}


@dataclass(frozen=True)
class Suggestion:
    """`text` in place of the `replaces` characters before the cursor; `about` is a line to show beside it.

    A menu displays `shown` where that differs from the text.
    """

    text: str
    replaces: int
    kind: str
    about: str = ""
    shown: str = ""


def suggestions(text: str, cursor: int, words: Vocabulary) -> list[Suggestion]:
    """What could stand at `cursor` in `text`, the likeliest first."""
    before = text[:cursor]
    if before.lstrip().startswith("."):
        return _commands(before.lstrip(), words)
    if in_literal(before):
        return []
    statement, place = current(text, cursor)
    tail = _TAIL.search(statement[:place])
    qualifier, word = (tail[1] or "", tail[2]) if tail else ("", "")
    head = statement[: place - len(word)]
    candidates = _candidates(head, qualifier.lower(), statement, word, words)
    return list(_matching(candidates, word))


@dataclass(frozen=True)
class _Candidate:
    text: str
    kind: str
    about: str = ""


def _candidates(head: str, qualifier: str, statement: str, word: str, words: Vocabulary) -> Iterable[_Candidate]:
    scope = scope_of(statement)
    if qualifier in scope:
        return _columns([scope[qualifier]], words)
    if wants_table(head):
        return _tables(words, functions=True)
    if qualifier:
        return ()
    relation = called(head)
    if relation:
        return _arguments(words.catalog[relation]) if relation in words.catalog else ()
    return _expression(list(scope.values()), word, words)


def _columns(relations: Iterable[str], words: Vocabulary) -> Iterator[_Candidate]:
    for relation in dict.fromkeys(relations):
        table = words.catalog.get(relation)
        for column in table.visible if table else ():
            yield _Candidate(column.name, "column", column.doc)


def _tables(words: Vocabulary, *, functions: bool) -> Iterator[_Candidate]:
    for name, table in words.catalog.items():
        yield _Candidate(name, "table", table.row)
    for name, about in _LAYER.items():
        yield _Candidate(name, "table", about)
    if functions:
        for name, table in words.catalog.items():
            yield _Candidate(f"asana_{name}(", "function", table.row)
        for kind in (each for each in KINDS.values() if each.relation in words.catalog):
            yield _Candidate(f"{kind.function}('", "function", f"{kind.row}, with its custom fields as columns")


def _arguments(table: Table) -> Iterator[_Candidate]:
    for name in table.arguments:
        yield _Candidate(f"{name} := ", "argument", table.column(name).doc)


def _expression(relations: Sequence[str], word: str, words: Vocabulary) -> Iterator[_Candidate]:
    """Columns in scope; and once a letter is typed, aliases aside, functions and keywords."""
    yield from _columns(relations, words)
    if not word:
        return
    upper = word == word.upper()
    for keyword in words.keywords:
        yield _Candidate(keyword.upper() if upper else keyword, "keyword")
    for function in words.functions:
        yield _Candidate(f"{function}(", "function")
    yield from _tables(words, functions=False)


def _matching(candidates: Iterable[_Candidate], word: str) -> Iterator[Suggestion]:
    """The candidates that begin with `word`, whatever its case, each text once, and none that is typed already."""
    seen = {word}
    for candidate in candidates:
        if candidate.text not in seen and candidate.text.lower().startswith(word.lower()):
            seen.add(candidate.text)
            yield Suggestion(candidate.text, len(word), candidate.kind, candidate.about)


def _commands(typed: str, words: Vocabulary) -> list[Suggestion]:
    """Commands while the first word is typed, relations behind it."""
    command, space, rest = typed.partition(" ")
    if space:
        word = rest.lstrip()
        tables = (table for table in _tables(words, functions=False) if command == ".describe")
        return list(_matching(tables, word))
    known = (_Candidate(name, "command", command.about) for name, command in words.commands.items())
    return list(_matching(known, command))
