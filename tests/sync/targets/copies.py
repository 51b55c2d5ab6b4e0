"""A copy that is published: a DuckDB file's, or one of odd rows."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from asanaql.sync.targets import publish

_ODD = Path(__file__).with_name("odd.sql")
LATER = "2026-03-03 09:00:00.123456+00"
_NESTED = ("STRUCT", "MAP", "JSON")


class Copy:
    """A copy, attached as sync has it, in a connection with a zone of its own."""

    def __init__(self, file=":memory:", *relations):
        self.relations = relations
        self.duck = duckdb.connect()
        self.duck.execute(f"ATTACH '{file}' AS asana_copy; SET TimeZone = 'Asia/Kolkata'")

    @classmethod
    def odd(cls):
        """Relations with projects and without, and one that has no rows."""
        made = cls(":memory:", "tasks", "users", "nothing")
        made.run(_ODD.read_text(encoding="utf-8"))
        return made

    def run(self, statements):
        self.duck.execute(f"USE asana_copy; {statements}; USE memory")

    def publish(self, address, *relations, **options):
        """Rows added, changed and deleted, by relation."""
        done = publish(self.duck, "asana_copy.main", relations or self.relations, address, **options)
        return {each.relation: (each.added, each.changed, each.deleted) for each in done}

    def rename(self, gid, name):
        """Change rows as a copy does: they have the moment of the run that wrote them."""
        self.run(f"UPDATE tasks SET name = '{name}', _synced_at = '{LATER}' WHERE gid = '{gid}'")

    def apart(self, relation, there):
        """The rows that the copy and an Arrow table do not have in common, with the same names and types."""
        read = self.duck.from_arrow(there)
        copied = self._relation(relation, lambda name: f'CAST("{name}" AS VARCHAR)', ("JSON",))
        names = [name for name in copied.columns if name != "_row"]
        read = read.project(", ".join(f'"{name}"' for name in names))
        assert read.types == copied.types
        found = duckdb.sql(
            "(FROM copied EXCEPT ALL FROM read) UNION ALL (FROM read EXCEPT ALL FROM copied)", connection=self.duck
        )
        return [str(row)[:200] for row in found.fetchall()]

    def plain(self, relation):
        """The rows with everything nested as Python has JSON, in an order that depends on them alone."""
        session = self.duck.cursor()
        session.execute("SET TimeZone = 'UTC'")
        copied = self._relation(relation, lambda name: f'CAST(to_json("{name}") AS VARCHAR)', _NESTED, session)
        return plain(copied.to_arrow_table().to_pylist(), self.nested(relation))

    def nested(self, relation):
        """The names of the columns that are no plain value."""
        copied = self.duck.sql(f"FROM asana_copy.main.{relation}")
        return [name for name, type in zip(copied.columns, copied.types, strict=True) if _nested(type, _NESTED)]

    def _relation(self, relation, value, types, session=None):
        copied = (session or self.duck).sql(f"FROM asana_copy.main.{relation}")
        return copied.project(
            ", ".join(
                f'{value(name)} AS "{name}"' if _nested(type, types) else f'"{name}"'
                for name, type in zip(copied.columns, copied.types, strict=True)
            )
        )


def plain(rows, nested):
    """Rows with JSON in place of its text, in an order that depends on them alone."""
    # Numbers are compared as numbers: PostgreSQL writes 1e308 as an integer.
    read = [
        {k: json.loads(v, parse_int=float) if k in nested and v is not None else v for k, v in row.items()}
        for row in rows
    ]
    return sorted(read, key=lambda row: json.dumps(row, default=str, sort_keys=True))


def _nested(type, types):
    return str(type).startswith(types) or (str(type).endswith("[]") and "JSON" in types and len(types) > 1)
