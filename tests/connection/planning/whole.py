"""A plain DuckDB that holds the demo workspace's relations whole, made from the World and not by our scans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb
import pyarrow as pa

from asanaql.catalog import CATALOG
from asanaql.demo.world import Record, World

#: The columns that statements use, by relation.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "tasks": (
        "gid", "name", "project_gid", "project_name", "section_gid", "section_name", "completed", "completed_at",
        "assignee_gid", "assignee_name", "parent_gid", "due_on", "modified_at", "resource_subtype",
    ),
    "projects": ("gid", "name", "archived", "owner_name", "team_gid"),
    "stories": ("gid", "text", "type", "task_gid", "created_by_name", "created_at"),
    "users": ("gid", "name", "email"),
    "teams": ("gid", "name", "visibility"),
    "team_memberships": ("gid", "team_gid", "user_gid", "user_name"),
    "sections": ("gid", "name", "project_gid"),
    "subtasks": ("gid", "name", "parent_gid", "completed"),
    "user_tasks": ("gid", "name", "assignee_gid", "assignee_name", "due_on", "completed"),
    "tags": ("gid", "name"),
    "tag_tasks": ("gid", "name", "tag_gid", "due_on", "completed"),
    "goals": ("gid", "name", "owner_gid", "status"),
    "portfolios": ("gid", "name"),
    "portfolio_items": ("gid", "name", "portfolio_gid", "resource_type"),
    "status_updates": ("gid", "title", "parent_gid", "created_at", "status_type"),
    "attachments": ("gid", "name", "size", "parent_gid"),
}  # fmt: skip
_FUNCTIONS = (
    """CREATE MACRO asana_tasks(project_gid := NULL, modified_since := NULL) AS TABLE SELECT t.* FROM tasks t
    WHERE (project_gid IS NULL OR t.project_gid = project_gid)
    AND (modified_since IS NULL OR t.modified_at >= modified_since)""",
    """CREATE MACRO asana_projects(team_gid := NULL) AS TABLE SELECT p.* FROM projects p
    WHERE team_gid IS NULL OR p.team_gid = team_gid""",
)
#: Relations that show the records of one kind of listing, and what their rows call its parent.
_UNDER = {
    "stories": ("task", "task.stories", "task"),
    "sections": ("project", "project.sections", "project"),
    "subtasks": ("task", "task.subtasks", "parent"),
    "user_tasks": ("user", "user.tasks", "assignee"),
    "tag_tasks": ("tag", "tag.tasks", "tag"),
    "team_memberships": ("team", "team.team_memberships", "team"),
    "portfolio_items": ("portfolio", "portfolio.items", "portfolio"),
    "status_updates": ("project", "status_updates", "parent"),
    "attachments": ("task", "attachments", "parent"),
}


def whole(world: World) -> duckdb.DuckDBPyConnection:
    """A DuckDB with a table for every relation, and the functions that statements call."""
    duck = duckdb.connect(config={"threads": 1})
    for relation, names in COLUMNS.items():
        rows = list(_rows(world, relation))
        made = {name: _column(relation, name, [_value(row, name) for row in rows]) for name in names}
        duck.from_arrow(pa.table(made)).create(relation)
    for function in _FUNCTIONS:
        duck.execute(function)
    return duck


def _rows(world: World, relation: str) -> Iterator[Record]:
    if relation == "tasks":
        for project in world.projects:
            for task in world.tasks_in(project["gid"]):
                [place] = (each for each in task["memberships"] if each["project"] is project)
                yield {**task, **place}
    elif relation == "portfolios":
        yield from (each for each in world.all("portfolio") if each["owner"] is world.me)
    elif relation in _UNDER:
        kind, listing, called = _UNDER[relation]
        for parent in world.all(kind):
            yield from ({**record, called: parent} for record in world.under(listing, parent))
    else:
        yield from world.all(relation.removesuffix("s"))


def _value(row: Record, name: str) -> object:
    """A column's value: of a reference, such as `assignee_gid`, that of the other record."""
    if name in row:
        return row[name]
    other, _, inner = name.rpartition("_")
    return None if row.get(other) is None else row[other][inner]


def _column(relation: str, name: str, values: list[object]) -> pa.Array:
    """The values with the type that the relation says; dates and times are texts in the World."""
    return pa.array(values).cast(CATALOG[relation].column(name).type)
