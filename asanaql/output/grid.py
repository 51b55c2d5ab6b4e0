"""The lines of a table, drawn by rich: as wide as told, one line for each row, numbers to the right.

rich rather than DuckDB's own renderer, which draws nothing narrower than 80 characters, breaks long texts and names of
types over several lines, and misaligns flags, keycaps, hearts and Indic scripts; rich counts those as terminals do.
It is imported when the first table is drawn, since it costs 50 ms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from asanaql.output.look import Look
from asanaql.output.printable import one_line
from asanaql.output.rendering import rendered
from asanaql.output.types import is_moment, is_number, short_name

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

Row = Sequence[str | None]
# What is left to a column at least before others are left out: a gid or some words, a day, the name of a number.
_GID, _WORDS, _DAY, _NAME = 16, 10, 10, 6
# Columns that a line is to hold at least, before a gid is left whole.
_ABREAST = 4
# Characters that one cell of the terminal may take: a family of emoji has eleven code points in two cells.
_DENSEST = 20
# A flag is two letters, which rich would cut apart.
_HALF_A_FLAG = re.compile("(?<![\U0001f1e6-\U0001f1ff])(?:[\U0001f1e6-\U0001f1ff]{2})*[\U0001f1e6-\U0001f1ff]$")
# A frame takes three characters for every column, and one more.
_FRAME = 3
# Rows of dots that stand for rows left out.
DOTS = 3


def grid(
    columns: Sequence[str], types: Sequence[str], rows: Sequence[Row], look: Look, gap: int = 0
) -> tuple[str, int]:
    """The drawing of `rows`, and how many of the columns are in it: as many as have room, from the left.

    Below the first `gap` rows, unless it is 0, dots say that there are more.
    """
    heads = [_texts((column, short_name(type)), look) for column, type in zip(columns, types, strict=True)]
    cells = [_texts(row, look) for row in rows]
    widths = _widths(types, heads, cells, look)
    table = _table(types, heads, widths, look)
    for place, (row, texts) in enumerate(zip(rows, cells, strict=True), 1):
        pairs = zip(texts, row, widths, strict=False)
        table.add_row(*(_cell(text, width, look, faint=value is None) for text, value, width in pairs))
        if place == gap:
            _add_dots(table, widths, look)
    # The widths are settled: where the terminal is too narrow for anything, it may break the lines.
    width = sum(widths) + _FRAME * len(widths) + 1
    return rendered(table, width, colour=look.colour), len(widths)


def cut(text: str, width: int, ellipsis: str) -> str:
    """`text`, or as much of it as fits into `width` cells with the ellipsis behind it."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= width:
        return text
    mark = ellipsis if width >= 2 * len(ellipsis) else ellipsis[:1]
    kept = set_cell_size(text, width - len(mark))
    if _HALF_A_FLAG.search(kept):
        kept = kept[:-1] + " "
    return kept + mark


def _texts(values: Row, look: Look) -> list[str]:
    """Values as they may stand in a cell. Of one that could fill many lines only the beginning is looked at."""
    longest = _DENSEST * look.width
    texts = (look.null if value is None else value for value in values)
    return [one_line(text if len(text) <= longest else text[:longest] + look.ellipsis, look.encoding) for text in texts]


def _widths(types: Sequence[str], heads: list[list[str]], cells: list[list[str]], look: Look) -> list[int]:
    """Cells for each column that is shown: what it needs where all do fit, else the widest give way first."""
    from rich.cells import cell_len

    wanted, least = [], []
    for place, (type, head) in enumerate(zip(types, heads, strict=True)):
        values = max((cell_len(row[place]) for row in cells), default=0)
        wanted.append(max(1, values, *map(cell_len, head)))
        least.append(min(wanted[-1], _least(type, values, look)))
    shown = 1
    while shown < len(least) and sum(least[: shown + 1]) + _FRAME * (shown + 1) + 1 <= look.width:
        shown += 1
    return _levelled(wanted[:shown], least[:shown], max(1, look.width - _FRAME * shown - 1))


def _least(type: str, values: int, look: Look) -> int:
    """Cells without which a column of this type says nothing: a number that is cut is no number any more."""
    if is_number(type):
        return max(values, _NAME)
    if is_moment(type):
        return _DAY + len(look.ellipsis)
    return max(_WORDS, min(_GID, look.width // _ABREAST))


def _levelled(wanted: list[int], least: list[int], room: int) -> list[int]:
    """`wanted` cut down to one level, though none below its least unless it stands alone, to fit into `room`."""
    level = min(room, max(wanted))
    widths = _at(level, wanted, least)
    while sum(widths) > room and level > 1:
        level -= 1
        widths = _at(level, wanted, least)
    for place, most in enumerate(wanted):
        if widths[place] < most and sum(widths) < room:
            widths[place] += 1
    return [min(width, room) for width in widths]


def _at(level: int, wanted: list[int], least: list[int]) -> list[int]:
    return [max(lowest, min(most, level)) for most, lowest in zip(wanted, least, strict=True)]


def _table(types: Sequence[str], heads: list[list[str]], widths: list[int], look: Look) -> Table:
    """A table with nothing but its head, which has the name and the type of each column in the middle."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.ASCII2 if look.ascii else box.SQUARE, header_style="", show_header=True)
    for type, head, width in zip(types, heads, widths, strict=False):
        name, kind = (_cell(text, width, look, faint=place == 1) for place, text in enumerate(head))
        title = Text("\n", justify="center").join([name, kind])
        table.add_column(title, width=width, no_wrap=True, justify="right" if is_number(type) else "left")
    return table


def _add_dots(table: Table, widths: list[int], look: Look) -> None:
    dot = "." if look.ascii else "·"
    for _ in range(DOTS):
        table.add_row(*(_cell(dot, width, look, faint=True) for width in widths))


def _cell(text: str, width: int, look: Look, *, faint: bool = False) -> Text:
    from rich.text import Text

    return Text(cut(text, width, look.ellipsis), style="dim" if faint else "")
