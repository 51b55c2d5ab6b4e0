"""The two kinds of relation that have typed columns, and what each is called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`word` is Asana's for what has the custom fields, `relation` shows what is in it, `row` says what one row is."""

    word: str
    relation: str
    row: str

    @property
    def function(self) -> str:
        """What stands for it in a statement."""
        return f"asana_{self.word}"

    @property
    def view(self) -> str:
        """The method of a connection that makes a view of it."""
        return f"create_{self.word}_view"

    @property
    def parents(self) -> str:
        """The relation of all that can be named."""
        return f"{self.word}s"

    @property
    def key(self) -> str:
        """The column of `relation` that tells whose rows they are."""
        return f"{self.word}_gid"

    @property
    def example(self) -> str:
        """How it is written."""
        return f"{self.function}('Launch plan')"


PROJECT = Kind("project", "tasks", "one task in the project")
PORTFOLIO = Kind("portfolio", "portfolio_items", "one project or portfolio in the portfolio")

#: By the function's name.
KINDS = {kind.function: kind for kind in (PROJECT, PORTFOLIO)}
