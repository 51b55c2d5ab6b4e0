"""Which relations a copy has, how each is kept, and what tells one row of it from another."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from asanaql.catalog.model import Catalog, Path, Table, whole
from asanaql.errors import ConfigError

TASKS = "tasks"
SUBTASKS = "subtasks"

#: What hangs on tasks, kept by the events of their projects; and the key by which it is asked for, task by task.
HANGING = {"stories": "task_gid", "attachments": "parent_gid"}

#: What shows nothing that other relations of the copy do not.
DERIVED = ("task_projects", "task_tags", "task_dependencies", "task_dependents")

#: What rows about tasks name, so that a copy of these has it as well, and what they show of it beside the gid.
NAMED: dict[str, tuple[str, ...]] = {
    "workspaces": ("name",),
    "users": ("name",),
    "projects": ("name",),
    "sections": ("name",),
    "tags": ("name",),
    "custom_fields": ("*",),
}

#: Which custom fields projects have, all of which their tasks show.
FIELDS = "custom_field_settings"

#: What can be listed whole and is no thing that is kept: views of other relations, and logs that forget.
_NOT_KEPT = frozenset({"search_tasks", "search_projects", "task_counts", "workspace_events", "audit_log_events"})

#: What is needed beside a relation: in which projects tasks are looked for, and what their rows name.
_WITH_TASKS = ("workspaces", "users", "projects", "tags", "custom_fields")
_NEEDED = {
    TASKS: _WITH_TASKS,
    SUBTASKS: (TASKS,),
    "stories": (TASKS, "goals"),
    "attachments": (TASKS,),
    "task_projects": (TASKS,),
    "task_tags": (TASKS,),
    "task_dependencies": (TASKS, SUBTASKS),
    "task_dependents": (TASKS, SUBTASKS),
}


def relations(catalog: Catalog, wanted: Sequence[str] | None) -> list[Table]:
    """The relations to copy, in the catalog's order: those that are wanted and what they need, or all that can be kept.

    ConfigError for a name that is none, or of a relation that cannot be kept.
    """
    kept = {name: table for name, table in catalog.items() if not table.example and name not in _NOT_KEPT}
    if wanted is None:
        return list(kept.values())
    for name in wanted:
        if name not in kept:
            raise ConfigError(_problem(name, catalog, kept))
    chosen = set(wanted)
    while more := {need for name in chosen for need in _NEEDED.get(name, ())} - chosen:
        chosen |= more
    return [table for name, table in kept.items() if name in chosen]


def followed(name: str) -> bool:
    """Whether a relation is kept by what is told of tasks, not read whole."""
    return name in (TASKS, SUBTASKS) or name in HANGING


def identity(table: Table) -> tuple[str, ...]:
    """The columns by which a row is known again when others of it have changed."""
    visible = {column.name for column in table.visible}
    keys = [key for path in table.paths if path.parent is not None and not path.spare for key in path.parent.keys]
    return tuple(name for name in dict.fromkeys(("gid", *keys)) if name in visible)


def elsewhere(table: Table) -> list[Path]:
    """The ways to rows of a relation that hang on something other than a task."""
    return [path for path in table.paths if whole(path) and path.parent is not None and path.parent.table != TASKS]


def _problem(name: str, catalog: Catalog, kept: Catalog) -> str:
    if name in catalog:
        return f"{name} cannot be kept: it is read from other relations, needs a key, or is a log that forgets."
    near = difflib.get_close_matches(name, kept, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"There is no relation {name}. {hint}SHOW TABLES lists them."
