"""The typed columns of a relation: a name for each custom field, and what computes its value from `custom_fields`.

A value is found by the field's gid. Only functions are written, no dots, so that whatever reads a statement understands
them, and what DuckDB's EXPLAIN shows of a predicate can be run again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from asanaql.catalog.model import Table
from asanaql.statement.tagging import identifier, text_literal
from asanaql.typed.fields import Field

#: How DuckDB's EXPLAIN shows what finds the value of a field.
_FOUND = re.compile(
    r"array_extract\(list_filter\((?:\w+\.)?custom_fields, lambda f: "
    r"\(struct_extract\(f, 'gid'\) = CAST\('(\d+)' AS VARCHAR\)\)\), 1\)"
)
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
        found[field] = TypedColumn(name, _expression(field, table), _comment(field, table))
    return found


def readable(predicate: str, names: Mapping[str, str]) -> str:
    """A predicate of DuckDB's plan with custom fields by their names, or by their gids where these are not known."""
    return _FOUND.sub(lambda found: identifier(names.get(found[1], f"custom field {found[1]}")), predicate)


def _folded(name: str) -> bytes:
    """What two names share when DuckDB takes one for the other: only the letters of ASCII lose their case."""
    return name.encode(errors="surrogatepass").lower()


def _expression(field: Field, table: Table) -> str:
    """The field's value in a row, of the type that its kind has."""
    own = f"list_filter(t.custom_fields, lambda f: struct_extract(f, 'gid') = {text_literal(field.gid)})[1]"
    known = _KINDS.get(field.kind)
    return known[1](own, field) if known is not None and _sent(known[0], table) else _part(own, "display_value")


def _sent(member: str, table: Table) -> bool:
    """Whether the relation asks for this member of a value: of a portfolio's items Asana does not send all."""
    asked = f"custom_fields.{member}"
    return any(f"{field}.".startswith(f"{asked}.") for field in table.column("custom_fields").fields)


def _part(of: str, member: str) -> str:
    return f"struct_extract({of}, '{member}')"


def _number(own: str, field: Field) -> str:
    return _part(own, "number_value")


def _text(own: str, field: Field) -> str:
    """An ID that a field hands out, and the text of a formula, may be in the text that people see only."""
    return f"coalesce({_part(own, 'text_value')}, {_part(own, 'display_value')})"


def _enum(own: str, field: Field) -> str:
    return _part(_part(own, "enum_value"), "name")


def _multi_enum(own: str, field: Field) -> str:
    return f"list_transform({_part(own, 'multi_enum_values')}, lambda o: {_part('o', 'name')})"


def _people(own: str, field: Field) -> str:
    return _part(own, "people_value")


def _date(own: str, field: Field) -> str:
    value = _part(own, "date_value")
    if not field.timed:
        return _part(value, "date")
    return f"coalesce({_part(value, 'date_time')}, CAST({_part(value, 'date')} AS TIMESTAMP WITH TIME ZONE))"


#: By a field's kind, the member of a value that holds it and what reads it; any other kind is what people see of it.
_KINDS: dict[str, tuple[str, Callable[[str, Field], str]]] = {
    "number": ("number_value", _number),
    "text": ("text_value", _text),
    "enum": ("enum_value", _enum),
    "multi_enum": ("multi_enum_values", _multi_enum),
    "people": ("people_value", _people),
    "date": ("date_value", _date),
}


def _comment(field: Field, table: Table) -> str:
    """The field's description, and what its type does not tell."""
    said = [field.description.strip() or f"The custom field {field.gid}, of the kind `{field.kind}`."]
    known = _KINDS.get(field.kind)
    if known is not None and not _sent(known[0], table):
        said.append(_AS_TEXT)
    elif field.kind == "date":
        said.append(_TIMED if field.timed else _DAYS)
    return " ".join(said)
