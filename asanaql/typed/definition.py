"""A project's or portfolio's relation with typed columns, defined: asked for once, written as SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from asanaql.catalog.model import Table
from asanaql.errors import ApiError
from asanaql.scan.account import Account
from asanaql.scan.fetch import Fetch
from asanaql.scan.statement import Statement
from asanaql.statement.tagging import identifier, text_literal
from asanaql.typed.columns import TypedColumn, typed_columns
from asanaql.typed.fields import Field, fields_of
from asanaql.typed.kinds import Kind
from asanaql.typed.names import gid_of, is_gid, name_of

_T = TypeVar("_T")

_UNRECOGNIZED = (400, 404)


@dataclass(frozen=True)
class Definition:
    """The relation of one project or portfolio. `table` is the one whose rows it shows."""

    kind: Kind
    gid: str
    table: Table
    columns: Mapping[Field, TypedColumn]

    @property
    def query(self) -> str:
        """The relation as a query: every column of the rows, and the typed ones behind them."""
        typed = "".join(f", {each.expression} AS {identifier(each.name)}" for each in self.columns.values())
        where = f"t.{self.kind.key} = {text_literal(self.gid)}"
        return f"SELECT t.*{typed} FROM asana.main.{self.table.name} t WHERE {where}"

    @property
    def comment(self) -> str:
        """What one row is, which tells the view from any other as well."""
        return f"One row: {self.kind.row} {self.gid}, with its custom fields as columns."

    def statements(self, view: str) -> Iterator[str]:
        """What makes the view, whose name is given as SQL, and documents it."""
        yield f"CREATE OR REPLACE VIEW {view} AS {self.query}"
        yield f"COMMENT ON VIEW {view} IS {text_literal(self.comment)}"
        documented = {each.name: each.doc for each in self.table.visible}
        documented |= {each.name: each.comment for each in self.columns.values()}
        for name, text in documented.items():
            yield f"COMMENT ON COLUMN {view}.{identifier(name)} IS {text_literal(text)}"


def definition(
    account: Account, statement: Statement, kind: Kind, named: str, *, lasting: bool, anew: bool = False
) -> Definition:
    """The relation of what is called `named`, a name or a gid; with the fields that it has now if `anew`.

    What is asked for it is the statement's, which makes something `lasting` of it or only reads it. QueryError where it
    is no name of a single one, ApiError where Asana refuses.
    """
    made = account.loop.run(_defined(account, statement, kind, named, anew=anew))
    account.fields.update({field.gid: column.name for field, column in made.columns.items()})
    days = {f.gid: column.name for f, column in made.columns.items() if f.kind == "date" and not f.timed}
    account.days.show(made.gid, days, lasting=lasting)
    return made


def called(account: Account, statement: Statement, kind: Kind, gid: str) -> str:
    """What the project or portfolio is called; what is asked for it is the statement's."""
    return account.loop.run(name_of(account, statement, kind, gid))


async def _defined(account: Account, statement: Statement, kind: Kind, named: str, *, anew: bool) -> Definition:
    fetch = Fetch(account, statement, remember=True)
    if is_gid(named):
        try:
            return _made(account, kind, named, await fields_of(fetch, kind, named, anew=anew))
        except ApiError as error:
            if error.status not in _UNRECOGNIZED:
                raise
    gid = await gid_of(account, statement, kind, named)
    return _made(account, kind, gid, await fields_of(fetch, kind, gid, anew=anew))


def _made(account: Account, kind: Kind, gid: str, fields: Sequence[Field]) -> Definition:
    """The definition by these fields and what was seen of their values since they were asked for."""
    known = [replace(field, timed=field.timed or field.gid in account.days.timed) for field in fields]
    table = account.catalog[kind.relation]
    return Definition(kind, gid, table, typed_columns(known, table))
