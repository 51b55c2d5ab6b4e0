from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from asanaql.catalog.model import Column, Counts, Each, Filter, Paging, Parent, Path, Search, Table, Told
from asanaql.catalog.problems import problems
from asanaql.catalog.types import TEXT, from_request, gid, plain

SHELVES = Table(
    name="shelves",
    row="one shelf",
    documentation="https://example.com/shelves",
    columns=(gid("The shelf's gid."), plain("name", TEXT, "The shelf's name.")),
    paths=(Path("gid", "/shelves/{gid}", paging=Paging.ONE), Path("all", "/shelves")),
)
BOOKS = Table(
    name="books",
    row="one book",
    documentation="https://example.com/books",
    columns=(
        gid("The book's gid."),
        plain("title", TEXT, "The book's title."),
        from_request("shelf_gid", "The gid of the shelf."),
        from_request("shelf_name", "The name of the shelf."),
        from_request("reader_gid", "Only the books that this reader has.", hidden=True),
    ),
    paths=(
        Path("gid", "/books/{gid}", paging=Paging.ONE),
        Path(
            "shelf",
            "/shelves/{shelf_gid}/books",
            filters=(Filter("title", ("=",), "title"),),
            parent=Parent("shelves", {"shelf_gid": "gid"}, {"shelf_name": "name"}),
        ),
    ),
    required=("gid",),
)
LIBRARY = {"shelves": SHELVES, "books": BOOKS}
COUNTED = Path(
    "counts",
    "/shelves/{shelf_gid}/book_counts",
    parent=Parent("shelves", {"shelf_gid": "gid"}),
    paging=Paging.COUNTS,
    counts=Counts("num_books", "title", {"Ulysses": "num_ulysses"}),
)


def with_path(**changes: Any) -> Table:
    return replace(BOOKS, paths=(BOOKS.paths[0], replace(BOOKS.paths[1], **changes)))


def with_column(column: Column) -> Table:
    return replace(BOOKS, columns=(*BOOKS.columns, column))


def test_a_sound_entry_has_no_problems() -> None:
    assert problems(SHELVES, LIBRARY) == []
    assert problems(BOOKS, LIBRARY) == []
    assert problems(replace(BOOKS, paths=(*BOOKS.paths, COUNTED)), LIBRARY) == []


MISTAKES: dict[str, tuple[Callable[[], Table], str]] = {
    "a column declared twice": (
        lambda: with_column(plain("title", TEXT, "Once more.")),
        "books: column title is declared 2 times.",
    ),
    "a required column that is none": (
        lambda: replace(BOOKS, required=("isbn",)),
        "books: required column isbn is not declared.",
    ),
    "a column without a sentence": (
        lambda: with_column(plain("pages", TEXT, "number of pages")),
        "books: column pages has no documentation that ends in a full stop.",
    ),
    "a column that asks for nothing": (
        lambda: with_column(Column("writer_gid", TEXT, "Who wrote it.", ("writer", "gid"))),
        "books: column writer_gid is read from writer.gid but asks for no opt_fields.",
    ),
    "a row that is not explained": (lambda: replace(BOOKS, row=""), "books: what one row is, is not said."),
    "a key that is no column": (
        lambda: with_path(endpoint="/shelves/{shelf}/books"),
        "books: path shelf speaks of shelf, which is no column.",
    ),
    "a parameter's key that is no column": (
        lambda: with_path(parameters={"floor": "floor_gid"}),
        "books: path shelf speaks of floor_gid, which is no column.",
    ),
    "a filter's column that is none": (
        lambda: with_path(filters=(Filter("titel", ("=",), "title"),)),
        "books: path shelf speaks of titel, which is no column.",
    ),
    "a fixed column that is none": (
        lambda: with_path(fixed={"floor_gid": None}),
        "books: path shelf speaks of floor_gid, which is no column.",
    ),
    "a column that rows are confined by and that is none": (
        lambda: with_path(confined={"floor_gid": "1"}),
        "books: path shelf speaks of floor_gid, which is no column.",
    ),
    "nothing without a key but a part of the rows": (
        lambda: with_path(confined={"title": "Ulysses"}),
        "books: no path can be taken without a key, and no example says which key to write.",
    ),
    "an arm that fixes what no row says where another shares its address": (
        lambda: replace(
            BOOKS,
            paths=tuple(
                replace(BOOKS.paths[1], name=arm, arm=arm, fixed={"shelf_name": arm}) for arm in ("old", "new")
            ),
        ),
        "books: path old fixes shelf_name, which no row says, at an address that answers for other arms too.",
    ),
    "a parent that is no relation": (
        lambda: with_path(parent=Parent("racks", {"shelf_gid": "gid"})),
        "books: path shelf takes its keys from racks, which is no relation.",
    ),
    "a parent's column that is none": (
        lambda: with_path(parent=Parent("shelves", {"shelf_gid": "gid"}, {"shelf_name": "title"})),
        "books: path shelf reads title of shelves, which has no such column.",
    ),
    "a column filled by a parent that is none": (
        lambda: with_path(parent=Parent("shelves", {"shelf_gid": "gid"}, {"shelf": "name"})),
        "books: path shelf fills shelf from its parent, which is no column.",
    ),
    "counts of no column": (
        lambda: replace(BOOKS, paths=(*BOOKS.paths, replace(COUNTED, counts=Counts("num_books", "read", {})))),
        "books: path counts counts by read, which is no column read from a field of that name.",
    ),
    "counts of a column that has no field": (
        lambda: replace(BOOKS, paths=(*BOOKS.paths, replace(COUNTED, counts=Counts("num_books", "shelf_name", {})))),
        "books: path counts counts by shelf_name, which is no column read from a field of that name.",
    ),
    "counts that are not said": (
        lambda: with_path(paging=Paging.COUNTS),
        "books: path shelf must say which fields count rows exactly where its paging is counts.",
    ),
    "counts where rows are shown": (
        lambda: with_path(counts=COUNTED.counts),
        "books: path shelf must say which fields count rows exactly where its paging is counts.",
    ),
    "no path but counts without a key": (
        lambda: replace(BOOKS, paths=(BOOKS.paths[0], COUNTED)),
        "books: no path can be taken without a key, and no example says which key to write.",
    ),
    "no path without a key": (
        lambda: with_path(parent=None),
        "books: no path can be taken without a key, and no example says which key to write.",
    ),
    "an example where none is needed": (
        lambda: replace(BOOKS, example="shelf_gid = '…'"),
        "books: it can be scanned whole, so an example of a key is misleading.",
    ),
    "a column that a path lacks and that is none": (
        lambda: with_path(lacks=("isbn",)),
        "books: path shelf speaks of isbn, which is no column.",
    ),
    "a search whose rows nothing tells apart": (
        lambda: with_path(paging=Paging.SEARCH),
        "books: path shelf must say how rows are told apart exactly where its paging is search.",
    ),
    "what tells rows apart where no search is": (
        lambda: with_path(search=Search(("created_at",), (), ())),
        "books: path shelf must say how rows are told apart exactly where its paging is search.",
    ),
    "what is told of a column that rows show": (
        lambda: with_path(told=(Told("title", "title"),)),
        "books: path shelf is told title, which is a column of its rows.",
    ),
    "what is told of no column": (
        lambda: with_path(told=(Told("isbn", "isbn"),)),
        "books: path shelf speaks of isbn, which is no column.",
    ),
    "a choice of what is no column": (
        lambda: with_path(either=("reader_gid", "isbn")),
        "books: path shelf speaks of isbn, which is no column.",
    ),
    "nothing but a spare path without a key": (
        lambda: with_path(spare=True),
        "books: no path can be taken without a key, and no example says which key to write.",
    ),
    "a parent that does not lead to all rows": (
        lambda: with_path(parent=Parent("shelves", {"shelf_gid": "gid"}, partial=True)),
        "books: no path can be taken without a key, and no example says which key to write.",
    ),
    "a parent that gives only some of the keys": (
        lambda: with_path(parameters={"reader": "reader_gid"}),
        "books: no path can be taken without a key, and no example says which key to write.",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_said_in_a_sentence(mistake: str) -> None:
    table, sentence = MISTAKES[mistake][0](), MISTAKES[mistake][1]
    assert sentence in problems(table, LIBRARY)


def test_a_key_that_the_parent_does_not_give_may_come_from_the_statement() -> None:
    asked = replace(BOOKS.paths[1], name="reader", parameters={"reader": "reader_gid"})
    assert problems(replace(BOOKS, paths=(*BOOKS.paths, asked)), LIBRARY) == []


def test_an_entry_that_asks_for_no_fields_anywhere_needs_none() -> None:
    free = Column("writer_gid", TEXT, "Who wrote it.", ("writer", "gid"))
    paths = tuple(replace(path, opt_fields=False) for path in BOOKS.paths)
    assert problems(replace(with_column(free), paths=paths), LIBRARY) == []


def test_keys_are_those_of_the_address_then_those_of_the_parameters() -> None:
    path = Path("x", "/shelves/{shelf_gid}/books/{gid}", {"reader": "reader_gid"})
    assert path.keys == ("shelf_gid", "gid", "reader_gid")


def test_arguments_are_keys_then_filters_then_hidden_columns() -> None:
    assert BOOKS.arguments == ("gid", "shelf_gid", "title", "reader_gid")


def test_hidden_columns_are_not_part_of_the_relation() -> None:
    assert [column.name for column in BOOKS.visible] == ["gid", "title", "shelf_gid", "shelf_name"]


def test_only_columns_below_the_list_are_of_its_elements() -> None:
    copies = Column("copy_gid", TEXT, "One copy.", ("copies", "gid"), ("copies.name",))
    whole = plain("copies", TEXT, "All copies.")
    table = replace(BOOKS, each=Each("copies", ("copy_gid",)))
    assert table.of_element(copies)
    assert not table.of_element(whole)
    assert not BOOKS.of_element(copies)


def test_an_unknown_column_or_path_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        BOOKS.column("isbn")
    with pytest.raises(KeyError):
        BOOKS.path("reader")
    assert BOOKS.column("title").name == "title"
    assert BOOKS.path("shelf").keys == ("shelf_gid",)
