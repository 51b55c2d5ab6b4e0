"""The words about a picture, in lines that fit."""

from __future__ import annotations

from asanaql.output.grid import cut
from asanaql.output.look import Look
from asanaql.output.printable import one_line
from asanaql.output.rendering import rendered


def fitted(text: str, width: int, look: Look) -> str:
    """One line of at most `width` cells."""
    return cut(one_line(text, look.encoding), width, look.ellipsis)


def wrapped(notes: list[str], look: Look) -> list[str]:
    """The notes in as many lines as they need, each note on lines of its own."""
    from rich.text import Text

    texts = (Text(one_line(note, look.encoding)) for note in notes)
    return [line for text in texts for line in rendered(text, look.width, colour=False).splitlines()]
