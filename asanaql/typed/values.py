"""The values of custom fields, read out of the list `custom_fields` by functions of our own, one for each kind.

A statement that calls them stays short. They are made of calls alone, with no dots, so that what DuckDB's EXPLAIN shows
of a predicate can be run again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from asanaql.catalog.model import Table
from asanaql.statement.tagging import SCANS, identifier, text_literal
from asanaql.typed.fields import Field


def _part(of: str, member: str) -> str:
    return f"struct_extract({of}, '{member}')"


_OWN = f"list_filter(fields, lambda f: {_part('f', 'gid')} = field)[1]"
_DATE = _part(_OWN, "date_value")
#: By a field's kind, the member of its value that holds it.
_MEMBERS = {
    "number": "number_value",
    "text": "text_value",
    "enum": "enum_value",
    "multi_enum": "multi_enum_values",
    "people": "people_value",
    "date": "date_value",
}
#: What people see of a value, and the moment of a date that may have a time.
_SHOWN, _MOMENT = "shown", "moment"
#: An ID that a field hands out, and the text of a formula, may be in the text that people see only.
_READ = {
    "number": _part(_OWN, "number_value"),
    "text": f"coalesce({_part(_OWN, 'text_value')}, {_part(_OWN, 'display_value')})",
    "enum": _part(_part(_OWN, "enum_value"), "name"),
    "multi_enum": f"list_transform({_part(_OWN, 'multi_enum_values')}, lambda o: {_part('o', 'name')})",
    "people": _part(_OWN, "people_value"),
    "date": _part(_DATE, "date"),
    _MOMENT: f"coalesce({_part(_DATE, 'date_time')}, CAST({_part(_DATE, 'date')} AS TIMESTAMP WITH TIME ZONE))",
    _SHOWN: _part(_OWN, "display_value"),
}
#: How DuckDB's EXPLAIN shows what finds the value of a field.
_FOUND = re.compile(
    r"array_extract\(list_filter\((?:\w+\.)?custom_fields, lambda f: "
    r"\(struct_extract\(f, 'gid'\) = CAST\('(\d+)' AS VARCHAR\)\)\), 1\)"
)


def functions() -> Iterator[str]:
    """The statements that define what reads values: functions of a list of custom fields and of a field's gid."""
    for kind, value in _READ.items():
        yield f"CREATE MACRO {_function(kind)}(fields, field) AS {value}"


def value_of(field: Field, table: Table) -> str:
    """The field's value in a row `t` as SQL, of the type that its kind has; of any other kind it is what people see."""
    kind = _MOMENT if field.kind == "date" and field.timed else field.kind
    read = kind if field.kind in _MEMBERS and is_sent(field, table) else _SHOWN
    return f"{_function(read)}(t.custom_fields, {text_literal(field.gid)})"


def is_sent(field: Field, table: Table) -> bool:
    """Whether the relation asks for what holds a value of this kind: of a portfolio's items Asana does not send all."""
    asked = f"custom_fields.{_MEMBERS.get(field.kind, 'display_value')}."
    return any(f"{each}.".startswith(asked) for each in table.column("custom_fields").fields)


def readable(predicate: str, names: Mapping[str, str]) -> str:
    """A predicate of DuckDB's plan with custom fields by their names, or by their gids where these are not known."""
    return _FOUND.sub(lambda found: identifier(names.get(found[1], f"custom field {found[1]}")), predicate)


def _function(kind: str) -> str:
    return f"{SCANS}.{kind}_of_field"
