"""The functions `asana_<name>(…)`: which arguments each takes, and the condition that each argument stands for."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.model import Column, Form, Table

# A moment ends what is before it, a day is meant whole; what is `before` or `after` a bound is never at it.
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
        argument = taken.parameter.replace(".", "_")
        strict = argument.endswith(("_before", "_after"))
        # In Asana completed_since means more than a bound, as it includes what is incomplete.
        if argument not in {*columns, "completed_since"}:
            comparison = _BOUNDS[taken.form][:1] if strict else _BOUNDS[taken.form]
            named[argument] = _condition(argument, table.column(taken.column), comparison)
    return named


def _condition(argument: str, column: Column, comparison: str) -> str:
    """What the argument says of a row. A gid may be given as a number, and so may one of a list of them."""
    text = column.name.endswith("gid") or (column.hidden and column.type == pa.string())
    value = f"{argument}::VARCHAR" if text else argument
    return f"({argument} IS NULL OR s.{column.name} {comparison} {value})"
