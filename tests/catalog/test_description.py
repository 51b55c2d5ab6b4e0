"""The catalog against Asana's own description: whatever is misspelled here would be ignored there, silently."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from asanaql.catalog import CATALOG, Column, Table
from asanaql.catalog import Path as AccessPath
from asanaql.catalog.bridges import OPT_IN
from asanaql.catalog.model import Counts, Paging
from asanaql.catalog.types import DATE, INTEGER, JSON, NUMBER, TEXT, TIMESTAMP

if TYPE_CHECKING:
    from tests.catalog.conftest import Description

# Types that are not what the description's words give by the rules: patterns of table.field, the type, the reason.
TYPES: tuple[tuple[str, pa.DataType, str], ...] = (
    ("goals.start_on", DATE, "a string there, whose words say YYYY-MM-DD"),
    ("goals.due_on", DATE, "a string there, whose words say YYYY-MM-DD"),
    ("goals.time_period.*_on", DATE, "a string there, whose words say YYYY-MM-DD"),
    ("goal_parents.*_on", DATE, "a string there, whose words say YYYY-MM-DD"),
    ("time_periods.*_on", DATE, "a string there, whose words say YYYY-MM-DD"),
    ("workspace_memberships.vacation_dates.*_on", DATE, "a string there, whose words say YYYY-MM-DD"),
    ("*date_value.date", DATE, "a string there, whose words say YYYY-MM-DD"),
    ("*date_value.date_time", TIMESTAMP, "a string there, whose words say ISO 8601"),
    ("stories.*_number_value", NUMBER, "an integer there, but number_value of the same field is a number"),
    ("task_templates.template", JSON, "only the whole can be asked for, so its shape is whatever Asana sends"),
    ("audit_log_events.details", JSON, "has any members, by event_type"),
    ("*events.change.*_value", JSON, "is whatever the field holds"),
)

# What opt_fields can bring and no column asks for: patterns of table.entry, the reason.
KIND = "several kinds are possible, which only the bare object tells"
DEFINED = "a definition has no value"
TASK = "a reference to a task, whose other columns are in tasks"
UNASKED: tuple[tuple[str, str], ...] = (
    ("*.custom_fields.enum_options*", "the options of a field are in custom_fields, not beside every value"),
    ("*.custom_fields.reference_value.name", KIND),
    ("*.custom_field_settings.project*", "the object that has the settings"),
    ("*.custom_field_settings.parent*", "the object that has the settings"),
    ("*custom_field_settings.custom_field.*_value*", DEFINED),
    ("*custom_field_settings.custom_field.multi_enum_values*", DEFINED),
    ("*custom_field_settings.custom_field.enabled", DEFINED),
    ("custom_field_settings.parent.name", KIND),
    ("custom_fields.reference_value.name", KIND),
    ("stories.custom_field.*", "a reference to a custom field, whose definition is in custom_fields"),
    ("stories.target.*", KIND),
    ("stories.*.created_by", TASK),
    ("stories.*.resource_subtype", TASK),
    ("*tasks.parent.created_by", TASK),
    ("*tasks.parent.resource_subtype", TASK),
    ("*tasks.external.data", "asked for whole, since its gid is the app's and not Asana's"),
    ("attachments.parent.*", KIND),
    ("status_updates.parent.name", KIND),
    ("goal_relationships.supporting_resource.name", KIND),
    ("allocations.assignee.name", KIND),
    ("project_memberships.member.name", KIND),
    ("jobs.new_task.*", TASK),
    ("task_depend*.parent.*", TASK),
    ("task_depend*.external.data", "asked for whole, since its gid is the app's and not Asana's"),
    ("goal_relationships.supported_goal.owner*", "a reference to a goal, whose other columns are in goals"),
    ("webhooks.resource.name", KIND),
    ("events.resource.name", KIND),
    ("events.parent.name", KIND),
    ("webhooks.filters.*", "asked for whole, since its resource_type cannot be asked for"),
    ("workspace_memberships.user_task_list.*", "its owner and workspace are the membership's"),
)
# What the full record has and no column shows: patterns of table.member, the reason.
MEMBER = "the old name of the member, who may also be a team"
UNASKED_FOR = "Asana sends it only where opt_fields ask for it, which the endpoint does not take"
LEFT_OUT: tuple[tuple[str, str], ...] = (
    ("*memberships.user", MEMBER),
    ("memberships.workspace", "on single memberships of goals only; workspace_gid is known of the parent"),
    ("goal_memberships.workspace", "on the single record only; workspace_gid is known of the goal"),
    ("goal_memberships.goal", "the parent once more"),
    ("project_memberships.project", "the parent once more"),
    ("project_memberships.write_access", "on the single record only; access_level says more"),
    *((f"custom_id_tasks.{name}", UNASKED_FOR) for name in sorted(OPT_IN)),
)
# Relations that show a part of what their endpoint answers, and why.
PARTIAL = {"sync_tokens": "the token by which events are asked for, and no event"}
# Where custom_fields has the type that it has elsewhere, but Asana sends the compact record of each only.
COMPACT = (
    *("users", "projects", "portfolios", "portfolio_items", "goals"),
    *("goal_parents", "task_projects", "search_projects"),
)

tables = pytest.mark.parametrize("table", CATALOG.values(), ids=CATALOG)


def asked(table: Table) -> set[str]:
    return {entry for column in table.columns for entry in column.fields}


def asked_of(table: Table, path: AccessPath) -> set[str]:
    """What one path of a table may ask for."""
    if path.counts is not None:
        return {path.counts.every, *path.counts.by.values()}
    known = (*path.lacks, *path.keys)
    return {entry for column in table.columns if column.name not in known for entry in column.fields}


def prefixes(entry: str) -> set[str]:
    return {entry[:at] for at, letter in enumerate(entry) if letter == "."}


def endpoint_mistakes(table: Table, description: Description) -> Iterator[str]:
    """Endpoints that do not exist, answer otherwise than their paging says, or lack a parameter that would be sent."""
    for path in table.paths:
        if description.operation(path) is None:
            yield f"{path.endpoint} is no endpoint."
            continue
        many = description.word(description.answered(path), "type") == "array"
        if many == (path.paging in (Paging.ONE, Paging.COUNTS)):
            yield f"{path.endpoint} answers {'many rows' if many else 'one row'}, not {path.paging}."
        taken = description.parameters(path)
        if ("limit" in taken) != (path.paging in (Paging.OFFSET, Paging.ENDLESS)):
            yield f"{path.endpoint} {'has' if 'limit' in taken else 'lacks'} limit, against {path.paging}."
        for name in (*path.parameters, *path.always, *(each.parameter for each in path.filters)):
            if name not in taken:
                yield f"{path.endpoint} has no parameter {name}."
        for name, parameter in taken.items():
            if parameter.get("required") and name not in {**path.parameters, **path.always}:
                yield f"{path.endpoint} requires {name}."
        yield from _search_mistakes(path, taken, description)
        if path.opt_fields != ("opt_fields" in taken) and path.paging is not Paging.TOKEN:
            yield f"{path.endpoint} {'takes' if 'opt_fields' in taken else 'does not take'} opt_fields."


def _search_mistakes(path: AccessPath, taken: Mapping[str, Any], description: Description) -> Iterator[str]:
    """Parameters of a search that nothing in a statement becomes, and the other way round."""
    if path.search is None:
        return
    bounds = [f"{moment}.{word}" for moment in path.search.moments for word in ("after", "before")]
    said = {"sort_by", "sort_ascending", *bounds, *path.search.flags}
    said |= {each.parameter for each in path.filters} | {told.parameter for told in path.told if not told.endings}
    for name in sorted(said ^ (set(taken) - {"opt_fields", "opt_pretty"})):
        yield f"{path.endpoint} {'does not reach' if name in taken else 'has no parameter'} {name}."
    operation = description.operation(path)
    assert operation is not None
    described = set(re.findall(r"\| (custom_\w+\.{gid}\.[\w.]+) \|", operation["description"]))
    written = {f"{told.parameter}.{{gid}}.{ending}" for told in path.told for ending in told.endings}
    for name in sorted(written ^ described):
        yield f"{path.endpoint} {'does not reach' if name in described else 'does not speak of'} {name}."
    for column in path.search.sorted_by:
        if column not in description.word(taken["sort_by"]["schema"], "enum"):
            yield f"{path.endpoint} cannot be sorted by {column}."


def field_mistakes(table: Table, description: Description) -> Iterator[str]:
    """Entries of opt_fields that some endpoint of the table does not list."""
    for path in table.paths:
        if path.opt_fields:
            for entry in sorted(asked_of(table, path) - description.opt_fields(path)):
                yield f"{path.endpoint} does not list {entry} in opt_fields."


def type_mistakes(table: Table, description: Description) -> Iterator[str]:
    """Columns that read what the full record does not have, or have another type than it says."""
    record = description.record(table)
    for column in table.columns:
        if column.path:
            field = description.member(record, column.path)
            where = f"{table.name}.{'.'.join(column.path)}"
            if field is None:
                yield f"{where} is not in the full record."
            else:
                yield from _type_mistakes(where, column.type, field, description)
    for path in table.paths:
        for name in sorted(asked_of(table, path)) if path.counts is not None else ():
            number = description.members(description.answered(path)).get(name)
            if number is None or description.type(number) != INTEGER:
                yield f"{path.endpoint} has no number {name}."


def _type_mistakes(where: str, type: pa.DataType, field: Any, description: Description) -> Iterator[str]:
    deviation = next((each[1] for each in TYPES if fnmatch(where, each[0])), None)
    if deviation is not None:
        if type != deviation:
            yield f"{where} is {type}, expected {deviation}."
    elif pa.types.is_list(type) != (description.word(field, "type") == "array"):
        yield f"{where} is {type}, but the description says {description.word(field, 'type')}."
    elif pa.types.is_list(type):
        yield from _type_mistakes(where, type.value_type, description.resolved(field)["items"], description)
    elif pa.types.is_struct(type):
        members = description.members(field)
        for part in type:
            if part.name not in members:
                if where not in [f"{name}.custom_fields" for name in COMPACT]:
                    yield f"{where}.{part.name} is not in the full record."
            else:
                yield from _type_mistakes(f"{where}.{part.name}", part.type, members[part.name], description)
    elif type != description.type(field):
        yield f"{where} is {type}, but the description gives {description.type(field)}."


def omissions(table: Table, description: Description) -> Iterator[str]:
    """What the full record or the opt_fields of every endpoint have and no column shows."""
    if table.name in PARTIAL:
        return
    shown = {column.path[0] for column in table.visible if column.path}
    shown |= {column.name for column in table.visible if column.constant or column.marker}
    shown |= {name for path in table.paths for name in (*path.keys, *path.fixed)}
    for name in sorted(set(description.members(description.record(table))) - shown):
        if not any(fnmatch(f"{table.name}.{name}", pattern) for pattern, _ in LEFT_OUT):
            yield f"{table.name} does not show {name}."
    taken = asked(table) | {above for entry in asked(table) for above in prefixes(entry)}
    for entry in sorted(description.common(table) - taken):
        if not any(fnmatch(f"{table.name}.{entry}", pattern) for pattern, _ in UNASKED):
            yield f"{table.name} does not ask for {entry}."


def struct_mistakes(table: Table, _: Description) -> Iterator[str]:
    """Members of STRUCTs that are never asked for, and entries that bring what no member holds."""
    for column in table.columns:
        entries = {entry.removeprefix(f"{column.path[0]}.") for entry in column.fields if column.path}
        if len(column.path) != 1 or column.fields == (column.path[0],) or not column.fields:
            continue
        members = set(_members(column.type))
        for entry in sorted(entries - members):
            yield f"{table.name}.{column.name} asks for {entry}, which it has no place for."
        compact = column.name == "custom_fields" and table.name in COMPACT
        for member in sorted(members - entries):
            covered = member.rpartition(".")[2] == "gid" or prefixes(member) & entries
            if not covered and not any(member in prefixes(entry) for entry in members) and not compact:
                yield f"{table.name}.{column.name} has {member}, which is not asked for."


def _members(type: pa.DataType, above: str = "") -> Iterator[str]:
    if pa.types.is_list(type):
        yield from _members(type.value_type, above)
    elif pa.types.is_struct(type):
        for part in type:
            yield f"{above}{part.name}"
            yield from _members(part.type, f"{above}{part.name}.")


CHECKS: tuple[Callable[[Table, Description], Iterator[str]], ...] = (
    endpoint_mistakes,
    field_mistakes,
    type_mistakes,
    struct_mistakes,
    omissions,
)


@pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])
@tables
def test_an_entry_agrees_with_the_description(table: Table, check: Any, description: Description) -> None:
    assert list(check(table, description)) == []


def test_every_exception_is_needed(description: Description) -> None:
    fields = {
        f"{table.name}.{name}" for table in CATALOG.values() for column in table.columns for name in _paths(column)
    }
    entries = {f"{table.name}.{entry}" for table in CATALOG.values() for entry in description.common(table)}
    members = {
        f"{table.name}.{name}" for table in CATALOG.values() for name in description.members(description.record(table))
    }
    assert [pattern for pattern, _, _ in TYPES if not any(fnmatch(name, pattern) for name in fields)] == []
    assert [pattern for pattern, _ in LEFT_OUT if not any(fnmatch(name, pattern) for name in members)] == []
    assert [name for name in PARTIAL if name not in CATALOG] == []
    assert [pattern for pattern, _ in UNASKED if not any(fnmatch(entry, pattern) for entry in entries)] == []


def _paths(column: Column) -> Iterator[str]:
    at = ".".join(column.path)
    yield at
    yield from (f"{at}.{member}" for member in _members(column.type))


def changed_path(name: str, path: str, **changes: Any) -> Table:
    table = CATALOG[name]
    return replace(table, paths=tuple(replace(p, **changes) if p.name == path else p for p in table.paths))


def changed_column(name: str, column: str, **changes: Any) -> Table:
    table = CATALOG[name]
    return replace(table, columns=tuple(replace(c, **changes) if c.name == column else c for c in table.columns))


def without(name: str, *columns: str) -> Table:
    table = CATALOG[name]
    return replace(table, columns=tuple(column for column in table.columns if column.name not in columns))


def told(name: str, column: str, **changes: Any) -> Table:
    """A search one of whose arguments tells something else."""
    [path] = CATALOG[name].paths
    return changed_path(
        name, path.name, told=tuple(replace(t, **changes) if t.column == column else t for t in path.told)
    )


def searched(name: str, **changes: Any) -> Table:
    [path] = CATALOG[name].paths
    return changed_path(name, path.name, search=replace(path.search, **changes))


MISSPELLED: dict[str, tuple[Callable[[], Table], Any, str]] = {
    "what an argument tells": (
        lambda: told("search_tasks", "tag_gid", parameter="tag.any"),
        endpoint_mistakes,
        "/workspaces/{workspace_gid}/tasks/search has no parameter tag.any.",
    ),
    "a parameter of a search left out": (
        lambda: told("search_tasks", "tag_gid", parameter="tags.all"),
        endpoint_mistakes,
        "/workspaces/{workspace_gid}/tasks/search does not reach tags.any.",
    ),
    "a condition on a custom field": (
        lambda: told("search_projects", "custom_field", endings=("is_set", "before")),
        endpoint_mistakes,
        "/workspaces/{workspace_gid}/projects/search does not speak of custom_fields.{gid}.before.",
    ),
    "a condition left out": (
        lambda: told("search_tasks", "custom_field", endings=("is_set",)),
        endpoint_mistakes,
        "/workspaces/{workspace_gid}/tasks/search does not reach custom_fields.{gid}.starts_with.",
    ),
    "what tells rows of a search apart": (
        lambda: searched("search_tasks", flags=("is_done",)),
        endpoint_mistakes,
        "/workspaces/{workspace_gid}/tasks/search has no parameter is_done.",
    ),
    "a moment that a search cannot be bounded by": (
        lambda: searched("search_projects", moments=("modified_at",)),
        endpoint_mistakes,
        "/workspaces/{workspace_gid}/projects/search has no parameter modified_at.after.",
    ),
    "what a search is sorted by": (
        lambda: searched("search_projects", sorted_by=("name",)),
        endpoint_mistakes,
        "/workspaces/{workspace_gid}/projects/search cannot be sorted by name.",
    ),
    "an endpoint": (
        lambda: changed_path("sections", "project", endpoint="/projects/{project_gid}/section"),
        endpoint_mistakes,
        "/projects/{project_gid}/section is no endpoint.",
    ),
    "a key's parameter": (
        lambda: changed_path("tasks", "section", parameters={"sections": "section_gid"}),
        endpoint_mistakes,
        "/tasks has no parameter sections.",
    ),
    "a required parameter": (
        lambda: changed_path("goal_relationships", "supported_goal", parameters={}),
        endpoint_mistakes,
        "/goal_relationships requires supported_goal.",
    ),
    "a filter's parameter": (
        lambda: changed_path(
            "tasks", "project", filters=(replace(CATALOG["tasks"].paths[2].filters[0], parameter="modified_after"),)
        ),
        endpoint_mistakes,
        "/tasks has no parameter modified_after.",
    ),
    "paging of what is one row": (
        lambda: changed_path("tasks", "gid", paging=Paging.OFFSET),
        endpoint_mistakes,
        "/tasks/{gid} answers one row, not offset.",
    ),
    "paging of what comes whole": (
        lambda: changed_path("custom_field_settings", "team", paging=Paging.OFFSET),
        endpoint_mistakes,
        "/teams/{parent_gid}/custom_field_settings lacks limit, against offset.",
    ),
    "opt_fields where none are taken": (
        lambda: changed_path("audit_log_events", "workspace", opt_fields=True),
        endpoint_mistakes,
        "/workspaces/{workspace_gid}/audit_log_events does not take opt_fields.",
    ),
    "an opt_fields entry": (
        lambda: changed_column("tasks", "due_on", fields=("dueon",)),
        field_mistakes,
        "/tasks/{gid} does not list dueon in opt_fields.",
    ),
    "a field that counts": (
        lambda: changed_path("tasks", "counts", counts=Counts("num_task", "completed", {})),
        field_mistakes,
        "/projects/{project_gid}/task_counts does not list num_task in opt_fields.",
    ),
    "a field that counts by a value": (
        lambda: changed_path("tasks", "counts", counts=Counts("num_tasks", "completed", {True: "num_completed"})),
        type_mistakes,
        "/projects/{project_gid}/task_counts has no number num_completed.",
    ),
    "paging of what is counted": (
        lambda: changed_path("tasks", "section", paging=Paging.COUNTS),
        endpoint_mistakes,
        "/tasks answers many rows, not counts.",
    ),
    "the opt_fields entry of a STRUCT": (
        lambda: changed_column("users", "photo", fields=("photo.image_22x22",)),
        struct_mistakes,
        "users.photo asks for image_22x22, which it has no place for.",
    ),
    "a STRUCT member that nothing brings": (
        lambda: changed_column("stories", "story", fields=("story.text",)),
        struct_mistakes,
        "stories.story has created_at, which is not asked for.",
    ),
    "a path": (
        lambda: changed_column("projects", "team_name", path=("team", "title")),
        type_mistakes,
        "projects.team.title is not in the full record.",
    ),
    "a STRUCT member": (
        lambda: changed_column("tasks", "external", type=pa.struct([("gid", TEXT), ("datum", TEXT)])),
        type_mistakes,
        "tasks.external.datum is not in the full record.",
    ),
    "a type": (
        lambda: changed_column("tasks", "due_on", type=TIMESTAMP),
        type_mistakes,
        "tasks.due_on is timestamp[us, tz=UTC], but the description gives date32[day].",
    ),
    "a type that deviates": (
        lambda: changed_column("goals", "due_on", type=TEXT),
        type_mistakes,
        "goals.due_on is string, expected date32[day].",
    ),
    "a list that is none": (
        lambda: changed_column("tasks", "name", type=pa.list_(TEXT)),
        type_mistakes,
        "tasks.name is list<item: string>, but the description says string.",
    ),
    "a column left out": (
        lambda: without("projects", "icon"),
        omissions,
        "projects does not show icon.",
    ),
    "an entry left out": (
        lambda: changed_column("users", "photo", fields=("photo.image_21x21",)),
        omissions,
        "users does not ask for photo.image_1024x1024.",
    ),
}


@pytest.mark.parametrize("mistake", MISSPELLED)
def test_a_misspelling_is_said(mistake: str, description: Description) -> None:
    table, check, sentence = MISSPELLED[mistake][0](), MISSPELLED[mistake][1], MISSPELLED[mistake][2]
    assert list(check(CATALOG[table.name], description)) == []
    assert sentence in list(check(table, description))
