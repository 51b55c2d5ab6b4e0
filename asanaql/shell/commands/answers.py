"""The commands about the last answer: shown again, drawn, written to a file, and what it was asked with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asanaql.errors import ConfigError, QueryError
from asanaql.shell.commands.arguments import file_called
from asanaql.shell.commands.model import Command
from asanaql.shell.prompt import RESERVED

if TYPE_CHECKING:
    from asanaql.shell.kept import Kept
    from asanaql.shell.sitting import Sitting

#: Lines of the screen that a picture leaves free for the prompts around it, and how high it gets at most.
_AROUND = 2 + RESERVED
_HIGHEST = 30
_LOWEST = 8
#: What is said of each request: the fields and the place of the page aside, which asana_requests has.
_REQUESTS = """
    SELECT status, rows, cached, seconds,
        concat_ws('?', path, nullif(array_to_string(list_transform(
            list_filter(map_entries(parameters), lambda each: each.key NOT IN ('opt_fields', 'limit', 'offset')),
            lambda each: each.key || '=' || each.value), '&'), '')) AS request
    FROM asana_requests WHERE statement = {number}
"""


def last(argument: str, sitting: Sitting) -> None:
    """The last answer again, without asking for it again."""
    from asanaql.shell.running import show

    show(_answer(sitting), sitting.screen, sitting.preferences)


def export(argument: str, sitting: Sitting) -> None:
    """The last answer into a file."""
    from asanaql.output.files import whole, writer_for

    if not argument:
        raise QueryError("Into which file? .export FILE, which ends in .parquet .csv .json .jsonl or .arrow")
    kept = _answer(sitting)
    path = file_called(argument)
    write = writer_for(path)
    with whole(path) as file:
        write(kept, file)
    rows = kept.table().num_rows
    sitting.screen.say(f"1 row is in {path}." if rows == 1 else f"{rows:,} rows are in {path}.")


def chart(argument: str, sitting: Sitting) -> None:
    """The last answer as a picture."""
    from asanaql.output.chart import chart as drawn
    from asanaql.shell.running import look

    screen = sitting.screen
    height = max(_LOWEST, min(_HIGHEST, screen.height - _AROUND))
    screen.say(drawn(_answer(sitting).table(), look(screen, sitting.preferences), height).rstrip("\n"))


def save(argument: str, sitting: Sitting) -> None:
    """The last statement into a file."""
    if not argument:
        raise QueryError("Into which file? .save FILE; .read FILE runs it again")
    if not sitting.statement:
        raise QueryError("There is no statement yet to save.")
    path = file_called(argument)
    try:
        if path.exists() and not sitting.screen.agrees(f"{path} is there already. Replace it?"):
            raise QueryError(f"{path} is there already, and stays as it is.")
        path.write_text(f"{sitting.statement.strip().rstrip(';')};\n", encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"Cannot write {path}: {error.strerror or error}.") from error
    sitting.screen.say(f"The statement is in {path}: .read {argument} runs it again.")


def requests(argument: str, sitting: Sitting) -> None:
    """What the last statement sent."""
    from asanaql.shell.kept import Kept
    from asanaql.shell.running import show

    if sitting.number is None:
        raise QueryError("There is no statement yet: asana_requests lists what this connection has sent.")
    query = _REQUESTS.format(number=sitting.number)
    show(Kept(query, sitting.connection.sql(query)), sitting.screen, sitting.preferences)


def _answer(sitting: Sitting) -> Kept:
    if sitting.last is None:
        raise QueryError("There is no answer yet: run a statement first.")
    return sitting.last


COMMANDS = (
    Command(".last", "the last answer again, without asking for it again", last),
    Command(".export FILE", "the last answer into a .parquet .csv .json .jsonl or .arrow file", export, "file"),
    Command(".chart", "the last answer as bars, a line or a burn-up", chart),
    Command(".requests", "what the last statement sent to Asana", requests),
    Command(".save FILE", "the last statement into a file", save, "file"),
)
