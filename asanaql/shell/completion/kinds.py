"""The few words that a column can hold, such as kinds and states, as far as its documentation names them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from asanaql.catalog.model import Table

_QUOTED = re.compile(r"`(\w+)`")


def documented(catalog: Mapping[str, Table], relation: str, column: str) -> tuple[str, ...]:
    """The words in the order of the documentation; none where it speaks of another column or relation."""
    table = catalog.get(relation)
    found = next((each for each in table.columns if each.name == column), None) if table is not None else None
    if table is None or found is None:
        return ()
    if isinstance(found.constant, str):
        return (found.constant,)
    words = tuple(_QUOTED.findall(found.doc))
    others = {each.name for each in table.columns} | set(catalog) | {"asana_tables"}
    return () if others.intersection(words) else words
