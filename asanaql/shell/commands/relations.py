"""The commands about what can be asked: relations, their columns and examples, projects and workspaces."""

from __future__ import annotations

from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from asanaql.errors import QueryError
from asanaql.output.printable import printable
from asanaql.shell.commands.arguments import unquoted
from asanaql.shell.commands.model import Command

if TYPE_CHECKING:
    from asanaql.catalog.model import Table
    from asanaql.shell.sitting import Sitting

_INDENT = "    "
#: A step has more columns than a terminal is wide.
_EXPLAINED = "line"


def tables(argument: str, sitting: Sitting) -> None:
    """The relations that match a pattern, one's own last."""
    catalog = sitting.connection.catalog
    own = [name for name in _own(sitting) if _matches(name, argument)]
    names = [name for name in catalog if _matches(name, argument)]
    margin = max(map(len, [*names, *own]), default=0)
    for name in names:
        sitting.screen.tell(f"{name:<{margin}}  {catalog[name].row}", margin + 2)
    for name in own:
        sitting.screen.say(f"{printable(name):<{margin}}  (yours)")
    if not names and not own:
        sitting.screen.say(f"No relation matches {argument}.")


def describe(argument: str, sitting: Sitting) -> None:
    """The columns of a relation, with their types and what they hold; one's own included."""
    if not argument:
        raise QueryError("Which relation? .tables lists them: .describe TABLE")
    asked = f"DESCRIBE {argument}"
    if len(sitting.connection.statements(asked)) > 1:
        raise QueryError("One relation at a time: .describe TABLE")
    table = _relation(argument, sitting)
    rows = sitting.connection.sql(asked).fetchall()
    if table is not None:
        sitting.screen.tell(f"{table.name}: {table.row}")
    about = {column.name: column.doc for column in table.columns} if table is not None else {}
    for name, type, *_ in rows:
        sitting.screen.say(f"{printable(name)}  {type}")
        if name in about:
            sitting.screen.tell(f"{_INDENT}{about[name]}", len(_INDENT))
    if table is not None and table.arguments:
        sitting.screen.tell(f"asana_{table.name}(…) takes: {', '.join(table.arguments)}", len(_INDENT))


def examples(argument: str, sitting: Sitting) -> None:
    """Useful statements for a relation."""
    if not argument:
        raise QueryError("Of which relation? .tables lists them: .examples TABLE")
    table = _relation(argument, sitting)
    if table is None:
        raise QueryError(f"There is no relation {argument} of Asana's: .tables lists them.")
    found = next((each for each in _example_files(table.name) if each.is_file()), None)
    if found is None:
        raise QueryError(f"There are no examples for {table.name}: this installation came without them.")
    sitting.screen.say(found.read_text(encoding="utf-8").rstrip())


def explain(argument: str, sitting: Sitting) -> None:
    """What a statement would ask of Asana."""
    statement = argument or sitting.statement
    if not statement:
        raise QueryError("Which statement? .explain SELECT … (alone it explains the last one)")
    if len(sitting.connection.statements(statement)) > 1:
        raise QueryError("One statement at a time: .explain runs none, and would run all behind the first.")
    sitting.run(f"EXPLAIN {statement}", mode=_EXPLAINED)
    sitting.statement = statement


def project(argument: str, sitting: Sitting) -> None:
    """A view of a project's tasks with its custom fields as columns."""
    from asanaql.output.progress import progress

    if not argument:
        raise QueryError("Which project? .project NAME, a name or a gid")
    connection = sitting.connection
    with progress(sitting.screen.errors) as line:
        line.follow(lambda: connection.stats)
        made = connection.create_project_view(unquoted(argument))
    sitting.changed = True
    columns = connection.sql(f"DESCRIBE {made}").fetchall()
    fields = [(name, type) for name, type, *_ in columns if name not in _task_columns(sitting)]
    shown = "1 custom field as a column" if len(fields) == 1 else f"{len(fields)} custom fields as columns"
    sitting.screen.say(f"The view {made} shows its tasks, with {shown}{':' if fields else '.'}")
    margin = max((len(name) for name, _ in fields), default=0)
    for name, type in fields:
        sitting.screen.say(f"{_INDENT}{printable(name):<{margin}}  {type}")
    sitting.screen.say(f"Ask it as any table: SELECT * FROM {made};")


def workspace(argument: str, sitting: Sitting) -> None:
    """The workspaces that the token sees, or one that every relation is confined to from now on."""
    connection = sitting.connection
    if argument:
        connection.use_workspace(None if argument.lower() == "all" else unquoted(argument))
    for gid, name in connection.workspaces():
        mark = "*" if connection.workspace in (None, gid) else " "
        sitting.screen.say(f"{mark} {printable(name)} ({gid})")
    if not argument:
        sitting.screen.tell("Statements ask those with a star: .workspace NAME keeps to one, .workspace all to none.")


def _example_files(name: str) -> list[Path]:
    """Where the examples of a relation are: in the installed package, or beside its source."""
    package = Path(str(files("asanaql")))
    return [package / "examples" / f"{name}.sql", package.parent / "examples" / "tables" / f"{name}.sql"]


def _relation(argument: str, sitting: Sitting) -> Table | None:
    """The relation of Asana's that a name stands for, None for one's own; QueryError where there is none near it."""
    name = argument.strip().lower().removeprefix("asana.").removeprefix("asana_")
    return sitting.connection.catalog.get(name)


def _own(sitting: Sitting) -> list[str]:
    """The person's own tables and views."""
    return list(sitting.connection.own_tables())


def _task_columns(sitting: Sitting) -> set[str]:
    return {column.name for column in sitting.connection.catalog["tasks"].columns}


def _matches(name: str, argument: str) -> bool:
    pattern = argument.lower().replace("%", "*") or "*"
    pattern = pattern if "*" in pattern or "?" in pattern else f"*{pattern}*"
    return fnmatchcase(name.lower(), pattern)


COMMANDS = (
    Command(".tables [PATTERN]", "the relations and what one row of each is", tables, "table"),
    Command(".describe TABLE", "the columns of a relation, their types and what they hold", describe, "table"),
    Command(".examples TABLE", "useful statements for a relation", examples, "table"),
    Command(".explain [SQL]", "what a statement would ask of Asana, and why", explain, "sql"),
    Command(".project NAME", "a view of a project's tasks, custom fields as columns", project, "project"),
    Command(".workspace [NAME]", "the workspaces you see; NAME keeps to one, all to none", workspace, "workspace"),
)
