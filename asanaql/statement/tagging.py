"""How a planned statement names a relation, so that each scan of it can be told from the others."""

from __future__ import annotations

SCANS = "asana.scan"


def text_literal(value: object) -> str:
    """The value as a text in SQL."""
    escaped = str(value).replace("'", "''")
    return f"'{escaped}'"


def identifier(name: str) -> str:
    """The name as SQL, whatever is in it."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def tagged(relation: str, tag: str, arguments: str = "") -> str:
    """What reads the relation in the place of its name, or of its function with these arguments."""
    return f"{SCANS}.{relation}_tagged({', '.join(filter(None, (text_literal(tag), arguments.strip())))})"
