"""A statement as typed: its tree, and where in the text the parts of the tree were written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from sqlglot import Dialect, TokenType, exp
from sqlglot.errors import SqlglotError

from asanaql.plan.edges.model import Unplanned
from asanaql.plan.edges.tokens import QUERY, pairs, readable
from asanaql.plan.splices import Splice, spliced

Span = tuple[int, int]

_DUCKDB = Dialect.get_or_raise("duckdb")


class Typed:
    """The text of one statement and its tree; spans are a start and the place after the end."""

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            self._tokens = _DUCKDB.tokenize(text)
            query = readable(text, self._tokens)
            tokens = self._tokens if query == text else _DUCKDB.tokenize(query)
            statements = [each for each in _DUCKDB.parser().parse(tokens, query) if each is not None]
        except (SqlglotError, RecursionError) as error:
            raise Unplanned("it could not be read") from error
        if len(statements) != 1:
            raise Unplanned("it is not one statement")
        self.tree: exp.Expr = statements[0]

    def written(self, identifier: exp.Expr) -> str:
        """The identifier as it is spelled in the text, quotes included."""
        if "start" not in identifier.meta:
            return '"' + identifier.name.replace('"', '""') + '"'
        return self.text[identifier.meta["start"] : identifier.meta["end"] + 1]

    def parts(self, table: exp.Table) -> list[str]:
        """The parts of a table's or function's name as they are spelled in the text."""
        return [self.written(part) for part in _parts(table)]

    def name(self, table: exp.Table) -> Span:
        """Where a table's name is, its catalog and schema included."""
        places = [part.meta for part in _parts(table) if "start" in part.meta]
        if not places:
            raise Unplanned("a name has no place in the text")
        return min(place["start"] for place in places), max(place["end"] for place in places) + 1

    def call(self, table: exp.Table) -> tuple[Span, str]:
        """Where a table function's call is, and the text of its arguments."""
        start, end = self.name(table)
        opening = self._ends[end] + 1
        closing = self._pairs.get(opening)
        if closing is None:
            raise Unplanned("a call has no place in the text")
        inside = self.text[self._tokens[opening].end + 1 : self._tokens[closing].start]
        return (start, self._tokens[closing].end + 1), inside.strip()

    def query(self, query: exp.Expr) -> Span | None:
        """Where a query in parentheses is, the parentheses included; None when that cannot be told."""
        return self._around(next(_own_identifiers(query), None), values=False)

    def values(self, values: exp.Values) -> Span | None:
        """Where VALUES in parentheses are, the parentheses included; None when that cannot be told."""
        return self._around(next((each for each in values.walk() if "start" in each.meta), None), values=True)

    def _around(self, node: exp.Expr | None, *, values: bool) -> Span | None:
        """The innermost parenthesis around the node that opens a query, or VALUES."""
        if node is None:
            return None
        place = node.meta["start"]
        around = [
            (self._tokens[opening].start, self._tokens[closing].end + 1)
            for opening, closing in self._pairs.items()
            if self._tokens[opening].start < place <= self._tokens[closing].start
            and (token := self._tokens[opening + 1].token_type) in QUERY
            and (token is TokenType.VALUES) is values
        ]
        return max(around, default=None)

    @cached_property
    def _pairs(self) -> dict[int, int]:
        return pairs(self._tokens)

    @cached_property
    def _ends(self) -> dict[int, int]:
        return {token.end + 1: place for place, token in enumerate(self._tokens)}


def bare_lambdas(text: str) -> str:
    """The text with lambdas bare: DuckDB writes those of a view in parentheses, which sqlglot does not read."""
    try:
        tokens = _DUCKDB.tokenize(text)
    except SqlglotError:
        return text
    around = [
        place
        for opening, closing in pairs(tokens).items()
        if tokens[opening + 1].text == "lambda"
        for place in (tokens[opening].start, tokens[closing].start)
    ]
    return spliced(text, [Splice(place, place + 1, "") for place in around])


def unquoted(name: str) -> str:
    """The name that an identifier spells."""
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def _parts(table: exp.Table) -> list[exp.Expr]:
    parts = [table.args.get("catalog"), table.args.get("db"), table.this]
    return [part for part in parts if isinstance(part, exp.Expr)]


def _own_identifiers(query: exp.Expr) -> Iterator[exp.Expr]:
    """The identifiers that the query's first SELECT has outside of any other query."""
    for kind in (exp.Subquery, exp.SetOperation):
        while isinstance(query, kind):
            query = query.this
    if isinstance(query, exp.Select):
        own = query.walk(prune=lambda node: node is not query and isinstance(node, exp.Query | exp.With))
        yield from (node for node in own if isinstance(node, exp.Identifier) and "start" in node.meta)
