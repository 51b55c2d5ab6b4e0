"""What the arguments of a function tell an endpoint that its rows do not show: whatever is said must be sent.

No filter could apply it afterwards, so what cannot be sent is an error.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping

from asanaql.catalog.model import Path, Table, Told
from asanaql.errors import QueryError
from asanaql.plan.conjuncts import Value
from asanaql.plan.parameters import GID, date_time

_USER = re.compile(r"me|[^\s,@]+@[^\s,@]+")
_CONDITION = re.compile(r"(\d+)\.([\w.]+)=(.*)", re.DOTALL)
#: An ampersand that joins conditions; any other belongs to a value.
_AND = re.compile(r"&(?=\d+\.[\w.]+=)")


def said(path: Path, columns: Collection[str]) -> tuple[Told, ...]:
    """What the path is told where these columns are read."""
    return tuple(each for each in path.told if each.column in columns)


def sent(table: Table, told: Collection[Told], equal: Mapping[str, tuple[Value, ...]], path: Path) -> dict[str, str]:
    """The parameters that what is told becomes. QueryError where it becomes none."""
    either = [each.column for each in told if each.column in path.either]
    if len(either) > 1:
        raise QueryError(
            f"asana_{table.name} cannot combine {' and '.join(either)}: Asana would answer with the rows of each. "
            "Leave one of them out."
        )
    parameters: dict[str, str] = {}
    for each in told:
        called = f"asana_{table.name}({each.column} := …)"
        for name, text in _parameters(each, _constant(called, equal.get(each.column, ())), called):
            if name in parameters:
                raise QueryError(f"{called} says {name} twice. Asana takes it once.")
            parameters[name] = text
    return parameters


def _constant(called: str, values: tuple[Value, ...]) -> Value:
    if len(values) != 1 or values[0] is None:
        raise QueryError(
            f"{called} takes one constant: what is told to Asana must be known before it is asked, so it cannot come "
            "from a column or a subquery."
        )
    return values[0]


def _parameters(told: Told, value: Value, called: str) -> Iterator[tuple[str, str]]:
    if told.endings:
        yield from _conditions(told, value, called)
    else:
        yield told.parameter, _written(told, value, called)


def _written(told: Told, value: Value, called: str) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return date_time(value)
        case dt.date():
            return value.isoformat()
        case _ if told.kind:
            return _listed(told, str(value), called)
        case _:
            return str(value)


def _listed(told: Told, value: str, called: str) -> str:
    """Gids, or what Asana takes for users, joined by commas."""
    users = told.kind == "users"
    listed = [each.strip() for each in value.split(",")]
    for each in listed:
        if not GID.fullmatch(each) and not (users and _USER.fullmatch(each)):
            taken = "gids, e-mail addresses or the word me" if users else "gids, such as '1201234567890123'"
            raise QueryError(f"{called} is called with '{each}'. It takes {taken}, several joined by commas.")
    return ",".join(listed)


def _conditions(told: Told, value: str, called: str) -> Iterator[tuple[str, str]]:
    """Each condition as the parameter that it is."""
    for condition in _AND.split(value.strip()):
        found = _CONDITION.fullmatch(condition.removeprefix(f"{told.parameter}."))
        if found is None or found[2] not in told.endings:
            raise QueryError(
                f"{called} is called with '{condition}'. A condition is a gid, what is asked of it, and a value, such "
                f"as '12345.{told.endings[0]}=…'; several are joined by &. What can be asked: "
                f"{', '.join(told.endings)}."
            )
        yield f"{told.parameter}.{found[1]}.{found[2]}", found[3]
