"""The columns of whatever can be read by its name: relations, the layer's own, the person's tables, table functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pyarrow as pa

from asanaql.connection import reach, requests
from asanaql.shell.completion.vocabulary import Vocabulary
from asanaql.typed.kinds import KINDS


class Known(NamedTuple):
    """A column: `relation` and `column` are where its values are from, `type` is NULL's where it is not known."""

    name: str
    about: str = ""
    relation: str = ""
    column: str = ""
    type: pa.DataType = pa.null()


#: Relations about the layer itself: what each of them says, and its columns.
LAYER: Mapping[str, tuple[str, pa.Schema]] = {
    "asana_tables": ("What each relation is, and how it can be reached.", reach.TABLES.schema),
    "asana_columns": ("Every column, and which comparisons of it reach Asana.", reach.COLUMNS.schema),
    "asana_requests": ("What this connection's statements have sent.", requests.SCHEMA),
}
#: Functions that are not called like the relation whose columns they have.
_TYPED = {kind.function: kind.relation for kind in KINDS.values()}
#: Table functions that list values.
_LISTING = frozenset({"range", "generate_series", "unnest"})
#: What other table functions of DuckDB call their columns.
_FUNCTIONS = {
    "glob": ("file",),
}


def relation_of(name: str, words: Vocabulary) -> str:
    """The relation that a name after FROM reads: `asana_tasks` is the function of `tasks`; empty where it is none."""
    plain = _TYPED.get(name, name.removeprefix("asana_"))
    return plain if plain in words.catalog and name not in LAYER else ""


def columns_of(name: str, function: bool, words: Vocabulary, alias: str = "") -> list[Known]:
    """The columns of what is read by this name; none where they are not known.

    DuckDB calls the one column of a function that lists values after its `alias`.
    """
    if not function:
        own = {table.lower(): columns for table, columns in words.tables.items()}.get(name)
        if own is not None:
            return [Known(column, "A column of your own.") for column in own]
        if name in LAYER:
            return [Known(field.name, type=field.type) for field in LAYER[name][1]]
    relation = relation_of(name, words)
    if relation and function == (name != relation):
        table = words.catalog[relation]
        return [Known(each.name, each.doc, relation, each.name, each.type) for each in table.visible]
    if function and name in _LISTING:
        return [Known(alias or name)]
    return [Known(column) for column in _FUNCTIONS.get(name, ())] if function else []
