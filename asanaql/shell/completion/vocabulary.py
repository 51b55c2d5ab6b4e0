"""The words there are: what suggestions are taken from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from asanaql.catalog.model import Table
from asanaql.shell.completion.names import Names


@dataclass(frozen=True)
class CommandWords:
    """What a command of the shell does, and what it takes.

    `takes` is table, command, setting, format, file, workspace, project or choice, one of `choices`; or empty.
    """

    about: str
    takes: str = ""
    choices: Sequence[str] = ()


@dataclass(frozen=True)
class Vocabulary:
    """Relations, DuckDB's keywords and functions, the shell's commands, names in Asana, and the person's own tables.

    `tables` are the person's own tables and views with their columns.
    """

    catalog: Mapping[str, Table] = field(default_factory=dict)
    keywords: Sequence[str] = ()
    functions: Sequence[str] = ()
    commands: Mapping[str, CommandWords] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    tables: Mapping[str, Sequence[str]] = field(default_factory=dict)


def vocabulary(catalog: Mapping[str, Table], commands: Mapping[str, CommandWords]) -> Vocabulary:
    """The vocabulary of a shell over `catalog`, with the keywords and functions of the DuckDB in use."""
    with duckdb.connect() as database:
        keywords = database.execute("SELECT DISTINCT keyword_name FROM duckdb_keywords() ORDER BY 1").fetchall()
        functions = database.execute(
            "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_name ~ '^[a-z]' ORDER BY 1"
        ).fetchall()
    return Vocabulary(catalog, [name for (name,) in keywords], [name for (name,) in functions], commands)
