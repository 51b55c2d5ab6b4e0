"""Custom fields: their definitions in a workspace, and the settings that put them on an object."""

from __future__ import annotations

from asanaql.catalog.custom_field_types import (
    BELOW,
    DEFINITION,
    IN_DEFINITIONS,
    MEMBERS,
    asked,
)
from asanaql.catalog.model import Column, Paging, Parent, Path, Table
from asanaql.catalog.types import (
    BOOLEAN,
    from_request,
    gid,
    plain,
    reference,
    resource_type,
    structure,
    workspace_of_parent,
)

_NO_VALUE = "NULL in a definition: values are in `custom_fields` of the objects that have the field."

_DOCS = {
    "name": "The custom field's name.",
    "type": "The kind of value in the old words, such as `enum`; `resource_subtype` is newer.",
    "resource_subtype": "The kind of value, such as `text`, `number`, `enum`, `multi_enum`, `date` or `people`.",
    "representation_type": "The kind of field as people see it, such as `formula` or `custom_id`.",
    "description": "The custom field's description as plain text.",
    "enum_options": "The options that an `enum` or `multi_enum` field offers, disabled ones too; NULL for other kinds.",
    "precision": "How many decimal places a `number` field shows; NULL for other kinds.",
    "format": "How a `number` field is written, such as `currency` or `percentage`.",
    "currency_code": "The ISO 4217 code of the currency; NULL unless `format` is `currency`.",
    "custom_label": "The unit that stands beside the number; NULL unless `format` is `custom`.",
    "custom_label_position": "Whether the unit stands before or after, `prefix` or `suffix`; NULL without one.",
    "id_prefix": "What the IDs that the field hands out begin with; NULL unless it hands out IDs.",
    "input_restrictions": "What a `reference` field may refer to; NULL for other kinds.",
    "is_formula_field": "Whether the value is computed by a formula.",
    "is_value_read_only": "Whether the value cannot be set by hand.",
    "is_global_to_workspace": "Whether everything in the workspace can have the field, and not one object only.",
    "has_notifications_enabled": "Whether followers of a task are notified when the value changes.",
    "asana_created_field": "Asana's word for the field when it is one of its own, such as `priority`; NULL otherwise.",
    "privacy_setting": "Who can find the field, such as `public_with_guests` or `private`.",
    "default_access_level": "The access that new members of the field get, such as `editor`.",
}
_HEAVY = ("description", "enum_options")
# What a definition has whatever its kind; Asana leaves out of it what is about other kinds.
_ALWAYS = (
    "name",
    "type",
    "resource_subtype",
    "representation_type",
    "description",
    "is_global_to_workspace",
    "privacy_setting",
    "default_access_level",
)


def _definition(name: str) -> Column:
    """The column for one member of a definition."""
    sparse = name not in _ALWAYS
    if name in BELOW:
        return structure(name, MEMBERS[name], _DOCS[name], BELOW[name], sparse=sparse)
    return plain(name, MEMBERS[name], _DOCS[name], sparse=sparse, heavy=name in _HEAVY)


def _value(name: str) -> Column:
    """The column for one member that only values have."""
    if name in BELOW:
        return structure(name, MEMBERS[name], _NO_VALUE, BELOW[name], sparse=True)
    return plain(name, MEMBERS[name], _NO_VALUE, sparse=True, heavy=True)


CUSTOM_FIELDS = Table(
    name="custom_fields",
    row="one custom field that the workspace defines",
    documentation="https://developers.asana.com/reference/custom-fields",
    plan="a paid Asana plan",
    columns=(
        gid("The custom field's gid."),
        resource_type("custom_field"),
        *(_definition(name) for name in _DOCS),
        *reference("created_by", "The user who created the field; NULL when Asana itself did."),
        from_request("workspace_gid", "The gid of the workspace that defines the field."),
        *(_value(name) for name in MEMBERS if name not in IN_DEFINITIONS),
    ),
    paths=(
        Path("gid", "/custom_fields/{gid}", paging=Paging.ONE),
        Path(
            "workspace",
            "/workspaces/{workspace_gid}/custom_fields",
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
        ),
    ),
    trusted=3600,
    rows=100,
)


def _arm(kind: str, *, paging: Paging = Paging.OFFSET) -> Path:
    """The path to the settings of one kind of object."""
    return Path(
        kind,
        f"/{kind}s/{{parent_gid}}/custom_field_settings",
        parent=Parent(f"{kind}s", {"parent_gid": "gid"}, {"parent_name": "name", "workspace_gid": "workspace_gid"}),
        paging=paging,
        arm=kind,
        fixed={"parent_resource_type": kind},
    )


CUSTOM_FIELD_SETTINGS = Table(
    name="custom_field_settings",
    row="one custom field on one project, portfolio, goal or team",
    documentation="https://developers.asana.com/reference/custom-field-settings",
    plan="a paid Asana plan",
    columns=(
        gid("The setting's gid."),
        resource_type("custom_field_setting"),
        *reference("parent", "The project, portfolio, goal or team that has the custom field.", typed=True),
        *reference("custom_field", "The custom field."),
        structure("custom_field", DEFINITION, "The custom field's definition.", asked(IN_DEFINITIONS)),
        plain("is_important", BOOLEAN, "Whether lists of the project or portfolio show the field as a column."),
        *reference(
            "project", "The parent once more, where it is a project, as Asana named it in former times.", sparse=True
        ),
        workspace_of_parent("project, portfolio, goal or team"),
    ),
    paths=(_arm("project"), _arm("portfolio"), _arm("goal"), _arm("team", paging=Paging.WHOLE)),
    rows=1000,
)
