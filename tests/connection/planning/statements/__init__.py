"""Statements over the demo workspace, each with what it sends and the least that any client must send for it."""

from __future__ import annotations

from . import chains, givers, outer, predicates, questions, shapes
from .least import Least
from .model import Statement

STATEMENTS: tuple[Statement, ...] = (
    *questions.STATEMENTS,
    *outer.STATEMENTS,
    *chains.STATEMENTS,
    *givers.STATEMENTS,
    *shapes.STATEMENTS,
    *predicates.STATEMENTS,
)

__all__ = ["STATEMENTS", "Least", "Statement"]
