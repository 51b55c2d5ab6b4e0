"""The words there are: what suggestions are taken from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from asanaql.catalog.model import Table
from asanaql.shell.completion.names import Names

_KEYWORDS = """
    SELECT keyword_name, bool_or(keyword_category = 'reserved') FROM duckdb_keywords() GROUP BY 1 ORDER BY 1
"""
#: Each function once as what gives a value, once as what can be read. Left out is what nobody types: collations, and
#: what DuckDB or its tests call by themselves.
_FUNCTIONS = """
    SELECT DISTINCT function_name, function_type IN ('table', 'table_macro') AS reads
    FROM duckdb_functions()
    WHERE function_type <> 'pragma' AND function_name ~ '^[a-z]' AND function_name !~ '^(icu_)?collate_|_escape$' AND (
        NOT reads OR function_name ~
        '^(read_|parquet_|duckdb_|json_(each|tree)|range|generate_series|unnest|glob|sniff_csv|query|repeat|summary|histo)'
    )
    ORDER BY 1, 2
"""


@dataclass(frozen=True)
class CommandWords:
    """What a command of the shell does, and what it takes.

    `takes` is table, command, setting, format, file, workspace, project, sql (a statement) or choice, one of `choices`;
    or empty.
    """

    about: str
    takes: str = ""
    choices: Sequence[str] = ()


@dataclass(frozen=True)
class Vocabulary:
    """Relations, DuckDB's keywords and functions, the shell's commands, names in Asana, and the person's own tables.

    `tables` are the person's own tables and views with their columns, `reserved` the keywords that are no names unless
    they stand in quotes, `table_functions` what can be read instead of a table.
    """

    catalog: Mapping[str, Table] = field(default_factory=dict)
    keywords: Sequence[str] = ()
    functions: Sequence[str] = ()
    commands: Mapping[str, CommandWords] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    tables: Mapping[str, Sequence[str]] = field(default_factory=dict)
    reserved: frozenset[str] = frozenset()
    table_functions: Sequence[str] = ()


def vocabulary(catalog: Mapping[str, Table], commands: Mapping[str, CommandWords]) -> Vocabulary:
    """The vocabulary of a shell over `catalog`, with the keywords and functions of the DuckDB in use."""
    with duckdb.connect() as database:
        keywords = database.execute(_KEYWORDS).fetchall()
        functions = database.execute(_FUNCTIONS).fetchall()
    return Vocabulary(
        catalog,
        keywords=[name for name, _ in keywords],
        functions=[name for name, reads in functions if not reads],
        commands=commands,
        reserved=frozenset(name for name, reserved in keywords if reserved),
        table_functions=[name for name, reads in functions if reads],
    )
