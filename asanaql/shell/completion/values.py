"""Names in Asana where a text is compared with a column that holds them, or their gids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from asanaql.catalog.model import Table
from asanaql.shell.completion.candidates import Suggestion
from asanaql.shell.completion.groups import Group, Item, Step
from asanaql.shell.completion.kinds import documented
from asanaql.shell.completion.names import MOST, Names
from asanaql.shell.completion.place import Place
from asanaql.shell.completion.references import holds_gid, listed_arguments, referred
from asanaql.shell.completion.relations import Known, relation_of
from asanaql.shell.completion.scope import Scope, chain_before
from asanaql.shell.completion.vocabulary import Vocabulary
from asanaql.shell.completion.words import Typed
from asanaql.typed.kinds import KINDS

_EQUAL = frozenset({"=", "==", "<>", "!=", "like", "ilike", "from"})
_ASSIGN = frozenset({":=", "=>"})
_PATTERNS = frozenset({"like", "ilike"})


@dataclass(frozen=True)
class _Wanted:
    """What a literal is compared with: a relation's gids or names, or one of a few `texts`; several, where `listed`.

    Where `either` will do, a name that several have is written as a gid.
    """

    relation: str = ""
    gid: bool = False
    either: bool = False
    texts: Sequence[tuple[str, str]] = ()
    listed: bool = False


def values(way: Sequence[Step], scope: Scope, typed: Typed, words: Vocabulary) -> list[Suggestion]:
    """What may stand in the literal, or as the number, that is typed."""
    before = way[-1].group.items[: way[-1].place]
    wanted = _wanted(way, before, scope, words)
    if wanted is None:
        return []
    said = typed.typed[1:].replace("''", "'") if typed.kind == "text" else typed.typed
    if before and before[-1].word in _PATTERNS:
        said = said.lstrip("%")
    replaces = len(typed.typed) - (typed.kind == "text")
    if wanted.listed:
        said = said.rpartition(",")[2]
        replaces = len(said)
    quote = _quoting(typed)
    if wanted.texts:
        return [
            Suggestion(quote(text), replaces, "value", about)
            for text, about in wanted.texts
            if text.lower().startswith(said.lower()) and (text != said or not typed.closed)
        ]
    return list(_named(words.names, wanted, said, replaces, quote))


def _quoting(typed: Typed) -> Callable[[str], str]:
    """How a value is written at the cursor: with the quotes that are not there yet."""
    begin = "" if typed.kind == "text" else "'"
    end = "" if typed.closed else "'"
    return lambda value: f"{begin}{value.replace(chr(39), 2 * chr(39))}{end}"


def _named(
    names: Names, wanted: _Wanted, said: str, replaces: int, quote: Callable[[str], str]
) -> Iterator[Suggestion]:
    kind = wanted.relation.removesuffix("s").replace("_", " ")
    if wanted.gid:
        for each in names.identified(wanted.relation, said):
            yield Suggestion(quote(each.gid), replaces, kind, each.gid, each.name)
        return
    for name, gids in names.matching(wanted.relation, said):
        if len(gids) == 1:
            yield Suggestion(quote(name), replaces, kind, gids[0])
        elif wanted.either:
            yield from (Suggestion(quote(gid), replaces, kind, gid, name) for gid in gids[:MOST])
        else:
            yield Suggestion(quote(name), replaces, kind, f"{len(gids):,} of this name")


def of_names(names: Names, relation: str, said: str) -> list[Suggestion]:
    """The names as they are, for a command that takes one; the gid where several have the name."""
    found = _named(names, _Wanted(relation, either=True), said, len(said), lambda name: name)
    return [each for each in found if each.text != said]


def _wanted(way: Sequence[Step], before: Sequence[Item], scope: Scope, words: Vocabulary) -> _Wanted | None:
    """What the cursor's literal is compared with; None where that is nothing known."""
    group = way[-1].group
    if not before and group.callee in KINDS:
        return _Wanted(KINDS[group.callee].parents, either=True)
    if len(before) > 1 and before[-1].word in _ASSIGN:
        return _argument(group, before[-2].name, words)
    if before and before[-1].word in _EQUAL:
        return _of_column(compared(before, scope), words)
    if (
        len(way) > 1
        and group.opener == "("
        and all(item.kind in ("text", "number") or item.word == "," for item in before)
    ):
        return _of_column(compared(way[-2].group.items[: way[-2].place], scope), words)
    return None


def _argument(group: Group, name: str, words: Vocabulary) -> _Wanted | None:
    """An argument of a relation's function."""
    relation = relation_of(group.callee, words)
    if not relation or group.callee == relation:
        return None
    table = words.catalog[relation]
    if name == "access_path":
        return _Wanted(texts=[(path.name, f"GET {path.endpoint}") for path in table.paths])
    known = next((each for each in table.columns if each.name == name), None)
    if known is None:
        return None
    found = _of_column(Known(name, known.doc, relation, name, known.type), words)
    if found is None or name not in listed_arguments(table):
        return found
    return _Wanted(found.relation, gid=True, listed=True)


def compared(before: Sequence[Item], scope: Scope) -> Known | None:
    """The column in front of an operator: `t.name =`, `name NOT LIKE`, `name IS DISTINCT FROM`."""
    if not before or before[-1].word not in (*_EQUAL, "in"):
        return None
    end = len(before) - 1
    while end > 0 and before[end - 1].word in ("not", "is", "distinct"):
        end -= 1
    return scope.resolved(chain_before(before, end)[0])


def wants_boolean(place: Place, scope: Scope, words: Vocabulary) -> bool:
    """Whether true or false is likely meant: compared with a column of that type, or given as such an argument."""
    before = place.before
    if len(before) > 1 and before[-1].word in _ASSIGN:
        table = words.catalog.get(relation_of(place.callee, words))
        columns = table.columns if table is not None else ()
        return any(each.name == before[-2].name and pa.types.is_boolean(each.type) for each in columns)
    column = compared(before, scope)
    return column is not None and pa.types.is_boolean(column.type)


def _of_column(column: Known | None, words: Vocabulary) -> _Wanted | None:
    """The names or gids that a column holds, or the words; for a field of a STRUCT, as if it were a column."""
    if column is None or not column.relation:
        return None
    catalog: Mapping[str, Table] = words.catalog
    relation = referred(catalog, column.relation, column.column)
    if not relation:
        texts = documented(catalog, column.relation, column.column) if pa.types.is_string(column.type) else ()
        return _Wanted(texts=[(text, "") for text in texts]) if texts else None
    return _Wanted(relation, gid=holds_gid(catalog, column.relation, column.column))
