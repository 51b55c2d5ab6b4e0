"""The functions `asana_<name>(…)`: which arguments each takes, and the condition that each argument stands for."""

from __future__ import annotations

from asanaql.catalog.model import Column, Form, Table

# A moment ends what is before it, a day is meant whole.
_BOUNDS = {Form.SINCE: ">=", Form.UNTIL: "<", Form.DATE_SINCE: ">=", Form.DATE_UNTIL: "<="}


def arguments(table: Table) -> dict[str, str]:
    """The named arguments of the relation's function, each with its condition over the row `s`.

    Keys come first, then what the endpoints filter by. A column that they only bound has the bounds as arguments, each
    by the first name that Asana has for it, unless a column is called so.
    """
    filters = [taken for path in table.paths for taken in path.filters]
    columns = {column.name for column in table.columns}
    bounds = {(taken.column, taken.form): taken for taken in reversed(filters) if taken.form in _BOUNDS}
    only_bounds = {taken.column for taken in filters}
    only_bounds -= {taken.column for taken in filters if taken.form not in _BOUNDS or taken.parameter in columns}
    keys = {key for path in table.paths for key in path.keys}
    named = {
        name: _condition(name, table.column(name), "=")
        for name in table.arguments
        if name in keys or name not in only_bounds
    }
    for taken in reversed(bounds.values()):
        # In Asana completed_since means more than a bound, as it includes what is incomplete.
        if taken.parameter not in {*columns, "completed_since"}:
            named[taken.parameter] = _condition(taken.parameter, table.column(taken.column), _BOUNDS[taken.form])
    return named


def _condition(argument: str, column: Column, comparison: str) -> str:
    """What the argument says of a row. A gid may be given as a number."""
    value = f"{argument}::VARCHAR" if column.name.endswith("gid") else argument
    return f"({argument} IS NULL OR s.{column.name} {comparison} {value})"
