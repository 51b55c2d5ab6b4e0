"""The typed columns of a relation: for each custom field a name, what reads its value, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asanaql.catalog.model import Table
from asanaql.typed.fields import Field
from asanaql.typed.values import is_sent, value_of

#: What is said of a date field's column, by whether values with a time were seen.
_TIMED = "A value without a time is midnight in the session's time zone."
_DAYS = "It shows days, as no value seen had a time; reading one that has gives a warning."
_AS_TEXT = "As text, which is all that Asana sends of it here."


@dataclass(frozen=True)
class TypedColumn:
    """`expression` is SQL over the relation's row `t`; `comment` is for people."""

    name: str
    expression: str
    comment: str


def typed_columns(fields: Sequence[Field], table: Table) -> dict[Field, TypedColumn]:
    """A column for each field. The first of a name has it; others, and one named like a column, have the gid too."""
    taken = {_folded(column.name) for column in table.visible}
    found: dict[Field, TypedColumn] = {}
    for field in fields:
        name = field.name or f"({field.gid})"
        while _folded(name) in taken:
            name = f"{name} ({field.gid})"
        taken.add(_folded(name))
        found[field] = TypedColumn(name, value_of(field, table), _comment(field, table))
    return found


def _folded(name: str) -> bytes:
    """What two names share when DuckDB takes one for the other: only the letters of ASCII lose their case."""
    return name.encode(errors="surrogatepass").lower()


def _comment(field: Field, table: Table) -> str:
    """The field's description, and what its type does not tell."""
    said = [field.description.strip() or f"The custom field {field.gid}, of the kind `{field.kind}`."]
    if not is_sent(field, table):
        said.append(_AS_TEXT)
    elif field.kind == "date":
        said.append(_TIMED if field.timed else _DAYS)
    return " ".join(said)
