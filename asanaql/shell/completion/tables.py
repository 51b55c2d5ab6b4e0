"""What can be read, by name, and the arguments of functions that stand for relations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from asanaql.catalog.model import Table
from asanaql.connection.functions import arguments
from asanaql.shell.completion.candidates import Candidate
from asanaql.shell.completion.columns import written
from asanaql.shell.completion.groups import Group
from asanaql.shell.completion.references import NAMED
from asanaql.shell.completion.relations import LAYER
from asanaql.shell.completion.scope import Scope
from asanaql.shell.completion.vocabulary import Vocabulary
from asanaql.typed.kinds import KINDS

#: Table functions that are more likely meant than the others.
_LIKELY = ("read_parquet", "read_csv", "read_json", "range", "generate_series", "unnest", "glob")
_BOUND = ("_since", "_before", "_after")


def tables(words: Vocabulary, scope: Scope) -> Iterator[Candidate]:
    """Everything that can be read by its name alone: CTEs, the person's own tables, the relations, the layer's own."""
    for name in scope.ctes:
        yield Candidate(written(name, words.reserved), "table", "Of this statement.", name, parts=True)
    for name in words.tables:
        yield Candidate(written(name, words.reserved), "table", "A table or view of your own.", name, parts=True)
    yield from relations(words)


def relations(words: Vocabulary) -> Iterator[Candidate]:
    """What the schema `asana` holds, first what is asked for most."""
    first = [name for name in ("tasks", *NAMED) if name in words.catalog]
    for name in dict.fromkeys((*first, *words.catalog)):
        yield Candidate(name, "table", words.catalog[name].row, parts=True)
    for name, (about, _) in LAYER.items():
        yield Candidate(name, "table", about)


def table_functions(words: Vocabulary) -> Iterator[Candidate]:
    """The functions that stand for relations, and DuckDB's that can be read."""
    yield from relation_functions(words)
    for kind in (each for each in KINDS.values() if each.relation in words.catalog):
        yield Candidate(f"{kind.function}('", "function", f"{kind.row}, with its custom fields as columns")
    likely = [name for name in _LIKELY if name in words.table_functions]
    for name in dict.fromkeys((*likely, *words.table_functions)):
        yield Candidate(f"{name}(", "function", "Of DuckDB.")


def relation_functions(words: Vocabulary) -> Iterator[Candidate]:
    """The functions that take what a relation is asked for as arguments."""
    for name, table in words.catalog.items():
        yield Candidate(f"asana_{name}(", "function", table.row)


def own_tables(words: Vocabulary) -> Iterator[Candidate]:
    """The tables that can be written."""
    for name in words.tables:
        yield Candidate(written(name, words.reserved), "table", "A table or view of your own.", name, parts=True)


def named_arguments(table: Table, group: Group) -> Iterator[Candidate]:
    """The arguments of a relation's function that are not given in the parentheses yet."""
    items = group.items
    given = {item.name for item, after in pairwise(items) if after.word in (":=", "=>")}
    for name in arguments(table):
        if name not in given:
            yield Candidate(f"{name} := ", "argument", _about(table, name), name, parts=True)


def _about(table: Table, argument: str) -> str:
    """What an argument is compared with."""
    for name in (argument, *(argument.removesuffix(each) for each in _BOUND)):
        for column in _called(table, (name, f"{name}_at")):
            return column
    return ""


def _called(table: Table, names: Sequence[str]) -> list[str]:
    return [column.doc for column in table.columns if column.name in names]
