"""The user's views in a statement, inlined where they are read, so that what they read can be planned as well."""

from __future__ import annotations

from sqlglot import exp

from asanaql.plan.edges.items import ours
from asanaql.plan.edges.model import Known, Unplanned
from asanaql.plan.edges.tree import folded
from asanaql.plan.edges.typed import Typed, bare_lambdas
from asanaql.plan.splices import Splice, spliced

#: How deep views of views are followed.
_DEPTH = 8


def inlined(typed: Typed, known: Known) -> Typed:
    """The statement with the body of every view in its place, as a derived table of the view's name."""
    for _ in range(_DEPTH):
        splices = list(_bodies(typed, known))
        if not splices:
            break
        typed = Typed(spliced(typed.text, splices))
    return typed


def _bodies(typed: Typed, known: Known) -> list[Splice]:
    changed = typed.tree.this if isinstance(typed.tree, exp.Insert | exp.Update | exp.Delete) else None
    targets = set(map(id, changed.find_all(exp.Table))) if isinstance(changed, exp.Expr) else set()
    ctes = {folded(each.alias) for each in typed.tree.find_all(exp.CTE)}
    splices: list[Splice] = []
    for table in typed.tree.find_all(exp.Table):
        if id(table) in targets or not isinstance(table.this, exp.Identifier) or ours(table, known):
            continue
        if len(table.parts) == 1 and folded(table.name) in ctes:
            continue
        found = known.view(tuple(part.name for part in table.parts))
        body = None if found is None else bare_lambdas(found)
        if body is None or _captured(body, ctes):
            continue
        # A comment at the end of the body must not reach the parenthesis.
        name = "" if table.args.get("alias") else f" AS {typed.written(table.this)}"
        splices.append(Splice(*typed.name(table), f"({body.rstrip().rstrip(';')}\n){name}"))
    return splices


def _captured(body: str, ctes: set[str]) -> bool:
    """Whether a name in the view's body would mean a CTE of the statement, or the body cannot be read."""
    try:
        tables = Typed(body).tree.find_all(exp.Table)
    except Unplanned:
        return True
    return any(len(table.parts) == 1 and folded(table.name) in ctes for table in tables)
