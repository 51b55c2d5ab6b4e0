"""What a search asks of custom fields and custom types: `custom_fields.<gid>.<word>=<text>`.

Source: https://developers.asana.com/docs/custom-fields-guide
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from asanaql.demo.ask import Ask, record_of
from asanaql.demo.refusals import Refusal
from asanaql.demo.world import Record

Test = Callable[[Record], bool]
Compare = Callable[[Any, Any], bool]

TEXTS: dict[str, Compare] = {
    "value": lambda text, wanted: text.casefold() == wanted.casefold(),
    "starts_with": lambda text, wanted: text.casefold().startswith(wanted.casefold()),
    "ends_with": lambda text, wanted: text.casefold().endswith(wanted.casefold()),
    "contains": lambda text, wanted: wanted.casefold() in text.casefold(),
}
NUMBERS: dict[str, Compare] = {
    "value": lambda number, wanted: number == wanted,
    "less_than": lambda number, wanted: number < wanted,
    "greater_than": lambda number, wanted: number > wanted,
}
DATES: dict[str, Compare] = {
    "value": lambda day, wanted: day == wanted,
    "before": lambda day, wanted: day < wanted,
    "after": lambda day, wanted: day > wanted,
}
ENUMS: dict[str, Compare] = {"value": lambda gid, wanted: gid == wanted}
WORDS = {"text": TEXTS, "number": NUMBERS, "date": DATES, "enum": ENUMS}


def condition(ask: Ask, name: str, text: str) -> Test:
    """What one parameter asks of a custom field. Refuses fields that nobody knows, and words that their type lacks."""
    _, gid, word = name.split(".", 2)
    field = record_of(ask.world, "custom_field", gid, ("custom_field",), ask.forbidden)
    if word == "is_set":
        return partial(_is_set, gid, ask.flag(name))
    if word not in WORDS.get(field["type"], {}):
        raise Refusal(400, f"{name}: Not a condition for a custom field of type {field['type']}")
    if field["type"] == "number":
        return partial(_compares, gid, WORDS["number"][word], _number(name, text))
    return partial(_compares, gid, WORDS[field["type"]][word], text)


def status(ask: Ask, name: str, text: str) -> Test:
    """What one parameter asks of a custom type's status; only custom tasks have one."""
    _, gid, word = name.split(".", 2)
    if word != "custom_type_status_option.gid" or ask.params.get("resource_subtype") != "custom":
        raise Refusal(400, "custom_types: resource_subtype must be custom")
    return lambda task: (
        task["custom_type"] is not None
        and task["custom_type"]["gid"] == gid
        and task["custom_type_status_option"]["gid"] == text
    )


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as unreadable:
        raise Refusal(400, f"{name}: Not a number: {text}") from unreadable


def _is_set(gid: str, wanted: bool | None, record: Record) -> bool:
    return (_value(gid, record) is not None) == wanted


def _compares(gid: str, compare: Compare, wanted: Any, record: Record) -> bool:
    value = _value(gid, record)
    return value is not None and compare(value, wanted)


def _value(gid: str, record: Record) -> Any:
    """The value of a field: a text, a number, a day, an option's gid; of other types, what is shown."""
    field = next((each for each in record["custom_fields"] if each["gid"] == gid), None)
    if field is None:
        return None
    match field["type"]:
        case "enum":
            return field["enum_value"] and field["enum_value"]["gid"]
        case "date":
            return field["date_value"] and field["date_value"]["date"]
        case "text" | "number" as kind:
            return field[f"{kind}_value"]
        case _:
            return field["display_value"]
