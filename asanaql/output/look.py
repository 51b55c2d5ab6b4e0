"""How answers are to look on the terminal, or wherever they go: one value that every format is given."""

from __future__ import annotations

from dataclasses import dataclass

_SIGNS = "┌┬┐├┼┤└┴┘─│…·█▌▏▐▕▒⠤"


@dataclass(frozen=True)
class Look:
    """`width` in characters; `shown` rows of a box, None for all; `colour` allows escape codes."""

    width: int
    shown: int | None = 40
    encoding: str = "utf-8"
    null: str = "NULL"
    colour: bool = False

    @property
    def ascii(self) -> bool:
        """Whether lines are drawn with `+-|`, since the encoding has no others."""
        return not encodable(_SIGNS, self.encoding)

    @property
    def ellipsis(self) -> str:
        """What stands where a text was cut."""
        return "..." if self.ascii else "…"


def encodable(text: str, encoding: str) -> bool:
    """Whether every character of `text` exists in `encoding`."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
