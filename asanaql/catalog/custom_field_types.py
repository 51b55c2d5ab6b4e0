"""Custom fields inside other objects: the STRUCT types that many relations share, and what must be asked for.

A value carries its field's definition, except the options it could have had; a setting, which puts a field on an
object, carries the definition and no value.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from asanaql.catalog.model import Column
from asanaql.catalog.types import (
    BOOLEAN,
    DATE,
    ENUM_OPTION,
    ENUM_OPTIONS,
    INTEGER,
    NUMBER,
    REFERENCE,
    REFERENCES,
    TEXT,
    TEXTS,
    TIMESTAMP,
    TYPED_REFERENCE,
    structure,
)

DATE_VALUE = pa.struct([("date", DATE), ("date_time", TIMESTAMP)])
TYPED_REFERENCES = pa.list_(TYPED_REFERENCE)

MEMBERS: dict[str, pa.DataType] = {
    "gid": TEXT,
    "name": TEXT,
    "type": TEXT,
    "resource_subtype": TEXT,
    "display_value": TEXT,
    "text_value": TEXT,
    "html_text_value": TEXT,
    "number_value": NUMBER,
    "enum_value": ENUM_OPTION,
    "multi_enum_values": ENUM_OPTIONS,
    "date_value": DATE_VALUE,
    "people_value": REFERENCES,
    "reference_value": TYPED_REFERENCES,
    "enabled": BOOLEAN,
    "is_value_read_only": BOOLEAN,
    "is_formula_field": BOOLEAN,
    "representation_type": TEXT,
    "id_prefix": TEXT,
    "description": TEXT,
    "enum_options": ENUM_OPTIONS,
    "precision": INTEGER,
    "format": TEXT,
    "currency_code": TEXT,
    "custom_label": TEXT,
    "custom_label_position": TEXT,
    "input_restrictions": TEXTS,
    "is_global_to_workspace": BOOLEAN,
    "has_notifications_enabled": BOOLEAN,
    "asana_created_field": TEXT,
    "created_by": REFERENCE,
    "privacy_setting": TEXT,
    "default_access_level": TEXT,
}

_ONLY_IN_VALUES = (
    "display_value",
    "text_value",
    "html_text_value",
    "number_value",
    "enum_value",
    "multi_enum_values",
    "date_value",
    "people_value",
    "reference_value",
    "enabled",
)
# A task's page would be mostly options if every value brought all that its field has; custom_fields has them.
_ONLY_IN_DEFINITIONS = ("enum_options",)

IN_VALUES = tuple(name for name in MEMBERS if name not in _ONLY_IN_DEFINITIONS)
IN_DEFINITIONS = tuple(name for name in MEMBERS if name not in _ONLY_IN_VALUES)
# Of the fields of users, projects, portfolios and goals Asana sends no more than this.
IN_COMPACT_VALUES = (
    "gid",
    "name",
    "type",
    "display_value",
    "text_value",
    "number_value",
    "enum_value",
    "multi_enum_values",
    "date_value",
    "enabled",
    "is_formula_field",
    "representation_type",
    "id_prefix",
    "input_restrictions",
)

VALUE = pa.struct([(name, MEMBERS[name]) for name in IN_VALUES])
VALUES = pa.list_(VALUE)
DEFINITION = pa.struct([(name, MEMBERS[name]) for name in IN_DEFINITIONS])
SETTINGS = pa.list_(pa.struct([("gid", TEXT), ("is_important", BOOLEAN), ("custom_field", DEFINITION)]))

# What is asked for below a member; a reference_value can be of several kinds, so it is asked for by its bare name.
BELOW = {
    "enum_options": ("name", "enabled", "color"),
    "enum_value": ("name", "enabled", "color"),
    "multi_enum_values": ("name", "enabled", "color"),
    "date_value": ("date", "date_time"),
    "people_value": ("name",),
    "created_by": ("name",),
}


def asked(names: Iterable[str]) -> tuple[str, ...]:
    """The opt_fields entries, relative to the custom field, that bring the members `names`."""
    entries: list[str] = []
    for name in names:
        if name in BELOW:
            entries += [f"{name}.{below}" for below in BELOW[name]]
        elif name != "gid":
            entries.append(name)
    return tuple(entries)


def custom_fields(doc: str) -> Column:
    """The column `custom_fields` where Asana can send the full record of each."""
    return structure("custom_fields", VALUES, doc, asked(IN_VALUES))


def compact_custom_fields(doc: str) -> Column:
    """The column `custom_fields`, of the same type, where Asana can send their compact record only."""
    return structure("custom_fields", VALUES, doc, asked(IN_COMPACT_VALUES))


def custom_field_settings(doc: str) -> Column:
    """The column `custom_field_settings`: which custom fields an object has, with their definitions."""
    fields = ("is_important", *(f"custom_field.{entry}" for entry in asked(IN_DEFINITIONS)))
    return structure("custom_field_settings", SETTINGS, doc, fields)
