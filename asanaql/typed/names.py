"""What a person calls a project or a portfolio, found: its gid, or an error that lists what may have been meant."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from asanaql.errors import QueryError
from asanaql.plan.conjuncts import Conjunct
from asanaql.plan.parameters import GID
from asanaql.scan.account import Account
from asanaql.scan.fetch import Fetch
from asanaql.scan.parents import light_columns, of_table
from asanaql.scan.rows import batch
from asanaql.scan.statement import Statement
from asanaql.scan.window import WIDEST, Window
from asanaql.typed.kinds import Kind

Named = dict[str, Any]

_SHOWN = {"gid", "name", "archived"}
#: How many names are suggested, and how like they must be, from 0 to 1.
_SUGGESTED, _LIKE = 5, 0.4


def is_gid(named: str) -> bool:
    """Whether the text can be a gid; a name of digits only can be too."""
    return GID.fullmatch(named) is not None


async def gid_of(account: Account, statement: Statement, kind: Kind, named: str) -> str:
    """The gid of the only project or portfolio of this name; QueryError, with candidates, where it is not one."""
    # What is said while the names are listed is about all of them, and the statement is about one.
    listing = Statement(statement.meter, tallies=statement.tallies)
    fetch = Fetch(account, listing, remember=True)
    listed = await _kept(fetch, kind)
    found = _called(named, listed)
    if not found and listing.meter.cached:
        listed = await _anew(fetch, kind)
        found = _called(named, listed)
    limits = _limits(account, kind)
    for sentence in listing.notes.warnings:
        if sentence not in limits:
            statement.notes.say(sentence)
    if len(found) > 1:
        raise QueryError(_ambiguous(kind, named, found))
    if not found:
        raise QueryError(" ".join([_unknown(kind, named, listed), *limits.values()]))
    return str(found[0]["gid"])


async def name_of(account: Account, statement: Statement, kind: Kind, gid: str) -> str:
    """The name of a project or portfolio; its gid where Asana does not tell it."""
    fetch = Fetch(account, statement, remember=True)
    table, known = account.catalog[kind.parents], (Conjunct("gid", "=", (gid,)),)
    found = [row["name"] async for group in of_table(fetch, table, {"gid", "name"}, known) for row in group]
    return str(found[0]) if found and found[0] else gid


async def _kept(fetch: Fetch, kind: Kind) -> list[Named]:
    """Everything that can be named, as it is kept for fan-outs."""
    table = fetch.account.catalog[kind.parents]
    return [row async for group in of_table(fetch, table, _SHOWN, ()) for row in group]


async def _anew(fetch: Fetch, kind: Kind) -> list[Named]:
    """The same from Asana, which what is kept for fan-outs then agrees with."""
    table = fetch.account.catalog[kind.parents]
    columns = light_columns(table, ())
    found: list[Named] = []
    window = Window(WIDEST)
    async for rows, context in fetch.chunks(table, columns, (), window):
        window.consumed()
        found += batch(table, columns, rows, context, fetch.statement.notes).select(sorted(_SHOWN)).to_pylist()
    return found


def _called(named: str, listed: Sequence[Named]) -> list[Named]:
    return [row for row in listed if row["name"] == named]


def _limits(account: Account, kind: Kind) -> dict[str, str]:
    """What is said of every listing of all names, in the words of a warning and of an error."""
    table = account.catalog[kind.parents]
    return {f"{table.name}: {path.note}": path.note for path in table.paths if path.note}


def _ambiguous(kind: Kind, named: str, found: Sequence[Named]) -> str:
    return (
        f"{len(found)} {kind.parents} are called '{named}': {_shown(found)}. "
        f"Write the gid of one of them in place of the name."
    )


def _unknown(kind: Kind, named: str, listed: Sequence[Named]) -> str:
    near = _nearest(named, listed)
    meant = f"The nearest: {_shown(near)}. " if near else ""
    return (
        f"There is no {kind.word} called '{named}'. {meant}"
        f"`SELECT gid, name FROM {kind.parents}` lists all {len(listed)}; a name is written as it is there, or the gid."
    )


def _nearest(named: str, listed: Sequence[Named]) -> list[Named]:
    """The rows whose names are most like this one, the likest first."""
    wanted = named.casefold()

    def likeness(row: Named) -> float:
        name = str(row["name"] or "").casefold()
        return (wanted in name) + SequenceMatcher(None, wanted, name).ratio()

    ranked = sorted(listed, key=likeness, reverse=True)[:_SUGGESTED]
    return [row for row in ranked if likeness(row) > _LIKE]


def _shown(found: Sequence[Named]) -> str:
    return ", ".join(f"'{row['name']}' ({row['gid']}{', archived' if row['archived'] else ''})" for row in found)
