"""What a command of the shell is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asanaql.shell.sitting import Sitting


class Leave(Exception):
    """The person leaves the shell."""


@dataclass(frozen=True)
class Command:
    """`run` gets what follows the name. `takes` and `choices` tell completion what that is, as in `CommandWords`."""

    usage: str
    about: str
    run: Callable[[str, Sitting], None]
    takes: str = ""
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The word that it is called by."""
        return self.usage.partition(" ")[0]
