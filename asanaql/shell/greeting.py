"""What a person is greeted with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asanaql.output.printable import printable

if TYPE_CHECKING:
    from asanaql.connection import Connection

HELLO = "asanaql: Asana in SQL. Statements end with ; and Tab completes. .help lists the commands, Ctrl-D leaves."
_EXAMPLE = (
    "SELECT name, due_on FROM user_tasks WHERE assignee_gid = '{gid}' AND completed = FALSE ORDER BY due_on LIMIT 5;"
)


def greeting(connection: Connection) -> str:
    """Who the person is to Asana, which workspaces are asked, and a statement to begin with; costs one request."""
    person = connection.person()
    seen = [name for gid, name in person.workspaces if connection.workspace in (None, gid)]
    noun = "Workspace" if len(seen) == 1 else "Workspaces"
    return "\n".join(
        [
            f"Hello {printable(person.name)}. {noun}: {', '.join(map(printable, seen)) or 'none'}",
            f"Try: {_EXAMPLE.format(gid=person.gid)}",
        ]
    )
