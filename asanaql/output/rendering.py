"""What rich draws, as text: no wider than told, with escape codes only where told, whatever the environment says."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType


def rendered(drawing: RenderableType, width: int, *, colour: bool) -> str:
    """The lines of `drawing`."""
    from rich.console import Console

    page = io.StringIO()
    console = Console(
        file=page,
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        legacy_windows=False,
        _environ={},
    )
    console.print(drawing, end="")
    return page.getvalue()
