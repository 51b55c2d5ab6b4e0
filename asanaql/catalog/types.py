"""The Arrow types of columns and short ways to declare columns of each kind.

date-time is TIMESTAMPTZ, date DATE, integer BIGINT, number DOUBLE, enum VARCHAR. A reference is two columns, its gid
and its name; a list of references is LIST(STRUCT(gid, name)); what has no shape is JSON.
Source: https://developers.asana.com/docs/data-types
"""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.model import Column

TEXT = pa.string()
TIMESTAMP = pa.timestamp("us", tz="UTC")
DATE = pa.date32()
BOOLEAN = pa.bool_()
INTEGER = pa.int64()
NUMBER = pa.float64()
JSON = pa.json_(pa.string())
REFERENCE = pa.struct([("gid", TEXT), ("name", TEXT)])
REFERENCES = pa.list_(REFERENCE)
TYPED_REFERENCE = pa.struct([("gid", TEXT), ("name", TEXT), ("resource_type", TEXT)])
TEXTS = pa.list_(TEXT)
LIKES = pa.list_(pa.struct([("gid", TEXT), ("user", REFERENCE)]))
STATUS_UPDATE = pa.struct([("gid", TEXT), ("title", TEXT), ("resource_subtype", TEXT)])
ENUM_OPTION = pa.struct([("gid", TEXT), ("name", TEXT), ("enabled", BOOLEAN), ("color", TEXT)])
ENUM_OPTIONS = pa.list_(ENUM_OPTION)
REACTIONS = pa.list_(pa.struct([("emoji_base", TEXT), ("variant", TEXT), ("count", NUMBER), ("reacted", BOOLEAN)]))


def plain(name: str, type: pa.DataType, doc: str, *, sparse: bool = False, heavy: bool = False) -> Column:
    """A column that keeps the name of the API's field."""
    fields = () if name == "gid" else (name,)
    return Column(name, type, doc, (name,), fields, sparse=sparse, heavy=heavy)


def gid(doc: str) -> Column:
    """The row's own gid, which Asana always sends."""
    return plain("gid", TEXT, doc)


def resource_type(value: str) -> Column:
    """The column every resource has, whose value is known before asking."""
    return Column("resource_type", TEXT, f"Always `{value}`.", constant=value)


def _part(word: str, doc: str) -> str:
    """The sentence about one part of what `doc` describes: The user … → The name of the user …"""
    return f"The {word} of {doc[0].lower()}{doc[1:]}"


def reference(
    name: str, doc: str, *, ask: str | None = None, typed: bool = False, sparse: bool = False, source: str | None = None
) -> tuple[Column, ...]:
    """`<name>_gid` and `<name>_name`, and `<name>_resource_type` where `typed`.

    `doc` describes the object, in a sentence that begins with The. `ask` is the opt_fields entry that brings them,
    `<name>.name` unless told: the bare object where several kinds are possible, or where the description lists no name.
    `source` is the API's field where it is called otherwise.
    """
    at = source or name
    ask = ask or (at if typed else f"{at}.name")
    columns = [
        identity(name, _part("gid", doc), ask=ask, sparse=sparse, source=source),
        Column(f"{name}_name", TEXT, _part("name", doc), (at, "name"), (ask,), sparse=sparse),
    ]
    if typed:
        kind = _part("kind", doc)
        columns.append(Column(f"{name}_resource_type", TEXT, kind, (at, "resource_type"), (ask,), sparse=sparse))
    return tuple(columns)


def identity(name: str, doc: str, *, ask: str | None = None, sparse: bool = False, source: str | None = None) -> Column:
    """`<name>_gid` alone: the reference of an object that has no name, or whose name Asana does not send here."""
    at = source or name
    return Column(f"{name}_gid", TEXT, doc, (at, "gid"), (ask or at,), sparse=sparse)


def element(name: str, doc: str, *path: str) -> tuple[Column, ...]:
    """`<name>_gid` and `<name>_name` of the reference at `path`, which begins with the list that the grain follows."""
    ask = (".".join((*path, "name")),)
    return (
        Column(f"{name}_gid", TEXT, _part("gid", doc), (*path, "gid"), ask),
        Column(f"{name}_name", TEXT, _part("name", doc), (*path, "name"), ask),
    )


def likes(name: str, doc: str, *, sparse: bool = False) -> Column:
    """A list of likes, each with the user who gave it."""
    return structure(name, LIKES, doc, ("user.name",), sparse=sparse)


def references(name: str, doc: str, *, sparse: bool = False) -> Column:
    """A list of references as LIST(STRUCT(gid, name))."""
    return Column(name, REFERENCES, doc, (name,), (f"{name}.name",), sparse=sparse, heavy=True)


def structure(
    name: str, type: pa.DataType, doc: str, fields: tuple[str, ...], *, sparse: bool = False, heavy: bool = True
) -> Column:
    """An object, or a list of objects, as STRUCT; `fields` are named below `name`."""
    return Column(name, type, doc, (name,), tuple(f"{name}.{each}" for each in fields), sparse=sparse, heavy=heavy)


def from_request(name: str, doc: str, *, type: pa.DataType = TEXT, hidden: bool = False) -> Column:
    """A column that only the request or its parent knows: the key it was asked by, the workspace it was found in."""
    return Column(name, type, doc, hidden=hidden)


def workspace(doc: str = "The workspace that this belongs to.") -> tuple[Column, ...]:
    """`workspace_gid` and `workspace_name` where a row says its workspace."""
    return reference("workspace", doc)


def workspace_of_parent(parent: str) -> Column:
    """`workspace_gid` where only the `parent` that a row was found under says it."""
    return from_request("workspace_gid", f"The gid of the workspace that the {parent} belongs to.")


def reactions(doc: str, *, sparse: bool = False) -> Column:
    """The column `reaction_summary`: one element for every emoji."""
    return structure("reaction_summary", REACTIONS, doc, ("emoji_base", "variant", "count", "reacted"), sparse=sparse)


def current_status_update(of: str) -> Column:
    """The column `current_status_update` of an object that has status updates; `of` is the word for it."""
    doc = f"The latest status update of the {of}; NULL when there is none. The whole of it is in `status_updates`."
    return structure("current_status_update", STATUS_UPDATE, doc, ("title", "resource_subtype"))
