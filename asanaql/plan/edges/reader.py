"""A statement read from the top: its FROM trees, what names mean in them, and the conditions on their rows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from asanaql.plan.edges.from_clause import Condition, FromClause, subqueries, together
from asanaql.plan.edges.items import Ctes, Items, ours
from asanaql.plan.edges.model import Known, Unplanned
from asanaql.plan.edges.outputs import Outputs, combined, selected
from asanaql.plan.edges.scopes import Scope
from asanaql.plan.edges.tree import Leaf, Relation, Tree, folded
from asanaql.plan.edges.typed import Typed

_FROM = ("with_", "from_", "joins")


@dataclass(frozen=True, eq=False)
class Block:
    """A FROM tree with the conditions that its rows pass; `fixed` says that none of them may be dropped before."""

    scope: Scope
    conditions: tuple[Condition, ...]
    where: exp.Expr | None
    fixed: bool


class Reader:
    """What a statement reads. `outputs` and `scopes` are by the identity of the query's node."""

    def __init__(self, typed: Typed, known: Known) -> None:
        self.blocks: list[Block] = []
        self.leaves: list[Leaf] = []
        self.outputs: dict[int, Outputs | None] = {}
        self.scopes: dict[int, Scope] = {}
        self._known = known
        self._items = Items(typed, known)
        self._statement(typed.tree)

    def _statement(self, statement: exp.Expr) -> None:
        if isinstance(statement, exp.Query):
            self._query(statement, {}, None)
        elif isinstance(statement, exp.Update | exp.Delete):
            self._change(statement)
        elif isinstance(statement, exp.Insert | exp.Values):
            self._expressions(statement, self._with(statement, {}, None), Scope(None))
        else:
            raise Unplanned(f"{type(statement).__name__.upper()} is not planned")

    def _change(self, statement: exp.Update | exp.Delete) -> None:
        """UPDATE and DELETE join the table they change with their other items, as WHERE says."""
        ctes = self._with(statement, {}, None)
        if not isinstance(statement.this, exp.Table) or ours(statement.this, self._known):
            raise Unplanned("it changes what is not a local table")
        clause = FromClause(self._query, self._items, ctes, None)
        tree: Tree = self._items.table(statement.this, {})
        source = statement.args.get("from_")
        for item in (source.this,) if source is not None else statement.args.get("using") or ():
            tree = together(tree, clause.tree(item, (), tree))
        self._block(statement, clause, Scope(tree), ctes)

    def _query(self, query: exp.Expr, ctes: Ctes, parent: Scope | None) -> Outputs | None:
        ctes = self._with(query, ctes, parent)
        outputs: Outputs | None = None
        if isinstance(query, exp.Select):
            outputs = self._select(query, ctes, parent)
        elif isinstance(query, exp.SetOperation):
            sides = [self._query(each, ctes, parent) for each in (query.this, query.expression)]
            outputs = combined(query, *sides)
        elif isinstance(query, exp.Subquery) and not query.args.get("joins") and isinstance(query.this, exp.Query):
            outputs = self._query(query.this, ctes, parent)
        else:
            raise Unplanned(f"{type(query).__name__.upper()} as a query is not planned")
        self.outputs[id(query)] = outputs
        return outputs

    def _select(self, select: exp.Select, ctes: Ctes, parent: Scope | None) -> Outputs | None:
        clause = FromClause(self._query, self._items, ctes, parent)
        source = select.args.get("from_")
        tree = None if source is None else clause.tree(source.this, select.args.get("joins") or ())
        aliases = {folded(each.alias) for each in select.expressions if isinstance(each, exp.Alias)}
        scope = Scope(tree, parent, frozenset(aliases))
        if select.args.get("laterals"):
            raise Unplanned("LATERAL VIEW is not planned")
        self._block(select, clause, scope, ctes)
        return selected(select, scope)

    def _block(self, node: exp.Expr, clause: FromClause, scope: Scope, ctes: Ctes) -> None:
        self.scopes[id(node)] = scope
        self.leaves += [leaf for leaf in clause.leaves if isinstance(leaf.origin, Relation)]
        self._expressions(node, ctes, scope)
        where = node.args.get("where")
        fixed = bool(node.args.get("sample"))
        self.blocks.append(Block(scope, tuple(clause.conditions), None if where is None else where.this, fixed))

    def _expressions(self, node: exp.Expr, ctes: Ctes, scope: Scope) -> None:
        """Reads the queries in every clause of the node that comes after its FROM."""
        for name, value in node.args.items():
            if name in _FROM or (name == "using" and isinstance(node, exp.Delete)):
                continue
            for each in value if isinstance(value, list) else (value,):
                for query in subqueries(each) if isinstance(each, exp.Expr) else ():
                    self._query(query, ctes, scope)

    def _with(self, node: exp.Expr, ctes: Ctes, parent: Scope | None) -> Ctes:
        """The CTEs that names mean in the node."""
        clause = node.args.get("with_")
        if clause is None:
            return ctes
        recursive = bool(clause.args.get("recursive"))
        known = {**ctes, **({folded(each.alias): None for each in clause.expressions} if recursive else {})}
        for each in clause.expressions:
            name = folded(each.alias)
            outputs = self._query(each.this, known, parent)
            renames = [folded(column.name) for column in each.args["alias"].columns]
            if outputs is not None and not (recursive and _mentions(each.this, name)):
                known[name] = Outputs(outputs.columns.renamed(renames), outputs.sources)
            else:
                known[name] = None
        return known


def _mentions(query: exp.Expr, name: str) -> bool:
    return any(len(each.parts) == 1 and folded(each.name) == name for each in query.find_all(exp.Table))
