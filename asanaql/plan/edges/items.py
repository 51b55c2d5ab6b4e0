"""What each item of a FROM clause is: one of our relations, a query, something local, or not known."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlglot import exp

from asanaql.plan.edges.model import Known
from asanaql.plan.edges.outputs import Outputs
from asanaql.plan.edges.tree import Columns, Derived, Leaf, Local, Relation, folded
from asanaql.plan.edges.typed import Span, Typed, unquoted

#: The queries that WITH names; None for one that nothing is carried into or out of.
Ctes = Mapping[str, Outputs | None]

#: Where a query is, its alias as spelled, and whether that is written behind it.
_Where = tuple[Span | None, str, bool]

_OURS = {(), ("main",), ("asana",), ("asana", "main"), ("memory", "main")}
_READERS = {"read_csv", "read_csv_auto", "read_parquet", "parquet_scan", "read_json", "read_json_auto"}
_FILE = re.compile(r"(?:.*/)?(\w+)\.(?:csv|tsv|parquet|json|jsonl|ndjson)")
_UNDERSTOOD = {"this", "db", "catalog", "alias", "joins", "sample", "pivots"}


def ours(table: exp.Table, known: Known) -> str | None:
    """The relation that the name means where no CTE has it, or None."""
    if not isinstance(table.this, exp.Identifier):
        return None
    *qualifiers, name = (folded(part.name) for part in table.parts)
    return name if name in known.relations and tuple(qualifiers) in _OURS else None


class Items:
    """The leaves of a statement's FROM clauses."""

    def __init__(self, typed: Typed, known: Known) -> None:
        self._typed = typed
        self._known = known

    def table(self, table: exp.Table, ctes: Ctes) -> Leaf:
        """The leaf that a name or a call is."""
        if any(value for key, value in table.args.items() if key not in _UNDERSTOOD):
            return Leaf(None, None)
        if not isinstance(table.this, exp.Identifier):
            return self._call(table)
        span = self._typed.name(table)
        if len(table.parts) == 1 and folded(table.name) in ctes:
            return self._reference(table, ctes[folded(table.name)], span)
        relation = ours(table, self._known)
        if relation is not None:
            return self._relation(table, relation, span, None)
        text = self._typed.text[slice(*span)]
        # A view that was not inlined may read Asana: asking it for keys could cost all that planning saves.
        gives = self._known.view(tuple(part.name for part in table.parts)) is None
        called = _file_name(text) if text.startswith("'") else folded(table.name)
        return self._local(table, text, called, gives=gives)

    def derived(self, item: exp.Expr, query: exp.Expr, outputs: Outputs | None) -> Leaf:
        """The leaf of a query in parentheses."""
        alias = self._alias(item)
        place = self._typed.query(query), alias or "", alias is not None
        return self._query(item, outputs, folded(item.alias), place)

    def values(self, values: exp.Values) -> Leaf:
        """The leaf of VALUES."""
        rows = values.expressions
        width = {len(row.expressions) if isinstance(row, exp.Tuple) else 1 for row in rows}
        if len(width) != 1:
            return self.other(values)
        columns = tuple(f"col{place}" for place in range(width.pop()))
        span = self._typed.values(values) if all(map(_constant, rows)) else None
        return self._leaf(values, "", columns, None if span is None else self._typed.text[slice(*span)])

    def other(self, item: exp.Expr) -> Leaf:
        """The leaf of an item whose columns are not known."""
        return Leaf(folded(item.alias) if item.alias else None, None)

    def _call(self, table: exp.Table) -> Leaf:
        span, arguments = self._typed.call(table)
        *qualifiers, name = (folded(unquoted(part)) for part in self._typed.parts(table))
        relation = self._known.functions.get(name)
        if relation is not None and tuple(qualifiers) in _OURS:
            return self._relation(table, relation, span, arguments)
        if not all(map(_constant, table.this.iter_expressions())):
            return self.other(table)
        return self._local(table, self._typed.text[slice(*span)], name, gives=name in _READERS and not qualifiers)

    def _relation(self, table: exp.Table, relation: str, span: Span, arguments: str | None) -> Leaf:
        own = self._known.relations[relation]
        alias = self._alias(table)
        name = self._typed.parts(table)[-1]
        # DuckDB gives a table macro no name of its own.
        called = folded(table.alias) if alias else "" if arguments is not None else relation
        origin = Relation(relation, *span, alias, arguments is not None, name, arguments or "")
        return Leaf(called, _columns(own).renamed(_renames(table)), own, origin, bool(table.args.get("sample")))

    def _reference(self, table: exp.Table, outputs: Outputs | None, span: Span) -> Leaf:
        alias = self._alias(table)
        place = span, alias or self._typed.written(table.this), alias is not None
        return self._query(table, outputs, folded(table.alias or table.name), place)

    def _query(self, item: exp.Expr, outputs: Outputs | None, called: str, place: _Where) -> Leaf:
        if outputs is None:
            return Leaf(called, None)
        origin = Derived(outputs.sources, *place)
        columns = outputs.columns.renamed(_renames(item))
        return Leaf(called, columns, outputs.columns.names, origin, bool(item.args.get("sample")))

    def _local(self, table: exp.Table, text: str, called: str | None, *, gives: bool) -> Leaf:
        columns = self._known.described(text)
        if columns is None:
            return Leaf(folded(table.alias) if table.alias else called, None)
        return self._leaf(table, called, columns, text if gives else None)

    def _leaf(self, item: exp.Expr, called: str | None, columns: tuple[str, ...], text: str | None) -> Leaf:
        """The leaf of an item that has these columns and that `text` reads; None when it gives no keys."""
        alias = self._alias(item) or '"item"'
        renames = item.args["alias"].columns if item.args.get("alias") else []
        written = f"({', '.join(map(self._typed.written, renames))})" if renames else ""
        own = (*(each.name for each in renames), *columns[len(renames) :])
        origin = None if text is None else Local(f"{text} AS {alias}{written}", alias)
        called = folded(item.alias) if item.alias else called
        return Leaf(called, _columns(own), own, origin, bool(item.args.get("sample")))

    def _alias(self, item: exp.Expr) -> str | None:
        """The alias as spelled in the text."""
        alias = item.args.get("alias")
        return self._typed.written(alias.this) if alias is not None and alias.this is not None else None


def _columns(names: tuple[str, ...]) -> Columns:
    return Columns(tuple(map(folded, names)))


def _renames(item: exp.Expr) -> list[str]:
    """The names that the item's alias gives to its first columns."""
    alias = item.args.get("alias")
    return [folded(each.name) for each in alias.columns] if alias else []


def _file_name(text: str) -> str | None:
    """What DuckDB calls the file, or None when that is not certain."""
    found = _FILE.fullmatch(text[1:-1])
    return folded(found[1]) if found else None


def _constant(expression: exp.Expr) -> bool:
    """Whether the expression is made of literals, a named argument's value included."""
    if isinstance(expression, exp.PropertyEQ | exp.EQ):
        return _constant(expression.expression)
    if isinstance(expression, exp.Literal | exp.Boolean | exp.Null):
        return True
    made_of = (exp.Paren, exp.Neg, exp.Tuple, exp.Array)
    return isinstance(expression, made_of) and all(map(_constant, expression.iter_expressions()))
