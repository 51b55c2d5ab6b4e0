"""What a relation is made of: columns, the ways to reach its rows, and what each way costs.

A `Table` is data. Nothing about one endpoint is written anywhere else: the scan, the planner, the function
`asana_<name>(…)`, the comments in `information_schema` and the relations `asana_tables` and `asana_columns` all read
these entries.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import pyarrow as pa

_BRACED = re.compile(r"{(\w+)}")


class Paging(StrEnum):
    """How an endpoint hands out its rows."""

    OFFSET = "offset"  # `limit` and `offset`, until next_page is null
    ONE = "one"  # a single object in `data`
    WHOLE = "whole"  # a list that arrives at once
    COUNTS = "counts"  # a single object in `data` that says how many rows there are
    ENDLESS = "endless"  # next_page never ends; an empty page does (the audit log)
    SYNC = "sync"  # what happened since a sync token, while `has_more`
    TOKEN = "token"  # the sync token that a first request for events is refused with
    SEARCH = "search"  # the first hundred rows in an order, and no page after them


class Form(StrEnum):
    """How the value of a comparison is written into a parameter, always so that a superset comes back."""

    VALUE = "value"  # as it is
    BOOLEAN = "boolean"  # true or false
    LIST = "list"  # several values, joined by commas
    OTHERS = "others"  # values that a row does not have, joined by commas
    SINCE = "since"  # a date-time, a millisecond early: whether Asana includes the bound itself is not stated
    UNTIL = "until"  # a date-time, a millisecond late
    INCOMPLETE = "incomplete"  # `completed = FALSE` is the word `now`
    DATE = "date"  # a day
    DATE_OR_NULL = "date_or_null"  # a day, or the word `null` where there is none
    DATE_SINCE = "date_since"  # a day, one day early: whether Asana includes the bound itself is not stated
    DATE_UNTIL = "date_until"  # a day, one day late


@dataclass(frozen=True)
class Column:
    """One column, where its value is in an answer, and what must be asked for to get it.

    `path` leads to the value in a row's JSON object; it is empty for what only the request or the parent knows.
    `fields` are the `opt_fields` that make Asana send it. A `sparse` field is on some rows only, so its absence means
    nothing; a `heavy` one is left out of the listings that are kept for fan-outs; a `hidden` column is not part of
    the relation but an argument of its function. `constant` is a value that every row has, unless its listing knows
    another; `marker` names a field whose presence tells two shapes apart: (field, value when there, value when not).
    With `when`, (path, text), the value at `path` counts only in rows that have that text there, and the column is NULL
    in the others.
    """

    name: str
    type: pa.DataType
    doc: str
    path: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    sparse: bool = False
    heavy: bool = False
    hidden: bool = False
    constant: str | int | None = None
    marker: tuple[str, str, str] | None = None
    when: tuple[tuple[str, ...], str] | None = None


@dataclass(frozen=True)
class Filter:
    """A comparison that an endpoint can be asked to apply: `column` with one of `comparisons` becomes `parameter`."""

    column: str
    comparisons: tuple[str, ...]
    parameter: str
    form: Form = Form.VALUE


@dataclass(frozen=True)
class Told:
    """An argument of the function that is not compared with rows, which do not show it, but told to the endpoint.

    The hidden `column` is filled from the request, and what it is called with becomes `parameter`: as it is, or, in the
    words of `kind`, gids or users joined by commas. With `endings` it holds conditions in Asana's words, each of which
    is a parameter of its own: `12.value=a&34.is_set=true`.
    """

    column: str
    parameter: str
    kind: str = ""
    endings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Search:
    """How rows are told apart that a search shows only a hundred of, in an order, without a page after them.

    `moments` are date-times that every row has, by which a search can be sorted and bounded; rows that share all of
    them are told apart by `flags`, each of which is either true or false. It can be `sorted_by` these columns.
    """

    moments: tuple[str, ...]
    flags: tuple[str, ...]
    sorted_by: tuple[str, ...]


@dataclass(frozen=True)
class Parent:
    """Where a path's keys come from when the statement does not give them.

    `keys` maps our key columns, and `gives` other columns of ours, to columns of the parent. A key of the path that is
    not among them must be known from the statement; a parent where one is NULL has no children. `where` holds of every
    parent that can have children: (column, comparison, value). Where the parents are `partial`, they do not lead to all
    of our rows: they only fill columns where the keys are known.
    """

    table: str
    keys: Mapping[str, str]
    gives: Mapping[str, str] = field(default_factory=dict)
    where: tuple[tuple[str, str, object], ...] = ()
    partial: bool = False


@dataclass(frozen=True)
class Split:
    """How to read a listing that is too long for Asana: by `path` of this table, once for each row of `table`.

    `match` maps columns of `table` to our key columns that narrow it, `keys` our key columns of `path` to columns
    of `table`. `remainder` says what such a reading cannot see, empty when it sees all.
    """

    path: str
    table: str
    match: Mapping[str, str]
    keys: Mapping[str, str]
    remainder: str = ""


@dataclass(frozen=True)
class Counts:
    """Which fields of an answer count rows: `every` all of them, `by` those with each value that `column` can have.

    Every row has one of these values, so that the fields of `by` together count all rows as well.
    """

    every: str
    column: str
    by: Mapping[object, str]


@dataclass(frozen=True)
class Descent:
    """That rows have rows of their own kind below them, at the same endpoint: those whose field `count` is not 0.

    `level` is the column that says how far below the key a row is, where all levels are rows of that key; without it
    each row is its own key's.
    """

    count: str
    level: str = ""


@dataclass(frozen=True)
class Path:
    """One way to rows of a table: an endpoint, the key columns it needs, the filters it takes.

    Keys stand in braces in `endpoint` or as values of `parameters` (query parameter → key column); `always` are
    parameters that are sent unless a filter writes them. Paths of different `arm`s show different rows of the
    relation, and a full scan is the union of the arms; `fixed` holds the column values that an arm's rows all have. A
    path that is `confined` to rows with some column values is taken where a statement asks for no others, or names it.
    `pages` is how many requests one key is guessed to take. `note` is said when the path's keys are enumerated, about
    the rows that an enumeration cannot find. Statuses in `empty` mean no rows. With `counts`, rows are not shown but
    counted, so that only what the count tells of them is known.

    `lacks` names columns that its rows do not have though those of other paths do. A `spare` path shows the same rows
    as another for no fewer requests, so it is taken only where a statement names it. A listing with `most` rows, which
    arrives at once, has been cut there. `tells` is the column that the end of a listing tells: a sync token. A path
    with `descent` is followed down to the last level where its key is enumerated, or asks for all levels. What the
    function's arguments in `told` say is told to the endpoint; of those in `either` only one may be said, as Asana
    would answer with the rows of each. With `search`, its paging is a search's.
    """

    name: str
    endpoint: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    filters: tuple[Filter, ...] = ()
    parent: Parent | None = None
    paging: Paging = Paging.OFFSET
    pages: int = 1
    arm: str = ""
    always: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str | bool | None] = field(default_factory=dict)
    confined: Mapping[str, str] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    note: str = ""
    split: Split | None = None
    empty: tuple[int, ...] = ()
    opt_fields: bool = True
    counts: Counts | None = None
    spare: bool = False
    most: int | None = None
    tells: str = ""
    descent: Descent | None = None
    told: tuple[Told, ...] = ()
    either: tuple[str, ...] = ()
    search: Search | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The key columns that the endpoint needs, those in its address first."""
        return (*_BRACED.findall(self.endpoint), *self.parameters.values())


@dataclass(frozen=True)
class Each:
    """A grain finer than Asana's object: one row for every element of `list`.

    A column whose path begins with `list` and goes on reads the element. Where a request is for one of the columns
    in `pinned`, its rows are single elements already.
    """

    list: str
    pinned: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A relation. `row` says what one row is.

    Of an object fetched by gid, only rows with values in all `required` columns belong to the relation; `elsewhere`
    says where the others are. `trusted` is for how many seconds a fan-out may use a kept listing, None for never.
    `example` is the condition to write where the relation cannot be listed whole, such as `project_gid = '…'`. `plan`
    names who can read it where not every Asana plan has it. An object of a `distinct` relation is found under several
    parents, by a hidden key, and is one row all the same.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    paths: tuple[Path, ...]
    documentation: str
    each: Each | None = None
    required: tuple[str, ...] = ()
    elsewhere: str = ""
    trusted: int | None = None
    rows: int = 1000
    example: str = ""
    plan: str = ""
    distinct: bool = False

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def path(self, name: str) -> Path:
        """The access path called `name`; KeyError when there is none."""
        for path in self.paths:
            if path.name == name:
                return path
        raise KeyError(name)

    @property
    def visible(self) -> tuple[Column, ...]:
        """The columns of the relation, without the arguments of its function."""
        return tuple(column for column in self.columns if not column.hidden)

    def of_element(self, column: Column) -> bool:
        """Whether the column is read from one element of the list that the grain follows."""
        return self.each is not None and len(column.path) > 1 and column.path[0] == self.each.list

    @property
    def arguments(self) -> tuple[str, ...]:
        """The columns that the function `asana_<name>` takes as named arguments: keys first, then filters."""
        keys = [key for path in self.paths for key in path.keys]
        filters = [taken.column for path in self.paths for taken in path.filters]
        hidden = [column.name for column in self.columns if column.hidden]
        return tuple(dict.fromkeys((*keys, *filters, *hidden)))


Catalog = Mapping[str, Table]

#: The argument by which a statement names the path that it wants to be read by.
ACCESS_PATH = Column(
    "access_path",
    pa.string(),
    "Read by this access path of the relation, whatever it costs; `asana_tables` lists them.",
    hidden=True,
)


def choosable(table: Table) -> Table:
    """The relation with the argument that names one of its paths, where it has several."""
    return replace(table, columns=(*table.columns, ACCESS_PATH)) if len(table.paths) > 1 else table


def whole(path: Path) -> bool:
    """Whether the path shows rows with nothing known: every key it needs comes from its parent."""
    enumerated = path.parent is not None and not path.parent.partial and set(path.keys) <= set(path.parent.keys)
    every = path.counts is None and not path.spare and not path.confined
    return every and (enumerated or not path.keys)
