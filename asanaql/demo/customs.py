"""Makes custom fields of every kind, and values for them.

A value in a task is the field's whole definition with the value's own keys beside it, as Asana shows it; only
the keys that belong to the field's type are there.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from asanaql.demo.dice import Dice, stamp
from asanaql.demo.words import ODD_NAMES, THINGS
from asanaql.demo.world import Record, World

PRIORITIES = (
    ("High", "red", True),
    ("Medium", "yellow-orange", True),
    ("Low", "green", True),
    ("Whenever", "none", False),
)
COMPONENTS = (("API", "blue", True), ("Büro", "aqua", True), ("移动端", "purple", True), ("Legacy", "cool-gray", False))

# name, type, representation, extra keys
FIELDS: tuple[tuple[str, str, str, Record], ...] = (
    ("Priority", "enum", "enum", {"choices": PRIORITIES}),
    ("Effort", "number", "number", {"precision": 1, "format": "none"}),
    ("Remarks", "text", "text", {}),
    ("Ticket", "text", "custom_id", {"id_prefix": "OKA"}),
    ("Components", "multi_enum", "multi_enum", {"choices": COMPONENTS}),
    ("Launch day", "date", "date", {"with_time": False}),
    ("Time slot", "date", "date", {"with_time": True}),
    ("Reviewers", "people", "people", {}),
    (
        "Score",
        "number",
        "formula",
        {"precision": 0, "format": "custom", "custom_label": "pts", "custom_label_position": "suffix"},
    ),
    ("Related", "reference", "reference", {}),
    ("Budget", "number", "number", {"precision": 2, "format": "currency", "currency_code": "EUR"}),
    ("Share", "number", "number", {"precision": 2, "format": "percentage"}),
)
NO_VALUE: dict[str, Record] = {
    "enum": {"enum_value": None},
    "multi_enum": {"multi_enum_values": []},
    "number": {"number_value": None},
    "text": {"text_value": None, "html_text_value": None},
    "date": {"date_value": None},
    "people": {"people_value": []},
    "reference": {"reference_value": []},
}

SHORT = frozenset(
    {
        "gid",
        "resource_type",
        "name",
        "type",
        "enum_options",
        "enabled",
        "representation_type",
        "id_prefix",
        "input_restrictions",
        "is_formula_field",
        "date_value",
        "enum_value",
        "multi_enum_values",
        "number_value",
        "text_value",
        "display_value",
    }
)


def make_custom_fields(world: World, dice: Dice) -> list[Record]:
    """One custom field for each entry of FIELDS, all in the workspace's library except the last."""
    for name, kind, representation, extra in FIELDS:
        field = _definition(world, dice, name, kind, representation, extra)
        world.hang("workspace.custom_fields", world.workspace, world.add(field))
    return world.all("custom_field")


def _definition(world: World, dice: Dice, name: str, kind: str, representation: str, extra: Record) -> Record:
    options = [
        {"gid": dice.gid(), "resource_type": "enum_option", "name": label, "enabled": enabled, "color": color}
        for label, color, enabled in extra.get("choices", ())
    ]
    field: Record = {
        "gid": dice.gid(),
        "resource_type": "custom_field",
        "resource_subtype": kind,
        "name": name,
        "type": kind,
        "representation_type": representation,
        "description": "" if name == "Share" else f"{name}, as agreed in spring",
        "enabled": True,
        "id_prefix": extra.get("id_prefix"),
        "is_formula_field": representation == "formula",
        "is_value_read_only": representation in ("formula", "custom_id"),
        "is_global_to_workspace": name != "Share",
        "has_notifications_enabled": name == "Priority",
        "asana_created_field": "priority" if name == "Priority" else None,
        "created_by": None if name == "Priority" else dice.pick(world.users),
        "privacy_setting": "public_with_guests",
        "default_access_level": "user",
        "display_value": None,
    }
    if kind in ("enum", "multi_enum"):
        field["enum_options"] = options
    if kind == "number":
        field |= {"custom_label": None, "custom_label_position": None, "currency_code": None} | extra
    if kind == "reference":
        field["input_restrictions"] = ["task", "project"]
    return field | NO_VALUE[kind]


def use_all_fields(world: World, dice: Dice, parent: Record) -> None:
    """Puts every custom field on a portfolio, goal or team, and a value of each on what can have one."""
    for field in world.all("custom_field"):
        setting(world, dice, parent, field)
    if "custom_fields" in parent:
        give_values(world, dice, parent)


def give_values(world: World, dice: Dice, parent: Record) -> None:
    """A value for each custom field that is used on the parent, as other things than tasks show them: shorter."""
    fields = [used["custom_field"] for used in parent["custom_field_settings"]]
    parent["custom_fields"] = [short(custom_value(world, dice, field, 0, certainly=True)) for field in fields]


def short(field: Record) -> Record:
    """A custom field as it shows everywhere but on tasks and in the settings."""
    return {name: value for name, value in field.items() if name in SHORT}


def custom_value(world: World, dice: Dice, field: Record, position: int, *, certainly: bool = False) -> Record:
    """The field with a value in it; a third are empty, custom ids and formulas never."""
    always = certainly or field["representation_type"] in ("formula", "custom_id")
    if not always and dice.happens(0.33):
        return field.copy()
    return field | VALUES[field["representation_type"]](world, dice, field, position)


def _enum(world: World, dice: Dice, field: Record, position: int) -> Record:
    option = dice.pick(field["enum_options"])
    return {"enum_value": option, "display_value": option["name"]}


def _multi_enum(world: World, dice: Dice, field: Record, position: int) -> Record:
    options = dice.some(field["enum_options"], 3) or field["enum_options"][:1]
    return {"multi_enum_values": options, "display_value": ", ".join(option["name"] for option in options) or None}


def _number(world: World, dice: Dice, field: Record, position: int) -> Record:
    places = field["precision"]
    number = round(dice.number(-20, 4000) / 10**places, places)
    shown = {"currency": f"€{number:,.2f}", "percentage": f"{number * 100:.0f}%"}.get(field["format"], f"{number:g}")
    return {"number_value": int(number) if places == 0 else number, "display_value": shown}


def _text(world: World, dice: Dice, field: Record, position: int) -> Record:
    text = dice.pick(ODD_NAMES if dice.happens(0.3) else THINGS)
    return {"text_value": text, "html_text_value": f"<body>{escape(text)}</body>", "display_value": text}


def _custom_id(world: World, dice: Dice, field: Record, position: int) -> Record:
    shown = f"{field['id_prefix']}-{position + 1}"
    return {"text_value": shown, "html_text_value": None, "display_value": shown}


def _date(world: World, dice: Dice, field: Record, position: int) -> Record:
    day = dice.day(-40, 40)
    if field["name"] != "Time slot":
        return {
            "date_value": {"date": f"{day:%Y-%m-%d}", "date_time": None},
            "display_value": f"{day:%Y-%m-%d}T00:00:00.000Z",
        }
    moment = stamp(day.replace(hour=dice.number(6, 20), minute=30))
    return {"date_value": {"date": moment[:10], "date_time": moment}, "display_value": moment}


def _people(world: World, dice: Dice, field: Record, position: int) -> Record:
    people = dice.some(world.users, 3)
    return {"people_value": people, "display_value": ", ".join(user["name"] for user in people) or None}


def _reference(world: World, dice: Dice, field: Record, position: int) -> Record:
    others = dice.some(world.projects, 2)
    return {"reference_value": others, "display_value": ", ".join(other["name"] for other in others) or None}


VALUES: dict[str, Callable[[World, Dice, Record, int], Record]] = {
    "enum": _enum,
    "multi_enum": _multi_enum,
    "number": _number,
    "formula": _number,
    "text": _text,
    "custom_id": _custom_id,
    "date": _date,
    "people": _people,
    "reference": _reference,
}


def setting(world: World, dice: Dice, parent: Record, field: Record) -> Record:
    """That a custom field is used in a project, portfolio, goal or team; hung under the parent."""
    record = world.add(
        {
            "gid": dice.gid(),
            "resource_type": "custom_field_setting",
            "is_important": field["name"] == "Priority",
            "parent": parent,
            "custom_field": field,
            **({"project": parent} if parent["resource_type"] == "project" else {}),
        }
    )
    parent["custom_field_settings"].append(record)
    world.hang(f"{parent['resource_type']}.custom_field_settings", parent, record)
    return record
