"""The functions `asana_<name>(…)`: which arguments each takes, and the condition that each argument stands for."""

from __future__ import annotations

from asanaql.catalog.model import Column, Filter, Form, Table

_BOUNDS = (Form.SINCE, Form.UNTIL)


def arguments(table: Table) -> dict[str, str]:
    """The named arguments of the relation's function, each with its condition over the row `s`.

    Keys come first, then what the endpoints filter by. A column that they only bound has the bounds as arguments.
    """
    filters = [taken for path in table.paths for taken in path.filters]
    only_bounds = {taken.column for taken in filters} - {taken.column for taken in filters if taken.form not in _BOUNDS}
    keys = {key for path in table.paths for key in path.keys}
    named = {
        name: _condition(name, table.column(name), "=")
        for name in table.arguments
        if name in keys or name not in only_bounds
    }
    for taken in filters:
        argument = _bound(taken)
        if argument is not None:
            comparison = ">=" if taken.form is Form.SINCE else "<"
            named[argument] = _condition(argument, table.column(taken.column), comparison)
    return named


def _bound(taken: Filter) -> str | None:
    """The argument that bounds a date-time, named like Asana's parameter; None for a filter that bounds none.

    `completed_since` is left out: in Asana it means more than a bound, as it includes what is incomplete.
    """
    bounds = taken.form in _BOUNDS and taken.parameter != "completed_since"
    return taken.parameter if bounds else None


def _condition(argument: str, column: Column, comparison: str) -> str:
    """What the argument says of a row. A gid may be given as a number."""
    value = f"{argument}::VARCHAR" if column.name.endswith("gid") else argument
    return f"({argument} IS NULL OR s.{column.name} {comparison} {value})"
