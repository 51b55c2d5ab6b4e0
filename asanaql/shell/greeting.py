"""What a person is greeted with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from asanaql.output.printable import printable

if TYPE_CHECKING:
    from asanaql.connection.about import Person

HELLO = "asanaql: Asana in SQL. Statements end with ; and Tab completes. .help lists the commands, Ctrl-D leaves."
_EXAMPLE = (
    "SELECT name, due_on FROM user_tasks WHERE assignee_gid = '{gid}' AND completed = FALSE ORDER BY due_on LIMIT 5;"
)


def answering(file: str, ages: Mapping[str, dt.datetime]) -> str:
    """Which copy answers, and how old it is."""
    oldest = f", as they were on {min(ages.values()):%Y-%m-%d at %H:%M UTC} or later" if ages else ""
    return f"The copy {printable(file)} answers {len(ages)} relations{oldest}; the others are asked of Asana."


def greeting(person: Person, workspace: str | None) -> str:
    """Who the person is to Asana, which workspaces are asked, all or the one of this gid, and a statement to try."""
    seen = [name for gid, name in person.workspaces if workspace in (None, gid)]
    noun = "Workspace" if len(seen) == 1 else "Workspaces"
    return "\n".join(
        [
            f"Hello {printable(person.name)}. {noun}: {', '.join(map(printable, seen)) or 'none'}",
            f"Try: {_EXAMPLE.format(gid=person.gid)}",
        ]
    )
